"""Conversations as people have them: answered, changed, left, taken up again, distressed."""

from dataclasses import replace

from bot.core.dialogue.events import Commanded, Judged, Noted, Picked, Said, Session, Started
from bot.service.conversations import Talks

ADULT = ("strādāju", "18 vai vairāk", "lai var turpināt vēlāk", "atbalsts mācībām")


class Person:
    """Somebody in a conversation; the session is written out and read again between turns."""

    def __init__(self, talks: Talks, language: str = "lv") -> None:
        self.talks = talks
        self.session = Session(language=language)
        self.last = self.give(Started())

    def give(self, given):
        self.last = self.talks.advance(self.session, given)
        if self.last.session is not None:
            self.session = Session.model_validate_json(self.last.session.model_dump_json())
        return self.last

    def say(self, *texts):
        for text in texts:
            self.give(Said(text=text))
        return self

    @property
    def asked(self):
        return [m.step for m in self.last.messages if m.kind == "ask"][-1]

    @property
    def kinds(self):
        return [message.kind for message in self.last.messages]

    @property
    def verdict(self):
        found = [event.verdict for event in self.last.events if isinstance(event, Judged)]
        return found[-1] if found else None


def test_an_adult_reads_what_the_leaflet_says(talks):
    person = Person(talks).say(*ADULT, "es esmu strādnieks", "piecdesmit divi", "vidusskola")
    assert person.verdict.group == "A"
    assert person.verdict.priority_reasons == ("low_education", "age_50")
    assert person.asked == "what_next"
    assert person.kinds == ["answer", "card", "ask"]


def test_only_what_can_matter_is_asked(talks):
    person = Person(talks).say(*ADULT, "nestrādāju")
    assert person.verdict.gate == "closed"
    assert [answer.step for answer in person.session.answers][3:] == ["employed"]


def test_an_unknown_answer_is_taken_as_unknown(talks):
    person = Person(talks).say(*ADULT, "jā", "negribu teikt", "augstākā izglītība", "nezinu")
    person.say("nav", "nav")
    assert (person.verdict.gate, person.verdict.group) == ("unknown", "A_or_B")
    assert person.verdict.missing == ("age", "works_below_education")


def test_changing_the_age_after_the_result_keeps_the_rest(talks):
    person = Person(talks).say(*ADULT, "jā", "52", "vidusskola")
    before = person.session
    person.give(Commanded(word="change", about="age"))
    assert person.asked == "age"
    person.say("17")
    assert person.verdict.gate_reasons == ("under_18",)
    person.give(Commanded(word="change", about="age"))
    person.say("52")
    assert person.verdict.group == "A"
    assert person.session.answers == before.answers
    assert person.session.told == before.told


def test_back_takes_one_answer_back(talks):
    person = Person(talks).say(*ADULT, "jā", "52", "atpakaļ")
    assert person.asked == "age"
    person.say("atpakaļ")
    assert person.asked == "employed"


def test_the_language_changes_without_losing_the_place(talks):
    person = Person(talks).say(*ADULT, "jā", "english")
    assert (person.session.language, person.asked) == ("en", "age")
    assert person.last.messages[-1].text == "How old are you?"
    person.say("українською")
    assert person.last.messages[-1].text == "Скільки вам років?"


def test_nonsense_is_asked_again_and_then_a_human_is_offered(talks):
    person = Person(talks).say(*ADULT, "jā", "asdf")
    assert person.kinds == ["refuse", "ask"]
    assert person.last.messages[0].buttons == ()
    person.say("qwer")
    assert [button.pick for button in person.last.messages[0].buttons] == ["@human"]
    assert person.asked == "age"


def test_a_number_out_of_bounds_says_the_bound(talks):
    person = Person(talks).say(*ADULT, "jā", "1999")
    assert person.last.messages[0].text == "Skaitlis ir par lielu. Lielākais, ko saprotu: 120"


