"""One step of a conversation: what came in, what happened, and where the person is now."""

from collections.abc import Sequence
from typing import assert_never

from bot.core.base.texts import LANGUAGES
from bot.core.dialogue.actions import explain, hide_family, join_class, look_up, restart_flow
from bot.core.dialogue.answers import (
    Ambiguous,
    HearOptions,
    NotUnderstood,
    Reading,
    Understood,
    read_picked,
    read_said,
    shown_options,
    takes_free_text,
)
from bot.core.dialogue.events import Answered, Refused, RequestAnswered, Reviewed, Turn, Withheld
from bot.core.dialogue.inputs import (
    Commanded,
    Input,
    LinkRequested,
    Picked,
    Responded,
    Said,
    Started,
    TimedOut,
    Unasked,
    Unread,
    Woken,
    World,
)
from bot.core.dialogue.responses import record_response
from bot.core.dialogue.session import Session, Value
from bot.core.dialogue.turn_builder import TurnBuilder
from bot.core.flows.steps import Ask, Choice, Offer, Words
from bot.core.library import Library
from bot.core.nlu.commands import hear_global, language_named
from bot.core.nlu.options import OptionNames
from bot.core.nlu.phrases import has_quiet_word, matches

TRIES_BEFORE_HUMAN = 2


def step(
    library: Library,
    session: Session,
    given: Input,
    world: World,
    hear: HearOptions,
) -> Turn:
    """Take one input; pure.

    What nobody asked for says nothing to a person who has said "stop", whatever brings it.

    hear: the options of a step with all that people call them, in every language.
    """
    if session.quiet and isinstance(given, Unasked):
        return Turn(session=session, events=(Withheld(what=given.kind),))
    turn = TurnBuilder(library, session, world)
    turn.migrate_session()
    opening = isinstance(given, Started) or (isinstance(given, Commanded) and given.about)
    if not turn.session.stack and not opening:
        turn.change(stack=(library.roles.first,))  # it was forgotten meanwhile: begun anew
    match given:
        case Started():
            _start(turn, given)
        case Said():
            _hear(turn, given, hear)
        case Picked():
            _press(turn, given)
        case Commanded():
            _do_command(turn, given.word, given.about)
        case Responded():
            turn.events.append(RequestAnswered(response=given.response))
            record_response(turn, given.response)
            turn.advance()
        case LinkRequested():
            turn.change(linking_device=given.device)
            turn.drop_flow(library.roles.carry)  # its link is used
            turn.enter(library.roles.carried)
        case Unread():
            turn.remark(given.what)
            turn.ask_again()
        case TimedOut():
            turn.remark("still_here")
            turn.ask_again()
        case Woken():
            turn.remark("resumed")
            turn.ask_again()
        case _:
            assert_never(given)
    return Turn(session=turn.session, events=tuple(turn.events))


def replay(library: Library, session: Session, world: World) -> Turn:
    """Tell the present flow from its start to the open question, as a page shows it."""
    turn = TurnBuilder(library, session.model_copy(update={"announced": ()}), world)
    turn.replay_path()
    return Turn(session=session, events=tuple(turn.events))


def _start(turn: TurnBuilder, given: Started) -> None:
    turn.talk_on()
    if given.school:
        turn.change(school=given.school)
    if given.class_code:
        join_class(turn, given.class_code)
        return
    if turn.session.stack and given.flow is None:
        turn.remark("resumed")
        turn.ask_again()
        return
    if not turn.session.stack:
        turn.change(stack=(turn.library.roles.first,))
    if given.flow is not None and given.flow in turn.library.flows:
        turn.enter(given.flow)
        return
    turn.advance()


def _hear(turn: TurnBuilder, given: Said, hear: HearOptions) -> None:
    text = given.text
    if matches(turn.library.distress, text):
        turn.remark("distress")
        turn.ask_again()
        return
    step = turn.open_step()
    heard = hear(step) if step is not None else ()
    if matches(turn.library.leaving, text):
        _talk_of_leaving(turn, step, heard, given)
        return
    exact = step is not None and _is_option(turn, step, heard, text)
    word = None
    if not exact:
        open_question = step is not None and takes_free_text(step)
        word = hear_global(turn.library.global_words, text, open_question=open_question)
    if word is not None:
        _do_command(turn, word, language_named(turn.library.global_words, text))
    elif not exact and (job := turn.library.global_words.job_asked(text)):
        look_up(turn, job)
    elif step is None:
        turn.advance()
    elif turn.session.guesses and _guess_confirmed(turn, text):
        return
    else:
        reading = read_said(turn.library, step, heard, text, given.ticked)
        _apply(turn, step, reading)
    if has_quiet_word(turn.library.distress, text):
        turn.remark("quiet_word")


