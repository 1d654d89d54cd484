"""Visits addresses as a reader would, politely, and tells which of them lead nowhere any more."""

import asyncio
import re
import ssl
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

import httpx

# what an address came to; those of BROKEN lead a reader nowhere
Visited = Literal[
    "well", "moved", "refused", "gone", "soft_404", "failing", "timeout", "bad_certificate", "unreachable"
]  # fmt: skip
BROKEN_LINKS = frozenset(
    {"gone", "soft_404", "failing", "timeout", "bad_certificate", "unreachable"}
)
HOSTS_AT_ONCE = 6
PAUSE_AT_HOST = 0.5  # seconds between two visits of one host
MOST_REDIRECTS = 8
AGENT = "celvedis-links/1 (checks the links of a career guide)"
# the page a site leads to where a page is gone: its home, perhaps of a language
HOME_PATH = re.compile(
    r"/?(?:[a-z]{2}(?:-[a-z]{2})?/?)?(?:index\.\w+|home|sakums|start)?/?", re.IGNORECASE
)
GONE_PATH = re.compile(r"(?:^|[/_-])(?:404|not-?found|page-?not-?found)(?:$|[/_.-])", re.IGNORECASE)


@dataclass(frozen=True)
class LinkVisit:
    """What an address came to. status: of the last answer, 0 where there was none. to: where it led."""

    address: str
    outcome: Visited
    status: int = 0
    to: str = ""

    @property
    def is_broken(self) -> bool:
        """Return whether it leads a reader nowhere."""
        return self.outcome in BROKEN_LINKS


async def visit_links(
    addresses: Sequence[str], patience: float, pause: float = PAUSE_AT_HOST
) -> list[LinkVisit]:
    """Visit addresses, one at a time of a host, and return what each came to, in their order.

    patience: seconds for a whole visit. pause: seconds between two visits of one host.
    """
    by_host: defaultdict[str, list[str]] = defaultdict(list)
    for address in dict.fromkeys(addresses):
        by_host[urlsplit(address).netloc.lower()].append(address)
    found: dict[str, LinkVisit] = {}
    room = asyncio.Semaphore(HOSTS_AT_ONCE)
    async with httpx.AsyncClient(
        headers={"User-Agent": AGENT}, follow_redirects=True, max_redirects=MOST_REDIRECTS,
        timeout=patience,
    ) as client:  # fmt: skip

        async def one_host(of_host: list[str]) -> None:
            async with room:
                for number, address in enumerate(of_host):
                    await asyncio.sleep(pause if number else 0)
                    found[address] = await _visit(client, address, patience)

        await asyncio.gather(*map(one_host, by_host.values()))
    return [found[address] for address in dict.fromkeys(addresses)]


async def _visit(client: httpx.AsyncClient, address: str, patience: float) -> LinkVisit:
    try:
        async with asyncio.timeout(patience):
            # many servers answer HEAD otherwise than what a reader gets: then it is asked as one
            answer = await client.head(address)
            if answer.is_error:
                async with client.stream("GET", address) as read:
                    answer = read
    except (TimeoutError, httpx.TimeoutException):
        return LinkVisit(address, "timeout")
    except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError) as error:
        bad = any(isinstance(one, ssl.SSLCertVerificationError) for one in _causes(error))
        return LinkVisit(address, "bad_certificate" if bad else "unreachable")
    return _judged(address, answer)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _judged(address: str, answer: httpx.Response) -> LinkVisit:
    status, to = answer.status_code, str(answer.url)
    outcome: Visited = "well"
    if status in {404, 410}:
        outcome = "gone"
    elif status in {401, 403, 405, 429}:
        outcome = "refused"  # a reader may see it all the same
    elif answer.is_error:
        outcome = "failing"
    elif answer.history:
        outcome = _redirected(address, answer)
    return LinkVisit(address, outcome, status, to if answer.history else "")


def _redirected(address: str, answer: httpx.Response) -> Visited:
    """Return what an address came to that leads on to a page that is there."""
    old, new = urlsplit(address), urlsplit(str(answer.url))
    if GONE_PATH.search(new.path):
        return "soft_404"
    if _page(old.path) and HOME_PATH.fullmatch(new.path) and not HOME_PATH.fullmatch(old.path):
        return "soft_404"
    same_place = _host(old.netloc) == _host(new.netloc) and (
        _page(old.path) == _page(new.path) or not _page(old.path)
    )
    for_good = any(one.status_code in {301, 308} for one in answer.history)
    return "moved" if for_good and not same_place else "well"


def _page(path: str) -> str:
    return path.strip("/")


def _host(netloc: str) -> str:
    return netloc.lower().removeprefix("www.")
