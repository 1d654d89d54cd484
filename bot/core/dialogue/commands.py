"""What global words do, and the buttons beside the options."""

from bot.core.base.texts import LANGUAGES
from bot.core.dialogue.actions import explain, hide_family, look_up, tell_knowledge
from bot.core.dialogue.events import Reviewed
from bot.core.dialogue.moves import go_back, reopen
from bot.core.dialogue.saved_paths import do_with_path
from bot.core.dialogue.turn_builder import TurnBuilder
from bot.core.dialogue.wishes_taken import open_door
from bot.core.nlu.wishes import Wish


def do_command(turn: TurnBuilder, word: str, about: str | None) -> None:
    """Do what a global word or a button beside the options says; one that is not known is stale."""
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
            go_back(turn)
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
        case "wish" if about in turn.library.wishes:
            _open_wish(turn, str(about))
        case "ask" if about in turn.library.knowledge:
            tell_knowledge(turn, (str(about),), sure=True)
        case "path" | "save" | "unsave" if about:
            do_with_path(turn, word, about)
        case "none":
            turn.change(guesses=())
            turn.ask_again()
        case "continue":
            turn.ask_again()
        case _:
            turn.remark("stale")
            turn.ask_again()


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
