"""Conversations as people have them: answered, changed, left, taken up again, distressed."""

from bot.core.dialogue.events import Remarked
from bot.core.dialogue.inputs import Commanded, Picked, Started
from tests.doubles.clocks import TODAY
from tests.doubles.person import Person
from tests.doubles.sample import changed_sample, sample_talks

ADULT = ("strādāju", "18 vai vairāk", "lai var turpināt vēlāk", "atbalsts")


def test_typed_answers_lead_to_what_the_rule_says(sample):
    person = Person(sample).say(*ADULT, "es esmu strādnieks", "piecdesmit divi", "pamatskola")
    assert person.verdict.outcome == "A"
    assert person.verdict.priority_reasons == ("age_50",)
    assert person.asked == "support_next"
    assert person.kinds == ["answer", "card", "ask"]


def test_only_what_can_matter_is_asked(sample):
    person = Person(sample).say(*ADULT, "nestrādāju")
    assert person.verdict.gate == "closed"
    assert [answer.step for answer in person.session.answers][3:] == ["employed"]


def test_an_unknown_answer_is_taken_as_unknown(sample):
    person = Person(sample).say(*ADULT, "jā", "negribu teikt", "augstskola", "nezinu")
    assert (person.verdict.gate, person.verdict.outcome) == ("unknown", "A_or_B")
    assert person.verdict.missing == ("age", "works_below")


def test_changing_the_age_after_the_result_keeps_the_rest(sample):
    person = Person(sample).say(*ADULT, "jā", "52", "pamatskola")
    before = person.session
    person.give(Commanded(word="change", about="age"))
    assert person.asked == "age"
    person.say("17")
    assert person.verdict.gate_reasons == ("under_18",)
    person.give(Commanded(word="change", about="age"))
    person.say("52")
    assert person.verdict.outcome == "A"
    assert person.session.answers == before.answers
    assert person.session.announced == before.announced


def test_back_takes_one_answer_back(sample):
    person = Person(sample).say(*ADULT, "jā", "52", "atpakaļ")
    assert person.asked == "age"
    person.say("atpakaļ")
    assert person.asked == "employed"


def test_the_language_changes_without_losing_the_place(sample):
    person = Person(sample).say(*ADULT, "jā", "english")
    assert (person.session.language, person.asked) == ("en", "age")
    assert person.messages[-1].text == "How old are you?"
    person.say("українською")
    assert person.messages[-1].text == "Скільки вам років?"


def test_nonsense_is_asked_again_and_then_a_human_is_offered(sample):
    person = Person(sample).say(*ADULT, "jā")
    for words in ("asdf", "qwer"):
        person.say(words)
        assert person.kinds == ["refuse", "ask"]
        assert person.messages[0].buttons == ()
    person.say("zxcv")
    assert [button.pick for button in person.messages[0].buttons] == ["@human", "@menu"]
    assert person.asked == "age"


def test_a_number_out_of_bounds_says_the_bound(sample):
    person = Person(sample).say(*ADULT, "jā", "121")
    assert person.messages[0].text == "Skaitlis ir par lielu. Lielākais, ko saprotu: 120"


def test_a_year_of_birth_is_asked_to_be_made_an_age(sample):
    person = Person(sample).say(*ADULT, "jā", "1999")
    older = TODAY.year - 1999
    told = " ".join(person.messages[0].text.split())
    assert told == f"Tad var būt {older - 1} vai {older}. Kurš no tiem?"
    assert person.say(str(older)).answers["age"] == older


def test_a_near_answer_is_asked_about_and_taken_on_yes(sample):
    person = Person(sample).say(*ADULT, "algts darbs")
    assert person.messages[-1].text == "Vai domāts: Jā, algots darbs?"
    person.say("jā")
    assert person.asked == "age"
    assert person.answers["employed"] == "yes"


def test_one_of_several_near_answers_is_pressed(sample):
    person = Person(sample).say(*ADULT, "strādāju, pašnodarbināts")
    assert person.messages[-1].text == "Vai domāts kāds no šiem?"
    assert {button.pick for button in person.messages[-1].buttons} == {"yes", "own", "@none"}
    person.press("own")
    assert person.asked == "age"
    assert person.answers["employed"] == "own"


def test_distress_is_met_at_every_step_and_the_place_is_kept(sample):
    person = Person(sample)
    for text in ("", *ADULT, "jā", "52", "pamatskola"):
        if text:
            person.say(text)
        place = person.asked
        person.say("man ir slikti, negribu dzīvot")
        assert person.kinds == ["help"]
        assert "116111" in person.messages[0].text
        person.say("turpināt")
        assert person.asked == place


def test_an_old_button_and_a_double_press_are_harmless(sample):
    person = Person(sample)
    first = person.session.ask
    person.give(Picked(options=("adult",), ask=first))
    assert person.asked == "age_band"
    kept = person.session.answers
    person.give(Picked(options=("adult",), ask=first))
    assert [event.what for event in person.events if isinstance(event, Remarked)] == ["already"]
    person.give(Picked(options=("other",), ask=first))
    assert [event.what for event in person.events if isinstance(event, Remarked)] == ["stale"]
    assert person.session.answers == kept
    assert person.asked == "age_band"


def test_a_digression_returns_to_where_it_left(sample):
    person = Person(sample).say(*ADULT, "jā", "cilvēks", "par darbu")
    assert person.asked == "age"
    person.say("izvēlne")
    assert person.messages[-1].buttons[0].pick == "@resume"
    person.give(Picked(options=("@resume",)))
    assert person.asked == "age"


def test_an_answer_off_the_path_comes_back_with_the_path(sample):
    person = Person(sample).say(*ADULT, "jā", "35", "augstskola", "jā")
    assert person.verdict.outcome_reasons == ("below_level",)
    person.give(Commanded(word="change", about="education"))
    person.say("arods")
    assert person.verdict.outcome_reasons == ("vocational",)
    person.give(Commanded(word="change", about="education"))
    person.say("augstskola")
    assert person.verdict.outcome_reasons == ("below_level",)


def test_under_thirteen_needs_a_parent(sample):
    person = Person(sample).say("mācos 5.–9. klasē", "mazāk nekā 13")
    assert person.asked == "parent_agrees"
    person.say("nav blakus")
    assert "keeping" not in {answer.step for answer in person.session.answers}
    assert person.asked == "what_next"


def test_data_are_shown_and_deleted(sample):
    person = Person(sample).say(*ADULT, "jā", "mani dati")
    shown = person.messages[0]
    assert shown.kind == "data"
    assert len(shown.items) == 4
    person.say("dzēst manus datus", "jā")
    assert person.last.session is None
    assert person.messages[0].text == "Viss dzēsts."


def test_changed_content_asks_again_what_changed_and_says_so(sample, tmp_path):
    person = Person(sample).say(*ADULT, "jā", "52", "pamatskola")
    asked = "      - id: age\n"
    newer = changed_sample(tmp_path, support=(asked, f"{asked}        meaning: 2\n"))
    person.talks = sample_talks(root=newer)
    person.give(Started())
    assert person.messages[0].text.startswith("Kopš pagājušās reizes ir mainījies")
    assert person.asked == "age"
    person.say("52")
    assert person.verdict.outcome == "A"


def test_hostile_words_get_an_answer(sample):
    for text in ("<b>&{0}", "{option}", "%s", "\0", "\u202e", "a" * 100_000, "😀", "", "*_[]"):
        person = Person(sample).say(text)
        assert person.asked == "who"
