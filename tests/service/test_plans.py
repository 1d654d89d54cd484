"""The plan through the database: versions, links, what is due, the watch, two devices; erased with all."""

import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.core.dialogue.inputs import Commanded, Picked, PlanOrdered, PlanWorkedOn
from bot.core.dialogue.plan_events import PlanChanged, PlanNotChanged
from bot.core.education.saved_path import save_card
from bot.core.plan.exchange import KeptVersion
from bot.core.plan.items import Origin, PlanPath
from bot.core.plan.orders import (
    AgreeTo,
    AnswerProposal,
    ConfirmPlan,
    EndShare,
    MoveStep,
    Propose,
    PutItem,
    RemoveItem,
    SetReview,
    SharePlan,
)
from bot.core.plan.plan import Share
from bot.ports.records import TurnResult, Update
from bot.service.conversations import RIGA, Dialogue, DurableConversations
from bot.service.jobs.plan_watch import plan_watch
from bot.service.jobs.scheduler import Scheduler
from bot.service.jobs.unasked_input import unasked_input
from bot.words.messages import plain
from tests.doubles.clocks import NOON, SetClock
from tests.doubles.person import Person
from tests.doubles.plan_items import entry, step
from tests.doubles.plans import COUNSELLOR

DAY = NOON.astimezone(RIGA).date()
LATER = DAY + timedelta(days=20)


class Planner:
    """A kept conversation whose plan may be kept. name: its key."""

    def __init__(self, loaded, talks, store, name="somebody", keeping="keep"):
        self.clock, self.store, self.name, self.numbers = SetClock(NOON), store, name, 0
        dialogue = Dialogue(loaded.library, talks.catalogues, self.clock)
        self.kept = DurableConversations(dialogue, store)
        kinds = [unasked_input(self.kept), plan_watch(self.kept)]
        self.scheduler = Scheduler(store.jobs, self.clock, kinds)
        person = Person(dialogue).answer(who="adult", keeping=keeping)
        kept = TurnResult(person.session.model_dump_json(exclude_defaults=True))
        store.turns.run(self.update(), lambda _stored: kept)

    def update(self):
        self.numbers += 1
        return Update("web", self.name, f"{self.name}{self.numbers}", self.kept.at())

    def give(self, given):
        return self.kept.take_turn(self.update(), given)[1]

    def order(self, *orders):
        return self.give(PlanOrdered(orders=orders))

    @property
    def plan(self):
        return self.kept.read(self.name)[0].plan

    def said(self):
        return "\n".join(plain(message) for message in self.kept.read(self.name)[2])

    def at(self, moment):
        """Let a moment come, and do all that is due by then; return how much was."""
        self.clock.moment = moment
        done = 0
        while self.scheduler.do_next():
            done += 1
        return done


@pytest.fixture
def planner(loaded, talks, store):
    return Planner(loaded, talks, store)


def morning(day):
    return datetime(day.year, day.month, day.day, 9, tzinfo=RIGA)


def test_every_change_is_a_version_with_when_and_by_whom(planner):
    planner.order(PutItem(item=entry("skills", "pārdevēja")))
    planner.clock.moment = NOON + timedelta(hours=1)
    planner.give(PlanWorkedOn(order=PutItem(item=step("izvēlēties kursu")), by=COUNSELLOR))
    kept = planner.store.plans.versions("somebody")
    versions = [KeptVersion.model_validate_json(one.body) for one in kept]
    assert [(one.number, one.last.by.role, len(one.items)) for one in versions] == [
        (2, "person", 1), (3, "counsellor", 2),
    ]  # fmt: skip
    assert kept[1].at - kept[0].at == 3_600_000


def share(token="SLEPENS", **fields):
    given = {"id": "", "token": token, "items": ("e1",), "for_whom": "skolai", "made": DAY}
    return SharePlan(share=Share.model_validate(given | {"until": LATER} | fields))


def test_a_link_opens_with_its_turn_and_closes_with_another(planner):
    planner.order(PutItem(item=entry("skills", "prasme")), share())
    shared = planner.store.plans.shared("SLEPENS")
    assert (shared.conversation, shared.share) == ("somebody", planner.plan.shares[0].id)
    planner.order(EndShare(id=shared.share))
    assert planner.store.plans.shared("SLEPENS") is None


def test_of_orders_given_together_all_are_obeyed_or_none(planner):
    planner.order(PutItem(item=entry("skills", "prasme")))
    before = planner.plan
    output = planner.order(PutItem(item=entry("skills", "otra")), RemoveItem(id="e99"))
    assert any(isinstance(event, PlanNotChanged) for event in output.events)
    assert planner.plan == before


