"""Interests as they are read: the portrait, the hexagon and its picture."""

import struct
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from bot.core.dialogue.events import OccupationShown, ProfileShown
from bot.core.flows.steps import Preparation
from bot.core.interests.matching import is_within
from bot.core.interests.scoring import score
from bot.load.data_folder import find_data
from bot.load.translations import load_words
from bot.words.graphics.hexagon import draw_hexagon
from bot.words.graphics.lettering import width_of
from bot.words.graphics.png import paint
from bot.words.messages import Message, ScoreBar, plain
from bot.words.portrait import PortraitWords
from tests.conftest import TODAY

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def speak(loaded):
    words = load_words(find_data())
    return lambda lang="lv", who="tu": PortraitWords(loaded.library, words[lang], who, TODAY)


@pytest.fixture(scope="module")
def made(loaded):
    """Make what was measured of somebody who likes the types by these marks."""
    letters = loaded.library.interests.letters

    def make(marks, **more):
        likes = {item: marks[letter] for item, letter in letters.items() if item[1:] <= "03"}
        profile = score(letters, likes)
        place = {"flow": "interests", "step": "interests_portrait", "source": "onet"}
        return ProfileShown(profile=profile, likes=tuple(likes.items()), **place, **more)

    return make


SKILLED = Preparation(level=2, also=("3",))
HELPING = {"S": 5, "A": 4, "I": 3, "R": 2, "E": 2, "C": 1}


def test_who_leads_and_how_surely_is_said_in_words(speak, made):
    portrait = speak().portrait(made(HELPING))
    assert portrait.title == "Tev tuvākās jomas: palīdzēšana un radīšana"
    assert portrait.lead == ("Pirmā no tām ir diezgan skaidra, bet vēl var mainīties.",)
    assert [bar.label for bar in portrait.bars] == [
        "Meistarošana", "Pētīšana", "Radīšana", "Palīdzēšana", "Vadīšana", "Kārtošana",
    ]  # fmt: skip
    assert [bar.mark for bar in portrait.bars] == [
        "empty", "empty", "half", "half", "empty", "empty",
    ]  # fmt: skip


def test_three_families_first_the_others_on_demand_something_else_last(speak, made):
    first = speak().portrait(made(HELPING))
    more = speak().portrait(made(HELPING, part="more"))
    assert len(first.families) == len(more.families) == 3
    assert "Sarakstā tālāk ir vēl 3 darbu saimes." in first.notes
    assert not {kin.name for kin in first.families} & {kin.name for kin in more.families}
    else_ = "kaut kas pavisam cits, salīdzināšanai"
    assert [kin.near == else_ for kin in (*first.families, *more.families)] == [False] * 5 + [True]
    assert all(2 <= len(kin.examples) <= 3 for kin in (*first.families, *more.families))
    assert not more.is_whole


def test_every_example_says_why_by_what_was_liked_or_by_its_area(speak, made, loaded):
    event = made(HELPING)
    bank, occupations = loaded.library.interests, loaded.library.occupations
    said = []
    for part in ("first", "more"):
        portrait = speak().portrait(event.model_copy(update={"part": part}))
        for one in (one for kin in portrait.families for one in kin.examples):
            if not one.why.startswith("Tev patika: "):
                assert one.why.startswith(("Tuvu jomai „", "Te galvenā ir cita joma: „"))
                continue
            kinds = bank.kinds_of(occupations[one.look.pick.removeprefix("@look:")].isco)
            shared = {
                bank.items[name].text.lower()
                for name, value in event.likes
                if value >= 4 and bank.item_kinds[name] & kinds
            }
            reasons = set(one.why.lower().removeprefix("tev patika: ")[:-1].split("; "))
            assert reasons <= shared
            said += reasons
    assert len(set(said)) > 3


def test_a_reason_that_a_family_shares_is_told_once(speak, made):
    portrait = speak().portrait(made(HELPING))
    text = plain(Message(kind="portrait", text=portrait.title, portrait=portrait))
    for kin in portrait.families:
        of_family = text.split(f"{kin.name} (")[1].split("\n\n")[0]
        whys = [line for line in of_family.split("\n") if "Tev patika" in line]
        assert len(whys) == len(set(whys)) >= 1