def test_a_near_answer_is_asked_about_and_taken_on_yes(talks):
    person = Person(talks).say(*ADULT, "algts darbs")
    assert person.last.messages[-1].text == "Vai domāts kāds no šiem?"
    person.give(Picked(options=(person.last.messages[-1].buttons[0].pick,)))
    assert person.asked == "age"
    assert person.session.answers[-1].value == "yes"


def test_distress_is_met_at_every_step_and_the_place_is_kept(talks):
    person = Person(talks)
    for text in ("", *ADULT, "jā", "52", "vidusskola"):
        if text:
            person.say(text)
        place = person.asked
        person.say("man ir slikti, negribu dzīvot")
        assert person.kinds == ["help", "ask"]
        assert "116111" in person.last.messages[0].text
        assert person.asked == place


def test_an_old_button_and_a_double_press_are_harmless(talks):
    person = Person(talks)
    first = person.session.ask
    person.give(Picked(options=("adult",), ask=first))
    assert person.asked == "age_band"
    kept = person.session.answers
    person.give(Picked(options=("adult",), ask=first))
    assert [event.what for event in person.last.events if isinstance(event, Noted)] == ["already"]
    person.give(Picked(options=("other",), ask=first))
    assert [event.what for event in person.last.events if isinstance(event, Noted)] == ["stale"]
    assert person.session.answers == kept
    assert person.asked == "age_band"


def test_a_digression_returns_to_where_it_left(talks):
    person = Person(talks).say(*ADULT, "jā", "cilvēks", "darbs vai tā meklēšana")
    assert person.asked == "age"
    person.say("izvēlne")
    assert person.last.messages[-1].buttons[0].pick == "@resume"
    person.give(Picked(options=("@resume",)))
    assert person.asked == "age"


def test_an_answer_off_the_path_comes_back_with_the_path(talks):
    person = Person(talks).say(*ADULT, "jā", "35", "augstākā izglītība", "jā", "nav")
    assert person.verdict.group_reasons == ("below_level",)
    person.give(Commanded(word="change", about="education"))
    person.say("arodizglītība")
    assert (person.verdict.group, dict(person.verdict.facts).get("works_below_education")) == (
        "B", None,
    )  # fmt: skip
    person.give(Commanded(word="change", about="education"))
    person.say("augstākā izglītība")
    assert person.verdict.group_reasons == ("below_level",)


def test_under_thirteen_needs_a_parent(talks):
    person = Person(talks).say("mācos 5.–9. klasē", "mazāk nekā 13")
    assert person.asked == "parent_agrees"
    person.say("nav blakus")
    assert "keeping" not in {answer.step for answer in person.session.answers}
    assert person.asked == "what_next"


def test_data_are_shown_and_deleted(talks):
    person = Person(talks).say(*ADULT, "jā", "mani dati")
    shown = person.last.messages[0]
    assert shown.kind == "data"
    assert len(shown.items) == 4
    person.say("dzēst manus datus", "jā")
    assert person.last.session is None
    assert person.last.messages[0].text == "Viss dzēsts."


def test_changed_content_asks_again_what_changed_and_says_so(talks):
    person = Person(talks).say(*ADULT, "jā", "52", "vidusskola")
    library = talks.library
    flow = library.flows["esf_support"]
    judge = flow.steps[1]
    asks = tuple(
        ask.model_copy(update={"meaning": 2}) if ask.id == "age" else ask for ask in judge.asks
    )
    steps = (flow.steps[0], judge.model_copy(update={"asks": asks}), *flow.steps[2:])
    flows = {**library.flows, "esf_support": flow.model_copy(update={"steps": steps})}
    newer = replace(library, release="newer", flows=flows)
    person.talks = Talks(newer, talks.catalogues, talks._clock, talks._on)
    person.give(Started())
    assert person.last.messages[0].text.startswith("Kopš pagājušās reizes ir mainījies")
    assert person.asked == "age"
    person.say("52")
    assert person.verdict.group == "A"


def test_hostile_words_get_an_answer(talks):
    for text in ("<b>&{0}", "{option}", "%s", "\0", "\u202e", "a" * 100_000, "😀", "", "*_[]"):
        person = Person(talks).say(text)
        assert person.asked == "who"
