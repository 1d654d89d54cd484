"""The Store: each subject's part of it, over SQLite or PostgreSQL."""

from sqlalchemy.exc import DBAPIError

from bot.errors import StorageError
from storage.addresses import Addresses
from storage.bookings import Bookings
from storage.class_notes import ClassNotes
from storage.codes import Codes
from storage.connections.base import translate_error
from storage.connections.opening import open_transactions
from storage.conversations import Conversations
from storage.counsellors import Counsellors
from storage.erasure import People
from storage.feedback import Feedback
from storage.gone_addresses import GoneAddresses
from storage.handoffs import Handoffs
from storage.imports import ImportedRows
from storage.inbox import Inbox
from storage.jobs import Jobs
from storage.keyboards import Keyboards
from storage.migrations.upgrade import upgrade
from storage.outbox import Outbox
from storage.plans import Plans
from storage.turns.turns import Turns
from storage.waiting import Waiting


class Store:
    """All that is kept. Every call is one transaction; safe to call from any thread.

    Moments are milliseconds of UTC.
    """

    def __init__(self, url: str) -> None:
        """Open a database and bring its tables to the newest form. Errors: SettingsError, StorageError."""
        self._transactions = open_transactions(url)
        self.dialect = self._transactions.engine.dialect.name
        try:
            upgrade(self._transactions.engine)
        except DBAPIError as error:
            self.close()
            raise translate_error(error) from None
        except StorageError:
            self.close()
            raise
        self.turns = Turns(self._transactions)
        self.conversations = Conversations(self._transactions)
        self.inbox = Inbox(self._transactions)
        self.outbox = Outbox(self._transactions)
        self.addresses = Addresses(self._transactions)
        self.gone_addresses = GoneAddresses(self._transactions)
        self.keyboards = Keyboards(self._transactions)
        self.codes = Codes(self._transactions)
        self.class_notes = ClassNotes(self._transactions)
        self.feedback = Feedback(self._transactions)
        self.counsellors = Counsellors(self._transactions)
        self.bookings = Bookings(self._transactions)
        self.waiting = Waiting(self._transactions)
        self.handoffs = Handoffs(self._transactions)
        self.jobs = Jobs(self._transactions)
        self.plans = Plans(self._transactions)
        self.imports = ImportedRows(self._transactions)
        self.people = People(self._transactions)

    def close(self) -> None:
        """Finish what waits and close the connections."""
        self._transactions.close()
