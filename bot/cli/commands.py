"""Which commands there are, what each is for, and which module holds it: only that of the one that is called is read."""

import argparse
import importlib
from importlib.metadata import version
from typing import Any, NamedTuple


class CommandGroup(NamedTuple):
    """Commands of one module of this package. add: its function that adds them. commands: each with what it is for."""

    module: str
    add: str
    commands: dict[str, str]


GROUPS = (
    CommandGroup("serving", "add_serving", {
        "serve": "the web chat, with all that runs beside it",
        "work": "all that runs beside the web chat, without it",
    }),
    CommandGroup("chat", "add_chat", {"chat": "talk in the terminal"}),
    CommandGroup("hearing", "add_hearing", {
        "hear": "what the bot would understand of typed words, and why",
    }),
    CommandGroup("content", "add_content", {
        "check": "everything wrong with flows, content, locales",
        "show": "draw a flow",
        "decide": "judge a rule",
        "words": "bring the catalogues in step with the texts",
    }),
    CommandGroup("upkeep", "add_upkeep", {
        "sources": "what is to be looked at again, most used first",
        "links": "visit every link, and tell what moved or is gone",
    }),
    CommandGroup("interests", "add_interests", {
        "interests": "score answers, or measure the instrument",
    }),
    CommandGroup("occupations", "add_occupations", {
        "search": "find an occupation, in any of the languages",
        "import": "bring in what others publish",
    }),
    CommandGroup("feedback", "add_feedback", {
        "questions": "what people asked without an answer, the most frequent first",
        "corrections": "what people said is wrong, the newest first, and whether it was changed",
    }),
    CommandGroup("database", "add_database", {
        "migrate": "bring the database to the newest form",
    }),
    CommandGroup("settings", "add_settings", {
        "settings": "each setting, its value, where that comes from and its meaning",
    }),
    CommandGroup("access", "add_access", {
        "invite": "a one-time code that joins a counsellor in Telegram",
        "school": "a link that opens the conversation for one school",
        "class": "a class that looks at its interests together",
    }),
    CommandGroup("counsellors", "add_counsellors", {
        "counsellors": "counsellors, and who would be offered and why",
    }),
    CommandGroup("hours", "add_hours", {"hours": "when a counsellor can be met, and why not"}),
    CommandGroup("bookings", "add_bookings", {
        "bookings": "bookings, free times and who found none",
        "waitlist": "who waits for a time, without who they are",
    }),
    CommandGroup("mail", "add_mail", {"mail": "how mail stands: what waits, and what was not sent"}),
    CommandGroup("pack", "add_pack", {"pack": "the papers a school prints, with a link of its own"}),
    CommandGroup("plan", "add_plan", {
        "plan": "plans: their files, the empty form, the form of the files",
        "verify": "judge the decisions in a plan's file again, offline",
    }),
)  # fmt: skip
HELP = {name: about for group in GROUPS for name, about in group.commands.items()}


def add_command(verbs: Any, name: str, example: str, about: str = "") -> argparse.ArgumentParser:
    """Return the parser of a command, which `celvedis NAME --help` tells of.

    example: how it is called. about: what it does, where its line in the list is too little.
    """
    described = about or f"{HELP[name][0].upper()}{HELP[name][1:]}."
    made: argparse.ArgumentParser = verbs.add_parser(
        name,
        help=HELP[name],
        description=described,
        epilog=f"for example: {example}",
    )
    return made


def make_parser(chosen: str | None) -> argparse.ArgumentParser:
    """Return the parser of the command line. chosen: the command that is called; of all others only the names are known."""
    parser = argparse.ArgumentParser(
        "celvedis",
        description="Ceļvedis, a career guide. `celvedis COMMAND --help` tells of each command.",
    )
    parser.add_argument("--version", action="version", version=f"celvedis {version('celvedis')}")
    verbs = parser.add_subparsers(metavar="COMMAND", title="commands")
    for group in GROUPS:
        if chosen in group.commands:
            module = importlib.import_module(f"bot.cli.{group.module}")
            getattr(module, group.add)(verbs)
        else:
            for name, about in group.commands.items():
                verbs.add_parser(name, help=about)
    return parser


def chosen_in(arguments: list[str]) -> str | None:
    """Return the command that is called: the first argument that is no option; None where there is none."""
    return next((one for one in arguments if not one.startswith("-")), None)
