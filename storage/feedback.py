"""What people asked without an answer, and what they said is wrong: nothing in it leads to a person."""

from typing import Final

from sqlalchemy import Column, Connection, String, Table, Text, bindparam, func, insert, select

from bot.ports.effects import RecordCorrection, RecordQuestion
from bot.ports.records import AskedQuestion, KeptCorrection
from storage.connections.base import Transactions
from storage.schema import id_column, metadata

asked_question: Final = Table(
    "asked_question",
    metadata,
    id_column(),
    Column("day", String(10), nullable=False, index=True),
    Column("language", String(2), nullable=False),
    Column("words", Text, nullable=False),
)
correction: Final = Table(
    "correction",
    metadata,
    id_column(),
    Column("day", String(10), nullable=False),
    Column("language", String(2), nullable=False),
    Column("card", String(96), nullable=False),
    Column("version", String(16), nullable=False),
    Column("words", Text, nullable=False),
)

ADD_QUESTION: Final = insert(asked_question)
ADD_CORRECTION: Final = insert(correction)
_times: Final = func.count(asked_question.c.id).label("times")
_last: Final = func.max(asked_question.c.day).label("last")
QUESTIONS: Final = (
    select(asked_question.c.words, asked_question.c.language, _times, _last)
    .where(asked_question.c.day >= bindparam("since"))
    .group_by(asked_question.c.words, asked_question.c.language)
    .order_by(_times.desc(), _last.desc(), asked_question.c.words)
)
CORRECTIONS: Final = select(correction).order_by(correction.c.id.desc())


def add_question(connection: Connection, noted: RecordQuestion) -> None:
    """Note a question without an answer."""
    row = {"day": noted.day, "language": noted.language, "words": noted.words}
    connection.execute(ADD_QUESTION, row)


def add_correction(connection: Connection, kept: RecordCorrection) -> None:
    """Keep what was said to be wrong."""
    row = {"day": kept.day, "language": kept.language, "words": kept.words}
    connection.execute(ADD_CORRECTION, {**row, "card": kept.card, "version": kept.version})


class Feedback:
    """What people asked and said is wrong. It is added by a turn."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def questions(self, since: str) -> list[AskedQuestion]:
        """Return the questions noted since a day (YYYY-MM-DD), the most frequent first."""
        rows = self._transactions.read(lambda c: c.execute(QUESTIONS, {"since": since}).all())
        return [AskedQuestion(row.words, row.language, row.times, row.last) for row in rows]

    def corrections(self) -> list[KeptCorrection]:
        """Return what was said to be wrong, the newest first."""
        rows = self._transactions.read(lambda c: c.execute(CORRECTIONS).all())
        return [
            KeptCorrection(row.day, row.language, row.card, row.version, row.words) for row in rows
        ]
