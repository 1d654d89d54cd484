"""What a person can do beside the script: begin a flow anew, ask why, look up an occupation."""

from bot.core.dialogue.events import ClassEventRecorded, Explained, Judged, Remarked
from bot.core.dialogue.session import Answer, EarlierRound
from bot.core.dialogue.turn_builder import TurnBuilder
from bot.core.flows.steps import Judge, Offer, Say
from bot.core.indicators.class_report import BEGUN


def restart_flow(turn: TurnBuilder) -> None:
    """Begin the flow of the open step anew; what was answered is kept as an earlier round.

    Only its first and its latest round are kept.
    """
    flow, session = turn.open_flow(), turn.session
    had = tuple(answer for answer in session.answers if answer.flow == flow)
    rest = tuple(answer for answer in session.answers if answer.flow != flow)
    others = tuple(one for one in session.rounds if one.flow != flow)
    first = tuple(one for one in session.rounds if one.flow == flow)[:1]
    latest = EarlierRound(flow=flow, on=turn.today, answers=had)
    turn.change(answers=rest, rounds=(*others, *first, latest), hidden_families=(), changing=None)
    turn.clear_fresh_answers(flow)
    turn.advance()


def explain(turn: TurnBuilder) -> None:
    """Tell why the open question is asked; at an offer below a verdict, why that came out so."""
    judged = _judged_above(turn)
    if judged is not None and judged.verdict.period is not None:
        turn.events.append(Explained(judged=judged))
    else:
        turn.remark("why")
    turn.ask_again()


def _judged_above(turn: TurnBuilder) -> Judged | None:
    """Return the verdict told since the last question, if the conversation rests at an offer."""
    if not isinstance(turn.open_step(), Offer):
        return None
    for stop in reversed(turn.path.entries):
        match stop.step:
            case Judge() as step if stop.verdict is not None:
                return Judged(flow=stop.flow, step=step.id, rule=step.rule, verdict=stop.verdict)
            case Say():
                continue  # told below the verdict
            case _:
                return None
    return None


def look_up(turn: TurnBuilder, words: str) -> None:
    """Tell about the occupation that words name, beside what is being talked of."""
    flow, fact = turn.library.roles.look_up.flow, turn.library.roles.look_up.fact
    turn.change(stack=turn.stack_with(flow), changing=None)
    turn.clear_fresh_answers(flow)
    answer = Answer(flow=flow, step=fact, value=words)
    turn.change(answers=(*turn.session.answers, answer))
    turn.advance()


def hide_family(turn: TurnBuilder, family: str) -> None:
    """Put a family of work aside, or take it up again, and show what follows."""
    away = turn.session.hidden_families
    kept = tuple(code for code in away if code != family)
    turn.change(hidden_families=kept if kept != away else (*away, family))
    turn.advance()


def join_class(turn: TurnBuilder, code: str) -> None:
    """Look at interests together with a class; who is new answers the first questions first."""
    flow, new = turn.library.roles.class_start, not turn.session.stack
    if turn.session.class_code != code:
        turn.change(class_code=code, class_reported=False)
        turn.events.append(ClassEventRecorded(class_code=code, word=BEGUN))
    turn.events.append(Remarked(what="class_joined"))
    if new:
        turn.change(stack=(flow, turn.library.roles.first))
        turn.advance()
    else:
        turn.enter(flow)