def test_haste_is_said_on_the_portrait_and_nothing_is_very_near(speak, made):
    calm = made(HELPING)
    hasty = calm.model_copy(
        update={"profile": calm.profile.model_copy(update={"flags": ("fast",)})}
    )
    line = "Atbildes nāca ļoti ātri, tāpēc šis ir tikai pirmais uzmetums."
    assert line in speak().portrait(hasty).lead
    assert line not in speak().portrait(calm).lead
    assert "ļoti tuvu" in [kin.near for kin in speak().portrait(calm).families]
    assert "ļoti tuvu" not in [kin.near for kin in speak().portrait(hasty).families]


def test_what_is_disliked_is_never_very_near(speak, made):
    event = made(HELPING)
    disliked = {name: 1 for name, value in event.likes if name[0] == "s" or value == 5}
    likes = tuple((dict(event.likes) | disliked).items())
    portrait = speak().portrait(event.model_copy(update={"likes": likes}))
    assert "ļoti tuvu" not in [kin.near for kin in portrait.families]


def test_elementary_work_is_left_out_and_counted_until_it_is_asked_for(speak, made, loaded):
    elementary = sum(one.isco[0] == "9" for one in loaded.library.occupations.values())
    line = f"Nav parādītas {elementary} vienkāršo darbu profesijas, kurās pietiek ar ievadu darba vietā."
    assert line in speak().portrait(made(HELPING)).notes
    asked = made(HELPING, preparation=Preparation(level=4, elementary=True), chosen="likes_reach")
    assert line not in speak().portrait(asked).notes


def test_the_choice_of_preparation_can_be_changed_where_it_is_told(speak, made):
    chosen = made(HELPING, preparation=SKILLED, chosen="likes_reach")
    assert [one.pick for one in speak().choose(chosen)] == ["@change:likes_reach"]
    assert speak().choose(made(HELPING)) == ()


def test_production_shows_technicians_to_who_chose_vocational_secondary(loaded):
    step = loaded.library.steps["interests", "interests_portrait"]
    skilled = step.levels["skilled"]
    occupations = loaded.library.occupations
    within = {name for name, one in occupations.items() if is_within(skilled, one.isco)}
    assert {"electrical_technician", "it_support", "chef", "bookkeeper", "car_mechanic"} <= within
    assert not {"pilot", "paramedic", "police_inspector", "nurse", "ship_captain"} & within
    assert len(within) > len(occupations) / 2  # it was 205 of 514


def test_what_takes_longer_to_learn_is_left_out_and_said(speak, made, loaded):
    occupations = loaded.library.occupations
    portrait = speak().portrait(made(HELPING, preparation=Preparation(level=2)))
    shown = [
        one.look.pick.removeprefix("@look:") for kin in portrait.families for one in kin.examples
    ]
    assert max(occupations[name].skill_level for name in shown) == 2
    above = sum(one.skill_level > 2 for one in occupations.values())
    assert f"Vēl {above} profesijām parasti mācās ilgāk, tāpēc to te nav." in portrait.notes


def test_a_family_put_aside_gives_its_place_to_another(speak, made):
    first = [kin.aside.pick for kin in speak().portrait(made(HELPING)).families]
    code = first[0].removeprefix("@away:")
    after = speak().portrait(made(HELPING, hidden_families=(code,)))
    assert [kin.aside.pick for kin in after.families][:2] == first[1:]
    assert len(after.families) == 3
    assert [button.pick for button in after.aside] == [first[0]]


def test_a_round_before_stands_beside_the_new_one(speak, made):
    before = made({"C": 5, "E": 4, "R": 3, "S": 2, "A": 2, "I": 1}).profile
    portrait = speak().portrait(made(HELPING, before=(date(2026, 9, 1), before)))
    assert portrait.lead[-1] == (
        "Iepriekšējā reizē (01.09.2026.) priekšgalā bija: kārtošana un vadīšana. "
        "Intereses drīkst mainīties."
    )
    assert [bar.before for bar in portrait.bars] == [
        round(before.scores[letter]) for letter in "RIASEC"
    ]


def test_adults_are_addressed_as_adults(speak, made):
    assert speak(who="jus").portrait(made(HELPING)).title.startswith("Jums tuvākās jomas")


@pytest.mark.parametrize("language", ["lv", "en", "uk", "ru"])
def test_it_reads_whole_in_every_language(speak, made, language):
    portrait = speak(language).portrait(made(HELPING, preparation=SKILLED, hidden_families=("23",)))
    text = plain(Message(kind="portrait", text=portrait.title, portrait=portrait))
    assert "{" not in text
    assert ("ā" in text) == (language == "lv")