def test_words_of_distress_on_a_page_are_answered_and_wait(planner):
    """They are kept nowhere until the person says that they belong in the plan."""
    planner.order(PutItem(item=entry("skills", "pārdevēja")))
    planner.order(PutItem(item=entry("skills", "gribu nomirt")))
    assert "116" in planner.said()
    assert [item.wording.text for item in planner.plan.items] == ["pārdevēja"]
    planner.give(Picked(options=("@was_answer",)))
    assert [item.wording.text for item in planner.plan.items] == ["pārdevēja", "gribu nomirt"]


def test_words_of_distress_that_were_left_are_nowhere(planner):
    planner.order(PutItem(item=entry("skills", "gribu nomirt")))
    planner.give(Picked(options=("@continue",)))
    assert planner.plan is None
    assert "nomirt" not in json.dumps(planner.store.people.export("somebody"), ensure_ascii=False)


def test_a_changed_day_of_a_step_with_such_words_is_no_new_cry(planner):
    planner.order(PutItem(item=step("gribu nomirt")))
    planner.give(Picked(options=("@was_answer",)))
    planner.order(PutItem(item=planner.plan.items[0].model_copy(update={"on": LATER})))
    assert planner.plan.items[0].on == LATER


def test_codes_and_numbers_on_a_page_are_masked_as_in_the_chat(planner):
    planner.order(PutItem(item=entry("skills", "mans kods 010190-12345, zvanīt 29123456")))
    text = planner.plan.items[0].wording.text
    assert "010190" not in text
    assert "29123456" not in text


def test_short_fields_are_looked_at_like_own_words(planner):
    planner.order(
        PutItem(item=entry("skills", "kursi", document="Nr. 010190-12345", years="010190-12345"))
    )
    assert "010190" not in planner.plan.model_dump_json()
    planner.order(share(for_whom="Anna, 29123456", why="zvani 29123456"))
    assert "29123456" not in planner.plan.model_dump_json()
    planner.order(PutItem(item=entry("skills", "cits", document="gribu nomirt")))
    assert "116" in planner.said()
    assert len(planner.plan.items) == 1


@pytest.mark.parametrize(
    "order",
    [SetReview(on=LATER), AgreeTo(what="check_in", agreed=True), AgreeTo(what="watch", agreed=True),
     PutItem(item=step("zvans", on=LATER, remind=True))],
    ids=lambda order: order.kind,
)  # fmt: skip
def test_nothing_is_promised_that_could_not_be_kept_so_long(loaded, talks, store, order):
    brief = Planner(loaded, talks, store, keeping="brief")
    output = brief.order(order)
    assert [one.reason for one in output.events if isinstance(one, PlanNotChanged)] == ["unkept"]
    assert brief.plan is None
    assert store.jobs.next_due() is None


def test_a_step_is_reminded_of_on_its_day_once(planner):
    planner.order(PutItem(item=step("piezvanīt tehnikumam", on=LATER, remind=True)))
    assert planner.at(morning(LATER) - timedelta(seconds=1)) == 0
    assert planner.at(morning(LATER)) == 1
    assert "piezvanīt tehnikumam" in planner.said()
    assert planner.at(morning(LATER) + timedelta(days=2)) == 0


def test_a_moved_step_is_reminded_of_on_the_new_day_only(planner):
    planner.order(PutItem(item=step("zvans", on=LATER, remind=True)))
    planner.order(MoveStep(id="s1", on=LATER + timedelta(days=3)))
    assert planner.at(morning(LATER)) == 0
    assert planner.at(morning(LATER + timedelta(days=3))) == 1


def test_the_bot_comes_back_on_the_day_chosen_with_what_is_ahead(planner):
    planner.order(
        PutItem(item=step("atrast apliecības")), PutItem(item=step("darīts", state="done")), SetReview(on=LATER)
    )  # fmt: skip
    planner.at(morning(LATER))
    assert "atrast apliecības" in planner.said()
    assert "darīts" not in planner.said()
    assert planner.plan.review is None
    assert planner.at(morning(LATER) + timedelta(days=400)) == 0


def test_it_is_asked_whether_all_is_right_every_four_months_and_once(planner):
    planner.order(AgreeTo(what="check_in", agreed=True))
    days = []
    for day in range(1, 500):
        planner.clock.moment = morning(DAY + timedelta(days=day))
        while planner.scheduler.do_next():
            days.append(day)
    assert len(days) == 4
    gaps = [later - earlier for earlier, later in zip([0, *days], days, strict=False)]
    assert all(115 <= gap <= 125 for gap in gaps)


def test_who_withdraws_it_is_asked_no_more(planner):
    planner.order(AgreeTo(what="check_in", agreed=True))
    planner.order(AgreeTo(what="check_in", agreed=False))
    assert planner.store.jobs.next_due() is None


