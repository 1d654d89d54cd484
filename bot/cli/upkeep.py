"""The commands that keep the content true: what is to be looked at again, which links are broken."""

import argparse
import asyncio
import json
import re
from typing import Any

from bot.cli.arguments import add_day, add_json, say
from bot.cli.commands import add_command
from bot.core.checks.due import SOURCES_FILE, due_by, source_uses
from bot.core.checks.finding import fault
from bot.errors import NetworkAway
from bot.load.library import LoadedContent
from bot.load.translations import collect_all
from bot.service.conversations import RIGA
from bot.service.link_visits import LinkVisit, visit_links
from bot.wiring import SystemClock, read_content

ADDRESS_IN_TEXT = re.compile(r"https?://[^\s<>\"”„]*[^\s<>\"”„.,;)]")
LINK_TIMEOUT = 15.0  # seconds


def add_upkeep(verbs: Any) -> None:
    """Add the commands."""
    sources = add_command(verbs, "sources", "celvedis sources --due")
    sources.add_argument("--due", action="store_true", required=True, help="by today, or by --on")
    add_day(sources)
    add_json(sources)
    sources.set_defaults(run=_due)

    links = add_command(verbs, "links", "celvedis links --timeout 5")
    links.add_argument(
        "--timeout",
        type=float,
        default=LINK_TIMEOUT,
        metavar="SECONDS",
        help="a host may take (default: 15)",
    )
    add_json(links)
    links.set_defaults(run=_links)


def _due(given: argparse.Namespace) -> int:
    loaded = read_content()
    by = given.on or SystemClock().now().astimezone(RIGA).date()
    found = []
    for item in due_by(loaded.library, by):
        place = loaded.problem(fault("S001", item.file, item.keys, item.title))
        found.append((item, place.path, place.line))
    if given.json:
        lines = [
            item.model_dump(mode="json", exclude={"file", "keys"}) | {"file": path, "line": line}
            for item, path, line in found
        ]
        say(json.dumps(lines, ensure_ascii=False))
        return 0
    for item, path, line in found:
        told = f"{item.review} {item.kind} {item.id}, used {item.used}×: {item.title}"
        say(f"{path}:{line}: {told}")
    say(f"{len(found)} to look at by {by}")
    return 0


def _links(given: argparse.Namespace) -> int:
    places = link_places(read_content())
    visits = asyncio.run(visit_links(list(places), given.timeout))
    # not a page of any host has answered: that tells of this machine, not of the links
    if visits and not any(visit.status for visit in visits):
        message = "no host has answered: is there a way to the network?"
        raise NetworkAway(message)
    if given.json:
        say(json.dumps([_as_json(visit, places) for visit in visits], ensure_ascii=False))
    else:
        for visit in visits:
            if visit.outcome != "well":
                say(*(f"{place}: {_told(visit)}" for place in places[visit.address]))
        broken = sum(visit.is_broken for visit in visits)
        say(f"{len(visits)} links visited, {broken} broken")
    return 1 if any(visit.is_broken for visit in visits) else 0


def link_places(loaded: LoadedContent) -> dict[str, list[str]]:
    """Return every address that people are led to, each with the places that name it (`file:line`)."""
    places: dict[str, list[str]] = {}
    uses = source_uses(loaded.library)
    for id_, source in loaded.library.sources.items():
        if source.url and (uses[id_] or source.listed):
            at = loaded.problem(fault("S001", SOURCES_FILE, (id_, "url"), id_))
            places.setdefault(source.url, []).append(f"{at.path}:{at.line}")
    for message in collect_all(loaded):
        for address in ADDRESS_IN_TEXT.findall(message.msgid):
            places.setdefault(address, []).append(f"{message.path}:{message.line}")
    return places


def _as_json(visit: LinkVisit, places: dict[str, list[str]]) -> dict[str, Any]:
    told = {"address": visit.address, "outcome": visit.outcome, "broken": visit.is_broken}
    return told | {"status": visit.status, "to": visit.to, "places": places[visit.address]}


def _told(visit: LinkVisit) -> str:
    status = f" ({visit.status})" if visit.status else ""
    to = f" → {visit.to}" if visit.to else ""
    return f"{visit.outcome}{status} {visit.address}{to}"