def drawn(portrait, **how):
    return ET.fromstring(draw_hexagon(portrait, **how))


def test_the_hexagon_shows_the_scores_and_marks(speak, made):
    portrait = speak().portrait(made(HELPING))
    bars = tuple(
        ScoreBar(mark=mark, label=f"<{at}>", text="", score=score)
        for at, (mark, score) in enumerate(
            zip(("full", "half", "diamond", "empty", "empty", "empty"),
                (100, 0, 50, 100, 25, 75), strict=True)
        )
    )  # fmt: skip
    tree = drawn(portrait.model_copy(update={"bars": bars}))
    shape = tree.find(f"{SVG}polygon[@class='shape']").get("points")
    corners = [tuple(map(float, pair.split(","))) for pair in shape.split()]
    assert corners[0] == (164, 46)
    assert corners[1] == (164, 150)
    assert corners[3] == (164, 254)
    assert len(tree.findall(f"{SVG}circle[@class='node lit']")) == 2
    assert len(tree.findall(f"{SVG}path[@class='node']")) == 1
    assert [label.text for label in tree.findall(f"{SVG}text")] == [f"<{n}> " for n in range(6)]
    assert tree.find(f"{SVG}desc").text == portrait.shape


@pytest.mark.parametrize("language", ["lv", "en", "uk", "ru"])
def test_no_name_at_the_hexagon_is_cut_off_or_stands_on_its_lines(speak, made, language):
    portrait = speak(language).portrait(made(HELPING))
    for many in (0, 57, 100):
        bars = tuple(bar.model_copy(update={"score": many}) for bar in portrait.bars)
        labels = drawn(portrait.model_copy(update={"bars": bars})).findall(f"{SVG}text")
        for corner, label in enumerate(labels):
            size = 11.5 if label.get("class") == "long" else 13.5
            half = width_of(label.text.strip(), size, bold=True) / 2
            middle, line = float(label.get("x")), float(label.get("y"))
            if label[0].get("dy") is None:
                half += width_of(f" {many}", 12.5) / 2
            else:
                assert label[0].get("x") == label.get("x")
            assert -0.1 < middle - half < middle + half < 328.1
            if corner not in (0, 3):  # beside the hexagon: the name ends before its outer line
                inner = middle + half if middle < 164 else 328 - (middle - half)
                nearest = line if line < 150 else 300 - (line - 0.75 * size)
                assert inner <= 164 - (nearest - 46) * 90 / 52 + 2  # in the widest face there is


def test_the_picture_is_sharp_enough_for_a_telephone(speak, made):
    portrait = speak("uk").portrait(made(HELPING))
    png = paint(draw_hexagon(portrait, alone=True))
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", png[16:24])
    assert round(width / height, 2) == round(328 / 304, 2)
    assert width > 600


def test_an_occupation_is_told_with_what_leads_to_it(speak):
    told = speak("lv").occupation_shown(
        OccupationShown(
            flow="occupation", step="job_card", occupation="bricklayer", others=("paver",)
        )
    )
    assert told.text.startswith("mūrnieks / mūrniece\nJauc javu")
    assert told.items == (
        "Sagatavošanās pēc profesiju klasifikatora ISCO-08: parasti profesionālā izglītība vai mācīšanās darba vietā.",
        "Darbu saime: Celtniecība un apdare",
        "Skolā ar to saistīts: matemātika, fizika un dizains un tehnoloģijas",
        "Vairāk\u00a0– Profesiju pasaule, profesiju apraksti, https://www.profesijupasaule.lv",
        "Vairāk\u00a0– NIID.LV: izglītības programmas, https://www.niid.lv",
        "Ceļi, kas uz šo darbu sagatavo, ir pogās zemāk. Vari apskatīt katru.",
    )
    buttons = [(button.pick, button.label) for button in told.buttons]
    assert buttons[-1] == ("@look:paver", "bruģētājs / bruģētāja")
    assert ("@path:vocational_arod", "Arodizglītība") in buttons
    assert all(pick.startswith("@path:") for pick, _ in buttons[:-1])


def test_what_is_not_found_is_said_kindly(speak):
    told = speak("en").occupation_shown(
        OccupationShown(flow="occupation", step="job_card", occupation="")
    )
    assert told.text.startswith("I did not find such an occupation in my list.")
    assert told.items == ()
