"""Families of work in words: how near each is, its examples, and why they stand there."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from bot.core.dialogue.events import ProfileShown
from bot.core.interests.kinds import liking_of
from bot.core.interests.matching import ExampleOccupation, Families, FamilyFit, families
from bot.core.interests.reasons import area_of, reasons
from bot.words.i18n.formats import show_list
from bot.words.i18n.localizer import Localizer
from bot.words.i18n.phrases import COUNTED
from bot.words.messages import Button, FamilyCard, FamilyExample

FIRST_FAMILIES = 3  # told at once; the others when they are asked for
# fits of a family from which it is called very near, and near. Interests alone give two thirds: very
# near is only what has a liked activity in common.
VERY_NEAR_FIT, NEAR_FIT = 0.7, 0.45


class ShownFamilies(NamedTuple):
    """The families of one part of a portrait."""

    title: str
    cards: tuple[FamilyCard, ...]
    notes: tuple[str, ...]


class FamilyWords(Localizer):
    """Says which families of work look like a person's interests."""

    def families_shown(self, event: ProfileShown) -> ShownFamilies:
        """Return the first families, or those after them, with what was left out."""
        bank, likes = self.library.interests, dict(event.likes)
        ranked = families(
            event.profile,
            self.library.matchable,
            event.preparation,
            frozenset(event.hidden_families),
            liking_of(bank.item_kinds, likes),
        )
        told: Counter[str] = Counter()  # for how many families an item was a reason
        cards = tuple(
            self._family_card(family, event, likes, told, hasty="fast" in event.profile.flags)
            for family in ranked.families
        )
        if event.part == "more":
            rest = cards[FIRST_FAMILIES:]
            note = () if rest else (self.phrase("families_no_more"),)
            return ShownFamilies(self.phrase("families_more"), rest, note)
        first = cards[:FIRST_FAMILIES]
        notes = self._notes(first, ranked, further=len(cards) - len(first))
        return ShownFamilies(self.phrase("portrait_families"), first, notes)

    def job(self, name: str) -> str:
        """Return what an occupation is called, in both genders where there are two."""
        return self.library.directory[name].named(self.catalogue.language).label

    def family_name(self, code: str) -> str:
        """Return the name of a family of work by its ISCO code of two digits."""
        return self.say(self.library.families[code].name)

    def types(self, letters: Iterable[str]) -> str:
        """Return some of the six types, as they stand within a sentence: "palīdzēšana un radīšana"."""
        names = [self.type_name(letter).lower() for letter in letters]
        return show_list(names, self.catalogue.language)

    def type_name(self, letter: str) -> str:
        """Return the name of one of the six types by its letter."""
        return self.say(self.library.interests.types[letter].name)

    def aside(self, key: str, code: str) -> Button:
        """Return the button that puts a family aside, or takes it back. key: of its phrase."""
        return Button(pick=f"@away:{code}", label=self.phrase(key, family=self.family_name(code)))

    def _family_card(
        self,
        family: FamilyFit,
        event: ProfileShown,
        likes: Mapping[str, int],
        told: Counter[str],
        *,
        hasty: bool,
    ) -> FamilyCard:
        """Return a family of work in words; count in `told` the items named as its reasons."""
        bank = self.library.interests
        kinds = [bank.kinds_of(occupation.isco) for occupation in family.occupations]
        liked = reasons(kinds, bank.item_kinds, likes, told)
        told.update({item for items in liked for item in items})
        whys = [
            self._why(occupation, items, event.profile.leading)
            for occupation, items in zip(family.occupations, liked, strict=True)
        ]
        examples = tuple(
            # names of both genders take turns, so that no family looks like one gender's
            FamilyExample(look=self._look(occupation, other_gender=number % 2 == 1), why=why)
            for number, (occupation, why) in enumerate(zip(family.occupations, whys, strict=True))
        )
        return FamilyCard(
            near=self.phrase(_nearness(family, hasty=hasty)),
            name=self.family_name(family.isco2),
            examples=examples,
            aside=self.aside("family_away", family.isco2),
            why=_shared_reason(whys),
        )

    def _look(self, occupation: ExampleOccupation, *, other_gender: bool) -> Button:
        names = self.library.directory[occupation.id].named(self.catalogue.language)
        # some occupations have one name for both genders
        label = names.other if other_gender and names.other else names.name
        return Button(pick=f"@look:{occupation.id}", label=label)

    def _why(
        self, occupation: ExampleOccupation, liked: Sequence[str], leading: Sequence[str]
    ) -> str:
        """Return why an occupation stands here: by liked items of its kind, else by its area."""
        if liked:
            texts = [self.say(self.library.interests.items[name].text) for name in liked]
            # within the sentence an item begins with a small letter; what follows stays as it is
            items = "; ".join(f"{text[:1].lower()}{text[1:]}" for text in texts)
            return self.phrase("family_why", items=items)
        interests = self.library.directory[occupation.id].interests
        assert interests is not None  # what has no figures was not matched
        letter, leads = area_of(interests.figures, leading)
        key = "family_why_area" if leads else "family_why_other_area"
        return self.phrase(key, type=self.type_name(letter))

    def _notes(
        self, cards: Sequence[FamilyCard], ranked: Families, further: int
    ) -> tuple[str, ...]:
        """Return what was left out, how to ask about an occupation, and what the list is.

        further: how many families stand after these.
        """
        counts = {
            "families_further": further,
            "beyond": ranked.beyond,
            "elementary": ranked.elementary,
        }
        notes = [
            self.catalogue.count(COUNTED[name], count) for name, count in counts.items() if count
        ]
        examples = [example for card in cards for example in card.examples]
        if examples:
            notes.append(self.phrase("portrait_ask", job=examples[0].look.label))
        return (*notes, self.phrase("portrait_note"))


def _shared_reason(whys: Sequence[str]) -> str:
    """Return the reason that most of a family's examples have, if it is not only one's."""
    common = Counter(whys).most_common(1)
    return common[0][0] if common and common[0][1] > 1 else ""


def _nearness(family: FamilyFit, *, hasty: bool) -> str:
    """Return the key of the phrase for how near a family is; answers in haste bring none very near."""
    if family.less_typical:
        return "family_something_else"
    if family.fit >= VERY_NEAR_FIT and not hasty:
        return "family_very_near"
    return "family_near" if family.fit >= NEAR_FIT else "family_somewhat_near"
