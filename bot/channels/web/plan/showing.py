"""The plan as its person sees it, and what stands beside it: offers, proposals, the copy, coming back."""

from datetime import date, timedelta

from starlette.responses import Response

from bot.channels.web.plan.access import PLAN, PlanAccess, SeenPlan
from bot.channels.web.plan.item_forms import day_values, read_day, sent
from bot.channels.web.plan.pages import PlanPages
from bot.channels.web.requests import NOTHING_SENT, Form
from bot.channels.web.visits import Visit
from bot.core.base.texts import LANGUAGES
from bot.core.dialogue.plan_offers import offers
from bot.core.plan.gaps import by_goal
from bot.core.plan.items import Origin, PlanGoal, PlanItem
from bot.core.plan.orders import (
    AgreeTo,
    AnswerProposal,
    PlanOrder,
    PutItem,
    SetReview,
    TryOut,
    mark_of,
)
from bot.core.plan.rights import may
from bot.core.plan.sharing import guarded_items
from bot.words.plan_forms import entry_sections
from bot.words.plan_view import PlanText

EVER = date(1900, 1, 1)  # in place of the day that something is offered on
PLACES = (
    PLAN,
    f"{PLAN}/history",
    f"{PLAN}/share",
    f"{PLAN}/take",
)  # that the language is chosen on
TRY_OUT_DEEDS = ("begin", "take", "drop")


