"""What global words do, and the buttons beside the options."""

from bot.core.base.texts import LANGUAGES
from bot.core.dialogue.actions import (
    explain,
    explain_question,
    hide_family,
    look_up,
    look_up_place,
    tell_answer,
)
from bot.core.dialogue.corrections import dispute
from bot.core.dialogue.events import Reviewed
from bot.core.dialogue.moves import go_back, reopen
from bot.core.dialogue.plan_picks import do_with_plan
from bot.core.dialogue.reminders import do_with_date, drop_all_reminders
from bot.core.dialogue.saved_paths import do_with_path
from bot.core.dialogue.turn_builder import TurnBuilder
from bot.core.dialogue.wishes_taken import open_door, open_flow
from bot.core.flows.roles import Roles
from bot.core.nlu.wishes import Wish


def do_command(turn: TurnBuilder, word: str, about: str | None) -> None:
    """Do what a global word or a button beside the options says; one that is not known is stale."""
    if word != "stop":
        turn.talk_on()
    match word:
        case "menu" | "human" | "show_data" | "delete_data" | "carry":
            turn.enter(_flow_of(turn.library.roles, word))
        case "back":
            go_back(turn)
        case "change":
            _change(turn, about)
        case "language":
            _set_language(turn, about)
        case "why":
            explain(turn)
        case "meaning":
            explain_question(turn)
        case "pause":
            turn.change(guesses=())
            turn.remark("paused")
        case "help":
            turn.remark(word)
            turn.ask_again()
        case "stop":
            turn.change(quiet=True)
            turn.remark("stopped")
            drop_all_reminders(turn)
        case "resume":
            turn.resume()
        case "none":
            turn.change(guesses=())
            turn.ask_again()
        case "continue":
            turn.ask_again()
        case _:
            _tell(turn, word, about or "")


def _tell(turn: TurnBuilder, word: str, about: str) -> None:
    """Tell what a button names of the content; what is not there any more is stale."""
    library = turn.library
    match word:
        case "look" if about:
            look_up(turn, about)
        case "place" if about in library.places:
            look_up_place(turn, about)
        case "away" if about in library.families:
            hide_family(turn, about)
        case "wish" if about in library.wishes:
            _open_wish(turn, about)
        case "date" | "calendar" | "remind" | "unremind" if about:
            do_with_date(turn, word, about)
        case "path" | "save" | "unsave" if about:
            do_with_path(turn, word, about)
        case "plan" if about:
            do_with_plan(turn, about)
        case "ask" | "door" | "whom" if about in library.knowledge:
            _of_answer(turn, word, about)
        case "wrong" if about:
            dispute(turn, about)
        case _:
            turn.remark("stale")
            turn.ask_again()


def _of_answer(turn: TurnBuilder, word: str, id_: str) -> None:
    """Give an answer to a question, or go where it leads, or to whom it points."""
    entry = turn.library.knowledge[id_]
    if word == "ask":
        tell_answer(turn, id_)
    elif word == "door":
        turn.enter(entry.flow or turn.library.roles.home)
    else:
        open_flow(turn, turn.library.roles.human, entry.human)


def _flow_of(roles: Roles, word: str) -> str:
    """Return the flow that a word opens."""
    flows = {
        "menu": roles.home,
        "human": roles.human,
        "show_data": roles.show_data,
        "delete_data": roles.erase,
        "carry": roles.carry,
    }
    return flows[word]


def _open_wish(turn: TurnBuilder, id_: str) -> None:
    wish = turn.library.wishes[id_]
    if isinstance(wish, Wish) and turn.library.roles.first not in turn.session.stack:
        open_door(turn, wish)
        return
    turn.change(wish=id_)
    turn.ask_again()


def _change(turn: TurnBuilder, fact: str | None) -> None:
    answers = turn.changeable()
    if fact is not None and any(answer.step == fact for answer in turn.session.answers):
        reopen(turn, fact)
        return
    turn.change(reviewing=True)
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
