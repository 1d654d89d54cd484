"""What typed words come to in a conversation: taken and said back, asked, or taken up later."""

import pytest

from bot.cli.hearing import hear_query
from bot.core.dialogue.events import Answered, Asked, FactsTold, Remarked, WishHeard
from bot.core.dialogue.inputs import Picked, Said, Started
from bot.core.dialogue.session import Session
from bot.core.nlu.personal_data import MASK, mask_personal_data
from bot.words.i18n.phrases import PHRASES


def heard(talks, flow, step, text):
    return hear_query(talks, {"flow": flow, "step": step, "text": text})


def talk(talks, *said):
    """Return the session and the events of the last of some inputs."""
    session, events = Session(), ()
    for one in (Started(), *said):
        given = Said(text=one) if isinstance(one, str) else one
        output = talks.advance(session, given)
        session, events = output.session, output.events
    return session, events


def facts(session):
    return {answer.step: answer.value for answer in session.answers}


def of_kind(events, kind):
    return [event for event in events if isinstance(event, kind)]


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


def test_what_was_told_beside_is_kept_and_not_asked_again(talks):
    session, events = talk(talks, "esmu 38, strādāju veikalā, pabeidzu tehnikumu")
    (told,) = of_kind(events, FactsTold)
    steps = [step for _, step, _ in told.answers]
    assert sorted(steps) == ["age", "age_band", "education", "employed", "who"]
    assert steps[0] == "who", "the answer to what was asked stands first in the same line"
    assert not any(event.said_back for event in of_kind(events, Answered))
    assert facts(session)["age"] == 38
    assert session.open == "start/keeping"


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


def test_in_the_quiet_step_nothing_is_asked_and_nothing_recorded(talks):
    session, events = talk(talks, "Strādāju", "es vairs negribu dzīvot")
    before = facts(session)
    assert not of_kind(events, Asked)
    for words in ("jā", "nē", "kur zvanīt", "18"):
        output = talks.advance(session, Said(text=words))
        session = output.session
        assert [event.what for event in of_kind(output.events, Remarked)] == ["quiet_reply"]
        assert not of_kind(output.events, Asked)
    assert facts(session) == before
    output = talks.advance(session, Picked(options=("@continue",)))
    assert of_kind(output.events, Asked)[0].step == "age_band"
    assert output.session.quiet_step is None


OWN_WORDS = "Kolēģi mani pazemo un sit, tāpēc baidos iet uz darbu"


@pytest.mark.parametrize("how", ["pressed", "typed", "left"])
def test_words_that_were_an_answer_after_all_are_not_lost(talks, how):
    session = talks.advance(Session(), Started(flow="about_me")).session
    asked = session.open
    session = talks.advance(session, Said(text=OWN_WORDS)).session
    assert session.answers == ()
    assert session.quiet_step is not None
    ways = {
        "pressed": Picked(options=("@was_answer",)),
        "typed": Said(text="tā bija mana atbilde"),
        "left": Said(text="turpināt"),
    }
    session = talks.advance(session, ways[how]).session
    assert session.quiet_step is None
    if how == "left":
        assert (session.answers, session.open) == ((), asked)
    else:
        assert session.answers[-1].value in {OWN_WORDS, ("=" + OWN_WORDS,)}
        assert session.open != asked


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("I want to die", "en"),
        ("я хочу умереть", "ru"),
        ("я хочу померти", "uk"),
        ("es gribu mirt", "lv"),
        ("qwx gribu mirt", "lv"),
    ],
)
@pytest.mark.parametrize("session_language", ["lv", "en", "ru"])
def test_distress_is_answered_in_the_language_it_was_written_in(
    talks, words, language, session_language
):
    session = talks.advance(Session(language=session_language), Started()).session
    output = talks.advance(session, Said(text=words))
    reply = output.messages[-1]
    assert reply.kind == "help"
    letters = {"lv": " un ", "en": " and ", "ru": "ы", "uk": "і"}
    assert letters[language] in reply.text
    assert output.session.language == session_language
    later = talks.advance(output.session, Said(text="112?")).messages[-1]
    assert letters[language] in later.text


def test_what_the_start_knows_is_told_and_not_asked(talks):
    session, _ = talk(talks, "Strādāju", "40", Picked(options=("brief",)), "atbalsts mācībām")
    assert facts(session)["employed"] == "yes"
    assert facts(session)["age"] == 40
    assert session.open == "esf_support/education"


def test_what_follows_is_changed_with_what_it_followed_from(talks):
    session, events = talk(talks, "Strādāju", "40", Picked(options=("brief",)), "atbalsts mācībām")
    (told,) = [event for event in of_kind(events, FactsTold) if event.follow]
    assert told.answers == (("esf_support", "employed", "yes"),)
    session = talks.advance(session, Picked(options=("@change:who",))).session
    session = talks.advance(session, Picked(options=("seeking",))).session
    assert facts(session)["employed"] == "no"


def test_what_follows_may_be_changed_alone(talks):
    session, _ = talk(talks, "Strādāju", "40", Picked(options=("brief",)), "atbalsts mācībām")
    session = talks.advance(session, Picked(options=("@change:employed",))).session
    assert session.open == "esf_support/employed"
    session = talks.advance(session, Picked(options=("self_employed",))).session
    assert facts(session)["employed"] == "self_employed"


