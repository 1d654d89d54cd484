"""What could tell whose a question is, is taken out before it is noted; the question stays."""

import pytest

from bot.core.nlu.person_words import LONGEST_NOTED


@pytest.mark.parametrize(
    ("typed", "noted"),
    [
        ("Mani sauc jānis kalniņš un es mācos, vai varu mainīt klasi?",
         "Mani sauc ••• un es mācos, vai varu mainīt klasi?"),
        ("Jānis Bērziņš grib uz tehnikumu, kā pieteikties?",
         "••• grib uz tehnikumu, kā pieteikties?"),
        ("annas mamma saka, ka nedrīkst", "••• mamma saka, ka nedrīkst"),
        ("vai Zvirgzdiņš var mācīties vakarskolā", "vai ••• var mācīties vakarskolā"),
        ("dzīvoju Krišjāņa Valdemāra ielā 15-3, kur ir skola", "dzīvoju •••, kur ir skola"),
        ("kur skola, zvaniet 26 123 456 vai +371 26123457", "kur skola, zvaniet ••• vai •••"),
        ("atbildi uz anna.b@inbox.lv vai @annab", "atbildi uz ••• vai •••"),
        ("kods 010190-12345, kur pieteikties", "kods •••, kur pieteikties"),
        ("skat. https://example.lv/janis?a=1 vai var", "skat. ••• vai var"),
        ("man ir 17, mācos 9. klasē, eksāmenā 15 %", "man ir •••, mācos 9. klasē, eksāmenā 15 %"),
        ("beidzu 1997. gadā", "beidzu •••. gadā"),
        ("My name is John Smith, can I study?", "My name is •••, can I study?"),
        ("Меня зовут Иван Петров, где учиться?", "Меня зовут •••, где учиться?"),
        ("Мене звати Оксана Шевченко, куди вступати?", "Мене звати •••, куди вступати?"),
        ("KUR MĀCĪTIES", "KUR MĀCĪTIES"),
        ("vai no rīta ir stundas maijā", "vai no rīta ir stundas maijā"),
    ],
)  # fmt: skip
def test_a_person_is_taken_out_and_the_question_stays(loaded, typed, noted):
    assert loaded.library.without_person(typed) == noted


@pytest.mark.parametrize("name", ["Jāņa", "Jānim", "jani", "JĀNIS", "Annai", "anniņa Anna"])
def test_a_first_name_is_known_in_every_case(loaded, name):
    assert "ann" not in loaded.library.without_person(f"kā {name.split()[-1]} pieteikties").lower()
    assert "jān" not in loaded.library.without_person(f"kā {name} pieteikties").lower()


@pytest.mark.parametrize("text", ["", " ", "\0", "•••", "😀" * 500, "A" * 5000, "9" * 5000])
def test_whatever_comes_is_cut_and_kept_short(loaded, text):
    assert len(loaded.library.without_person(text)) <= LONGEST_NOTED
