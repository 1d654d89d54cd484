"""What people come with is read: a wish is taken, asked about, or nothing; small talk hides none."""

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

import bot
from bot.core.base.texts import LANGUAGES
from bot.core.nlu.guard import vocabulary_of
from bot.core.nlu.ngrams import NgramIndex
from bot.core.nlu.telling_words import TellingWords
from bot.core.nlu.tokens import tokenize
from bot.core.nlu.vocabulary import KnownWords
from bot.core.nlu.wish_reading import WishReader, WishReading
from bot.core.nlu.wishes import WISHES, spread
from bot.load.data_folder import find_data
from bot.load.translations import load_words
from bot.load.yaml_reader import read_yaml
from bot.words.i18n.translations import Catalogue

HOSTILE = ("", " ", "?!", "\0", "\ud800", "\u202e" * 50, "e" + "\u0301" * 3000, "😀" * 4000,
           "a" * 100_000, "kā kur kas " * 400, "_ * | ~ _", "ne " * 1500)  # fmt: skip


@pytest.fixture(scope="session")
def library(loaded):
    return loaded.library


@pytest.fixture(scope="session")
def read(library):
    """Read a message by the wishes of the content."""
    return lambda text: library.wish_reader.read(library.tokenize(text))


def made(kind, templates, examples=(), *, door="menu", **more):
    """Return the YAML of a wish in one language."""
    led = {} if kind == "small_talk" else {"door": door}
    said = {"templates": {"lv": templates}, "examples": {"lv": examples or ("nekas tāds",)}}
    return {"kind": kind, "acknowledge": ("Labi.",), **said, "must": ("jā",), **led, **more}


def reader_of(fillers=(), **wishes):
    """Return a function that reads messages by wishes of a test."""
    read_wishes = WISHES.validate_python(wishes)
    phrases = [phrase for wish in read_wishes.values() for phrase in wish.phrases]
    vocabulary = KnownWords(vocabulary_of((*phrases, *fillers)))
    reader = WishReader(read_wishes, fillers)
    return lambda text: reader.read(tokenize(text, vocabulary))


COURSES = made("wish", ("kurs*", "mācīties _ jaunu"), ("gribu kursus",), door="courses")
STUDY = made("wish", ("studē*", "augstskol*"), ("gribu studēt",), door="study")


@pytest.mark.parametrize(
    ("text", "kind", "wishes"),
    [
        ("gribu studēt", "take", ("study",)),
        ("GRIBU STUDĒT!!!", "take", ("study",)),
        ("gribu studet", "take", ("study",)),
        ("gribu mācīties ko jaunu", "take", ("courses",)),
        ("kursi vai augstskola", "ask", ("courses", "study")),
        ("kaķis guļ", "none", ()),
        ("", "none", ()),
    ],
)
def test_a_wish_is_taken_asked_about_or_not_heard(text, kind, wishes):
    found = reader_of(courses=COURSES, study=STUDY)(text)
    assert (found.kind, set(found.wishes)) == (kind, set(wishes))


def test_wishes_with_the_same_door_are_no_doubt():
    same = STUDY | {"door": "courses"}
    assert reader_of(courses=COURSES, study=same)("kursi vai augstskola").kind == "take"
    other = STUDY | {"door": "courses", "answer": "school"}
    assert reader_of(courses=COURSES, study=other)("kursi vai augstskola").kind == "ask"


def test_what_is_told_beside_a_wish_is_heard_after_it():
    ill = made("told", ("slim*",), ("mamma slima",), door="human")
    read = reader_of(courses=COURSES, ill=ill)
    assert read("gribu kursus, bet mamma slima").wishes == ("courses", "ill")
    assert read("mamma slima").wishes == ("ill",)


def test_a_greeting_hides_no_wish_and_stands_alone_beside_courtesy():
    hello = made("small_talk", ("labdien|čau",), ("labdien",), alone=True)
    read = reader_of(("lūdzu",), courses=COURSES, hello=hello)
    assert read("labdien, gribu kursus").wishes == ("courses",)
    assert read("labdien, lūdzu!").wishes == ("hello",)
    assert read("labdien, kaķis aizmirsa savu cepuri mājās").kind == "none"


def test_small_talk_with_a_topic_is_weighed_as_a_wish():
    army = made("small_talk", ("dienest*",), ("militārais dienests",), topic=True)
    assert reader_of(courses=COURSES, army=army)("kursi par dienestu").kind == "ask"
    line = army | {"topic": False}
    assert reader_of(courses=COURSES, army=line)("kursi par dienestu").wishes == ("courses",)


def test_a_phrase_does_not_count_where_it_is_silenced():
    silenced = COURSES | {"unless": ("par~velti ne|nē", "nekādus kursus")}
    read = reader_of(courses=silenced, study=STUDY)
    assert read("kursus par velti").wishes == ("courses",)
    assert read("man nevajag nekādus kursus").kind != "take"


def test_a_slip_counts_in_a_phrase_of_words_and_not_in_a_word_alone():
    read = reader_of(flat=made("wish", ("dzīvoklis", "meklēju dzīvokli")))
    assert read("mekleju dzivokly").wishes == ("flat",)
    assert read("dzīvoklys").kind != "take"


