"""What typed words do where a person stands."""

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from bot.core.dialogue.actions import look_up, tell_knowledge
from bot.core.dialogue.answers import HearOptions, takes_free_text
from bot.core.dialogue.answers_here import name_by_number, of_child, within_list
from bot.core.dialogue.booking_choosing import with_named_times
from bot.core.dialogue.buttons_typed import takes_button_beside
from bot.core.dialogue.commands import do_command
from bot.core.dialogue.corrections import note_no_more, note_question
from bot.core.dialogue.events import Answered, Asked, FactsTold, Refused
from bot.core.dialogue.heard import Heard
from bot.core.dialogue.inputs import (
    Picked,
    Said,
)
from bot.core.dialogue.moves import flow_via, keep_answer
from bot.core.dialogue.plan_events import PlanChanged
from bot.core.dialogue.plan_hearing import does_at_plan, is_said_of_plan
from bot.core.dialogue.pressed import apply_reading, press
from bot.core.dialogue.quiet_step import (
    enter_quiet_step,
    leaves_quiet_step,
)
from bot.core.dialogue.readings import NotUnderstood, Reading, Understood
from bot.core.dialogue.session import Answer
from bot.core.dialogue.shown_options import in_shown_order, only_shown
from bot.core.dialogue.told_facts import (
    SoFar,
    age_told,
    corrected,
    is_name,
    telling_words,
    told_beside,
)
from bot.core.dialogue.turn_builder import TurnBuilder
from bot.core.dialogue.understanding import is_label, questions_called, understand
from bot.core.dialogue.wishes_taken import ask_which_wish, keep_wish, take_wish
from bot.core.dialogue.words_within import keep_words
from bot.core.flows.roles import asks_of_child
from bot.core.flows.steps import Ask, Offer, Words
from bot.core.nlu.options import OptionNames

# what a message may seem to be that takes an earlier answer back: "nē, nestrādāju" at the menu is like a wish
CORRECTING = frozenset({"reading", "command", "wish", "ask_wish", "small_talk"})


def hear_words(turn: TurnBuilder, said: Said, hear: HearOptions) -> None:
    """Act on typed words; where they may tell of distress, the line with the numbers stands beside."""
    step = turn.open_step()
    options = () if step is None else _names_as_seen(turn, step, hear)
    heard = understand(turn.library, step, options, said, turn.today)
    if step is not None and asks_of_child(turn.library.roles, step.text, turn.path.facts):
        heard = of_child(turn, step, options, said, heard)
    if step is not None and heard.reading is not None:
        shown = only_shown(step, heard.reading, turn.path.facts)
        heard = replace(heard, reading=shown)
    heard = within_list(turn, step, heard)
    was_reviewing = turn.session.reviewing
    turn.change_keeping_path(reviewing=False)
    spoken = turn.session.language
    written_in = turn.library.read(said.text).written_in(spoken)
    if heard.distress is not None:
        note_no_more(turn)
        enter_quiet_step(turn, step, heard, written_in)
        return
    if turn.session.quiet_step is not None and not leaves_quiet_step(turn, heard, said.text):
        return
    is_answer = heard.kind == "reading" and isinstance(heard.reading, Understood)
    is_answer = is_answer and not isinstance(step, Words)  # "turpināt" is nobody's own words
    goes_first = turn.session.quiet or bool(turn.session.guesses) or not is_answer
    if goes_first and takes_button_beside(turn, step, said.text):
        return
    # after the list of answers a new answer corrects the old one, without a word for it
    mending = Said(text=f"nē, {said.text}") if was_reviewing else said
    of_plan = is_said_of_plan(turn, heard)
    if heard.kind in CORRECTING and not of_plan and _corrects(turn, step, mending, hear):
        return
    if does_at_plan(turn, heard, said, hear):
        return
    if was_reviewing and _chooses_what_to_change(turn, heard, said.text):
        return
    if not (turn.session.guesses and _guess_confirmed(turn, said.text)):
        told: tuple[Answer, ...] = ()
        telling = None if of_plan else telling_words(turn.library, step, heard, said)
        if telling is not None:
            told = _keep_told(turn, step, telling, hear, heard.reading)
        asked = turn.session.ask
        if isinstance(step, Offer) or heard.words_for:
            keep_words(turn, heard.words_for, said.text)
        if told and heard.kind == "reading" and isinstance(heard.reading, NotUnderstood):
            turn.ask_again()  # it was no answer, and told something all the same
        else:
            _act(turn, step, heard)
        if turn.session.ask != asked:
            if not heard.words_for:
                name_by_number(turn, step, said.text)
            _leave_unsaid(turn)
        _say_back(turn, told)
        note_question(turn, heard, said.text, written_in)
    if heard.perhaps is not None:
        turn.remark("quiet_word", heard.perhaps)
    if turn.session.language == spoken != written_in:
        _offer_language(turn, said.text, written_in)


