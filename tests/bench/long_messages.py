"""How much of a long message is taken: the facts of who writes, and none of anybody else.

A message is said at the first question. A fact is taken if its answer is kept, at that question or
beside it, and wrong if the message does not tell it so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.cli.hearing import hear_query
from bot.service.conversations import Dialogue
from tests.bench.figures import at_least, at_most, show
from tests.bench.stories import KNOWN_STORIES, LATER_STORIES, Story

QUESTION = "who"
Facts = frozenset[tuple[str, Any]]


@dataclass
class FactsTaken:
    """Of some messages: the facts told, those taken, and those taken that were not told."""

    told: int = 0
    right: int = 0
    wrong: int = 0

    @property
    def part_taken(self) -> float:
        """Return the part of the facts told that was taken."""
        return self.right / self.told

    @property
    def part_wrong(self) -> float:
        """Return the part of what was taken that is wrong."""
        return self.wrong / max(1, self.right + self.wrong)


def measure(talks: Dialogue) -> None:
    """Print the figures, and what was missed or wrong in each message."""
    for name, stories, least in (
        ("known to the author", KNOWN_STORIES, 0.8),
        ("written later", LATER_STORIES, 0.6),
    ):
        counted = count_facts(talks, stories)
        part, wrong = counted.part_taken, counted.part_wrong
        figure = f"{part:.2f} of {counted.told}"
        show(f"long messages, {name}: facts taken", figure, (part, at_least(least)))
        show("… of what is taken, wrong", f"{wrong:.2f}", (wrong, at_most(0.1)))
        for story in stories:
            _show_faults(talks, story)


def count_facts(talks: Dialogue, stories: Iterable[Story]) -> FactsTaken:
    """Return how many facts of some messages are taken, and how many wrong ones."""
    counted = FactsTaken()
    for story in stories:
        told, taken = each(story.facts), facts_taken(talks, story.text)
        counted.told += len(told)
        counted.right += len(told & taken)
        counted.wrong += len(taken - told)
    return counted


def facts_taken(talks: Dialogue, text: str) -> Facts:
    """Return what a message said at the first question is taken for, each with its question."""
    heard = hear_query(talks, {"flow": "start", "step": QUESTION, "text": text})
    facts = dict(heard.get("facts", {}))
    if heard["heard"] == "answer":
        facts[QUESTION] = heard["value"]
    return each(facts)


def each(facts: Mapping[str, Any]) -> Facts:
    """Return facts one by one, where several options are the answer each of them."""
    return frozenset(
        (question, one)
        for question, value in facts.items()
        for one in (value if isinstance(value, tuple | frozenset) else (value,))
    )


def _show_faults(talks: Dialogue, story: Story) -> None:
    told, taken = each(story.facts), facts_taken(talks, story.text)
    for what, facts in (("missed", told - taken), ("wrong", taken - told)):
        for question, value in sorted(facts, key=str):
            show(f"  {what}", f"{question} {value}: {story.text[:40]}…")


if __name__ == "__main__":
    from bot.wiring import make_dialogue, read_content

    measure(make_dialogue(read_content().library, None))