def test_the_evidence_is_told_in_words():
    found = reader_of(courses=COURSES)("gribu kursus")
    assert found.why == "courses: „kursus”, 1.00 like „gribu kursus”, 1.00 of the words"
    assert reader_of(courses=COURSES)("kaķis") == WishReading("none", (), "")


def test_the_end_of_a_long_story_is_read_as_its_beginning_is():
    story = " ".join(["un tad bija vēl viena garlaicīga diena mājās."] * 60)
    read = reader_of(courses=COURSES)
    assert read(f"gribu kursus. {story}").wishes == ("courses",)
    assert read(f"{story} Gribu kursus").wishes == ("courses",)


@pytest.mark.parametrize(
    "phrase", ["", "!", "_ kurss", "kurss _", "_"], ids=["empty", "no_word", "before", "after", "gap"]
)  # fmt: skip
def test_a_phrase_begins_and_ends_with_a_word(phrase):
    with pytest.raises(ValidationError, match="begin and end with a word"):
        WISHES.validate_python({"x": made("wish", (phrase,))})


def test_a_choice_of_several_words_is_spread():
    assert set(spread("bezmaksas|par~velti kurs*|apmācīb*")) == {
        "bezmaksas kurs*|apmācīb*", "par velti kurs*|apmācīb*",
    }  # fmt: skip
    assert list(spread("kurs*")) == ["kurs*"]


def test_letters_find_what_is_spelled_otherwise():
    index = NgramIndex([("mācīties tālāk", "learn"), ("strādāt veikalā", "work"), ("ceļot", "go")])

    def best(text):
        found = index.likenesses(tokenize(text, KnownWords(())))
        return max(found, key=lambda owner: found[owner].score, default=None)

    assert best("macities talak") == best("maaciities taalaak") == best("mācīšos tālāk") == "learn"
    assert best("strādāšu veikaliņā") == "work"
    assert best("xyz") is None
    found = index.likenesses(tokenize("mācīties tālāk", KnownWords(())))
    assert found["learn"].score == pytest.approx(1.0)
    assert found["learn"].example == "mācīties tālāk"


def test_a_word_that_few_have_tells_more():
    words = TellingWords([("stipendij*", "money")], [("gribu naudu", "money"), ("gribu iet", "go")])
    want, grant = tokenize("gribu stipendiju", KnownWords(())).tokens
    assert words.owners(want) == {"money", "go"}
    assert words.owners(grant) == {"money"}
    assert words.rarity(grant) > words.rarity(want)
    shares = words.overlap(tokenize("gribu stipendiju", KnownWords(())))
    assert shares["money"] == pytest.approx(1.0)
    assert shares["go"] < 1 / 2


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("labdien, gribu studēt", "university"),
        ("man ir disleksija un gribu studēt", "university"),
        ("nezinu ko darit pec 9", "after_grade_9"),
        ("cik pelna pavārs", "salary"),
        ("kas man jādara, lai kļūtu par pilotu", "become"),
        ("mani vakar atlaida no darba", "lost_job"),
        ("I lost my job", "lost_job"),
        ("что делать после 9 класса", "paths_open"),
        ("де вивчити латиську мову", "latvian_courses"),
        ("esmu kurls", "told_deaf"),
        ("aaaaaaa", "nonsense"),
        ("vai tu esi robots?", "who_are_you"),
        ("paldies!", "thanks"),
    ],
)
def test_the_house_understands(read, text, wish):
    found = read(text)
    assert (found.kind, found.wishes[0]) == ("take", wish)


def test_what_is_told_is_heard_beside_a_wish_of_the_house(read):
    assert "told_dyslexia" in read("man ir disleksija un gribu studēt").wishes


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:8]))
def test_nothing_that_can_be_typed_is_a_fault(library, read, text):
    assert read(text).kind in ("take", "ask", "none")
    assert library.human_reader.read(library.tokenize(text)).heard in (True, False)


@pytest.mark.parametrize("register", ["tu", "jus"])
@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_wish_is_answered_in_every_language(library, language, register):
    catalogue, latvian = load_words(find_data())[language], Catalogue("lv")
    for wish in library.wishes.values():
        for text in wish.acknowledge:
            said = catalogue.translated(text, register)
            assert said.strip()
            assert said != latvian.translated(text, register)


GUIDE = (find_data() / "content/README.md").read_text(encoding="utf-8").partition("## A wish")[2]


def test_the_wish_of_the_guide_is_a_wish():
    example = re.split(r"```(?:yaml)?\n", GUIDE)[1]
    wishes = WISHES.validate_python(read_yaml(example.encode(), "guide").value)
    phrases = [phrase for wish in wishes.values() for phrase in wish.phrases]
    reader = WishReader(wishes)
    for wish in wishes.values():
        for text in wish.must:
            found = reader.read(tokenize(text, KnownWords(vocabulary_of(phrases))))
            assert (found.kind, found.wishes) == ("take", tuple(wishes))


def test_every_code_of_a_wish_stands_in_the_guide():
    checks = Path(bot.__file__).parent.glob("core/checks/*.py")
    used = {code for path in checks for code in re.findall(r'"(W\d{3})"', path.read_text())}
    assert set(re.findall(r"W\d{3}", GUIDE)) == used
