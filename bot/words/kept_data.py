"""What is kept of a person, in words."""

from collections.abc import Iterator

from bot.core.dialogue.session import Session
from bot.core.plan.plan import Plan
from bot.words.dates import DateWords
from bot.words.i18n.formats import show_date
from bot.words.i18n.phrases import COUNTED
from bot.words.messages import Message
from bot.words.questions import QuestionWords
from bot.words.saved_paths import SavedPathWords


def kept_data(
    questions: QuestionWords, saved_paths: SavedPathWords, dates: DateWords, session: Session
) -> Message:
    """Return what is kept of the person, and the buttons that withdraw reminders.

    questions, saved_paths, dates: who says the answers, the saved paths and the reminders.
    """
    say = questions.phrase
    items = questions.lines(session.answers)
    counted = (
        questions.catalogue.count(COUNTED["data_count"], len(items)) if items else say("data_none")
    )
    items = (*items, *(saved_paths.line(one) for one in session.saved_paths))
    if session.school:
        items = (*items, say("data_school", school=session.school))
    if session.class_code:
        items = (*items, say("data_class", code=session.class_code))
    if session.plan is not None:
        items = (*items, *_plan_lines(questions, session.plan))
    reminders, withdraw = dates.reminders(session)
    return Message(
        kind="data",
        text=say("data_title"),
        items=(*items, *reminders),
        hint=f"{counted} {say('data_more')}",
        buttons=withdraw,
    )


def _plan_lines(words: QuestionWords, plan: Plan) -> Iterator[str]:
    """Return how much is in the plan, and who can see some of it by a link, until when."""
    day = show_date(plan.made, words.catalogue.language)
    yield words.catalogue.count(COUNTED["data_plan"], len(plan.items), date=day)
    for share in plan.shares:
        if share.ended is not None:
            continue
        until = show_date(share.until, words.catalogue.language)
        yield words.phrase("data_share", name=share.for_whom, date=until)
