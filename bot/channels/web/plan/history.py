"""Every version of a plan that is kept: what changed in it, how it was, and the way back to it."""

from starlette.responses import Response

from bot.channels.web.plan.access import PLAN, PlanAccess, SeenPlan
from bot.channels.web.plan.pages import PlanPages
from bot.channels.web.visits import Visit
from bot.core.plan.history import KeptVersion
from bot.core.plan.orders import RestoreVersion
from bot.service.plan_files import kept_versions

HISTORY = f"{PLAN}/history"


class PlanHistory:
    """What `/plan/history` does."""

    def __init__(self, access: PlanAccess, pages: PlanPages) -> None:
        self._access = access
        self._pages = pages

    def show(self, _visit: Visit, seen: SeenPlan) -> Response:
        """Show all versions, the latest first."""
        lines = seen.words.versions(self.kept(seen), seen.plan.version)
        return self._pages.own("plan_history.html", seen, versions=lines)

    def show_version(self, visit: Visit, seen: SeenPlan) -> Response:
        """Show one version as it was, and what would change by going back to it."""
        return self._shown(visit, seen)

    def restore(self, visit: Visit, seen: SeenPlan) -> Response:
        """Go back to a version, which becomes a new one."""
        found = self._version(visit, seen)
        if found is None:
            return self._gone(seen)
        order = RestoreVersion(number=found.number, items=found.items)
        if refused := self._access.give(visit, seen, order):
            return self._shown(visit, seen, seen.words.phrase(f"plan_not_{refused}"), 409)
        return self._access.answered()

    # --- within

    def _shown(
        self, visit: Visit, seen: SeenPlan, problem: str = "", status: int = 200
    ) -> Response:
        found = self._version(visit, seen)
        if found is None:
            return self._gone(seen)
        words, plan = seen.words, seen.plan
        was = plan.model_copy(
            update={
                "items": found.items,
                "version": found.number,
                "what_if": None,
                "proposals": (),
                # a version that was confirmed is told as such, any other as the draft it was
                "confirmed": plan.confirmed if _is_confirmed(seen, found.number) else None,
            }
        )
        return self._pages.own(
            "plan_version.html",
            seen,
            status,
            view=words.view(was),
            number=found.number,
            told=words.phrase(
                "plan_page_old", number=str(found.number), when=words.moment(found.at)
            ),
            changes=words.changes(plan.items, found.items),
            problem=problem,
        )

    def _version(self, visit: Visit, seen: SeenPlan) -> KeptVersion | None:
        wanted = visit.request.path_params["number"]
        return next((one for one in self.kept(seen) if str(one.number) == wanted), None)

    def kept(self, seen: SeenPlan) -> tuple[KeptVersion, ...]:
        """Return the versions that are kept, the first first."""
        return kept_versions(self._access.store.plans, seen.key)

    def _gone(self, seen: SeenPlan) -> Response:
        return self._pages.own("plan_said.html", seen, 404, text=seen.words.phrase("plan_not_gone"))


def _is_confirmed(seen: SeenPlan, number: int) -> bool:
    confirmed = seen.plan.confirmed
    return confirmed is not None and confirmed.version == number
