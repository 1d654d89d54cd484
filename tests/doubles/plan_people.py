"""Plans of made-up people, over the real content: ordinary ones, full ones, one with nothing in it."""

from datetime import date

from bot.core.education.judging import judge_cards
from bot.core.education.saved_path import save_card
from bot.core.interests.profile import Profile
from bot.core.library import Library
from bot.core.plan.gaps import asked_rows
from bot.core.plan.items import (
    Origin,
    PlanDecision,
    PlanItem,
    PlanMap,
    PlanPath,
    PlanPortrait,
    Sureness,
    Trial,
)
from bot.core.plan.plan import Audience, Confirmation, Plan
from bot.core.plan.verifying import rule_mark
from bot.core.plan.wording import ContentPhrase
from tests.doubles.plan_items import DAY, entry, goal, own, step

RULE = "esf_4_2_4_2"
RULE_FACTS = {"age": 52, "employed": "yes", "education": "general_secondary"}


def plan_of(audience: Audience, *items: PlanItem) -> Plan:
    """Return a plan with items; those that have no id yet get one."""
    named = [
        item if item.id else item.model_copy(update={"id": f"{_letter(item)}{number}"})
        for number, item in enumerate(items, 1)
    ]
    following = 1 + max((int(item.id[1:]) for item in named), default=0)
    return Plan(audience=audience, made=DAY, version=3, following=following, items=tuple(named))


def _letter(item: PlanItem) -> str:
    return {"gap": "r", "decision": "d", "portrait": "i"}.get(item.kind, item.kind[0])


def empty_plan(audience: Audience = "adult") -> Plan:
    return Plan(audience=audience, made=DAY)


def confirmed(plan: Plan, name: str = "Anna Kalniņa") -> Plan:
    done = Confirmation(version=plan.version, name=name, on=date(2026, 12, 2))
    return plan.model_copy(update={"confirmed": done})


def portrait() -> PlanPortrait:
    scores = {"R": 57.0, "I": 34.0, "A": 41.0, "S": 74.0, "E": 66.0, "C": 62.0}
    profile = Profile(scores=scores, spread=0.8, leading=("S", "E"), certainty="likely", flags=())
    origin = Origin(kind="interests", on=DAY)
    return PlanPortrait(origin=origin, profile=profile, answered=18, on=DAY)


def decision(library: Library) -> PlanDecision:
    verdict = library.judges[RULE].verdict(RULE_FACTS, DAY)
    return PlanDecision(
        origin=Origin(kind="rule", ref=RULE, on=DAY),
        rule=RULE,
        on=DAY,
        verdict=verdict,
        mark=rule_mark(library.rules[RULE]),
        release=library.release,
    )


def ordinary_items() -> list[PlanItem]:
    """What a shop assistant of 52 has come to in one talk."""
    education = ContentPhrase(of="answer", id="education", value="general_secondary")
    return [
        goal(
            "Gada laikā iegūt kvalifikāciju, ar kuru no darba kasē pāriet uz veikala uzskaiti.",
            date(2027, 11, 30),
            sure=[Sureness(value=3, on=DAY)],
        ),
        entry("work_experience", "Kase, pasūtījumi, jauno apmācīšana", years="2009 – tagad"),
        entry("work_experience", "Noliktavas darbi", years="2001–2008"),
        entry("prior_education", education, learning="formal", years="1992"),
        entry("skills", "Kases sistēmas, preču uzskaite, inventarizācija"),
        entry("skills", "Valodas: latviešu un krievu brīvi, angļu pamati"),
        portrait(),
        step("sameklēt apliecības par kursiem", date(2026, 11, 27), activity="papers"),
        step("konsultācija: ar ko sākt", date(2026, 12, 2), activity="talk", goal="g1"),
        step("izvēlēties programmu un cenu", date(2026, 12, 15), activity="find_out", remind=True),
        step("sarunāt maiņu grafiku mācību laikā", date(2027, 1, 31), activity="talk"),
        entry("agenda", "Vai kasē un noliktavā apgūto var novērtēt kā kvalifikāciju?"),
    ]


def ordinary_plan() -> Plan:
    return plan_of("adult", *ordinary_items())


def full_plan(library: Library) -> Plan:
    """Return an adult's plan with every kind of item in every state, in four languages of own words."""
    clerk = next(id_ for id_, one in library.occupations.items() if len(one.subjects) > 1)
    aim = goal("Kļūt par grāmatveža palīgu", date(2027, 6, 1), occupation=clerk, id="g90")
    asked = asked_rows(
        aim, library.occupations[clerk], Origin(kind="occupation", ref=clerk, on=DAY)
    )
    rows = [row.model_copy(update={"id": f"r{number}"}) for number, row in enumerate(asked, 91)]
    shown = {"have": ("e80",), "show": own("Показать отчёты за год", "ru"), "step": "s95"}
    rows[0] = rows[0].model_copy(update=shown)
    rows[1] = rows[1].model_copy(update={"get": own("In an evening course", "en")})
    card = next(iter(library.paths))
    tried = Trial(on=DAY, as_thought="partly", surprise=own("Було багато людей", "uk"))
    return plan_of(
        "adult",
        *ordinary_items(),
        aim,
        *rows,
        entry("skills", own("Excel и бухгалтерия", "ru"), id="e80", document="Kursu apliecība Nr. 5"),
        entry("prior_education", "Grāmatvedības kursi\n\nDivi mēneši, vakaros", learning="non_formal"),
        entry("private_life", "Rūpes par mammu", sensitive=True),
        entry("measures", ContentPhrase(of="support", id=RULE, value="pti")),
        step("iepazīties ar darbu", date(2026, 11, 20), id="s95", activity="shadow", state="done",
             done_on=date(2026, 11, 21), trial=tried, sure=[Sureness(value=2, on=DAY)],
             document="Izziņa", moved_from=[date(2026, 11, 10)]),
        step("піти на день відкритих дверей", None, activity="visit", state="dropped"),
        step("ask the school", None, activity="learn", phase="before", needs_school=True),
        PlanPath(
            origin=Origin(kind="path", ref=card, on=DAY),
            saved=save_card(card, library.paths[card], DAY),
        ),
        decision(library),
    )  # fmt: skip


def pupil_plan(library: Library, standing: str = "grade_9") -> Plan:
    """Return the plan of somebody in grade 9, or where they stand, with the map of their paths."""
    facts = {"standing": standing, "basic_certificate": "not_yet", "secondary": "no"}
    states = judge_cards(library.paths, ("grade_9",), facts)
    path = "vocational_secondary"
    return plan_of(
        "pupil",
        entry("strengths", "Labi zīmēju un protu salabot velosipēdu"),
        portrait(),
        entry("opportunities", "Robotikas pulciņš skolā"),
        goal("Saprast, vai man patiktu mehatronika", date(2027, 3, 1), sure=[Sureness(value=2, on=DAY)]),
        step("pie mehatronikas tehniķa", date(2027, 2, 10), activity="shadow", goal="g4", remind=True),
        step("fizikas olimpiāde", date(2027, 1, 20), activity="olympiad"),
        step("atvērto durvju diena tehnikumā", None, activity="visit"),
        PlanPath(
            origin=Origin(kind="path", ref=path, on=DAY),
            saved=save_card(path, library.paths[path], DAY),
        ),
        PlanMap(origin=Origin(kind="path", on=DAY), standing=standing, states=states, on=DAY),
        entry("study_plan", "Padziļinātais kurss: fizika", needs_school=True),
        entry("agenda", "Vai ar 5 matemātikā var tikt tehnikumā?"),
    )  # fmt: skip
