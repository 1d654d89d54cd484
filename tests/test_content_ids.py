"""No id of the content stands in the program: `content/roles.yaml` names those that it must know."""

import ast
from pathlib import Path

from bot.core.flows.steps import QUESTIONS, Offer
from bot.core.rules.parts import parts_of
from bot.core.rules.rule import Reason

BOT = Path(__file__).parents[1] / "bot"
# names of the program's own that are spelled like an id of today's content: names, where, and what they are
OWN = [
    ("yes no", "core words", "the answers of a `yes_no`, and two of the three values of a rule"),
    ("yes", "channels/web", "a form of the page that is agreed to"),
    ("none", "core words channels/web", "nothing was matched; no outcome; a header of the web"),
    (
        "menu human carry",
        "core/dialogue core/nlu channels words load",
        "global words: what a person says",
    ),
    (
        "my_data forget carry",
        "core/flows core/dialogue core/checks service words",
        "kinds of request",
    ),
    ("human carry carried age parent", "core/checks", "names of the roles themselves"),
    ("forget", "channels/web", "a button of the page that asks no question"),
    ("start", "channels/telegram words/i18n", "Telegram's own command"),
    ("other", "channels/telegram", "an update that is neither text nor button"),
    ("go_on", "words", "the label of a button of the program's own"),
    (
        "go_on other",
        "core/nlu core/dialogue core/checks words",
        "replies of the quiet step after distress",
    ),
    ("adult", "core/nlu words", "to whom a line in distress is said"),
    ("school carry", "service cli", "what a link's code is for, and the command that makes it"),
    (
        "interests",
        "core/flows core/checks load cli",
        "the instrument, its part of the library, its command",
    ),
    (
        "sources",
        "core/flows core/rules core/checks load words cli",
        "what a step `say` shows; a part of the library; a field of a verdict, of an answer; a command",
    ),
    ("work", "cli", "the command"),
    ("leaving dates", "load", "parts of the library"),
    ("dates", "core", "a kind of card"),
    (
        "school_year who more path",
        "core/checks",
        "fields of dates and steps; a kind of what is due",
    ),
    ("leaving occupation", "cli core/dialogue", "kinds of what typed words can mean"),
    ("leave", "core/nlu", "a kind of words that are heeded"),
    ("judge", "core/flows", "a kind of step"),
    ("job", "core/nlu", "the place of an occupation in a sentence"),
    ("occupation", "service", "a kind of imported record"),
    (
        "latvian biology chemistry engineering foreign_languages geography history informatics mathematics physics social_sciences sport",
        "core/occupations words/i18n",
        "school subjects",
    ),
    (
        "interests abilities society labour_market earning_early near_home language university_open health",
        "core/education",
        "criteria that paths are compared by",
    ),
    ("grade_9 grade_12 adult", "core/education core/flows", "stages of a life"),
    ("learning work", "core/education words", "kinds of paths"),
    ("money", "core/education", "a field of a card"),
    ("who", "core/education", "a field of a card"),
    (
        "school one more",
        "core core/dialogue core/education core/flows core/places words load cli",
        "words of the program's own: a kind of institution, plurals, parts of a portrait",
    ),
    (
        "career_counsellor youth_worker nva place role",
        "core/places core/checks core/dialogue core/occupations load/imports",
        "roles and columns of a place",
    ),
    (
        "language help",
        "channels cli core/dialogue core/nlu words",
        "global words; what things are said in",
    ),
    (
        "distress correction path paths",
        "core cli load words core/dialogue core/checks core/flows",
        "kinds of events and of what is heard; parts of the library",
    ),
    (
        "answers code celvedis",
        "channels cli core/dialogue core/flows words load",
        "fields of messages and forms; the name of the program",
    ),
    ("path_saved path_work ask_human", "core/dialogue words", "phrases of the program's own"),
    ("door whom", "core/checks core/dialogue", "buttons below an answer"),
    ("higher", "core/education words", "an exam at the higher level"),
    ("one", "core/psychometrics words/i18n", "a plural; one factor"),
    (
        "more",
        "channels/telegram core/dialogue core/skills words",
        "further families of work; a change",
    ),
    ("start", "words/graphics core/dialogue", "where a drawing or a part of a text begins"),
    ("studies", "words", "a goal on the map"),
    ("together", "core/checks", "a field of phrases"),
    (
        "try visit shadow talk apply learn olympiad competition find_out papers other",
        "core/plan core/dialogue",
        "what a step of a plan is",
    ),
    (
        "before during after formal non_formal informal",
        "core/plan core/checks core/dialogue core/education core/flows core/rules",
        "phases and kinds of learning; an order",
    ),
    ("partly no", "channels/web/plan", "how far a trial was as it was thought, in a form"),
    (
        "occupation learning path seen plan",
        "channels/web/plan cli words",
        "fields of the plan's forms; its page, command and button",
    ),
    ("work education", "core/plan words", "what a section is in a Europass CV"),
    ("adult", "cli", "whose form is printed"),
    ("not_here", "core/dialogue", "a paper that is not made in this channel"),
    ("partly", "core words", "how far a trial was as it was thought; what is known in part"),
    (
        "interests skills occupation adult language",
        "core/plan core/dialogue words",
        "where an item of a plan is from; whose form it has",
    ),
    ("learning", "core/checks core/dialogue", "a field of an item of a plan"),
    ("agenda plan", "core/checks", "a part of the plan's form; a role"),
    (
        "pupil_5_9 pupil_10_12 vocational adult seeking newcomer parent",
        "core/booking",
        "whom a counsellor is there for",
    ),
    (
        "nva other parent teacher social_worker youth_worker protection",
        "core/booking",
        "whose a counsellor is, who comes along, why somebody comes first",
    ),
    (
        "before during after start seen code language whom keep leave evening",
        "core/booking core/dialogue",
        "fields of meetings, orders and refusals; states; a part of the day",
    ),
    ("not_yet", "core/dialogue", "what came of a meeting"),
    ("plan", "core/dialogue core/plan", "the word of a button at the plan; a field of its file"),
    (
        "plan_import plan_history",
        "core/dialogue core/flows words",
        "what a flow asks of the program",
    ),
    ("history", "core/plan core/dialogue", "the field of a plan's file that holds its versions"),
    ("school_year start before after never", "core/nlu", "parts of a stretch of days"),
    ("not_here", "words", "a paper that is not made in this channel"),
    (
        "who during code language whom booking mine seen try_again none adult not_yet",
        "cli service core/booking",
        "acts and arguments; fields and states of meetings, and what came of one; whom it is for where nothing is known",
    ),
    ("none alone", "channels/mail .", "no encryption; the part of an address without a name"),
    (
        "dates after start",
        "words",
        "a parameter of a calendar; before or after; where a time begins",
    ),
    (
        "other_times nearest_times",
        "core/flows",
        "options beside the times that can be booked, as flows/README.md names them",
    ),
    (
        "interests paths plan about_me",
        "core/flows core/dialogue",
        "what can be handed to a counsellor",
    ),
]


