"""Asking for a human is heard in any words, and what only sounds like it is not."""

import pytest
from pydantic import ValidationError

from bot.core.nlu.human_words import HumanReader, HumanWords
from bot.core.nlu.tokens import tokenize
from bot.core.nlu.vocabulary import KnownWords

TOY = HumanWords.model_validate(
    {
        "parts": {"talk": {"lv": ("runāt|parunāt",)}, "person": {"lv": ("cilvēk*",)},
                  "asked_for": {"lv": ("operator*",)}},
        "frames": ({"parts": ("talk", "person"), "within": 4}, {"parts": ("asked_for",), "longest": 2}),
        "passed_over": {"lv": ("negribu _ runāt",)}, "must": (), "must_not": (),
    }
)  # fmt: skip


@pytest.fixture(scope="session")
def asks(loaded):
    """Return whether a message asks for a human, by the words of the content."""
    library = loaded.library
    return lambda text: library.human_reader.read(library.tokenize(text)).heard


def read(text):
    return HumanReader(TOY).read(tokenize(text, KnownWords(())))


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("gribu parunāt ar cilvēku", True),
        ("ar dzīvu cilvēku gribu parunāt", True),
        ("cilvēku! gribu parunāt", False),  # two sentences
        ("cilvēku es te nekur neredzu, gribu parunāt", False),  # too far apart
        ("negribu runāt ar cilvēku", False),
        ("operatoru", True),
        ("vai operators labi pelna", False),  # too long for the one word
        ("", False),
    ],
)
def test_the_parts_of_a_frame_stand_near_each_other_in_any_order(text, heard):
    assert read(text).heard == heard


def test_the_evidence_is_told_in_words():
    assert read("labdien, gribu parunāt ar cilvēku").why == "talk + person: „parunat ar cilveku”"


def test_a_human_is_asked_for_at_the_end_of_a_story_too():
    story = " ".join(["Un tad bija vēl viena garlaicīga diena mājās."] * 40)
    assert read(f"{story} Gribu parunāt ar cilvēku.").heard
    assert not read(story).heard


def test_a_part_is_found_by_words():
    with pytest.raises(ValidationError, match="begin and end with a word"):
        HumanWords.model_validate(TOY.model_dump() | {"passed_over": {"lv": ("_ runāt",)}})


@pytest.mark.parametrize(
    "text",
    [
        "gribu ar kādu aprunāties klātienē", "savieno mani ar dzīvu darbinieku", "operatoru lūdzu",
        "kur jums var piezvanīt", "kāds ir tālrunis", "vai te ir kāds dzīvs", "vajag palīdzību",
        "lai kāds man paskaidro", "negribu ar botu, gribu ar cilvēku", "varbūt kāds varētu palīdzēt?",
        "can I speak to a real person", "please call me", "is anyone there to talk to",
        "покличте консультанта", "хочу поговорити з людиною",
        "хочу с кем-нибудь посоветоваться", "соедините с оператором",
    ],
)  # fmt: skip
def test_a_human_is_heard_in_any_words(asks, text):
    assert asks(text)


@pytest.mark.parametrize(
    "text",
    [
        "man patīk strādāt ar cilvēkiem", "gribu kļūt par karjeras konsultanti", "tu esi dzīvs cilvēks?",
        "negribu ne ar vienu runāt", "cik pelna psihologs", "ko dara karjeras konsultants darbā",
        "palīdzi izvēlēties profesiju", "baidos runāt ar cilvēkiem", "man ir grūti runāt latviski",
        "I like working with people", "are you a real person?", "help me with my homework",
        "не хочу говорити з людьми", "я люблю общаться с людьми", "kāda ir alga operatoram",
    ],
)  # fmt: skip
def test_what_only_sounds_like_it_is_passed_over(asks, text):
    assert not asks(text)
