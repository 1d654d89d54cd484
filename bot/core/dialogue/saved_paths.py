"""Paths of education that a person saves, and what is noticed to have changed in them."""

from bot.core.dialogue.actions import tell_path
from bot.core.dialogue.turn_builder import TurnBuilder
from bot.core.education.saved_path import MOST_SAVED_PATHS, save_card
from bot.core.flows.path_steps import ShowSavedPaths


def do_with_path(turn: TurnBuilder, word: str, id_: str) -> None:
    """Tell about a path, save it or take it off the list; a button of a path that is gone is stale.

    word: "path", "save" or "unsave".
    """
    turn.talk_on()
    is_there = id_ in turn.library.paths
    if word == "path" and is_there:
        tell_path(turn, id_)
        return
    if word == "unsave":
        _unsave(turn, id_)
    elif word == "save" and is_there:
        _save(turn, id_)
    else:
        turn.remark("stale")
    # the list is told anew where it was told above
    if any(isinstance(entry.step, ShowSavedPaths) for entry in turn.path.entries):
        turn.advance()
    else:
        turn.ask_again()


def _save(turn: TurnBuilder, id_: str) -> None:
    """Save a path as its card is today, unless it is saved already or the list is full."""
    saved = turn.session.saved_paths
    if any(one.card == id_ for one in saved):
        turn.remark("path_saved_before")
    elif len(saved) >= MOST_SAVED_PATHS:
        turn.remark("saved_paths_full")
    else:
        turn.change(saved_paths=(*saved, save_card(id_, turn.library.paths[id_], turn.today)))
        turn.remark("path_saved")


def _unsave(turn: TurnBuilder, id_: str) -> None:
    """Take a path off the list; its card need not be there any more."""
    saved = turn.session.saved_paths
    left = tuple(one for one in saved if one.card != id_)
    turn.change(saved_paths=left)
    turn.remark("path_unsaved" if left != saved else "stale")
