"""The addresses of the plan."""

from starlette.routing import Route

from bot.channels.web.pages import Pages
from bot.channels.web.plan.access import PLAN, PlanAccess
from bot.channels.web.plan.editing import PlanEditing
from bot.channels.web.plan.history import HISTORY, PlanHistory
from bot.channels.web.plan.pages import PlanPages
from bot.channels.web.plan.recipients import Recipients, SharedPages
from bot.channels.web.plan.sharing import SHARES, SHOWN_AT, PlanSharing
from bot.channels.web.plan.showing import PlanShowing
from bot.channels.web.plan.taking import PlanTaking
from bot.channels.web.visits import VisitHandler, Visits
from bot.service.conversations import DurableConversations

POST = ["POST"]


def plan_routes(conversations: DurableConversations, visits: Visits, whole: Pages) -> list[Route]:
    """Return the routes of the plan, its forms, its files, and of links that show some of it."""
    access, pages = PlanAccess(conversations, visits, whole), PlanPages(whole)
    showing, editing = PlanShowing(access, pages), PlanEditing(access, pages)
    history, shared = PlanHistory(access, pages), SharedPages(access, pages)
    taking, sharing = PlanTaking(access, pages, history), PlanSharing(access, pages, shared)
    recipients = Recipients(access, shared, whole)
    seen = access.with_plan

    def looks(path: str, handler: VisitHandler) -> Route:
        return Route(path, visits.gets(handler))

    def posts(path: str, handler: VisitHandler) -> Route:
        return Route(path, visits.posts(handler), methods=POST)

    item = f"{PLAN}/item/{{id}}"
    return [
        looks(PLAN, seen(showing.show)),
        posts(f"{PLAN}/language", seen(showing.set_language)),
        looks(f"{PLAN}/offers", seen(showing.show_offers)),
        posts(f"{PLAN}/offers", seen(showing.take_offers)),
        looks(f"{PLAN}/review", seen(showing.show_review)),
        posts(f"{PLAN}/review", seen(showing.set_review)),
        posts(f"{PLAN}/what-if", seen(showing.try_out)),
        posts(f"{PLAN}/proposal/{{id}}", seen(showing.answer_proposal)),
        looks(f"{PLAN}/new/{{kind}}", seen(editing.show_new)),
        posts(f"{PLAN}/new/{{kind}}", seen(editing.add)),
        looks(item, seen(editing.show_item)),
        posts(item, seen(editing.save)),
        posts(f"{item}/remove", seen(editing.remove)),
        posts(f"{item}/done", seen(editing.mark_done)),
        posts(f"{item}/move", seen(editing.move)),
        posts(f"{item}/step", seen(editing.row_to_step)),
        posts(f"{item}/asks", seen(editing.ask_of_goal)),
        looks(HISTORY, seen(history.show)),
        looks(f"{HISTORY}/{{number}}", seen(history.show_version)),
        posts(f"{HISTORY}/{{number}}", seen(history.restore)),
        looks(f"{PLAN}/take", seen(taking.show)),
        looks(f"{PLAN}.pdf", seen(taking.pdf)),
        looks(f"{PLAN}.json", seen(taking.json)),
        looks(f"{PLAN}.ics", seen(taking.calendar)),
        looks(f"{PLAN}.xml", seen(taking.europass)),
        looks(f"{PLAN}/form.pdf", seen(taking.empty_form)),
        Route(f"{PLAN}/import", visits.uploads(seen(taking.bring)), methods=POST),
        looks(SHARES, seen(sharing.show)),
        looks(f"{SHARES}/new", seen(sharing.show_new)),
        posts(f"{SHARES}/new", seen(sharing.make)),
        posts(f"{SHARES}/preview", seen(sharing.ask_preview)),
        looks(f"{SHARES}/preview/{{language}}/{{until}}/{{items}}", seen(sharing.preview)),
        looks(f"{SHARES}/{{id}}/preview", seen(sharing.preview_kept)),
        looks(f"{SHARES}/{{id}}", seen(sharing.show_change)),
        posts(f"{SHARES}/{{id}}", seen(sharing.change)),
        posts(f"{SHARES}/{{id}}/end", seen(sharing.end)),
        looks(f"{SHOWN_AT}/{{token}}", recipients.show),
    ]