def _talk_of_leaving(
    turn: TurnBuilder, step: Ask | Offer | None, heard: Sequence[OptionNames], given: Said
) -> None:
    """Talk of leaving school, then go on; own words and the option that says it are an answer too."""
    flow = turn.library.leaving.flow
    if step is not None:
        reading = read_said(turn.library, step, heard, given.text, given.ticked)
        if isinstance(reading, Understood) and (
            takes_free_text(step) or _flow_via(step, reading.value) == flow
        ):
            _keep_answer(turn, step, reading.value, flow)
            return
    turn.enter(flow)


def _is_option(
    turn: TurnBuilder, step: Ask | Offer, heard: Sequence[OptionNames], text: str
) -> bool:
    """Return whether the words are an option's own label: an option wins over a global word."""
    if isinstance(step, Words) or not heard:
        return False
    return read_said(turn.library, step, heard, text) in {
        Understood(option.id)
        for option in heard
        if text.strip().casefold() == option.label.casefold()
    }


def _guess_confirmed(turn: TurnBuilder, text: str) -> bool:
    """Take a plain yes after "did you mean …?" where there was one guess."""
    guesses = turn.session.guesses
    word = turn.library.global_words.agreement(text)
    if word == "yes" and len(guesses) == 1:
        _press(turn, Picked(options=guesses))
        return True
    if word == "no":
        turn.change(guesses=())
        turn.ask_again()
        return True
    return False


def _press(turn: TurnBuilder, given: Picked) -> None:
    session = turn.session
    first = given.options[0] if given.options else ""
    if first.startswith("@") and first != "@skip":
        word, _, about = first[1:].partition(":")
        _do_command(turn, word, about or None)
        return
    if given.ask is not None and given.ask != session.ask:
        already = session.last_press == (given.ask, given.options)
        turn.remark("already" if already else "stale")
        turn.ask_again()
        return
    step = turn.open_step()
    if step is None:
        turn.advance()
        return
    options = shown_options(step, turn.path.facts)
    asked = session.ask
    _apply(turn, step, read_picked(step, options, given.options))
    if turn.session.ask != asked:
        turn.change(last_press=(asked, given.options))


def _apply(turn: TurnBuilder, step: Ask | Offer, reading: Reading) -> None:
    if isinstance(reading, Understood):
        turn.talk_on()
    match reading:
        case Understood(value) if _restarts(step, value):
            restart_flow(turn)
        case Understood(value) if isinstance(step, Offer):
            turn.take_offer(step, str(value))
        case Understood(value):
            _keep_answer(turn, step, value, _flow_via(step, value))
        case Ambiguous(options):
            turn.change(guesses=options)
            turn.ask_again()
        case NotUnderstood(reason):
            tries = turn.session.tries + 1
            turn.change(tries=tries, guesses=())
            refused = Refused(flow=turn.open_flow(), step=step.id, reason=reason, tries=tries)
            turn.events.append(refused)
            turn.ask_again()
        case _:
            assert_never(reading)


def _keep_answer(turn: TurnBuilder, step: Ask | Offer, value: Value, aside: str | None) -> None:
    turn.events.append(Answered(flow=turn.open_flow(), step=step.id, value=value))
    turn.answer(value, aside)


def _flow_via(step: Ask | Offer, value: Value) -> str | None:
    """Name the flow to talk of once this option is taken."""
    options = step.options if isinstance(step, Choice) else ()
    return next((option.via for option in options if option.id == value), None)


def _restarts(step: Ask | Offer, value: Value) -> bool:
    """Return whether the option taken begins the flow anew."""
    options = step.options if isinstance(step, Choice | Offer) else ()
    return any(option.id == value and option.restart for option in options)


def _do_command(turn: TurnBuilder, word: str, about: str | None) -> None:
    roles = turn.library.roles
    if word != "stop":
        turn.talk_on()
    match word:
        case "menu":
            turn.enter(roles.home)
        case "human":
            turn.enter(roles.human)
        case "show_data":
            turn.enter(roles.show_data)
        case "delete_data":
            turn.enter(roles.erase)
        case "carry":
            turn.enter(roles.carry)
        case "back":
            turn.back()
        case "change":
            _change(turn, about)
        case "language":
            _set_language(turn, about)
        case "why":
            explain(turn)
        case "help":
            turn.remark(word)
            turn.ask_again()
        case "stop":
            turn.change(quiet=True)
            turn.remark("stopped")
        case "resume":
            turn.resume()
        case "look" if about:
            look_up(turn, about)
        case "away" if about in turn.library.families:
            hide_family(turn, str(about))
        case "continue":
            turn.ask_again()
        case _:
            turn.remark("stale")
            turn.ask_again()


def _change(turn: TurnBuilder, fact: str | None) -> None:
    answers = turn.changeable()
    if fact is not None and any(step == fact for _, step, _ in answers):
        turn.reopen(fact)
        return
    turn.events.append(Reviewed(answers=answers))
    if not answers:
        turn.ask_again()


def _set_language(turn: TurnBuilder, language: str | None) -> None:
    if language not in LANGUAGES:
        turn.remark("language")
        return
    turn.change(language=language)
    turn.remark("language_set")
    turn.ask_again()
