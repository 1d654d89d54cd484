"""One step of a conversation: what came in, what happened, and where the person is now."""

from collections.abc import Callable, Sequence
from typing import assert_never

from bot.core.base.texts import LANGUAGES
from bot.core.dialogue.actions import begin_anew, explain, join_class, look_up, put_aside
from bot.core.dialogue.answers import (
    Nearly,
    Not,
    Reading,
    Sure,
    own_words,
    read_picked,
    read_said,
    shown_options,
)
from bot.core.dialogue.events import (
    Answered,
    Commanded,
    Found,
    Input,
    Knocked,
    Picked,
    Refused,
    Reviewed,
    Said,
    Session,
    Shown,
    Started,
    TimedOut,
    Turn,
    Unasked,
    Unread,
    Value,
    Withheld,
    Woken,
    World,
)
from bot.core.dialogue.turn_builder import Standing
from bot.core.flows.steps import Ask, Choice, Offer, Words
from bot.core.library import Library
from bot.core.nlu.normalize import Heard, hear_global, language_named
from bot.core.nlu.phrases import hear_quiet_word, heeds

TRIES_BEFORE_HUMAN = 2
HearOptions = Callable[[Ask | Offer], Sequence[Heard]]


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
    standing = Standing(library, session, world)
    standing.renew()
    opening = isinstance(given, Started) or (isinstance(given, Commanded) and given.about)
    if not standing.session.stack and not opening:
        standing.change(stack=(library.roles.first,))  # it was forgotten meanwhile: begun anew
    match given:
        case Started():
            _start(standing, given)
        case Said():
            _hear(standing, given, hear)
        case Picked():
            _press(standing, given)
        case Commanded():
            _obey(standing, given.word, given.about)
        case Found():
            standing.events.append(Shown(want=given.want, text=given.text))
            standing.found(given.want)
            standing.settle()
        case Knocked():
            standing.change(visitor=given.visitor)
            standing.let_go(library.roles.carry)  # its link is used
            standing.enter(library.roles.carried)
        case Unread():
            standing.note(given.what)
            standing.ask_again()
        case TimedOut():
            standing.note("still_here")
            standing.ask_again()
        case Woken():
            standing.note("resumed")
            standing.ask_again()
        case _:
            assert_never(given)
    return Turn(session=standing.session, events=tuple(standing.events))


def trail(library: Library, session: Session, world: World) -> Turn:
    """Tell the present flow from its start to the open question, as a page shows it."""
    standing = Standing(library, session.model_copy(update={"told": ()}), world)
    standing.retell()
    return Turn(session=session, events=tuple(standing.events))


def _start(standing: Standing, given: Started) -> None:
    standing.talk_on()
    if given.school:
        standing.change(school=given.school)
    if given.class_code:
        join_class(standing, given.class_code)
        return
    if standing.session.stack and given.flow is None:
        standing.note("resumed")
        standing.ask_again()
        return
    if not standing.session.stack:
        standing.change(stack=(standing.library.roles.first,))
    if given.flow is not None and given.flow in standing.library.flows:
        standing.enter(given.flow)
        return
    standing.settle()


def _hear(standing: Standing, given: Said, hear: HearOptions) -> None:
    text = given.text
    if heeds(standing.library.distress, text):
        standing.note("distress")
        standing.ask_again()
        return
    step = standing.open_step()
    heard = hear(step) if step is not None else ()
    if heeds(standing.library.leaving, text):
        _talk_of_leaving(standing, step, heard, given)
        return
    exact = step is not None and _is_option(standing, step, heard, text)
    word = None
    if not exact:
        open_question = step is not None and own_words(step)
        word = hear_global(standing.library.global_words, text, open_question=open_question)
    if word is not None:
        _obey(standing, word, language_named(standing.library.global_words, text))
    elif not exact and (job := standing.library.global_words.job_asked(text)):
        look_up(standing, job)
    elif step is None:
        standing.settle()
    elif standing.session.guesses and _confirmed(standing, text):
        return
    else:
        reading = read_said(standing.library, step, heard, text, given.ticked)
        _take(standing, step, reading)
    if hear_quiet_word(standing.library.distress, text):
        standing.note("quiet_word")


def _talk_of_leaving(
    standing: Standing, step: Ask | Offer | None, heard: Sequence[Heard], given: Said
) -> None:
    """Talk of leaving school, then go on; own words and the option that says it are an answer too."""
    flow = standing.library.leaving.flow
    if step is not None:
        reading = read_said(standing.library, step, heard, given.text, given.ticked)
        if isinstance(reading, Sure) and (own_words(step) or _aside(step, reading.value) == flow):
            _keep(standing, step, reading.value, flow)
            return
    standing.enter(flow)


