"""Turns: an update seen once, its conversation loaded, stepped, saved, its messages enqueued."""

from collections.abc import Sequence
from concurrent.futures import Future
from functools import partial
from typing import Final

from bot.errors import StorageBusy
from bot.ports.records import PreparedTurn, TurnOutcome, TurnRequest, Update, Work
from storage.connections.base import DRIVER_ERRORS, Transactions, translate_error
from storage.conversations import Conversations
from storage.turns.apply import commit_turns, compute
from storage.turns.postgres import PostgresTurn
from storage.turns.sqlite import SqliteTurn
from storage.turns.statements import EffectConflict, SeenBefore, StaleVersion, TurnStatements

BEST_BATCH: Final = 16  # turns of one commit; more would only make the first of them wait
VERSION_TRIES: Final = 8  # of a turn where somebody else is quicker each time
STATEMENTS: Final[dict[str, TurnStatements]] = {
    "sqlite": SqliteTurn(),
    "postgresql": PostgresTurn(),
}


class Turns:
    """The turns of the store.

    On SQLite a turn is computed beside the one writer, which then keeps many with one commit. On
    PostgreSQL it is computed while its conversation's row is held. Where another turn has changed
    the conversation by then, or what an effect presumes, it is computed again within the commit.
    """

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions
        self._statements = STATEMENTS[transactions.engine.dialect.name]
        self._commit = partial(commit_turns, self._statements)
        self.computes_inside_commit = not self._statements.single_writer
        self.best_batch = 1 if self.computes_inside_commit else BEST_BATCH

    def run(self, update: Update, work: Work) -> TurnOutcome:
        """Take one update in one transaction: see it once, load, work, save, append, enqueue.

        work: pure; it may be called again where somebody else was quicker.
        Errors: whatever `work` raises, with nothing kept; StorageError.
        """
        (outcome,) = self.commit([self.prepare(TurnRequest(update, work))])
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def prepare(self, request: TurnRequest) -> PreparedTurn:
        """Compute a turn beside the writers, where they would have to wait for it; keeps nothing yet.

        Errors: whatever its work raises; StorageError.
        """
        if self.computes_inside_commit:
            return PreparedTurn(request, None)
        loaded, seen = self._transactions.fast_read(
            lambda cursor: self._statements.load(cursor, request.update)
        )
        if seen:
            return PreparedTurn(request, None)
        return PreparedTurn(request, compute(request, loaded, self._transactions))

    def commit(self, prepared: Sequence[PreparedTurn]) -> list[TurnOutcome | Exception]:
        """Keep turns, on SQLite in one commit; each has its own outcome."""
        keys = [one.request.update.conversation for one in prepared]
        futures = self._transactions.submit_batch(self._commit, prepared, keys)
        return [
            self._outcome(one.request, future)
            for one, future in zip(prepared, futures, strict=True)
        ]

    def _outcome(
        self, request: TurnRequest, future: Future[TurnOutcome]
    ) -> TurnOutcome | Exception:
        """Wait for what comes of a turn, and return it also where it is an error."""
        try:
            return self._await_or_recompute(request, future)
        except DRIVER_ERRORS as error:
            return translate_error(error)
        except Exception as error:  # noqa: BLE001 - it is this turn's outcome
            return error

    def _await_or_recompute(self, request: TurnRequest, future: Future[TurnOutcome]) -> TurnOutcome:
        """Wait for what comes of a turn; where somebody was quicker, compute it inside the commit.

        Errors: StorageBusy where somebody was quicker each time.
        """
        key = request.update.conversation
        tries = 1
        while True:
            try:
                return future.result()
            except SeenBefore:
                return TurnOutcome(
                    duplicate=True, version=Conversations(self._transactions).load(key).version
                )
            except (StaleVersion, EffectConflict) as conflict:
                if tries == VERSION_TRIES:
                    message = f"another turn was quicker {VERSION_TRIES} times: {conflict}"
                    raise StorageBusy(message) from None
                again = PreparedTurn(request, None)
                # who has lost once finds mostly nothing left to take, and need hold nobody; who loses twice may lose on
                if isinstance(conflict, EffectConflict) and tries > 1:
                    again = again._replace(conflict=conflict.left)
            tries += 1
            (future,) = self._transactions.submit_batch(self._commit, [again], [key])
