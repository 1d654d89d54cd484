"""One step of a conversation: what came in, what happened, and where the person is now."""

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from bot.core.dialogue.actions import join_class, look_up, restart_flow
from bot.core.dialogue.activities import answer_page
from bot.core.dialogue.answers import (
    SKIP,
    Ambiguous,
    HearOptions,
    NotUnderstood,
    Reading,
    Understood,
    read_picked,
    shown_options,
    takes_free_text,
)
from bot.core.dialogue.commands import do_command
from bot.core.dialogue.events import Answered, FactsTold, Refused, RequestAnswered, Turn, Withheld
from bot.core.dialogue.inputs import (
    Commanded,
    Input,
    LinkRequested,
    PageAnswered,
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
from bot.core.dialogue.moves import flow_via, keep_answer, take_offer
from bot.core.dialogue.quiet_step import (
    WAS_ANSWER,
    enter_quiet_step,
    goes_on,
    leaves_quiet_step,
    record_held_answer,
)
from bot.core.dialogue.responses import record_response
from bot.core.dialogue.session import Answer, Session, Value
from bot.core.dialogue.turn_builder import TurnBuilder
from bot.core.dialogue.understanding import (
    TOLD_BESIDE,
    Heard,
    age_told,
    corrected,
    told_beside,
    understand,
)
from bot.core.dialogue.wishes_taken import ask_which_wish, take_up_kept_wish, take_wish
from bot.core.flows.steps import Ask, Choice, Offer
from bot.core.library import Library

# what came was understood, and only its form is not what is asked for: no failure
FORM_SLIPS = frozenset({"either", "least", "most", "long", "empty", "few", "many"})


def step(
    library: Library,
    session: Session,
    given: Input,
    world: World,
    hear: HearOptions,
) -> Turn:
    """Return the session after one input, and what happened; pure.

    An input that nobody asked for says nothing to a person who has said "stop".

    hear: returns the options of a step with all that people call them, in every language.
    """
    if session.quiet and isinstance(given, Unasked):
        return Turn(session=session, events=(Withheld(what=given.kind),))
    turn = TurnBuilder(library, session, world)
    turn.migrate_session()
    opening = isinstance(given, Started) or (isinstance(given, Commanded) and given.about)
    if not turn.session.stack and not opening:
        # the conversation was erased since the message was sent: begun anew
        turn.change(stack=(library.roles.first,))
    match given:
        case Started():
            _start(turn, given)
        case Said():
            _hear(turn, given, hear)
        case Picked():
            _press(turn, given)
        case Commanded():
            do_command(turn, given.word, given.about)
        case PageAnswered():
            answer_page(turn, dict(given.values))
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
    take_up_kept_wish(turn)
    return Turn(session=turn.session, events=tuple(turn.events))


def replay(library: Library, session: Session, world: World) -> Turn:
    """Return the events of the present flow from its start to the open question, for a page.

    The session stays as it is.
    """
    turn = TurnBuilder(library, session.model_copy(update={"announced": ()}), world)
    turn.replay_path()
    return Turn(session=session, events=tuple(turn.events))


def _start(turn: TurnBuilder, started: Started) -> None:
    turn.talk_on()
    if started.school:
        turn.change(school=started.school)
    if started.class_code:
        join_class(turn, started.class_code)
        return
    if turn.session.stack and started.flow is None:
        turn.remark("resumed")
        turn.ask_again()
        return
    if not turn.session.stack:
        turn.change(stack=(turn.library.roles.first,))
    if started.flow is not None and started.flow in turn.library.flows:
        turn.enter(started.flow)
        return
    turn.advance()  # also where the link names a flow that is gone


def _hear(turn: TurnBuilder, said: Said, hear: HearOptions) -> None:
    """Act on typed words; where they may tell of distress, the line with the numbers stands beside."""
    step = turn.open_step()
    options = hear(step) if step is not None else ()
    heard = understand(turn.library, step, options, said, turn.today)
    spoken = turn.session.language
    written_in = turn.library.read(said.text).written_in(spoken)
    if heard.distress is not None:
        enter_quiet_step(turn, step, heard, written_in)
        return
    if turn.session.quiet_step is not None and not leaves_quiet_step(turn, heard, said.text):
        return
    if turn.session.quiet and goes_on(turn, said.text):
        turn.talk_on()
        turn.ask_again()
        return
    if heard.kind in {"reading", "command"} and _corrects(turn, step, said, hear):
        return
    if not (turn.session.guesses and _guess_confirmed(turn, said.text)):
        told: tuple[Answer, ...] = ()
        if heard.kind in TOLD_BESIDE and not (step is not None and takes_free_text(step)):
            told = _keep_told(turn, step, said, hear, heard.reading)
        _act(turn, step, heard)
        _say_back(turn, told)
    if heard.perhaps is not None:
        turn.remark("quiet_word", heard.perhaps)
    if turn.session.language == spoken != written_in:
        _offer_language(turn, said.text, written_in)


def _offer_language(turn: TurnBuilder, text: str, written_in: str) -> None:
    """Offer the language somebody writes in: once, and again where the words were no answer."""
    refused = any(isinstance(event, Refused) for event in turn.events)
    if refused or written_in != turn.session.language_offered:
        turn.change(language_offered=written_in)
        # Russian or Ukrainian is not guessed at: then the offer is made in the session's language
        is_clear = not {"ru", "uk"} <= set(turn.library.read(text).languages)
        turn.remark("language", language=written_in if is_clear else "")


def _keep_told(
    turn: TurnBuilder,
    step: Ask | Offer | None,
    said: Said,
    hear: HearOptions,
    reading: Reading | None,
) -> tuple[Answer, ...]:
    """Keep what was told beside the open question, and return it. reading: of the open question."""
    known = {answer.step: answer.value for answer in turn.session.answers}
    known[turn.open_step_name()] = reading.value if isinstance(reading, Understood) else None
    told = told_beside(turn.library, hear, said, known, turn.today)
    if not told and step is not None and turn.library.phrases_for(step).bands:
        told = age_told(turn.library, hear, said, known, turn.today)
    if told:
        turn.change(answers=(*turn.session.answers, *told))
    return told


def _say_back(turn: TurnBuilder, told: Sequence[Answer]) -> None:
    """Say in one line what was told beside the answer, and the answer too where it was only likely."""
    if not told:
        return
    places = [(answer.flow, answer.step, answer.value) for answer in told]
    at = 0
    for number, event in enumerate(turn.events):
        if isinstance(event, Answered):
            at = number + 1
            if event.said_back:
                places.insert(0, (event.flow, event.step, event.value))
                turn.events[number] = event.model_copy(update={"said_back": False})
            break
    turn.events.insert(at, FactsTold(answers=tuple(places)))


def _corrects(turn: TurnBuilder, step: Ask | Offer | None, said: Said, hear: HearOptions) -> bool:
    """Change earlier answers that the person takes back, and go on; return whether there were any."""
    if step is not None and takes_free_text(step):
        return False
    known = {
        answer.step: answer.value
        for answer in turn.session.answers
        if answer.step != turn.open_step_name()
    }
    changed = {one.step: one for one in corrected(turn.library, hear, said, known, turn.today)}
    if not changed:
        return False
    answers = tuple(
        old.model_copy(update={"value": changed[old.step].value}) if old.step in changed else old
        for old in turn.session.answers
    )
    turn.change(answers=answers, guesses=(), changing=None)
    places = tuple((one.flow, one.step, one.value) for one in changed.values())
    turn.events.append(FactsTold(answers=places))
    turn.advance()
    return True


def _act(turn: TurnBuilder, step: Ask | Offer | None, heard: Heard) -> None:
    match heard.kind:
        case "leaving":
            _talk_of_leaving(turn, step, heard.reading)
        case "command":
            do_command(turn, heard.word, heard.about)
        case "occupation":
            look_up(turn, str(heard.about))
        case "wish" | "small_talk":
            take_wish(turn, heard.wishes)
        case "ask_wish":
            ask_which_wish(turn, heard.wishes)
        case "reading":
            if step is None or heard.reading is None:
                turn.advance()
            else:
                _apply(turn, step, heard.reading)
        case "distress":
            pass  # answered before anything else
        case _:
            assert_never(heard.kind)


def _talk_of_leaving(turn: TurnBuilder, step: Ask | Offer | None, reading: Reading | None) -> None:
    """Open the flow about leaving school; the words may answer the open question as well.

    They do where it takes free text, and where they name an option that leads to that flow.
    """
    flow = turn.library.leaving.flow
    if step is not None and isinstance(reading, Understood):
        leads_there = flow_via(step, reading.value) == flow
        if leads_there or takes_free_text(step):
            # what follows shows that it was understood
            keep_answer(turn, step, replace(reading, said_back=False), flow)
            return
    turn.enter(flow)


def _guess_confirmed(turn: TurnBuilder, text: str) -> bool:
    """Take a plain yes or no after "did you mean …?"; return whether it was one.

    A yes counts where there was one guess only: of several it does not say which.
    """
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


def _press(turn: TurnBuilder, picked: Picked) -> None:
    first = picked.options[0] if picked.options else ""
    if first == WAS_ANSWER:
        record_held_answer(turn)
        return
    turn.change(quiet_step=None)
    session = turn.session
    if first.startswith("@") and first != SKIP:
        # a button beside the options: "@why", "@change:age"
        word, _, about = first[1:].partition(":")
        do_command(turn, word, about or None)
        return
    if picked.ask is not None and picked.ask != session.ask:
        # the second press of a double click, or a button of an old message
        already = session.last_press == (picked.ask, picked.options)
        turn.remark("already" if already else "stale")
        turn.ask_again()
        return
    step = turn.open_step()
    if step is None:
        turn.advance()
        return
    options = shown_options(step, turn.path.facts)
    asked = session.ask
    _apply(turn, step, read_picked(step, options, picked.options))
    if turn.session.ask != asked:  # it was an answer, and another question is open
        turn.change(last_press=(asked, picked.options))


def _apply(turn: TurnBuilder, step: Ask | Offer, reading: Reading) -> None:
    if isinstance(reading, Understood):
        turn.talk_on()
    match reading:
        case Understood(value) if _restarts(step, value):
            restart_flow(turn)
        case Understood(value) if isinstance(step, Offer):
            take_offer(turn, step, str(value))
        case Understood(value):
            keep_answer(turn, step, reading, flow_via(step, value))
        case Ambiguous(options):
            turn.change(guesses=options)
            turn.ask_again()
        case NotUnderstood(reason, among):
            tries = turn.session.tries + (reason not in FORM_SLIPS)
            turn.change(tries=tries, guesses=())
            shown = [option.id for option in shown_options(step, turn.path.facts)]
            refused = Refused(
                flow=turn.open_flow(),
                step=step.id,
                reason=reason,
                among=among,
                tries=tries,
                example=shown[0] if shown else "",
            )
            turn.events.append(refused)
            turn.ask_again()
        case _:
            assert_never(reading)


def _restarts(step: Ask | Offer, value: Value) -> bool:
    """Return whether an option begins the flow anew."""
    options = step.options if isinstance(step, Choice | Offer) else ()
    return any(option.id == value and option.restart for option in options)
