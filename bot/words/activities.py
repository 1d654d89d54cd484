"""The activities of an instrument as a page of its own: each with its five answers."""

from collections.abc import Container, Mapping, Sequence

from bot.core.base.frozen import Frozen
from bot.words.i18n.localizer import Localizer
from bot.words.i18n.phrases import COUNTED
from bot.words.messages import Button


class ActivityField(Frozen):
    """One activity. place: where it stands, in words. chosen: the id of its answer, or "".

    missing: it was left without an answer, and that is to be shown.
    """

    name: str
    place: str
    text: str
    chosen: str
    missing: bool = False


class ActivityPage(Frozen):
    """The page. faces: the five answers. missing: how many have no answer, in words, once it matters."""

    title: str
    lead: str
    hint: str
    faces: tuple[Button, ...]
    fields: tuple[ActivityField, ...]
    missing: str = ""


class ActivityWords(Localizer):
    """Says the page of activities."""

    def page(
        self, items: Sequence[str], chosen: Mapping[str, str], missing: Container[str] = ()
    ) -> ActivityPage:
        """Return the page. chosen: the answers by their ids. missing: items to be pointed out."""
        bank, total = self.library.interests, str(len(items))
        fields = tuple(
            ActivityField(
                name=item,
                place=self.phrase("activities_place", at=str(at), of=total),
                text=self.say(bank.items[item].text),
                chosen=chosen.get(item, ""),
                missing=item in missing,
            )
            for at, item in enumerate(items, 1)
        )
        count = sum(field.missing for field in fields)
        return ActivityPage(
            title=self.phrase("activities_link"),
            lead=self.phrase("activities_lead"),
            hint=self.say(bank.hint),
            faces=tuple(Button(pick=face.id, label=self.say(face.label)) for face in bank.faces),
            fields=fields,
            missing=self.catalogue.count(COUNTED["activities_missing"], count) if count else "",
        )
