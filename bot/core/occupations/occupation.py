"""The catalogue of occupations: names in four languages at once, so that any of them finds it.

The interest figures are O*NET's (six types, 1.00-7.00), the group is ISCO-08's. What stands here in
four languages is searched in all four, so it is not in the catalogues of gettext.
"""

from typing import Annotated, Literal

from pydantic import Field

from bot.core.base.frozen import Frozen
from bot.core.interests.matching import skill_level_of

Subject = Literal[
    "latvian", "literature", "foreign_languages", "mathematics", "informatics", "programming",
    "physics", "chemistry", "biology", "geography", "history", "social_sciences", "economics",
    "engineering", "design_technology", "art", "music", "theatre", "sport",
]  # fmt: skip
Figure = Annotated[float, Field(ge=1, le=7)]


class Names(Frozen):
    """What an occupation is called in one language: the usual name, its other gender, synonyms."""

    name: str
    other: str = ""
    also: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Return the name as it is shown, both genders where there are two."""
        return f"{self.name} / {self.other}" if self.other else self.name

    @property
    def every(self) -> tuple[str, ...]:
        """Return every name, the usual one first."""
        return (self.name, *((self.other,) if self.other else ()), *self.also)


class InterestFigures(Frozen):
    """O*NET's figures for R, I, A, S, E and C, and the O*NET occupation they are taken from."""

    onet: str = Field(pattern=r"^\d{2}-\d{4}\.\d{2}$")
    figures: tuple[Figure, Figure, Figure, Figure, Figure, Figure]


class ByLanguage(Frozen):
    """One text in each language."""

    lv: str
    en: str
    uk: str
    ru: str

    def say(self, language: str) -> str:
        """Return the text in one of the four languages."""
        return {"lv": self.lv, "en": self.en, "uk": self.uk, "ru": self.ru}[language]


class Occupation(Frozen):
    """One occupation: its ISCO-08 unit group, interest figures, school subjects, names and day."""

    isco: str = Field(pattern=r"^\d{4}$")
    interests: InterestFigures
    subjects: tuple[Subject, ...] = Field(min_length=1, max_length=4)
    lv: Names
    en: Names
    uk: Names
    ru: Names
    day: ByLanguage

    def names(self, language: str) -> Names:
        """Return the names in one of the four languages."""
        return {"lv": self.lv, "en": self.en, "uk": self.uk, "ru": self.ru}[language]

    @property
    def family(self) -> str:
        """Return the family of work: the two digits of ISCO's sub-major group, such as "72"."""
        return self.isco[:2]

    @property
    def skill_level(self) -> int:
        """Return the preparation usually needed, as ISCO's skill level, 1 to 4."""
        return skill_level_of(self.isco)
