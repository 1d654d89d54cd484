"""What a person can do beside the script: begin a flow anew, ask why, look up an occupation."""

from bot.core.dialogue.events import Answer, ClassNoted, Explained, Judged, Noted, Round
from bot.core.dialogue.turn_builder import Standing
from bot.core.flows.steps import Judge, Offer, Say
from bot.core.indicators.class_report import BEGUN


def begin_anew(standing: Standing) -> None:
    """Begin the flow of the open step anew; what was answered is kept as an earlier round.

    Only its first and its latest round are kept.
    """
    flow, session = standing.open_flow(), standing.session
    had = tuple(answer for answer in session.answers if answer.flow == flow)
    rest = tuple(answer for answer in session.answers if answer.flow != flow)
    others = tuple(one for one in session.rounds if one.flow != flow)
    first = tuple(one for one in session.rounds if one.flow == flow)[:1]
    latest = Round(flow=flow, on=standing.today, answers=had)
    standing.change(answers=rest, rounds=(*others, *first, latest), away=(), changing=None)
    standing.forget_fresh(flow)
    standing.settle()


def explain(standing: Standing) -> None:
    """Tell why the open question is asked; at an offer below a verdict, why that came out so."""
    judged = _judged_above(standing)
    if judged is not None and judged.verdict.period is not None:
        standing.events.append(Explained(judged=judged))
    else:
        standing.note("why")
    standing.ask_again()


def _judged_above(standing: Standing) -> Judged | None:
    """Return the verdict told since the last question, if the conversation rests at an offer."""
    if not isinstance(standing.open_step(), Offer):
        return None
    for stop in reversed(standing.walk.path):
        match stop.step:
            case Judge() as step if stop.verdict is not None:
                return Judged(flow=stop.flow, step=step.id, rule=step.rule, verdict=stop.verdict)
            case Say():
                continue  # told below the verdict
            case _:
                return None
    return None


def look_up(standing: Standing, words: str) -> None:
    """Tell about the occupation that words name, beside what is being talked of."""
    flow, fact = standing.library.roles.look_up.flow, standing.library.roles.look_up.fact
    standing.change(stack=standing.pushed(flow), changing=None)
    standing.forget_fresh(flow)
    answer = Answer(flow=flow, step=fact, value=words)
    standing.change(answers=(*standing.session.answers, answer))
    standing.settle()


def put_aside(standing: Standing, family: str) -> None:
    """Put a family of work aside, or take it up again, and show what follows."""
    away = standing.session.away
    kept = tuple(code for code in away if code != family)
    standing.change(away=kept if kept != away else (*away, family))
    standing.settle()


def join_class(standing: Standing, code: str) -> None:
    """Look at interests together with a class; who is new answers the first questions first."""
    flow, new = standing.library.roles.class_start, not standing.session.stack
    if standing.session.class_code != code:
        standing.change(class_code=code, class_told=False)
        standing.events.append(ClassNoted(class_code=code, word=BEGUN))
    standing.events.append(Noted(what="class_joined"))
    if new:
        standing.change(stack=(flow, standing.library.roles.first))
        standing.settle()
    else:
        standing.enter(flow)
