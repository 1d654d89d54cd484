"""What turns leave, written in one transaction."""

from collections.abc import Sequence
from functools import partial
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection

from bot.ports.records import Begun, Claimed, Done, Kept, Taken, Update, Work
from storage import addresses, class_notes, codes, erasure, inbox, keyboards
from storage.rows import cleaned
from storage.turns.statements import TurnStatements


def commit_turns(
    statements: TurnStatements, connection: Connection, prepared: Sequence[Begun]
) -> list[Done]:
    """Write what turns leave, and return what came of each; those not yet computed are, here.

    Errors: SeenBefore, StaleVersion, or what a turn's work raises; then all is to be undone.
    """
    compute = partial(_compute, statements, connection.connection.cursor())
    found = [taken or compute(*turning) for turning, taken in prepared]
    kept = iter(_write(statements, connection, [one for one in found if isinstance(one, Taken)]))
    return [next(kept) if isinstance(one, Taken) else one for one in found]


def _compute(statements: TurnStatements, cursor: Any, update: Update, work: Work) -> Taken | Done:
    """Compute a turn while its conversation is held."""
    loaded, seen = statements.load(cursor, update)
    if seen:
        return Done(duplicate=True, version=loaded.version)
    return Taken(update, loaded, cleaned(work(loaded)))


def _write(
    statements: TurnStatements, connection: Connection, turns: Sequence[Taken]
) -> list[Done]:
    if not turns:
        return []
    cursor, dialect = connection.connection.cursor(), connection.dialect.name
    forgotten = [turn.update.conversation for turn in turns if turn.kept.state is None]
    for key in forgotten:
        erasure.erase_own(connection, key)
    leased = statements.save(cursor, turns)
    for key in forgotten:  # the turns' own updates are known by now, and whose they were goes too
        erasure.erase_traces(connection, key)
    sent = [
        (turn.update.conversation, keyboard) for turn in turns for keyboard in turn.kept.keyboards
    ]
    keyboards.keep(cursor, dialect, sent)
    addresses.link(cursor, dialect, [row for turn in turns for row in _links(turn)])
    for update, _, kept in turns:
        class_notes.add(connection, kept.notes)
        codes.drop(connection, kept.used)
        for code in kept.codes:
            codes.give(connection, code, update.conversation)
        for door in kept.joined:
            if door.former != update.conversation:
                erasure.erase_former(connection, door.former)
        _wake(cursor, dialect, update, kept)
    return [_outcome(turn, messages) for turn, messages in zip(turns, leased, strict=True)]


def _links(turn: Taken) -> list[dict[str, Any]]:
    where = {"key": turn.update.conversation, "at": turn.update.at}
    return [where | {"channel": one.channel, "account": one.account} for one in turn.kept.joined]


def _wake(cursor: Any, dialect: str, update: Update, kept: Kept) -> None:
    """Leave an update without content for every account that is to be told how it stands."""
    for channel, account in kept.wakes:
        why = f"{update.channel}/{update.update}/{account}".encode()
        name = f"wake:{blake2b(why, digest_size=16).hexdigest()}"
        row = {"channel": channel, "lane": account, "at": update.at, "update_id": name, "raw": ""}
        inbox.receive(cursor, dialect, [row], 0)


def _outcome(turn: Taken, leased: Sequence[Claimed]) -> Done:
    return Done(
        duplicate=False,
        version=0 if turn.kept.state is None else turn.loaded.version + 1,
        held=tuple(leased),
        whole=len(leased) == len(turn.kept.messages),
    )