class PlanShowing:
    """What `/plan` does, and the forms on it."""

    def __init__(self, access: PlanAccess, pages: PlanPages) -> None:
        self._access = access
        self._pages = pages

    def show(self, _visit: Visit, seen: SeenPlan) -> Response:
        """Show the plan; one with nothing in it where none was begun."""
        return self._shown(seen)

    def set_language(self, visit: Visit, seen: SeenPlan) -> Response:
        """Go on in another language, on the page where it was chosen."""
        language, back = sent(visit.form, "language"), sent(visit.form, "back")
        if language in LANGUAGES:
            self._access.speak(visit, seen, language)
        return self._access.answered(back if back in PLACES else PLAN)

    def _shown(self, seen: SeenPlan, problem: str = "", status: int = 200) -> Response:
        plan, words = seen.plan, seen.words
        return self._pages.own(
            "plan.html",
            seen,
            status,
            view=words.view(plan),
            problem=problem,
            adding=self._adding(seen),
            gap_goals=tuple(by_goal(plan)),
            bare_goals=self._bare_goals(seen),
            editable={one.id for one in plan.shown if may("person", "edit", one)},
            offered=len(self._offers(seen)),
            proposals=words.proposals(plan),
            what_if=words.changes(plan.items, plan.shown) if seen.trying else (),
            guarded=len(guarded_items(plan)),
        )

    def _bare_goals(self, seen: SeenPlan) -> tuple[tuple[str, PlanText], ...]:
        """Return the goals of which nothing is known yet of what they ask, each with its words."""
        goals = seen.plan.of_kind(PlanGoal)
        known = by_goal(seen.plan)
        return tuple((goal.id, seen.words.title(goal)) for goal in goals if goal.id not in known)

    def _adding(self, seen: SeenPlan) -> dict[str, tuple[tuple[str, str], ...]]:
        """Return what can be added to each section, as addresses with what stands on the links."""
        form, say = self._access.library.plan_form, seen.words.phrase
        allowed = entry_sections(form, seen.plan.audience)
        found: dict[str, tuple[tuple[str, str], ...]] = {}
        for id_, section in form.of(seen.plan.audience).items():
            links: list[tuple[str, str]] = []
            if section.holds == "goals":
                links.append((f"{PLAN}/new/goal", say("plan_page_add_goal")))
            if section.holds == "steps":
                links.append((f"{PLAN}/new/step", say("plan_page_add_step")))
            if id_ in allowed:
                links.append((f"{PLAN}/new/entry?section={id_}", say("plan_page_add")))
            found[id_] = tuple(links)
        return found

    # --- offers

    def show_offers(self, _visit: Visit, seen: SeenPlan) -> Response:
        """Show what the conversation has found that can come in."""
        return self._offered(seen)

    def take_offers(self, visit: Visit, seen: SeenPlan) -> Response:
        """Take what was ticked; what is not offered any more is in the plan already, or gone."""
        ticked = frozenset(visit.form.get("take", ()))
        taken = [one for one in self._offers(seen) if offer_mark(one) in ticked]
        if not taken:
            key = "plan_page_offers_changed" if ticked else "plan_page_problem_none"
            return self._offered(seen, seen.words.phrase(key))
        refused = self._access.give(visit, seen, *(PutItem(item=one) for one in taken))
        if refused:
            return self._offered(seen, seen.words.phrase(f"plan_not_{refused}"), ticked)
        return self._access.answered()

    def _offers(self, seen: SeenPlan) -> tuple[PlanItem, ...]:
        begun = seen.session.model_copy(update={"plan": seen.plan})
        return offers(self._access.library, begun, seen.today)

    def _offered(
        self, seen: SeenPlan, problem: str = "", ticked: frozenset[str] = frozenset()
    ) -> Response:
        lines = [
            (offer_mark(one), seen.words.line(one, seen.plan), offer_mark(one) in ticked)
            for one in self._offers(seen)
        ]
        return self._pages.own("plan_offers.html", seen, offered=lines, problem=problem)

    # --- what waits, what is tried out

    def answer_proposal(self, visit: Visit, seen: SeenPlan) -> Response:
        """Take what somebody proposes, or not."""
        id_ = visit.request.path_params["id"]
        waiting = any(one.id == id_ for one in seen.plan.proposals)
        if not waiting:  # answered in another tab
            return self._shown(seen, seen.words.phrase("plan_not_gone"), 409)
        taken = sent(visit.form, "answer") == "take"
        return self._after(visit, seen, AnswerProposal(id=id_, taken=taken))

    def try_out(self, visit: Visit, seen: SeenPlan) -> Response:
        """Begin a copy, take it in place of the plan, or drop it."""
        what = sent(visit.form, "what")
        if what not in TRY_OUT_DEEDS:
            return self._access.answered()
        return self._after(visit, seen, TryOut.model_validate({"what": what}))

    def _after(self, visit: Visit, seen: SeenPlan, *orders: PlanOrder) -> Response:
        refused = self._access.give(visit, seen, *orders)
        if refused:
            now = self._access.seen(visit) or seen
            return self._shown(now, seen.words.phrase(f"plan_not_{refused}"), 409)
        return self._access.answered()

    # --- coming back

    def show_review(self, _visit: Visit, seen: SeenPlan) -> Response:
        """Show when the bot comes back to the plan."""
        return self._reviewed(seen)

    def set_review(self, visit: Visit, seen: SeenPlan) -> Response:
        """Set the day to come back, and what is agreed to; only what was changed."""
        plan, orders = seen.plan, list[PlanOrder]()
        tomorrow = seen.today + timedelta(days=1)
        same = plan.review is not None and sent(visit.form, "review") == plan.review.isoformat()
        day = plan.review if same else read_day(sent(visit.form, "review"), tomorrow)
        if isinstance(day, str):
            problem = seen.words.phrase(day, **day_values(seen.words, tomorrow))
            return self._reviewed(seen, visit.form, day_problem=problem)
        if day != plan.review:
            orders.append(SetReview(on=day))
        agreed = bool(sent(visit.form, "check_in"))
        if agreed != (plan.check_in is not None):
            orders.append(AgreeTo(what="check_in", agreed=agreed))
        if (watch := bool(sent(visit.form, "watch"))) != plan.watch:
            orders.append(AgreeTo(what="watch", agreed=watch))
        if orders and (refused := self._access.give(visit, seen, *orders)):
            problem = seen.words.phrase(f"plan_not_{refused}")
            return self._reviewed(seen, visit.form, problem)
        return self._access.answered()

    def _reviewed(
        self, seen: SeenPlan, form: Form = NOTHING_SENT, problem: str = "", day_problem: str = ""
    ) -> Response:
        plan = seen.plan
        day = plan.review.isoformat() if plan.review is not None else ""
        return self._pages.own(
            "plan_review.html",
            seen,
            422 if problem or day_problem else 200,
            day=sent(form, "review") if form else day,
            check_in=bool(sent(form, "check_in")) if form else plan.check_in is not None,
            watch=bool(sent(form, "watch")) if form else plan.watch,
            problem=problem,
            day_problem=day_problem,
            may_remind=seen.reachable,
        )


def offer_mark(item: PlanItem) -> str:
    """Return a mark of what is offered, whatever the day it is offered on."""
    nowhen = Origin(kind=item.origin.kind, ref=item.origin.ref, on=EVER)
    return mark_of(item.model_copy(update={"origin": nowhen, **_undated(item)}))


def _undated(item: PlanItem) -> dict[str, object]:
    return {"on": EVER} if item.kind in {"decision", "portrait", "map"} else {}
