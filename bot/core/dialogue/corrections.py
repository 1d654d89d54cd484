"""Takes that a card or an answer is said to be wrong, and notes questions that have no answer."""

import re
from typing import Final

from bot.core.cards import card_version
from bot.core.dialogue.events import QuestionNoted
from bot.core.dialogue.heard import Heard
from bot.core.dialogue.session import Disputed
from bot.core.dialogue.turn_builder import TurnBuilder

# a card's kind, its id, and the mark of what was shown, where the button bears it
NAMED_CARD: Final = re.compile(r"(?P<card>[a-z_]+/[\w.-]+)(?:/(?P<version>[0-9a-f]{8}))?")


def dispute(turn: TurnBuilder, about: str) -> None:
    """Ask what is wrong with a card. about: its kind and id, perhaps with the mark of what was shown."""
    named = NAMED_CARD.fullmatch(about)
    now = card_version(turn.library, named["card"]) if named is not None else ""
    if named is None or not now:
        turn.remark("stale")
        turn.ask_again()
        return
    turn.change(disputed=Disputed(card=named["card"], version=named["version"] or now))
    turn.enter(turn.library.roles.correction.flow)


def note_question(turn: TurnBuilder, heard: Heard, text: str, written_in: str) -> None:
    """Note a question that has no answer, without what could tell whose it is.

    Only so many of a conversation, and none that may tell of distress.
    """
    if heard.kind != "knowledge" or heard.sure or heard.perhaps is not None:
        return
    library, noted = turn.library, turn.session.noted_questions
    if not library.knowledge_reader.is_question(library.tokenize(text)):
        return
    if noted >= library.policy.noted_questions:
        return
    turn.change_keeping_path(noted_questions=noted + 1)
    words = library.without_person(text)
    turn.events.append(QuestionNoted(words=words, language=written_in, on=turn.today))


def note_no_more(turn: TurnBuilder) -> None:
    """Let nothing more be noted of a conversation in which there was distress."""
    turn.change_keeping_path(noted_questions=turn.library.policy.noted_questions)
