"""What typed words come to in a conversation: taken and said back, asked, or taken up later."""

import pytest

from bot.core.dialogue.events import Answered, Asked, Remarked, WishHeard
from bot.core.dialogue.inputs import Picked, Said, Started
from bot.core.dialogue.session import Session
from bot.core.nlu.personal_data import MASK, mask_personal_data
from bot.words.i18n.phrases import PHRASES
from tests.core.talking import facts, heard, of_kind, talk


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("man ir 15", "from_13"), ("piecpadsmit", "from_13"), ("45", "from_18"),
        ("мне 30 лет", "from_18"), ("I am eleven", "under_13"), ("1985", "from_18"),
        ("drīz būs 13", "under_13"),
    ],
)  # fmt: skip
def test_an_age_in_any_words_is_put_into_its_band(talks, text, band):
    assert heard(talks, "start", "age_band", text)["value"] == band


@pytest.mark.parametrize(
    ("flow", "step", "text", "never"),
    [
        ("esf_support", "education", "nepabeidzu vidusskolu", "general_secondary"),
        ("esf_support", "education", "I never finished high school", "general_secondary"),
        ("esf_support", "household", "neesam trūcīgi", "needy"),
        ("esf_support", "employed", "мой муж работает", "yes"),
        ("esf_support", "age", "mazāk par 50", 50),
        ("start", "age_band", "manam dēlam ir 15", "from_13"),
    ],
)
def test_a_name_that_is_turned_is_never_taken(talks, flow, step, text, never):
    result = heard(talks, flow, step, text)
    assert result["heard"] != "answer" or result["value"] != never


def test_where_the_sentence_gives_another_answer_that_is_taken(talks):
    text = "augstskolu nepabeidzu, man ir tehnikums"
    result = heard(talks, "esf_support", "education", text)
    assert (result["value"], result["sure"]) == ("vocational_secondary", "said_back")


def test_what_is_likely_is_said_back_with_a_way_to_change_it(talks):
    output = talks.advance(talk(talks)[0], Said(text="es strādāju noliktavā"))
    assert facts(output.session)["who"] == "adult"
    (note,) = [message for message in output.messages if message.kind == "note"]
    assert "Strādāju" in note.text
    assert [button.pick for button in note.buttons] == ["@change:who"]


def test_an_options_own_name_is_taken_without_a_word(talks):
    _, events = talk(talks, "Strādāju")
    assert [event.said_back for event in of_kind(events, Answered)] == [False]


def test_none_of_these_asks_the_question_again(talks):
    session, _ = talk(talks, "pabeidzu vidusskolu")
    assert session.guesses
    output = talks.advance(session, Picked(options=("@none",)))
    assert output.session.guesses == ()
    assert of_kind(output.events, Asked)[0].guesses == ()


def test_a_wish_told_at_the_start_is_taken_up_when_the_start_is_over(talks):
    session, events = talk(talks, "kas man piemērots")
    assert of_kind(events, WishHeard)
    assert session.open == "start/who"
    session, events = talk(talks, "kas man piemērots", "Strādāju", "40", Picked(options=("brief",)))
    assert session.stack[-1] == "interests"
    assert session.wish == ""
    assert [event.flow for event in of_kind(events, Asked)] == ["interests"]


def test_small_talk_is_answered_and_counts_as_no_failure(talks):
    session, events = talk(talks, "pastāsti joku")
    assert of_kind(events, WishHeard)
    assert (session.tries, session.open) == (0, "start/who")


def test_a_human_is_heard_within_a_sentence(talks):
    session, _ = talk(talks, "es laikam gribētu parunāt ar kādu dzīvu cilvēku")
    assert session.stack[-1] == "human"


def test_the_third_word_not_understood_gets_a_way_out(talks):
    session, _ = talk(talks, "Strādāju")
    texts = []
    for words in ("zābaks", "paklājs", "lampas"):
        output = talks.advance(session, Said(text=words))
        session = output.session
        (refused,) = [message for message in output.messages if message.kind == "refuse"]
        texts.append(refused.text)
    assert len(set(texts)) == 3
    assert "„Mazāk nekā 13”" in texts[1].replace("\N{NO-BREAK SPACE}", " ")
    assert [button.pick for button in refused.buttons] == ["@human", "@menu"]


def test_a_slip_of_the_form_is_no_failure(talks):
    session = talks.advance(Session(), Started(flow="esf_support")).session
    session = talks.advance(session, Picked(options=("yes",))).session
    assert session.open == "esf_support/age"
    for _ in range(4):
        session = talks.advance(session, Said(text="400")).session
    assert session.tries == 0


def test_what_names_a_person_is_masked_before_it_is_kept(talks):
    session = Session(language="lv")
    session = talks.advance(session, Started(flow="about_me")).session
    output = talks.advance(session, Said(text="Mani var zvanīt 26123456 vai rakstīt a@b.lv"))
    kept = str(output.session.answers[-1].value)
    assert "26123456" not in kept
    assert "a@b.lv" not in kept
    assert MASK in kept
    assert "masked" in [event.what for event in of_kind(output.events, Remarked)]


