"""Links that show some of a plan: made, changed, looked at beforehand, closed; and who has opened them."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from starlette.responses import RedirectResponse, Response

from bot.channels.web.pages import qr_picture
from bot.channels.web.plan.access import PLAN, PlanAccess, SeenPlan
from bot.channels.web.plan.item_forms import read_day, sent
from bot.channels.web.plan.pages import PlanPages
from bot.channels.web.plan.recipients import SharedPages
from bot.channels.web.visits import Visit
from bot.core.base.texts import LANGUAGES
from bot.core.plan.due import RIGA
from bot.core.plan.orders import LONGEST_SHARE, EndShare, SharePlan
from bot.core.plan.plan import Plan, Share
from bot.core.plan.sharing import USUAL_SHARE_DAYS, is_open, share_of, ticked_at_first
from bot.ports.protocols import moment_of
from bot.words.i18n.formats import show_date
from bot.words.i18n.translations import LANGUAGE_NAMES
from bot.words.plan_page import ShareSection

SHARES = f"{PLAN}/share"
SHOWN_AT = "/p"  # where whoever has a link finds it
LONGEST_FOR_WHOM = 300  # characters
NOTHING_TICKED = "-"  # in the address of a preview
BETWEEN_IDS = "."


@dataclass(frozen=True)
class ShareForm:
    """The form of a link. problems: what is to be mended, by field. id: "" for a new one."""

    id: str
    for_whom: str
    why: str
    language: str
    until: str
    sections: tuple[ShareSection, ...]
    problems: dict[str, str]
    latest: str


@dataclass(frozen=True)
class ShownShare:
    """A link in the list. opens: when it was opened, in words, the latest first."""

    share: Share
    address: str
    open: bool
    until: str
    items: tuple[str, ...]
    opens: tuple[str, ...]
    picture: str


class PlanSharing:
    """What `/plan/share` does."""

    def __init__(self, access: PlanAccess, pages: PlanPages, shared: SharedPages) -> None:
        self._access = access
        self._pages = pages
        self._shared = shared

    def show(self, visit: Visit, seen: SeenPlan) -> Response:
        """Show the links there are, the newest first, with what each shows and when it was opened."""
        return self._listed(visit, seen)

    def _listed(
        self, visit: Visit, seen: SeenPlan, problem: str = "", status: int = 200
    ) -> Response:
        shares = [self._line(visit, seen, share) for share in reversed(seen.plan.shares)]
        return self._pages.own("plan_share.html", seen, status, shares=shares, problem=problem)

    def show_new(self, _visit: Visit, seen: SeenPlan) -> Response:
        """Show the form of a new link: all ticked but what is sensitive."""
        usual = seen.today + timedelta(days=USUAL_SHARE_DAYS)
        share = self._empty(seen.today, usual, ticked_at_first(seen.plan))
        return self._formed(seen, self._form(seen, share, {}))

    def show_change(self, visit: Visit, seen: SeenPlan) -> Response:
        """Show the form of a link that there is."""
        share = share_of(seen.plan, visit.request.path_params["id"])
        if share is None:
            return self._listed(visit, seen, seen.words.phrase("plan_not_gone"), 404)
        return self._formed(seen, self._form(seen, share, {}))

    def make(self, visit: Visit, seen: SeenPlan) -> Response:
        """Make a link, or show again what is to be mended."""
        return self._kept(visit, seen, self._empty(seen.today, seen.today, ()))

    def change(self, visit: Visit, seen: SeenPlan) -> Response:
        """Let a link show other things, or until another day; its address stays."""
        share = share_of(seen.plan, visit.request.path_params["id"])
        if share is None:
            return self._listed(visit, seen, seen.words.phrase("plan_not_gone"), 404)
        return self._kept(visit, seen, share)

    def end(self, visit: Visit, seen: SeenPlan) -> Response:
        """Let a link show nothing any more, from now on."""
        id_ = visit.request.path_params["id"]
        if all(share.id != id_ for share in seen.plan.shares):  # it was closed before
            return self._access.answered(SHARES)
        refused = self._access.give(visit, seen, EndShare(id=id_))
        if refused:
            return self._listed(visit, seen, seen.words.phrase(f"plan_not_{refused}"), 409)
        return self._access.answered(SHARES)

    # --- looked at beforehand

    def ask_preview(self, visit: Visit, seen: SeenPlan) -> Response:
        """Lead to what whoever has the link would see, as the form stands now; nothing is kept."""
        share, problems = self._read(visit, seen, self._empty(seen.today, seen.today, ()))
        if "items" in problems or "until" in problems:
            return self._formed(seen, self._form(seen, share, problems, visit), 422)
        ids = BETWEEN_IDS.join(share.items) or NOTHING_TICKED
        return RedirectResponse(f"{SHARES}/preview/{share.language}/{share.until}/{ids}", 303)

    def preview(self, visit: Visit, seen: SeenPlan) -> Response:
        """Show what a link with these things would show."""
        asked = visit.request.path_params
        until = read_day(asked["until"])
        if asked["language"] not in LANGUAGES or not isinstance(until, date):
            return self._listed(visit, seen, seen.words.phrase("plan_not_gone"), 404)
        ids = tuple(asked["items"].split(BETWEEN_IDS))
        share = self._empty(seen.today, until, ids).model_copy(
            update={"language": asked["language"]}
        )
        return self._shared.answer(_real(seen.plan), share, visit.request)

    def preview_kept(self, visit: Visit, seen: SeenPlan) -> Response:
        """Show what a link that there is shows, without counting that as opened."""
        share = share_of(seen.plan, visit.request.path_params["id"])
        if share is None:
            return self._listed(visit, seen, seen.words.phrase("plan_not_gone"), 404)
        return self._shared.answer(_real(seen.plan), share, visit.request)

    # --- within

    def _kept(self, visit: Visit, seen: SeenPlan, before: Share) -> Response:
        share, problems = self._read(visit, seen, before)
        if not problems:
            if not share.id:
                share = share.model_copy(update={"token": secrets.token_urlsafe(24)})
            refused = self._access.give(visit, seen, SharePlan(share=share))
            if not refused:
                return self._access.answered(SHARES)
            problems = {"": seen.words.phrase(f"plan_not_{refused}")}
        return self._formed(seen, self._form(seen, share, problems, visit), 422)

    def _read(self, visit: Visit, seen: SeenPlan, before: Share) -> tuple[Share, dict[str, str]]:
        """Return the link as the form has it, and what is to be mended."""
        form, phrase, problems = visit.form, seen.words.phrase, dict[str, str]()
        real = _real(seen.plan)
        ticked = frozenset(form.get("items", ()))
        items = tuple(item.id for item in real.items if item.id in ticked)
        if not items:
            problems["items"] = phrase("plan_page_problem_none")
        for_whom = " ".join(sent(form, "for_whom").split())
        why = " ".join(sent(form, "why").split())
        if not for_whom:
            problems["for_whom"] = phrase("plan_page_problem_words")
        limit = str(LONGEST_FOR_WHOM)
        for name, text in (("for_whom", for_whom), ("why", why)):
            if len(text) > LONGEST_FOR_WHOM:
                problems[name] = phrase("plan_page_problem_long", limit=limit)
        latest = seen.today + LONGEST_SHARE
        until = read_day(sent(form, "until"))
        if not isinstance(until, date) or not seen.today <= until <= latest:
            shown = show_date(latest, seen.words.language)
            problems["until"] = phrase("plan_page_until_wrong", date=shown)
            until = seen.today
        language = sent(form, "language")
        share = before.model_copy(
            update={
                "items": items,
                "for_whom": for_whom[:LONGEST_FOR_WHOM],
                "why": why[:LONGEST_FOR_WHOM],
                "language": language if language in LANGUAGES else "lv",
                "until": until,
            }
        )
        return share, problems

    def _empty(self, made: date, until: date, items: tuple[str, ...]) -> Share:
        return Share(id="", token="", items=items, for_whom="", made=made, until=until)

    def _form(
        self, seen: SeenPlan, share: Share, problems: dict[str, str], visit: Visit | None = None
    ) -> ShareForm:
        """Return the form of a link. visit: that has sent it, where it is to be mended."""
        form = visit.form if visit is not None else None
        latest = seen.today + LONGEST_SHARE
        return ShareForm(
            id=share.id,
            for_whom=sent(form, "for_whom") if form is not None else share.for_whom,
            why=sent(form, "why") if form is not None else share.why,
            language=share.language,
            until=sent(form, "until") if form is not None else share.until.isoformat(),
            sections=seen.words.shareable(_real(seen.plan), share.items),
            problems=problems,
            latest=show_date(latest, seen.words.language),
        )

    def _formed(self, seen: SeenPlan, form: ShareForm, status: int = 200) -> Response:
        return self._pages.own(
            "plan_share_form.html", seen, status, form=form, languages=LANGUAGE_NAMES
        )

    def _line(self, visit: Visit, seen: SeenPlan, share: Share) -> ShownShare:
        words, plan = seen.words, _real(seen.plan)
        web = self._access.links.web or str(visit.request.base_url).rstrip("/")
        address = f"{web}{SHOWN_AT}/{share.token}"
        still = is_open(share, seen.today)
        day = show_date(share.until, words.language)
        key = "plan_page_share_until" if still else "plan_page_share_over"
        if share.ended is not None:
            key, day = "plan_page_share_ended", show_date(share.ended, words.language)
        return ShownShare(
            share=share,
            address=address,
            open=still,
            until=words.phrase(key, date=day),
            items=tuple(words.title(one).text for one in plan.items if one.id in share.items),
            opens=tuple(map(words.moment, self._opens(seen, share))),
            picture=qr_picture(address),
        )

    def _opens(self, seen: SeenPlan, share: Share) -> Sequence[datetime]:
        opened = self._access.store.plans.opens(seen.key)
        return [moment_of(one.at).astimezone(RIGA) for one in opened if one.share == share.id]


def _real(plan: Plan) -> Plan:
    """Return the plan itself where a copy is tried out: a link shows that, and never the copy."""
    return plan.model_copy(update={"what_if": None})
