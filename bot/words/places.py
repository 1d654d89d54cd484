"""Places in words: who helps there, or that nothing is known yet and which place is nearest."""

from collections.abc import Sequence

from bot.core.dialogue.events import PlaceShown
from bot.core.nlu.normalize import normalize
from bot.core.places.place import Institution, OfficeContact, Place, PlaceCounsellor
from bot.words.i18n.formats import show_date, show_list
from bot.words.i18n.localizer import Localizer
from bot.words.messages import Button, Message
from bot.words.wrong_button import wrong_button

COUNSELLED = frozenset(
    {"school", "vocational_school", "vocational_centre"}
)  # who has a counsellor, or shares one


class PlaceWords(Localizer):
    """Says who helps in a place."""

    def told(self, event: PlaceShown) -> Message:
        """Return what is known of the place; first of all that it is made up, or that nothing is known."""
        step = {"flow": event.flow, "step": event.step}
        place = self.library.places.get(event.place)
        if place is None or not place.has_data:
            return Message(
                kind="say", text=self._nothing(event), buttons=self._ways_on(event), **step
            )
        others = self._ways_on(event)
        return Message(
            kind="say",
            text="\n".join(self.head(place)),
            items=tuple(self.lines(place)),
            source=self.checked(place),
            hint=self.phrase("place_others") if len(others) > 1 else "",
            buttons=(*others, wrong_button(self, f"places/{event.place}")),
            **step,
        )

    def name(self, id_: str) -> str:
        """Return how a place is called, and that it is made up, if it is."""
        name = self.library.place_finder.name(id_)
        place = self.library.places.get(id_)
        is_example = place is not None and place.example
        return self.phrase("place_made_up", name=name) if is_example else name

    def lines(self, place: Place, school: str | None = None) -> list[str]:
        """Return a line for each institution, the branch of the agency, talks from afar, local work.

        school: of the schools only the one that is called so, and who lends it a counsellor.
        """
        lines = [
            self._institution(place, id_)
            for id_, institution in place.institutions.items()
            if school is None or _concerns(place, institution, school)
        ]
        if place.nva is not None:
            lines.append(self._joined(self.phrase("place_nva", name=place.nva.name), place.nva))
        if place.remote is not None:
            said = self.phrase(
                "place_remote",
                meetings=self._list("meeting", place.remote.meetings),
                languages=self._list("speaks", place.remote.languages),
            )
            lines.append(self._joined(said, place.remote))
        if place.local_work is not None:
            lines.append(self.phrase("place_local_work", page=place.local_work))
        return lines

    def checked(self, place: Place) -> str:
        """Return the day the data was looked at; past its review day, with a caution."""
        day = show_date(place.checked, self.catalogue.language)
        said = self.phrase("place_checked", name=place.name, date=day)
        return f"{said} {self.phrase('place_stale')}" if self.today > place.review else said

    def head(self, place: Place) -> list[str]:
        """Return what a place is called; of a made-up one also that it is."""
        if not place.example:
            return [place.name]
        return [self.phrase("place_made_up", name=place.name), self.phrase("place_example")]

    def _nothing(self, event: PlaceShown) -> str:
        if not event.words:
            return self.phrase("place_unsaid")
        name = self.library.place_finder.name(event.place) if event.place else f"„{event.words}”"
        said = self.phrase("place_none", name=name)
        if not event.nearest:
            return said
        names = [self.name(id_) for id_ in event.nearest]
        nearest = self.phrase("place_nearest", names=show_list(names, self.catalogue.language))
        return f"{said} {nearest}"

    def _ways_on(self, event: PlaceShown) -> tuple[Button, ...]:
        """Return a button for each other place, and one to name another."""
        role = self.library.roles.place
        places = [id_ for id_ in (*event.nearest, *event.others) if id_ in self.library.places]
        buttons = [Button(pick=f"@place:{id_}", label=self.name(id_)) for id_ in places]
        label = self.phrase("place_change" if event.words else "place_name")
        return (*buttons, Button(pick=f"@change:{role.fact}", label=label))

    def _institution(self, place: Place, id_: str) -> str:
        institution = place.institutions[id_]
        kind = self.phrase(f"kind_{institution.kind}")
        says_itself = normalize(kind) in normalize(institution.name)
        named = self.phrase("place_institution", name=institution.name, kind=kind)
        parts = [institution.name if says_itself else named]
        parts += [self._counsellor(place, one) for one in institution.counsellors]
        parts += self._served(place, id_, institution)
        if institution.offers:
            parts.append(
                self.phrase("place_offers", offers=self._list("offer", institution.offers))
            )
        return self._joined(". ".join(parts), institution)

    def _counsellor(self, place: Place, counsellor: PlaceCounsellor) -> str:
        said = self.phrase(
            "place_counsellor",
            role=self.phrase(f"role_{counsellor.role}"),
            languages=self._list("speaks", counsellor.languages),
            meetings=self._list("meeting", counsellor.meetings),
        )
        if counsellor.serves:
            names = ", ".join(place.institutions[id_].name for id_ in counsellor.serves)
            said = f"{said}. {self.phrase('place_shared', names=names)}"
        return self._joined(said, counsellor, end="")

    def _served(self, place: Place, id_: str, institution: Institution) -> list[str]:
        """Return who lends a counsellor to an institution that has none of its own."""
        if institution.counsellors:
            return []
        lenders = [
            other.name
            for other in place.institutions.values()
            if any(id_ in counsellor.serves for counsellor in other.counsellors)
        ]
        if lenders:
            return [self.phrase("place_shared", names=", ".join(lenders))]
        return [self.phrase("place_not_named")] if institution.kind in COUNSELLED else []

    def _joined(self, said: str, contact: OfficeContact, end: str = ".") -> str:
        """Return what is said with the contacts after it."""
        known = (contact.address, contact.phone, contact.email, contact.page)
        ways = [way for way in known if way is not None]
        if not ways:
            return f"{said}{end}"
        return f"{said}. {self.phrase('place_contacts', contacts='; '.join(ways))}"

    def _list(self, prefix: str, names: Sequence[str]) -> str:
        return show_list(
            [self.phrase(f"{prefix}_{name}") for name in names], self.catalogue.language
        )


def _concerns(place: Place, institution: Institution, school: str) -> bool:
    """Return whether an institution is of use to a school: itself, who lends it a counsellor, no other school."""
    called = {
        id_ for id_, one in place.institutions.items() if normalize(one.name) == normalize(school)
    }
    lends = any(called & set(counsellor.serves) for counsellor in institution.counsellors)
    is_school = institution.kind in COUNSELLED
    return lends or not is_school or normalize(institution.name) == normalize(school)