@pytest.mark.parametrize(
    ("words", "options"),
    [
        ("lai labi maksā un ir brīvs laiks", {"pay", "free_time"}),
        ("gribu palīdzēt cilvēkiem", {"help_people"}),
        ("хочу хорошую зарплату", {"pay"}),
        ("alga man nav svarīga", set()),
        ("kalni un jūra", set()),
    ],
)
def test_own_words_tell_options_and_are_kept_as_said(talks, words, options):
    result = heard(talks, "about_me", "values", words)
    assert set(result["value"]) == options | {"=" + words}
    assert result.get("sure") == ("said_back" if options else "exact")


@pytest.mark.parametrize("words", ["18 vai vairāk", "18 or over", "18 років або більше", "13–17"])
def test_the_name_of_a_band_tells_no_age(talks, words):
    session, _ = talk(talks, "Strādāju", words)
    assert "age" not in facts(session)


@pytest.mark.parametrize(
    "text",
    [
        "010190-12345", "010190 12345", "01019012345", "26 123 456", "+371 26123456", "a.b@inbox.lv",
        "janis(at)inbox.lv", "LV80BANK0000435195001", "4111 1111 1111 1111", "LV1234567", "@janis_b",
    ],
)  # fmt: skip
def test_every_kind_of_what_names_a_person_is_masked(text):
    masked, was_masked = mask_personal_data(f"mani var atrast {text}, lūdzu")
    assert was_masked
    assert masked == f"mani var atrast {MASK}, lūdzu"


@pytest.mark.parametrize(
    "text", ["gados 2000 2008", "no 1995 2001", "12 gadi, 15 klases", "9. klase"]
)
def test_other_numbers_stay(text):
    assert mask_personal_data(text) == (text, False)


def narrowed(talks):
    """Somebody who is asked which of a few options was meant."""
    session, _ = talk(talks, "mācos vidusskolā un strādāju")
    assert session.guesses == ("pupil_10_12", "adult")
    return session


@pytest.mark.parametrize("language", ["lv", "en", "uk", "ru"])
def test_the_buttons_beside_are_understood_as_they_are_written(talks, language):
    say = talks.catalogues[language].say
    session = narrowed(talks)
    after = talks.advance(session, Said(text=say(PHRASES["none_of_these"]))).session
    assert after.guesses == ()
    assert facts(after) == facts(session)
    assert after.open == session.open
    menu = talks.advance(after, Said(text="izvēlne")).session
    back = talks.advance(menu, Said(text=say(PHRASES["resume"]))).session
    assert back.open == session.open


@pytest.mark.parametrize("words", ["jā", "labi", "ok", "да", "yes", "nē"])
def test_how_long_to_keep_is_not_agreed_to_by_a_yes(talks, words):
    session, _ = talk(talks, "Strādāju", "40", words)
    assert session.open == "start/keeping"
    assert "keeping" not in facts(session)


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("es esmu 12tajā klasē", "pupil_10_12"),
        ("mana mamma strādā, es mācos 7. klasē", "pupil_5_9"),
        ("я в 12 классе", "pupil_10_12"),
    ],
)
def test_a_grade_is_no_age_and_a_parents_child_no_parent(talks, words, who):
    session, _ = talk(talks, words)
    assert facts(session)["who"] == who
    assert facts(session).get("age_band") != "under_13"


@pytest.mark.parametrize("words", ["man ir 14", "esmu 14", "man ir 14 gadi"])
def test_an_age_told_first_is_kept_and_no_option_guessed(talks, words):
    session, _ = talk(talks, words)
    assert facts(session) == {"age": 14, "age_band": "from_13"}
    assert session.guesses == ()


@pytest.mark.parametrize("words", ["у меня умерла мама", "мама сказала", "mamma nomira"])
def test_whose_mother_is_spoken_of_is_no_parent(talks, words):
    session, _ = talk(talks, words)
    assert facts(session).get("who") != "parent"


def test_a_wish_for_a_trade_is_no_liking_of_an_activity(talks):
    result = heard(talks, "interests", "likes", "gribu kļūt par programmētāju")
    assert result["heard"] != "answer"


def test_an_age_of_a_pupil_is_not_too_old(talks):
    _, events = talk(talks, "esmu 17 gadus vecs")
    assert of_kind(events, WishHeard) == []


def test_a_number_after_a_guess_counts_in_the_list_that_is_seen(talks):
    for place in (1, 2):
        session = narrowed(talks)
        after = talks.advance(session, Said(text=f"{place}.")).session
        assert facts(after)["who"] == session.guesses[place - 1]
    session = narrowed(talks)
    after = talks.advance(session, Said(text=str(len(session.guesses) + 1))).session
    assert "who" not in facts(after)
    assert after.guesses == ()
