"""All activities of an instrument answered at once, as on one page."""

from collections.abc import Mapping

from bot.core.dialogue.events import Answered
from bot.core.dialogue.kept_answers import still_valid
from bot.core.dialogue.session import Answer, Session
from bot.core.dialogue.turn_builder import TurnBuilder
from bot.core.interests.next_item import page_of
from bot.core.library import Library


def open_page(library: Library, session: Session) -> tuple[str, ...]:
    """Return the activities that stand on the page now; () where none is open.

    Those answered already stand on it too.
    """
    step = session.open.rpartition("/")[2]
    questions = library.interests.questions
    if step not in questions or not session.stack:
        return ()
    answered = [answer.step for answer in session.answers if answer.step in questions]
    return tuple(page_of(library.interests.letters, answered, list(questions)))


def answer_page(turn: TurnBuilder, values: Mapping[str, int | None]) -> None:
    """Keep the answers of a page and go on; None skips. What is no answer of the page is passed over.

    Where no activity is open any more, the page is an old one: that is said.
    """
    flow, page = turn.open_flow(), open_page(turn.library, turn.session)
    if not page:
        turn.remark("stale")
        turn.ask_again()
        return
    turn.talk_on()
    answers = {answer.step: answer for answer in turn.session.answers}
    for item in page:
        question = turn.library.interests.questions[item]
        if item not in values:
            continue
        # how long each took is not known of a page
        new = Answer(flow=flow, step=item, value=values[item], meaning=question.meaning)
        old = answers.get(item)
        if still_valid(question, new) and (old is None or old.value != new.value):
            answers[item] = new
            turn.events.append(Answered(flow=flow, step=item, value=new.value))
    turn.change(answers=tuple(answers.values()), changing=None, guesses=())
    turn.advance()
