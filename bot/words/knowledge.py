"""Answers to questions in somebody's own words: the question as it was understood, then the answer."""

from bot.core.dialogue.events import KnowledgeTold
from bot.core.knowledge.entry import KnowledgeEntry
from bot.words.i18n.localizer import Localizer
from bot.words.messages import Button, Message
from bot.words.wrong_button import wrong_button


class KnowledgeWords(Localizer):
    """Says what is known of a question, and which others are near."""

    def told(self, event: KnowledgeTold) -> Message:
        """Return the answer to the first question with the next nearest; or only which are near."""
        known = self.library.knowledge
        entries = [(id_, known[id_]) for id_ in event.entries if id_ in known]
        if not event.sure or not entries:
            text = self.phrase("knowledge_near" if entries else "knowledge_none")
            return Message(kind="note", text=text, buttons=(*self._asks(entries), self._human()))
        (id_, entry), *near = entries
        parts = [self.phrase("knowledge_question", question=self.say(entry.question))]
        parts += [self.say(part) for part in (entry.answer, entry.more) if part is not None]
        door = (self._door(id_, entry.flow),) if self._leads_on(entry) else ()
        human = self._human(id_ if entry.human is not None else None)
        wrong = wrong_button(self, f"knowledge/{id_}")
        return Message(
            kind="note",
            text="\n\n".join(parts),
            source=self._source(entry),
            buttons=(*door, *self._asks(near), human, wrong),
        )

    def _leads_on(self, entry: KnowledgeEntry) -> bool:
        """Return whether a flow goes on from an answer, other than the one a human is asked in."""
        flow = entry.flow
        return flow in self.library.flows and flow != self.library.roles.human

    def _source(self, entry: KnowledgeEntry) -> str:
        """Return the lines of its sources; past the first day to look again, with a caution.

        That is the answer's own day or its sources': whichever comes first.
        """
        sources = [self.library.sources[name] for name in entry.sources]
        lines = [self.source_line(source) for source in sources]
        if self.today > min([entry.review, *(source.review for source in sources)]):
            link = next((source.url for source in sources if source.url), "")
            lines.append(self.phrase("stale_answer"))
            lines += [link] if link else []
        return "\n".join(lines)

    def _door(self, id_: str, flow: str | None) -> Button:
        title = self.library.flows[str(flow)].title
        return Button(pick=f"@door:{id_}", label=self.say(title))

    def _asks(self, entries: list[tuple[str, KnowledgeEntry]]) -> tuple[Button, ...]:
        return tuple(
            Button(pick=f"@ask:{id_}", label=self.say(entry.question)) for id_, entry in entries
        )

    def _human(self, id_: str | None = None) -> Button:
        """Return the button for a human. id_: an answer that says which."""
        pick = "@human" if id_ is None else f"@whom:{id_}"
        return Button(pick=pick, label=self.phrase("talk_human"))
