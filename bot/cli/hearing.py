"""The command that tells what the bot would understand of typed words, and why."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.cli.arguments import add_json, read_lines, say
from bot.cli.commands import add_command
from bot.core.dialogue.heard import Heard
from bot.core.dialogue.inputs import Said
from bot.core.dialogue.readings import Ambiguous, NotUnderstood, Understood
from bot.core.dialogue.told_facts import SoFar, telling_words, told_beside
from bot.core.dialogue.understanding import understand
from bot.core.dialogue.value_reading import SKIP
from bot.core.flows.steps import QUESTIONS, Ask, Measure, Offer
from bot.core.library import Library
from bot.errors import InputError
from bot.service.conversations import Dialogue
from bot.wiring import make_dialogue, read_content

EXAMPLE = '{"flow": "start", "step": "age_band", "text": "man ir 15"}'
PROMPT = f"""What would be understood, and why. A line is an object, for example
  {EXAMPLE}
or words alone, which are heard at the menu. An empty line ends it."""


def add_hearing(verbs: Any) -> None:
    """Add the command."""
    hearing = add_command(
        verbs,
        "hear",
        "celvedis hear --queries said.jsonl",
        "Tells what typed words would be understood as, where a person stands. "
        f"Without a file it is a prompt. A query: {EXAMPLE}",
    )
    hearing.add_argument("--queries", metavar="FILE", help="an object a line; - for what comes in")
    add_json(hearing)
    hearing.set_defaults(run=_hear)


def _hear(given: argparse.Namespace) -> int:
    dialogue = make_dialogue(read_content().library, None)
    if given.queries:
        lines: Iterable[str] = read_lines(given.queries)
    else:
        say(PROMPT)
        lines = _typed()
    for line in lines:
        try:
            heard = hear_query(dialogue, query_in(line, dialogue.library))
        except InputError as error:
            if given.queries:
                raise
            say(str(error))
            continue
        say(json.dumps(heard, ensure_ascii=False) if given.json or given.queries else _told(heard))
    return 0


def _typed() -> Iterator[str]:
    """Return lines as they are typed, up to an empty one."""
    for line in sys.stdin:
        if not line.strip():
            return
        yield line


def _told(heard: Mapping[str, Any]) -> str:
    return "\n".join(f"  {name}: {value}" for name, value in heard.items() if name != "text")


def query_in(line: str, library: Library) -> dict[str, Any]:
    """Return the query of a line: an object, or words that are heard at the menu.

    Errors: InputError for what is no query.
    """
    if not line.lstrip().startswith("{"):
        menu = library.flows[library.roles.home].steps[-1].id
        return {"flow": library.roles.home, "step": menu, "text": line.strip()}
    try:
        query = json.loads(line)
    except (ValueError, RecursionError):
        message = f"not JSON: {line.strip()[:80]}"
        raise InputError(message) from None
    for name in ("flow", "step", "text"):
        if not isinstance(query.get(name), str):
            message = f'"{name}" is missing, or no text; a query: {EXAMPLE}'
            raise InputError(message)
    return dict(query)


def hear_query(dialogue: Dialogue, query: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a text would be heard as at a step.

    Errors: InputError where there is no such step, or nothing is asked there.
    """
    library = dialogue.library
    step = _step(library, query["flow"], query["step"])
    options = dialogue.hear(step)
    said = Said(text=query["text"])
    heard = understand(library, step, options, said, dialogue.world().today)
    result = {"text": query["text"], **_result(library, heard)}
    answered = heard.reading.value if isinstance(heard.reading, Understood) else None
    known = {**query.get("facts", {}), step.id: answered}
    so_far = SoFar(known, step)
    telling = telling_words(library, step, heard, said)
    today = dialogue.world().today
    told = () if telling is None else told_beside(library, dialogue.hear, telling, so_far, today)
    if told:
        result["facts"] = {answer.step: answer.value for answer in told}
    return result


def _step(library: Library, flow: str, step: str) -> Ask | Offer:
    found = library.steps.get((flow, step))
    if isinstance(found, Measure):  # it stands for its first activity
        found = next(iter(library.interests.questions.values()))
    if not isinstance(found, (*QUESTIONS, Offer)):
        message = f"nothing is asked at {flow}/{step}"
        raise InputError(message)
    return found


def _result(library: Library, heard: Heard) -> dict[str, Any]:
    """Return what was heard, by the names of the contract of this command."""
    result: dict[str, Any]
    match heard.kind:
        case "distress":
            kind = "danger" if heard.distress == "threat" else "distress"
            result = {"heard": kind, "kind": heard.distress}
        case "leaving":
            result = {"heard": "leaving"}
        case "command":
            result = {"heard": "global", "global": heard.word}
        case "occupation":
            found = library.find_occupations(str(heard.about), 3, "lv")
            result = {"heard": "occupation", "options": list(found)}
        case "knowledge":
            result = {"heard": "knowledge", "knowledge": list(heard.entries)}
            if heard.sure:
                result["sure"] = "said_back"
        case "wish":
            result = {"heard": "wish", "sure": "said_back", "wish": heard.wishes[0]}
        case "ask_wish":
            result = {"heard": "ask", "options": list(heard.wishes)}
        case "small_talk":
            result = {"heard": "smalltalk", "wish": heard.wishes[0]}
        case _:
            result = _reading(heard)
    if heard.perhaps is not None:
        result["kind"] = heard.perhaps
    return {**result, "why": heard.why}


def _reading(heard: Heard) -> dict[str, Any]:
    match heard.reading:
        case Understood(value, said_back):
            sure = "said_back" if said_back else "exact"
            return {"heard": "answer", "sure": sure, "value": SKIP[1:] if value is None else value}
        case Ambiguous(options, named):
            return {"heard": "ask" if named else "guess", "options": list(options)}
        case NotUnderstood(reason):
            return {"heard": "nothing", "reason": reason}
        case _:
            return {"heard": "nothing"}
