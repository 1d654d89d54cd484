"""Distress and leaving school: what is heard and what is not, in any spelling, and what is said then."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.base.texts import LANGUAGES
from bot.core.checks.heeded import heeded_faults, heeded_structure_faults, neutral_texts
from bot.core.nlu.distress import DistressWords
from bot.core.nlu.frame_reading import heed, read_frames
from bot.core.nlu.guard import vocabulary_of
from bot.core.nlu.tokens import tokenize
from bot.core.nlu.vocabulary import KnownWords
from bot.load.data_folder import find_data
from bot.load.text_checks import WORDS_OF_OTHER_ADDRESS
from bot.load.translations import load_words
from bot.load.yaml_reader import read_yaml
from tests.doubles.timing import processor_time

FEWEST = {"lv": 8, "en": 4, "uk": 4, "ru": 4}  # examples of a kind, heard and not heard


@pytest.fixture(scope="session")
def library(loaded):
    return loaded.library


def heard(library, text):
    found = heed(library.distress, text, library.vocabulary)
    return (found.kind, found.tier) if found else None


def leaving(library, text):
    found = heed(library.leaving, text, library.vocabulary)
    return (found.kind, found.tier) if found else None


def test_every_kind_has_its_examples_and_each_comes_out_right(library):
    assert [*heeded_structure_faults(library), *heeded_faults(library)] == []
    for words in (library.distress, library.leaving):
        assert set(words.examples) == set(words.kinds)
        for kind, examples in words.examples.items():
            for language, fewest in FEWEST.items():
                assert len(examples.must.of(language)) >= fewest, (kind, language)
                assert len(examples.must_not.of(language)) >= fewest, (kind, language)


def test_nothing_that_we_call_by_name_alarms_in_any_language(library, loaded):
    catalogues = load_words(find_data())
    texts = set(neutral_texts(library))
    labels = {
        option.label for step in library.steps.values() for option in getattr(step, "options", ())
    }
    for language in LANGUAGES:
        texts |= {catalogues[language].say(label, "jus") for label in labels}
    sure = {text for text in texts if (heard(library, text) or ("", ""))[1] == "sure"}
    assert len(texts) > 5000
    assert sure == set()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("negribu больше жить", "gone"),  # two languages in one sentence
        ("es хочу умереть", "gone"),
        ("tevs mani sit katru dienu", "violence"),  # no marks
        ("mani skolaa apceelj", "bullying"),  # as it was typed without a Latvian keyboard
        ("gribu nomirt", "gone"),
        ("GRIBU NOMIRT!!!", "gone"),
        ("gribu. nomirt.", "gone"),  # a mark after every word
        ("gri\u200bbu nom\u00adirt", "gone"),  # what is not seen
        ("xочу умeреть", "gone"),  # letters of the other alphabet
        ("domāju par pasnavibu", "gone"),
        ("gribu nogalinat sevi", "gone"),
        ("man ir panikas lekme", "panic"),
        ("мене цкують у класі", "bullying"),  # one slip in a long word
        ("draudzene grib nomirt", "friend"),
        ("tētis mani sit un es gribu nomirt", "gone"),  # the weightier leads
        ("gribu visus skolā nošaut", "threat"),
    ],
)
def test_it_is_heard_however_it_is_typed(library, text, kind):
    assert heard(library, text) == (kind, "sure")


@pytest.mark.parametrize(
    "text",
    [
        "es nekad neesmu domājis par pašnāvību", "neviens mani nesit", "не хочу умирать",
        "i'm not suicidal", "никто меня не бьёт", "my husband never hits me",
        "ніхто мене не чіпає", "neesmu stāvoklī un man ir 15",
    ],
)  # fmt: skip
def test_what_is_denied_is_not_it(library, text):
    assert heard(library, text) is None


def test_what_a_silencer_makes_everyday_speech_is_not_sure(library):
    assert heard(library, "gribu nomirt") == ("gone", "sure")
    assert heard(library, "gribu nomirt no smiekliem") is None
    assert heard(library, "tas joks mani nogalina, gribu nomirt no smiekliem") != ("gone", "sure")
    # a turn parts them: what comes before it silences nothing after it
    assert heard(library, "smieklīgi, bet es gribu nomirt") == ("gone", "sure")


def test_a_silencer_is_never_reached_by_a_slip(library):
    assert heard(library, "hochu umeret so smexu") is not None
    assert heard(library, "gribu nomirt no smieklem") is None  # "smiekl…" as it is written
    assert heard(library, "gribu nomirt no smeekliem") == ("gone", "sure")


def test_a_frame_with_two_slips_would_be_a_guess(library):
    assert heard(library, "батьки змушують мене вчитися") is None
    assert heard(library, "родители заставляют меня учиться") is None


def test_it_is_heard_in_the_middle_and_in_a_long_text(library):
    assert heard(library, "man ir slikti, negribu dzīvot") == ("gone", "sure")
    cry = "darbs " * 9000 + ". gribu nomirt. " + "skola " * 5000
    assert heard(library, cry) == ("gone", "sure")
    across = "a" * 3992 + " gribu nomirt"  # where one piece of a long text ends
    assert heard(library, across) == ("gone", "sure")


def test_what_is_said_of_it_tells_an_author_why(library):
    found = heed(library.distress, "es gribu šodien nomirt", library.vocabulary)
    assert found.why == "gone: want „gribu” + die „nomirt”"
    assert (found.start, found.end) == (1, 4)


@pytest.mark.parametrize(
    ("words", "times"),
    [("mani ", 800), ("es man mani ", 300), ("mani sit brālis šahā ", 190), ("gribu ", 700)],
)
def test_a_text_made_to_be_slow_costs_as_its_length(library, words, times):
    texts = [tokenize(words * count, library.vocabulary) for count in (times, times // 3)]
    whole, third = (
        processor_time(lambda text=text: read_frames(library.distress, text)) for text in texts
    )
    assert whole < 6 * third  # nine times, if each word were held against each


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gribu mest skolu", ("leave", "sure")),
        ("negribu mest skolu", None),
        ("skola ir apnikusi", ("leave", "sure")),
        ("mani izslēgs no skolas", ("put_out", "sure")),
        ("забрать документы из школы", ("leave", "sure")),
        ("gribu mainīt skolu", ("other_school", "sure")),
        ("gribu pamest skolu un pāriet uz citu skolu", ("other_school", "sure")),
        ("gribu mest kursus", ("leave", "perhaps")),
        ("gribu mest darbu", None),
    ],
)
def test_leaving_school_is_heard_and_a_change_of_schools_is_told_apart(library, text, expected):
    assert leaving(library, text) == expected


def test_the_smallest_file_of_the_guide_is_a_whole_file():
    guide = (Path(__file__).parents[2] / "content/README.md").read_text(encoding="utf-8")
    block = guide.split("## What is heeded")[1].split("```yaml\n")[1].split("```")[0]
    words = DistressWords.model_validate(read_yaml(block.encode(), "guide").value)
    vocabulary = KnownWords(vocabulary_of(words.phrases))
    for example in words.examples.values():
        assert [heed(words, text, vocabulary).tier for text in example.must.every] == ["sure"]
        assert [heed(words, text, vocabulary) for text in example.must_not.every] == [None]


# --- what is said


def test_children_and_adults_are_told_their_own_lines(library):
    answers = library.distress_answers
    for kind in library.distress.kinds:
        child = "\n".join(answers.paragraphs(kind, "child"))
        adult = "\n".join(answers.paragraphs(kind, "adult"))
        assert "116111" in child
        assert "116123" not in child, "the line of adults"
        assert {"116111", "116123"} <= set(re.findall(r"\d{6}", adult)), "they may be anybody"
        assert "helpline" in answers.sources(kind, "child")
        assert {"helpline", "crisis_line"} <= set(answers.sources(kind, "adult"))
    assert "112" in answers.paragraphs("threat", "child")[0]


def test_no_number_is_told_that_has_no_source(library):
    answers = library.distress_answers
    lines = {"116111": "helpline", "116123": "crisis_line"}
    told = [(one.text, one.sources) for one in answers.contacts.values()]
    told += [(one.text, one.sources) for one in answers.quiet_step.values()]
    told.append((answers.pointer, answers.pointer_sources))
    for text, sources in told:
        for whom in ("child", "adult"):
            numbers = set(re.findall(r"\d{6}", text.of(whom))) - {"uzticibaspasts116111"}
            assert {lines[number] for number in numbers} <= set(sources.of(whom)), text


def test_each_is_addressed_in_their_own_way_in_every_language(library):
    catalogues = load_words(find_data())
    answers = library.distress_answers
    texts = [one.text for one in (*answers.kinds.values(), *answers.contacts.values())]
    texts += [one.text for one in answers.quiet_step.values()]
    texts += [answers.stays, answers.to_go_on, answers.pointer]
    for language in LANGUAGES:
        for whom, register in (("child", "tu"), ("adult", "jus")):
            others = WORDS_OF_OTHER_ADDRESS.get((language, register), "(?!)")
            for text in texts:
                said = catalogues[language].say(text.of(whom))
                assert not re.search(rf"\b(?:{others})\b", said, re.IGNORECASE), said
                assert said != text.of(whom) or language == "lv"


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("jā", "yes"), ("nē", "no"), ("kur zvanīt", "where_to_call"),
        ("nevaru piezvanīt", "cannot_call"), ("neviens mani nesaprot", "nobody_understands"),
        ("nezinu ko darīt", "what_to_do"), ("labi", "yes"), ("man vairs nav spēka", "still_bad"),
        ("turpināt", "go_on"), ("es vairs nevaru turpināt", "still_bad"),
        ("jā, kur lai zvanu", "where_to_call"), ("нет, не могу позвонить", "cannot_call"),
        ("qwerty", "other"), ("", "other"),
        ("jā es šodien biju skolā un tur bija kā parasti", "other"),
    ],
)  # fmt: skip
def test_the_quiet_step_has_an_answer_for_everything(library, text, reply):
    tokens = tokenize(text, library.vocabulary)
    assert library.distress_answers.reply_to(tokens) == reply


def test_a_kind_to_which_nothing_is_said_is_found(library):
    answers = library.distress_answers
    kinds = {kind: one for kind, one in answers.kinds.items() if kind != "hunger"}
    broken = replace(library, distress_answers=answers.model_copy(update={"kinds": kinds}))
    assert [one.code for one in heeded_structure_faults(broken)] == ["D007"]
