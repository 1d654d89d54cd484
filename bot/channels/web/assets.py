"""The style sheets, the script and the mark, each under an address that changes with what is in it."""

from hashlib import blake2b
from pathlib import Path
from urllib.parse import parse_qs

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOLDER = Path(__file__).parent / "static"
FOR_GOOD = "public, max-age=31536000, immutable"  # seconds: a year
LOOK_AGAIN = "no-cache"


def asset_addresses() -> dict[str, str]:
    """Return the address of each file by its name, with a hash of its content."""
    return {path.name: f"/static/{path.name}?v={_hash(path)}" for path in FOLDER.iterdir()}


def _hash(path: Path) -> str:
    # 6 bytes: it only has to differ from the file's own earlier contents
    return blake2b(path.read_bytes(), digest_size=6).hexdigest()


class Assets(StaticFiles):
    """Serves the files; what is asked for by its own hash may be kept for good."""

    def __init__(self) -> None:
        super().__init__(directory=FOLDER)
        self._addresses = asset_addresses()

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file, saying how long it may be kept."""
        response = await super().get_response(path, scope)
        version = parse_qs(scope["query_string"].decode("latin-1")).get("v", [""])[0]
        known = self._addresses.get(path) == f"/static/{path}?v={version}"
        response.headers["Cache-Control"] = FOR_GOOD if known else LOOK_AGAIN
        return response
