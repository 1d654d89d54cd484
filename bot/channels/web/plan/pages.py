"""The pages of a plan as HTML: one template lays a plan out, for its person and for whoever it is shown to."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup
from starlette.responses import HTMLResponse

from bot.channels.web.assets import FOLDER
from bot.channels.web.pages import Pages
from bot.channels.web.plan.access import SeenPlan
from bot.core.plan.items import PlanItem
from bot.core.plan.rights import may
from bot.words.form_fields import FieldGroup
from bot.words.plan_view import PlanView

STYLES = ("look.css", "chat.css", "plan.css")  # that a page of a plan has, in their order


@dataclass(frozen=True)
class ShownForm:
    """The form of an item as it is shown.

    address: that it is sent to. title: of the page. mark: of the item as it was looked at, "" for a new one.
    problem: why it was refused, in words. now: of an item that was changed meanwhile, how it stands, in words.
    to: the day a step was to be moved to, as it was put in.
    """

    address: str
    title: str
    groups: tuple[FieldGroup, ...]
    mark: str
    problem: str = ""
    now: tuple[str, ...] = ()
    to: str = ""
    item: PlanItem | None = None

    @property
    def editable(self) -> bool:
        """Return whether it is the person's to change."""
        return self.item is None or not self.item.id or may("person", "edit", self.item)

    @property
    def problems(self) -> tuple[tuple[str, str, str], ...]:
        """Return the fields that are to be mended, each with its label and what is wrong."""
        return tuple(
            (field.name, field.label, field.problem)
            for group in self.groups
            for field in group.fields
            if field.problem
        )


class PlanPages:
    """Renders the pages of a plan."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    def own(self, name: str, seen: SeenPlan, status: int = 200, **values: object) -> HTMLResponse:
        """Return a page for the person themselves. name: of the template."""
        words = seen.words
        page = self._pages.render(
            name,
            words.language,
            words.register,
            seen=seen,
            once=secrets.token_urlsafe(12),
            title=words.phrase("plan_title"),
            **values,
        )
        return HTMLResponse(page, status)

    def shown_to_others(
        self, view: PlanView, lead: str, links: Mapping[str, str] | None = None, note: str = ""
    ) -> str:
        """Return a plan, or some of it, as a page that leads nowhere else.

        lead: what it is. links: what can be taken of it, addresses by their labels; note: what has to be known before.
        """
        told = {"view": view, "lead": lead, "taken": links or {}, "note": note}
        return self._pages.render("plan_shared.html", view.language, "jus", **told)

    def alone(self, view: PlanView) -> str:
        """Return a plan as a file of its own, with its style in it, to be kept or sent."""
        # our own style sheets, with no text of anybody in them
        style = Markup("\n".join(_style(name) for name in STYLES))  # noqa: S704
        return self._pages.render(
            "plan_alone.html", view.language, "jus", view=view, lead="", style=style
        )


def _style(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")