def _names_as_seen(
    turn: TurnBuilder, step: Ask | Offer, hear: HearOptions
) -> tuple[OptionNames, ...]:
    all_asked = turn.session.all_options
    names = in_shown_order(step, hear(step), turn.path.facts, all_asked=all_asked)
    return with_named_times(step, names, turn.session.booking)


def _leave_unsaid(turn: TurnBuilder) -> None:
    """Do not say back an answer that has changed the plan: the change tells it, and is changed at the plan."""
    if any(isinstance(event, PlanChanged) for event in turn.events):
        turn.events[:] = (
            event.model_copy(update={"said_back": False}) if isinstance(event, Answered) else event
            for event in turn.events
        )


def _chooses_what_to_change(turn: TurnBuilder, heard: Heard, text: str) -> bool:
    """Open the question that is named after the answers were listed; return whether one was."""
    if heard.kind in {"command", "leaving"}:
        return False
    called = questions_called(turn.library, turn.library.tokenize(text))
    names = [one.owner for one in called]
    if turn.open_step_name() in names:
        turn.ask_again()
        return True
    fact = _answered_of(turn, names)
    if fact is not None:
        do_command(turn, "change", fact)
    return fact is not None


def _answered_of(turn: TurnBuilder, questions: Sequence[str]) -> str | None:
    """Return the first of some questions that has an answer which can be changed."""
    answered = {question for _, question, _ in turn.changeable()}
    return next((question for question in questions if question in answered), None)


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
    if step is not None and is_label(step, hear(step), said.text):
        return ()  # the name of an option tells no more than it says
    if step is not None and asks_of_child(turn.library.roles, step.text, known):
        return ()  # what is told is of the child
    so_far = SoFar(known, step)
    told = told_beside(turn.library, hear, said, so_far, turn.today)
    is_banded = step is not None and bool(turn.library.phrases_for(step).bands)
    if not told and step is not None and is_banded and not is_name(hear(step), said.text):
        told = age_told(turn.library, hear, said, known, turn.today)
    if told:
        names = {answer.step for answer in told}
        others = [answer for answer in turn.session.answers if answer.step not in names]
        turn.change(answers=(*others, *told))
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
            do_command(turn, heard.word, heard.about or _answered_of(turn, heard.questions))
        case "occupation":
            look_up(turn, str(heard.about))
        case "knowledge":
            _tell_knowledge(turn, step, heard)
        case "wish" | "small_talk":
            take_wish(turn, heard.wishes)
        case "ask_wish":
            ask_which_wish(turn, heard.wishes)
        case "reading":
            if step is None or heard.reading is None:
                turn.advance()
            else:
                keep_wish(turn, heard.wishes)
                apply_reading(turn, step, heard.reading)
        case "distress":
            pass  # answered before anything else
        case _:
            assert_never(heard.kind)


def _tell_knowledge(turn: TurnBuilder, step: Ask | Offer | None, heard: Heard) -> None:
    """Answer a question; what was told before it answers the open question, too."""
    tell_knowledge(turn, heard.entries, sure=heard.sure)
    if step is None or heard.reading is None or turn.open_step() is not step:
        return
    if turn.events and isinstance(turn.events[-1], Asked):
        turn.events.pop()
    apply_reading(turn, step, heard.reading)


def _talk_of_leaving(turn: TurnBuilder, step: Ask | Offer | None, reading: Reading | None) -> None:
    """Open the flow about leaving school; the words may answer the open question as well.

    They do where it takes free text, where they name an option that leads to that flow, and where they tell who somebody is.
    """
    flow = turn.library.leaving.flow
    if step is not None and isinstance(reading, Understood):
        leads_there = flow_via(step, reading.value) == flow
        is_told = turn.library.phrases_for(step).told  # who studies, and wants to leave
        if leads_there or is_told or takes_free_text(step):
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
        press(turn, Picked(options=guesses))
        return True
    if word == "no":
        turn.change(guesses=())
        turn.ask_again()
        return True
    return False
