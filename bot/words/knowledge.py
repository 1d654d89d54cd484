"""Answers to questions in somebody's own words: the question as it was understood, then the answer."""

from bot.core.dialogue.events import KnowledgeTold
from bot.core.knowledge.entry import KnowledgeEntry
from bot.words.i18n.localizer import Localizer
from bot.words.messages import Button, Message


class KnowledgeWords(Localizer):
    """Says what is known of a question, and which others are near."""

    def told(self, event: KnowledgeTold) -> Message:
        """Return the answer to the first question with the next nearest; or only which are near."""
        known = self.library.knowledge
        entries = [(id_, known[id_]) for id_ in event.entries if id_ in known]
        if not event.sure or not entries:
            buttons = (*self._asks(entries), self._human())
            return Message(kind="note", text=self.phrase("knowledge_near"), buttons=buttons)
        (_, entry), *near = entries
        parts = [self.phrase("knowledge_question", question=self.say(entry.question))]
        parts += [self.say(part) for part in (entry.answer, entry.more) if part is not None]
        return Message(
            kind="note",
            text="\n\n".join(parts),
            source=self._source(entry),
            buttons=(*self._asks(near), self._human()),
        )

    def _source(self, entry: KnowledgeEntry) -> str:
        """Return the lines of its sources; past its review day, with a caution."""
        sources = (self.library.sources[name] for name in entry.sources)
        return "\n".join(self.source_line(source) for source in sources)

    def _asks(self, entries: list[tuple[str, KnowledgeEntry]]) -> tuple[Button, ...]:
        return tuple(
            Button(pick=f"@ask:{id_}", label=self.say(entry.question)) for id_, entry in entries
        )

    def _human(self) -> Button:
        return Button(pick="@human", label=self.phrase("talk_human"))
