"""Long messages: what they tell of who writes is taken and shown, what they tell of others is not."""

import pytest

from bot.cli.hearing import hear_query
from bot.core.dialogue.events import FactsTold, Reviewed
from bot.core.dialogue.inputs import Picked, Said, Started
from bot.core.dialogue.session import Session
from tests.bench.long_messages import count_facts, each
from tests.bench.stories import KNOWN_STORIES, LATER_STORIES

STORIES = (*KNOWN_STORIES, *LATER_STORIES)
REST = "Gribētu saprast, ko varētu darīt tālāk un kas man derētu, jo pagaidām skaidrs ir ļoti maz."


def told_at_menu(talks, text):
    query = {"flow": "menu", "step": "what_next", "text": f"{text} {REST}"}
    return hear_query(talks, query).get("facts", {})


def test_four_facts_of_five_are_taken_and_few_are_wrong(talks):
    counted = count_facts(talks, KNOWN_STORIES)
    assert counted.part_taken >= 0.8
    assert counted.part_wrong <= 0.1
    counted = count_facts(talks, LATER_STORIES)
    assert counted.part_taken >= 0.6
    assert counted.part_wrong <= 0.1


@pytest.mark.parametrize("story", STORIES, ids=[story.text[:24] for story in STORIES])
def test_all_that_is_taken_is_shown_with_a_way_to_change_it(talks, story):
    session = talks.advance(Session(), Started()).session
    output = talks.advance(session, Said(text=story.text))
    kept = {answer.step for answer in output.session.answers}
    (told,) = [event for event in output.events if isinstance(event, FactsTold)]
    assert kept <= {step for _, step, _ in told.answers}
    changing = [one for one in output.messages if one.kind == "note" and one.buttons]
    (note,) = [one for one in changing if one.buttons[0].pick.startswith("@change")]
    # one line; a band is not told beside the number that is in it
    assert note.text.count("·") in {len(told.answers) - 1, len(told.answers) - 2}
    reviewed = talks.advance(output.session, Picked(options=("@change",)))
    listed = {
        step
        for event in reviewed.events
        if isinstance(event, Reviewed)
        for _, step, _ in event.answers
    }
    assert kept - {"age"} <= listed


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("Strādāju ceptuvē divdesmit gadus, un man ir 46.", 46),
        ("Meitai ir 15 gadi, viņa mācās labi. Pati esmu 41 gadu veca.", 41),
        ("Esmu 52 gadus vecs, sievai ir 49 gadi, dēlam 20.", 52),
        ("Matemātikā man ir četri, bet ķīmijā pieci.", None),
        ("Pirms divdesmit gadiem pabeidzu skolu un pārcēlos uz Rīgu.", None),
        ("Dēls mācās tehnikumā, viņam ir 17 gadi.", None),
        ("My daughter is 14 and she likes horses. I am 38 years old.", 38),
        ("Сыну 16 лет, он учится в техникуме. Мне 44 года.", 44),
        ("Доньці 12 років, вона любить малювати. Мені 37 років.", 37),
    ],
)
def test_an_age_is_that_of_who_writes(talks, text, age):
    assert told_at_menu(talks, text).get("age") == age


@pytest.mark.parametrize(
    ("text", "question", "value"),
    [
        ("Vīrs strādā ostā. Es pašlaik esmu bez darba, jo mani atlaida.", "employed", "no"),
        ("Mamma ir bezdarbniece. Es strādāju veikalā.", "employed", "yes"),
        ("Māsa studē universitātē. Es pabeidzu tehnikumu.", "education", "vocational_secondary"),
        ("Dēls grib uz tehnikumu, draugs mācās ģimnāzijā.", "education", None),
        ("Agrāk strādāju skolā par skolotāju.", "employed", None),
    ],
)
def test_what_others_do_is_not_taken_for_the_writer(talks, text, question, value):
    assert told_at_menu(talks, text).get(question) == value


def test_statuses_are_never_taken_along(talks):
    text = "Esam trūcīga ģimene, esmu bēgle, man ir 38 gadi un strādāju noliktavā."
    assert not {"household", "protection_status"} & told_at_menu(talks, text).keys()


def test_facts_are_counted_one_by_one():
    assert each({"age": 3, "circumstances": ("care", "money")}) == {
        ("age", 3), ("circumstances", "care"), ("circumstances", "money"),
    }  # fmt: skip
