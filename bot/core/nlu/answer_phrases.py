"""The phrases of a flow's questions as its file holds them: one group for questions that share them."""

from collections.abc import Iterator

from pydantic import Field

from bot.core.nlu.option_phrases import QuestionPhrases

ACTIVITIES = "activities"  # stands for every activity of an instrument


class PhraseGroup(QuestionPhrases):
    """What people say at some questions, named by their ids."""

    questions: tuple[str, ...] = Field(min_length=1)


def phrases_of(group: QuestionPhrases) -> Iterator[str]:
    """Return every phrase of a group, for the vocabulary."""
    for option in group.options.values():
        for phrases in option.phrases.values():
            yield from phrases
    lists = (group.ask_if, group.unsure_with, group.told_with, group.called)
    for lines in (*lists, *group.telling.values()):
        for phrases in lines.values():
            yield from phrases
