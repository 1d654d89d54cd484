"""The exceptions that may leave a module.

CelvedisError
├── ContentError     the author's: flows, content or locales are wrong; in bot.core.base.problems, with every problem found
├── SettingsError    the operator's: a setting is missing or contradicts another
├── InputError       the caller's: a command or request cannot be read
├── FileError        a file that was given does not hold what it should
├── DocumentError    a document cannot be set, whatever is in it
└── StorageError     the world's: the database did not do what was asked
    ├── StorageAway      it cannot be reached
    ├── StorageBusy      try again: somebody else holds it
    ├── StorageFull      there is no room; nothing was written
    └── StorageNewer     it was kept by a newer program, and stays as it is
"""


class CelvedisError(Exception):
    """Anything that went wrong in a way we foresaw."""


class SettingsError(CelvedisError):
    """A setting is missing or contradicts another."""


class InputError(CelvedisError):
    """A command or request cannot be read."""


class FileError(CelvedisError):
    """A file that was given does not hold what it should."""


class NetworkAway(CelvedisError):
    """No host that was asked has answered."""


class DocumentError(CelvedisError):
    """A document cannot be set; nothing of it was made."""


class StorageError(CelvedisError):
    """The database did not do what was asked; nothing of the turn was kept."""


class StorageAway(StorageError):
    """The database cannot be reached, though it was tried for some seconds."""


class StorageBusy(StorageError):
    """Somebody else holds the database; the same call may work a moment later."""


class StorageFull(StorageError):
    """There is no room left; nothing of the turn was kept."""


class StorageNewer(StorageError):
    """It was kept by a newer program, in a form that this one does not know; it stays as it is."""
