"""What is said to a wish that was heard."""

from bot.core.dialogue.events import WishHeard
from bot.core.nlu.wishes import Wish
from bot.words.i18n.localizer import Localizer
from bot.words.i18n.translations import key_of
from bot.words.messages import Button, Message


class WishWords(Localizer):
    """Says the line of a wish, with the buttons of its doors."""

    def heard(self, event: WishHeard) -> Message:
        """Return the line that answers what somebody came with, or asks which of several it is."""
        wishes = [self.library.wishes[id_] for id_ in event.wishes if id_ in self.library.wishes]
        if event.asked:
            return Message(kind="note", text=self.phrase("which_wish"), buttons=self._doors(event))
        lines = (wish.line(event.turn, offered=event.offered) for wish in wishes)
        text = "\n".join(self.say(line) for line in lines)
        return Message(kind="note", text=text, buttons=self._doors(event) if event.offered else ())

    def _doors(self, event: WishHeard) -> tuple[Button, ...]:
        """Return a button for the door of each wish, each door once; and for none of them."""
        doors: dict[str, Button] = {}
        for id_ in event.wishes:
            wish = self.library.wishes.get(id_)
            if isinstance(wish, Wish):
                _, door = key_of(wish.door, self.register)
                label = self.say(self.library.flows[door].title)
                doors.setdefault(door, Button(pick=f"@wish:{id_}", label=label))
        none = (Button(pick="@none", label=self.phrase("none_of_these")),) if event.asked else ()
        return (*doors.values(), *none)
