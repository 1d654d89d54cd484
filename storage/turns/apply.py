"""What turns leave, written in one transaction."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from hashlib import blake2b
from typing import Any, assert_never

from sqlalchemy import Connection

from bot.ports.effects import (
    CancelJob,
    CloseShare,
    CountNoTime,
    Effect,
    GiveCode,
    KeepBooking,
    KeepHandoff,
    KeepInvitation,
    KeepMeeting,
    KeepPlanVersion,
    KeepProfile,
    KeepReferral,
    KeepWaiting,
    Keyboard,
    LinkAccount,
    OpenShare,
    PlanJob,
    RecordClassEvent,
    RecordCorrection,
    RecordQuestion,
    SendMessage,
    UseCode,
    WakeChat,
    WatchPlan,
)
from bot.ports.records import (
    ComputedTurn,
    OutboxItem,
    PreparedTurn,
    StoredConversation,
    TurnOutcome,
    TurnRequest,
    Update,
)
from storage import (
    addresses,
    bookings,
    class_notes,
    codes,
    erasure,
    feedback,
    inbox,
    jobs,
    keyboards,
    plans,
    waiting,
)
from storage.lookups import Reader, ReaderWithin
from storage.rows import cleaned
from storage.turns.snapshot import TurnSnapshot
from storage.turns.statements import EffectConflict, TurnStatements


def commit_turns(
    statements: TurnStatements, connection: Connection, prepared: Sequence[PreparedTurn]
) -> list[TurnOutcome]:
    """Write what turns leave, and return what came of each; those not yet computed are, here.

    Errors: SeenBefore, StaleVersion, EffectConflict, or what a turn's work raises; then all is to be
    undone.
    """
    turns = [turn.computed or _load_and_compute(statements, connection, turn) for turn in prepared]
    for turn, asked in zip(turns, prepared, strict=True):
        if isinstance(turn, ComputedTurn):
            _hold(connection, turn, holding=bool(asked.conflict))
    # what was seen before has its outcome already; the others are written with the same statements
    new = [turn for turn in turns if isinstance(turn, ComputedTurn)]
    written = iter(_write(statements, connection, new))
    return [next(written) if isinstance(turn, ComputedTurn) else turn for turn in turns]


def _load_and_compute(
    statements: TurnStatements, connection: Connection, prepared: PreparedTurn
) -> ComputedTurn | TurnOutcome:
    """Compute a turn while its conversation is held, and what it was in conflict about."""
    request, reader = prepared.request, ReaderWithin(connection)
    stored, seen = reader.fast_read(lambda cursor: statements.load(cursor, request.update))
    if seen:
        return TurnOutcome(duplicate=True, version=stored.version)
    if prepared.conflict:
        bookings.hold(connection, prepared.conflict, (), request.update.at)
    return compute(request, stored, reader)


def compute(request: TurnRequest, stored: StoredConversation, reader: Reader) -> ComputedTurn:
    """Compute a turn of a conversation as it was loaded; what else it looks at, `reader` reads."""
    snapshot = TurnSnapshot(reader)
    result = request.work(replace(stored, snapshot=snapshot))
    return ComputedTurn(request.update, stored, cleaned(result))


def _write(
    statements: TurnStatements, connection: Connection, turns: Sequence[ComputedTurn]
) -> list[TurnOutcome]:
    if not turns:
        return []
    cursor, dialect = connection.connection.cursor(), connection.dialect.name
    for (
        turn
    ) in turns:  # first what may be impossible: whoever waits for the same time waits the less
        impossible = bookings.keep(connection, turn.result.effects)
        if impossible is not None:
            raise EffectConflict(impossible, left=turn.result.effects)
    forgotten = {
        turn.update.conversation: turn.update.at for turn in turns if turn.result.state is None
    }
    for key, at in forgotten.items():
        erasure.erase_own(connection, key, at)
    leased = statements.save(cursor, turns)
    for key in forgotten:  # the turns' own updates are known by now, and whose they were goes too
        erasure.erase_traces(connection, key)
    _keep_keyboards(cursor, dialect, turns)
    _link_accounts(cursor, dialect, turns)
    for turn in turns:
        for effect in turn.result.effects:
            if not _apply(connection, turn.update, effect):
                raise EffectConflict(effect)
    return [_outcome(turn, messages) for turn, messages in zip(turns, leased, strict=True)]


def _hold(connection: Connection, turn: ComputedTurn, *, holding: bool) -> None:
    """Hold whose time a turn may take or free, before anything of it is written.

    holding: it holds some already. Errors: EffectConflict where it would have to wait for others then.
    """
    own = turn.update.conversation
    erased = [link.former for link in turn.result.effects_of(LinkAccount) if link.former != own]
    if turn.result.state is None:
        erased.append(own)
    effects = turn.result.effects
    if not bookings.hold(connection, effects, erased, turn.update.at, waits=not holding):
        raise EffectConflict(*effects, left=effects)


def _apply(connection: Connection, update: Update, effect: Effect) -> bool:
    """Do what a turn leaves to be done, each by its subject; False where it is impossible by now."""
    match effect:
        case GiveCode():
            codes.give(connection, effect, update.conversation)
        case UseCode():
            return codes.drop(connection, effect.code)
        case RecordClassEvent():
            class_notes.add(connection, effect)
        case RecordQuestion():
            feedback.add_question(connection, effect)
        case RecordCorrection():
            feedback.add_correction(connection, effect)
        case LinkAccount():
            if effect.former != update.conversation:
                erasure.erase_former(connection, effect.former, update.at)
        case PlanJob():
            jobs.plan(connection, effect, update)
        case CancelJob():
            jobs.cancel(connection, effect.kind, effect.key)
        case KeepPlanVersion():
            plans.keep_version(connection, effect, update.conversation, update.at)
        case OpenShare():
            plans.open_share(connection, effect, update.conversation)
        case CloseShare():
            plans.close_share(connection, effect)
        case WatchPlan():
            plans.watch(connection, effect, update.conversation)
        case WakeChat():
            _wake(connection, update, effect)
        case CountNoTime():
            waiting.count_no_time(connection, effect, update.conversation, update.at)
        case SendMessage() | Keyboard():
            pass  # those of all turns are kept by one statement each
        case (
            KeepProfile()
            | KeepMeeting()
            | KeepBooking()
            | KeepWaiting()
            | KeepHandoff()
            | KeepReferral()
            | KeepInvitation()
        ):
            pass  # those of a turn are kept together
        case _:
            assert_never(effect)
    return True


def _keep_keyboards(cursor: Any, dialect: str, turns: Sequence[ComputedTurn]) -> None:
    kept = [
        (turn.update.conversation, keyboard)
        for turn in turns
        for keyboard in turn.result.effects_of(Keyboard)
    ]
    keyboards.keep(cursor, dialect, kept)


def _link_accounts(cursor: Any, dialect: str, turns: Sequence[ComputedTurn]) -> None:
    """Lead accounts to the turns' conversations. Errors: EffectConflict."""
    links: list[LinkAccount] = []
    rows: list[dict[str, Any]] = []
    for turn in turns:
        where = {"key": turn.update.conversation, "at": turn.update.at}
        for link in turn.result.effects_of(LinkAccount):
            links.append(link)
            rows.append(where | asdict(link))
    if not links:
        return
    linked = addresses.link_from(cursor, dialect, rows)
    if len(linked) < len(links):
        lost = [link for link in links if (link.channel, link.account) not in linked]
        raise EffectConflict(lost[0] if lost else links[-1])  # or two turns link the same one


def _wake(connection: Connection, update: Update, wake: WakeChat) -> None:
    """Leave an update without content for an account that is to be told how it stands."""
    why = f"{update.channel}/{update.update}/{wake.account}".encode()
    row = {
        "channel": wake.channel,
        "lane": wake.account,
        "at": update.at,
        "update_id": f"wake:{blake2b(why, digest_size=16).hexdigest()}",
        "raw": "",
    }
    cursor, dialect = connection.connection.cursor(), connection.dialect.name
    inbox.receive(cursor, dialect, [row], 0)


def _outcome(turn: ComputedTurn, leased: Sequence[OutboxItem]) -> TurnOutcome:
    return TurnOutcome(
        duplicate=False,
        version=0 if turn.result.state is None else turn.stored.version + 1,
        leased=tuple(leased),
        leased_until=turn.update.lease_until,
        all_leased=len(leased) == len(turn.result.effects_of(SendMessage)),
    )