def _is_option(standing: Standing, step: Ask | Offer, heard: Sequence[Heard], text: str) -> bool:
    """Tell whether the words are an option's own label: an option wins over a global word."""
    if isinstance(step, Words) or not heard:
        return False
    return read_said(standing.library, step, heard, text) in {
        Sure(option.id) for option in heard if text.strip().casefold() == option.label.casefold()
    }


def _confirmed(standing: Standing, text: str) -> bool:
    """Take a plain yes after "did you mean …?" where there was one guess."""
    guesses = standing.session.guesses
    word = standing.library.global_words.agreement(text)
    if word == "yes" and len(guesses) == 1:
        _press(standing, Picked(options=guesses))
        return True
    if word == "no":
        standing.change(guesses=())
        standing.ask_again()
        return True
    return False


def _press(standing: Standing, given: Picked) -> None:
    session = standing.session
    first = given.options[0] if given.options else ""
    if first.startswith("@") and first != "@skip":
        word, _, about = first[1:].partition(":")
        _obey(standing, word, about or None)
        return
    if given.ask is not None and given.ask != session.ask:
        already = session.last == (given.ask, given.options)
        standing.note("already" if already else "stale")
        standing.ask_again()
        return
    step = standing.open_step()
    if step is None:
        standing.settle()
        return
    options = shown_options(step, standing.walk.facts)
    asked = session.ask
    _take(standing, step, read_picked(step, options, given.options))
    if standing.session.ask != asked:
        standing.change(last=(asked, given.options))


def _take(standing: Standing, step: Ask | Offer, reading: Reading) -> None:
    if isinstance(reading, Sure):
        standing.talk_on()
    match reading:
        case Sure(value) if _begins_anew(step, value):
            begin_anew(standing)
        case Sure(value) if isinstance(step, Offer):
            standing.follow(step, str(value))
        case Sure(value):
            _keep(standing, step, value, _aside(step, value))
        case Nearly(options):
            standing.change(guesses=options)
            standing.ask_again()
        case Not(reason):
            tries = standing.session.tries + 1
            standing.change(tries=tries, guesses=())
            refused = Refused(flow=standing.open_flow(), step=step.id, reason=reason, tries=tries)
            standing.events.append(refused)
            standing.ask_again()
        case _:
            assert_never(reading)


def _keep(standing: Standing, step: Ask | Offer, value: Value, aside: str | None) -> None:
    standing.events.append(Answered(flow=standing.open_flow(), step=step.id, value=value))
    standing.answer(value, aside)


def _aside(step: Ask | Offer, value: Value) -> str | None:
    """Name the flow to talk of once this option is taken."""
    options = step.options if isinstance(step, Choice) else ()
    return next((option.aside for option in options if option.id == value), None)


def _begins_anew(step: Ask | Offer, value: Value) -> bool:
    """Tell whether the option taken begins the flow anew."""
    options = step.options if isinstance(step, Choice | Offer) else ()
    return any(option.id == value and option.again for option in options)


def _obey(standing: Standing, word: str, about: str | None) -> None:
    roles = standing.library.roles
    if word != "stop":
        standing.talk_on()
    match word:
        case "menu":
            standing.enter(roles.home)
        case "human":
            standing.enter(roles.human)
        case "show_data":
            standing.enter(roles.show_data)
        case "delete_data":
            standing.enter(roles.erase)
        case "carry":
            standing.enter(roles.carry)
        case "back":
            standing.back()
        case "change":
            _change(standing, about)
        case "language":
            _speak(standing, about)
        case "why":
            explain(standing)
        case "help":
            standing.note(word)
            standing.ask_again()
        case "stop":
            standing.change(quiet=True)
            standing.note("stopped")
        case "resume":
            standing.resume()
        case "look" if about:
            look_up(standing, about)
        case "away" if about in standing.library.families:
            put_aside(standing, str(about))
        case "continue":
            standing.ask_again()
        case _:
            standing.note("stale")
            standing.ask_again()


def _change(standing: Standing, fact: str | None) -> None:
    answers = standing.changeable()
    if fact is not None and any(step == fact for _, step, _ in answers):
        standing.reopen(fact)
        return
    standing.events.append(Reviewed(answers=answers))
    if not answers:
        standing.ask_again()


def _speak(standing: Standing, language: str | None) -> None:
    if language not in LANGUAGES:
        standing.note("language")
        return
    standing.change(language=language)
    standing.note("language_set")
    standing.ask_again()
