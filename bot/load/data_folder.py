"""Where the data folders are: beside the package in a clone, inside it when installed."""

from pathlib import Path

import bot

DATA_FOLDERS = ("flows", "content", "locales")


def find_data() -> Path:
    """Return the folder that holds flows, content and locales."""
    package = Path(bot.__file__).resolve().parent
    installed = package / "data"
    return installed if (installed / "flows").is_dir() else package.parent