def test_who_said_stop_is_told_nothing_yet_a_counsellors_proposal_is_kept(planner):
    planner.order(PutItem(item=entry("skills", "prasme")))
    planner.give(Commanded(word="stop"))
    before = planner.said()
    output = planner.give(PlanWorkedOn(order=Propose(item=step("kurss")), by=COUNSELLOR))
    assert output.withheld
    assert planner.said() == before
    planner.give(Picked(options=("@continue",)))
    assert len(planner.plan.proposals) == 1
    planner.order(AnswerProposal(id=planner.plan.proposals[0].id, taken=True))
    assert planner.plan.items[-1].owner == "counsellor"


def test_nobody_else_begins_a_plan(planner):
    output = planner.give(PlanWorkedOn(order=ConfirmPlan(), by=COUNSELLOR))
    assert any(isinstance(event, PlanNotChanged) for event in output.events)
    assert planner.plan is None


def test_a_confirmed_plan_is_said_to_be_one(planner):
    planner.order(PutItem(item=entry("skills", "prasme")))
    output = planner.give(PlanWorkedOn(order=ConfirmPlan(), by=COUNSELLOR))
    assert any(isinstance(event, PlanChanged) for event in output.events)
    assert not planner.plan.is_draft
    assert "Anna Ozola" in planner.said()


def test_erasing_a_conversation_leaves_nothing_of_its_plan(planner):
    planner.order(
        PutItem(item=step("SLEPENI", on=LATER, remind=True)), share(items=("s1",)), AgreeTo(what="watch", agreed=True)
    )  # fmt: skip
    assert "SLEPENI" in json.dumps(planner.store.people.export("somebody"))
    planner.store.people.forget("somebody", 9000)
    assert not any(planner.store.people.export("somebody").values())
    assert planner.store.plans.shared("SLEPENS") is None
    assert planner.store.jobs.next_due() is None


# --- the watch


def watched(planner, card):
    """Let somebody watch a plan with a path in it."""
    library = planner.kept.dialogue.library
    path = PlanPath(
        origin=Origin(kind="path", ref=card, on=DAY),
        saved=save_card(card, library.paths[card], DAY),
    )
    planner.order(PutItem(item=path), AgreeTo(what="watch", agreed=True))


def with_content(planner, **changes):
    """Go on with other content, as a process does that was started with it."""
    library = replace(planner.kept.dialogue.library, release="other", **changes)
    planner.kept.dialogue.replace_library(library)


def look(planner):
    """Look behind all plans as the job does, then do what that has planned."""
    job = plan_watch(planner.kept)
    assert job.run(None, lambda: True)
    return planner.at(planner.clock.moment + timedelta(seconds=1))


def test_a_changed_card_is_told_once_to_who_has_it_and_to_nobody_else(loaded, talks, store):
    first, second, *_ = loaded.library.paths
    mine = Planner(loaded, talks, store, "mine")
    other = Planner(loaded, talks, store, "other")
    watched(mine, first)
    watched(other, second)
    assert look(mine) == 0  # nothing has changed yet
    card = loaded.library.paths[first].model_copy(update={"in_short": "Tagad pavisam citādi."})
    before = other.said()
    with_content(mine, paths=loaded.library.paths | {first: card})
    assert look(mine) == 1
    assert "kartē ir citas ziņas" in mine.said()
    assert mine.plan.items[0].saved.changes
    assert other.said() == before
    assert look(mine) == 0


def test_who_did_not_agree_is_told_nothing(planner):
    first = next(iter(planner.kept.dialogue.library.paths))
    watched(planner, first)
    planner.order(AgreeTo(what="watch", agreed=False))
    without = {i: one for i, one in planner.kept.dialogue.library.paths.items() if i != first}
    with_content(planner, paths=without)
    assert look(planner) == 0


def test_a_look_that_was_broken_off_goes_on_where_it_was(loaded, talks, store):
    first = next(iter(loaded.library.paths))
    for number in range(250):
        watched(Planner(loaded, talks, store, f"p{number:03}"), first)
    last = Planner(loaded, talks, store, "p999")
    card = loaded.library.paths[first].model_copy(update={"in_short": "Tagad pavisam citādi."})
    with_content(last, paths=loaded.library.paths | {first: card})
    portions = iter([True, False])
    job = plan_watch(last.kept)
    assert job.run(None, lambda: next(portions)) is False
    looked = f"other/{last.kept.dialogue.world().today}"
    assert len(store.plans.to_look_at(looked, "", 999)) == 150
    assert job.run(None, lambda: True) is True
    assert len(store.jobs.waiting("unasked_input")) == 250
