"""What a person can do beside the script: begin a flow anew, ask why, look up an occupation."""

from bot.core.dialogue.announcements import events_for, path_told
from bot.core.dialogue.events import (
    ClassEventRecorded,
    Event,
    Explained,
    Judged,
    KnowledgeTold,
    ProfileShown,
    Remarked,
)
from bot.core.dialogue.session import Answer, EarlierRound
from bot.core.dialogue.shown_options import shown_options
from bot.core.dialogue.turn_builder import TurnBuilder
from bot.core.flows.steps import Judge, Offer, Say, ShowProfile
from bot.core.indicators.class_report import BEGUN
from bot.core.knowledge.entry import fitting_first

NEAREST_TOLD = 2  # questions that are told where none is surely meant


def restart_flow(turn: TurnBuilder) -> None:
    """Begin the flow of the open step anew; what was answered in it becomes an earlier round.

    Of each flow only the first and the latest round are kept.
    """
    flow, session = turn.open_flow(), turn.session
    answers = tuple(answer for answer in session.answers if answer.flow == flow)
    other_answers = tuple(answer for answer in session.answers if answer.flow != flow)
    rounds = tuple(earlier for earlier in session.rounds if earlier.flow == flow)
    other_rounds = tuple(earlier for earlier in session.rounds if earlier.flow != flow)
    first = rounds[:1]  # empty where the flow is begun anew for the first time
    latest = EarlierRound(flow=flow, on=turn.today, answers=answers)
    turn.change(
        answers=other_answers,
        rounds=(*other_rounds, *first, latest),
        hidden_families=(),
        more_families=False,
        changing=None,
    )
    turn.clear_fresh_answers(flow)
    turn.advance()


def explain(turn: TurnBuilder) -> None:
    """Say why the open question is asked; at an offer below a verdict, say what that rests on."""
    judged = _judged_above(turn)
    # a rule that does not hold on this day (no period) has nothing to explain
    if judged is not None and judged.verdict.period is not None:
        turn.events.append(Explained(judged=judged))
    else:
        turn.remark("why")
    turn.ask_again()


def explain_question(turn: TurnBuilder) -> None:
    """Say what the open question is about, with an answer that would do; at an offer, what the verdict above rests on."""
    step = turn.open_step()
    if step is None or isinstance(step, Offer):
        explain(turn)
        return
    shown = shown_options(step, turn.path.facts)
    turn.remark("meaning", example=shown[0].id if shown else "")
    turn.ask_again()


def _judged_above(turn: TurnBuilder) -> Judged | None:
    """Return the verdict told since the last question, if the conversation rests at an offer."""
    if not isinstance(turn.open_step(), Offer):
        return None
    for entry in reversed(turn.path.entries):
        match entry.step:
            case Judge() as step if entry.verdict is not None:
                return Judged(flow=entry.flow, step=step.id, rule=step.rule, verdict=entry.verdict)
            case Say():
                continue  # told below the verdict
            case _:
                return None
    return None


def tell_knowledge(turn: TurnBuilder, entries: tuple[str, ...], *, sure: bool) -> None:
    """Answer a question in somebody's own words, or tell the two nearest; the open question stays."""
    turn.talk_on()
    turn.change(guesses=())
    facts = {answer.step: answer.value for answer in turn.session.answers}
    fitting = fitting_first(turn.library.knowledge, entries, facts)
    told = fitting if sure else fitting[:NEAREST_TOLD]
    turn.events.append(KnowledgeTold(entries=told, sure=sure))
    first = turn.library.knowledge[told[0]] if sure else None
    if first is not None and first.card is not None:
        turn.events.append(path_told(turn.library, turn.session, first.card))
    if first is not None and first.opens and first.flow is not None:
        turn.enter(first.flow)
    else:
        turn.ask_again()


def tell_path(turn: TurnBuilder, card: str) -> None:
    """Tell about a path of education beside the script; the open question stays."""
    turn.talk_on()
    turn.events.append(path_told(turn.library, turn.session, card))
    turn.ask_again()


def tell_answer(turn: TurnBuilder, id_: str) -> None:
    """Give the answer that was chosen, with the two nearest to it."""
    tell_knowledge(turn, (id_, *turn.library.nearest_answers(id_)), sure=True)


def look_up(turn: TurnBuilder, words: str) -> None:
    """Open the flow that tells about an occupation, with its question answered by these words."""
    role = turn.library.roles.look_up
    turn.change(stack=turn.stack_with(role.flow), changing=None)
    turn.clear_fresh_answers(role.flow)
    answer = Answer(flow=role.flow, step=role.fact, value=words)
    turn.change(answers=(*turn.session.answers, answer))
    turn.advance()


def look_up_place(turn: TurnBuilder, place: str) -> None:
    """Open the flow that tells who helps in a place, with its question answered by the place's id."""
    role = turn.library.roles.place
    others = tuple(answer for answer in turn.session.answers if answer.step != role.fact)
    answer = Answer(flow=role.flow, step=role.fact, value=place)
    stack = turn.stack_with(role.flow)
    turn.change(stack=stack, answers=(*others, answer), changing=None, lent_flow="")
    turn.advance()


def hide_family(turn: TurnBuilder, family: str) -> None:
    """Hide a family of work from the portrait, or show it again where it is hidden.

    family: its ISCO-08 code of two digits, for example "22".
    """
    hidden = turn.session.hidden_families
    if family in hidden:
        hidden = tuple(code for code in hidden if code != family)
    else:
        hidden = (*hidden, family)
    turn.change(hidden_families=hidden)
    turn.advance()


def tell_more_families(turn: TurnBuilder) -> None:
    """Tell the families of work that the portrait above has left for later."""
    turn.change(more_families=True)
    shown = [entry for entry in turn.path.entries if isinstance(entry.step, ShowProfile)]
    for entry in shown:
        told = events_for(turn.library, turn.session, turn.path.facts, entry)
        turn.events += (event for event in told if _is_more(event))
    turn.ask_again()


def _is_more(event: Event) -> bool:
    return isinstance(event, ProfileShown) and event.part == "more"


def join_class(turn: TurnBuilder, code: str) -> None:
    """Open the flow of a class; who is new answers the first questions before it."""
    flow = turn.library.roles.class_start
    is_new = not turn.session.stack
    if turn.session.class_code != code:
        turn.change(class_code=code, class_reported=False)
        turn.events.append(ClassEventRecorded(class_code=code, word=BEGUN))
    turn.events.append(Remarked(what="class_joined"))
    if is_new:
        turn.change(stack=(flow, turn.library.roles.first))
        turn.advance()
    else:
        turn.enter(flow)
