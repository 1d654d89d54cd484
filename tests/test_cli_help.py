"""Every command and argument tells what it is, and only what is called is read."""

import argparse
import subprocess
import sys

import pytest

from bot.cli.commands import GROUPS, HELP, make_parser

HEAVY = ("sqlalchemy", "typst", "aiogram", "telegram", "bot.core.library")


def parsers_of(name):
    """Return the parser of a command with those of its acts, each with how it is called."""
    verbs = subparsers(make_parser(name))
    found, left = [], [(name, verbs[name])]
    while left:
        called, parser = left.pop()
        found.append((called, parser))
        left += [(f"{called} {act}", one) for act, one in subparsers(parser).items()]
    return found


def subparsers(parser):
    found = [one for one in parser._actions if isinstance(one, argparse._SubParsersAction)]
    return dict(found[0].choices) if found else {}


@pytest.mark.parametrize("name", HELP)
def test_every_argument_says_what_it_is(name):
    bare = [
        f"{called} {action.dest}"
        for called, parser in parsers_of(name)
        for action in parser._actions
        if not action.help and not isinstance(action, argparse._SubParsersAction)
    ]
    assert bare == []


@pytest.mark.parametrize("name", HELP)
def test_every_command_says_what_it_does_and_how_it_is_called(name):
    _, parser = parsers_of(name)[0]
    assert parser.description.rstrip(".")
    assert f"celvedis {name}" in parser.epilog


@pytest.mark.parametrize("name", HELP)
def test_the_example_of_a_command_can_be_read(name):
    import shlex

    _, parser = parsers_of(name)[0]
    _, *arguments = shlex.split(
        parser.epilog.partition("celvedis ")[1] + parser.epilog.partition("celvedis ")[2]
    )
    assert make_parser(name).parse_args(arguments).run


def test_each_module_adds_just_the_commands_of_its_row():
    for group in GROUPS:
        for name in group.commands:
            assert list(subparsers(make_parser(name))) == list(HELP)


def test_what_is_not_called_is_not_read():
    code = f"import sys, bot.cli.main as m; m.make_parser(None); print([n for n in {HEAVY} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
