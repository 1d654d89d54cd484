"""A conversation in several languages, answered by name, as words to be pressed and typed at a door."""

from collections.abc import Iterable

from bot.service.conversations import Dialogue
from tests.doubles.by_name import Answer, Door
from tests.doubles.person import Person

# from the first question of production to what the leaflet says
SUPPORT: dict[str, Answer] = {
    "who": "adult", "age_band": "from_18", "keeping": "keep", "what_next": "esf",
    "employed": "yes", "education": "general_secondary",
}  # fmt: skip
AGES = {"lv": "piecdesmit divi", "en": "fifty-two", "uk": "52", "ru": "52"}
RESULT = {
    "lv": "Vispirms iesaka: tālākizglītību ar kvalifikāciju",
    "en": "Recommended first: a course with a qualification",
    "uk": "Спершу радять: навчання з кваліфікацією",
    "ru": "Сначала советуют: обучение с квалификацией",
}


def support(talks: Dialogue, language: str) -> Person:
    """Return somebody who has gone that way."""
    return Person(talks, language).answer(SUPPORT, age=AGES[language])


def talk(door: Door, words: Iterable[str]) -> None:
    """Do at a door what a person has done: press [what stands in brackets], type the rest."""
    for word in words:
        if word.startswith("["):
            door.press(word.strip("[]"))
        else:
            door.say(word)