def test_a_minor_is_told_at_once_that_the_project_is_for_adults(talks):
    session, _ = talk(talks, "Strādāju", "16", Picked(options=("brief",)))
    output = talks.advance(session, Started(flow="esf_support"))
    assert not [event for event in of_kind(output.events, Asked) if event.step != "what_next"]
    assert "18" in "".join(message.text for message in output.messages)


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
    "words", ["nē, man ir 17", "mainīt vecumu uz 17", "es kļūdījos, man ir 17"]
)
def test_an_earlier_answer_is_changed_wherever_the_person_stands(talks, words):
    session, _ = talk(talks, "Strādāju", "45")
    assert session.open == "start/keeping"
    output = talks.advance(session, Said(text=words))
    assert facts(output.session)["age_band"] == "from_13"
    (told,) = of_kind(output.events, FactsTold)
    assert {step for _, step, _ in told.answers} == {"age_band", "age"}
    assert output.session.open == "start/keeping"


def test_the_no_of_a_correction_is_no_answer_to_another_question(talks):
    session, _ = talk(talks, "esmu 38, strādāju veikalā, pabeidzu tehnikumu")
    output = talks.advance(session, Said(text="nē, man ir 17"))
    assert facts(output.session)["employed"] == "yes"
    assert facts(output.session)["age"] == 17


def test_who_writes_in_another_language_is_offered_it_once(talks):
    session, events = talk(talks, "мне 34 года, я работаю на стройке")
    assert [event.what for event in of_kind(events, Remarked)] == ["language"]
    output = talks.advance(session, Said(text="нет, мне 36"))
    assert of_kind(output.events, Remarked) == []
    output = talks.advance(output.session, Said(text="непонятные эти мысли"))
    assert [event.what for event in of_kind(output.events, Remarked)] == ["language"]
    offer = [message for message in output.messages if "@language:ru" in str(message.buttons)]
    assert offer[0].text == "На каком языке продолжаем?"
    _, events = talk(talks, "кухар")  # both languages have such letters
    assert [event.language for event in of_kind(events, Remarked)] == [""]


@pytest.mark.parametrize("words", ["runā krieviski", "english please", "українською"])
def test_who_asks_for_a_language_is_not_offered_another(talks, words):
    session, events = talk(talks, words)
    assert session.language != "lv"
    assert "language" not in [event.what for event in of_kind(events, Remarked)]


def test_after_a_stop_to_go_on_is_no_answer(talks):
    session, events = talk(talks, "Strādāju", "40", "stop", "turpināt")
    assert session.open == "start/keeping"
    assert session.guesses == ()
    assert not session.quiet
    assert [event.step for event in of_kind(events, Asked)] == ["keeping"]


@pytest.mark.parametrize("words", ["mainīt vecumu", "gribu labot vecumu", "change my age"])
def test_a_question_is_reopened_by_what_it_is_about(talks, words):
    session, _ = talk(talks, "Strādāju", "45", words)
    assert session.open == "start/age_band"
    assert session.changing == "age_band"


def test_after_the_list_of_answers_one_is_named(talks):
    session, _ = talk(talks, "Strādāju", "45", "mainīt")
    assert session.reviewing
    session = talks.advance(session, Said(text="vecums")).session
    assert session.open == "start/age_band"
    session, _ = talk(talks, "Strādāju", "45", "mainīt", Picked(options=("brief",)), "vecums")
    assert session.stack[-1] != "start", "the list is over once something else was said"


@pytest.mark.parametrize(
    ("given", "age", "band"),
    [
        (Said(text="17"), 17, "from_13"),
        (Picked(options=("from_13",)), None, "from_13"),
        (Picked(options=("from_18",)), 45, "from_18"),
    ],
)
def test_what_tells_the_age_agrees_after_a_change(talks, given, age, band):
    session, _ = talk(talks, "Strādāju", "45", "mainīt vecumu")
    session = talks.advance(session, given).session
    assert (facts(session).get("age"), facts(session)["age_band"]) == (age, band)


def test_a_changed_age_changes_its_band(talks):
    session, _ = talk(talks, "Strādāju", "45", Picked(options=("brief",)), "atbalsts mācībām")
    session = talks.advance(session, Picked(options=("@change:age",))).session
    session = talks.advance(session, Said(text="16")).session
    assert facts(session)["age_band"] == "from_13"


def test_what_was_told_before_it_was_asked_can_be_taken_back(talks):
    session, _ = talk(talks, "Meklēju darbu, man ir 38, pabeidzu tehnikumu")
    assert facts(session)["education"] == "vocational_secondary"
    output = talks.advance(session, Picked(options=("@change:education",)))
    assert output.session.open == session.open
    assert "taken_back" in [event.what for event in of_kind(output.events, Remarked)]
    assert "education" not in facts(output.session)


def test_a_flow_opened_to_change_an_answer_is_left_with_it(talks):
    session, _ = talk(talks, "esmu 38, strādāju veikalā, pabeidzu tehnikumu")
    stack = session.stack
    session = talks.advance(session, Picked(options=("@change:employed",))).session
    assert session.open == "esf_support/employed"
    session = talks.advance(session, Picked(options=("leave",))).session
    assert facts(session)["employed"] == "leave"
    assert (session.stack, session.open) == (stack, "start/keeping")


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


def test_a_number_after_a_guess_counts_in_the_list_that_is_seen(talks):
    for place in (1, 2):
        session = narrowed(talks)
        after = talks.advance(session, Said(text=f"{place}.")).session
        assert facts(after)["who"] == session.guesses[place - 1]
    session = narrowed(talks)
    after = talks.advance(session, Said(text=str(len(session.guesses) + 1))).session
    assert "who" not in facts(after)
    assert after.guesses == ()


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


def test_after_the_list_a_new_answer_corrects_the_old_one(talks):
    session, _ = talk(talks, "Strādāju", "45", "mainīt", "man ir 31")
    assert (facts(session)["age"], facts(session)["age_band"]) == (31, "from_18")
    assert session.open == "start/keeping"