def ids_of(library):
    """Gather the ids of flows, questions, options, rules, sources and occupations."""
    found = {*library.flows, *library.rules, *library.sources, *library.occupations}
    for step in library.steps.values():
        if isinstance(step, QUESTIONS):
            found.add(step.id)
        if isinstance(step, (*QUESTIONS, Offer)):
            found |= {option.id for option in getattr(step, "options", ())}
    return found


def strings_in(source):
    """List the string constants of a file, each with its line."""
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)]
    return [(node.value, node.lineno) for node in nodes if isinstance(node.value, str)]


def is_own(name, room):
    """Tell whether a name is the program's own in a room, such as core/flows."""
    return any(
        name in names.split() and any(f"{room}/".startswith(f"{one}/") for one in rooms.split())
        for names, rooms, _ in OWN
    )


def test_no_id_of_the_content_stands_in_the_program(loaded):
    ids, found, own = ids_of(loaded.library), [], set()
    for path in sorted(BOT.rglob("*.py")):
        room = path.parent.relative_to(BOT).as_posix()
        for name, line in strings_in(path.read_text(encoding="utf-8")):
            if name in ids and is_own(name, room):
                own.add(name)
            elif name in ids:
                found.append(f'{path.relative_to(BOT)}:{line} "{name}"')
    assert found == [], "let content/roles.yaml or the flow say it, or name it above with a reason"
    assert {name for names, _, _ in OWN for name in names.split()} == own, "no longer needed above"


def test_an_id_in_the_program_would_be_seen(loaded):
    ids = ids_of(loaded.library)
    source = (
        'HOME = "menu"\nif kept.get("keeping") == "keep":\n    flow = ("occupation", f"{job}")\n'
    )
    seen = sorted((name, line) for name, line in strings_in(source) if name in ids)
    assert seen == [("keep", 2), ("keeping", 2), ("menu", 1), ("occupation", 3)]
    assert not any(is_own(name, "core") for name, _ in seen)


def ids_within(rule):
    """Gather the ids of a rule's facts, periods, outcomes, offers, notices and reasons."""
    parts = [*rule.facts, *rule.periods, *rule.outcomes, *rule.either, *rule.offers, *rule.notices]
    parts += [reason for _, reason in parts_of(rule, Reason)]
    return {part.id for part in parts}


def test_no_part_of_a_rule_is_named_in_what_judges_and_shows_rules(loaded):
    ids = set().union(*(ids_within(rule) for rule in loaded.library.rules.values()))
    assert {"A", "B", "A_or_B", "pti", "education", "AMB-01", "low_education", "young"} <= ids
    files = [*BOT.glob("core/rules/*.py"), *BOT.glob("core/checks/rule*.py")]
    files += [BOT / "words/verdict.py", BOT / "cli/main.py", BOT / "words/i18n/phrases.py"]
    named = [
        f"{path.relative_to(BOT)}:{line} {name}"
        for path in files
        for name, line in strings_in(path.read_text(encoding="utf-8"))
        if name in ids
    ]
    assert named == []
