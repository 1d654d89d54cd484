"""What a scene can say, and what is refused with file and line because it cannot be so."""

import pytest

from bot.load.data_folder import find_data
from tests.scenes.playing import play
from tests.scenes.reading import SceneError, read_scene

NAME = "flows/x/chats/y.chat"
LINK = "https://guide.example/c/1"


def played(talks, *lines, head="words: off"):
    """Play a scene of these lines; returns what comes out below the head."""
    text = f"Somebody comes.\n{head}\n\n" + "\n".join(lines)
    return play(talks, read_scene(text, NAME)).partition("\n\n")[2]


def refused(talks, *lines, head="words: off"):
    """Play a scene that cannot be played; returns what is said of it."""
    with pytest.raises(SceneError) as error:
        played(talks, *lines, head=head)
    return str(error.value)


def test_a_press_answers_the_question_it_names(sample):
    assert played(sample, "> who: [adult]").splitlines()[-3:] == [
        "> who: [adult]",
        "= who: adult",
        "start/age_band? [under_13|from_13|from_18]",
    ]


def test_a_press_at_another_question_names_the_open_one(sample):
    assert refused(sample, "> who: [adult]", "> keeping: [keep]") == (
        f"{NAME}:5: `keeping` is not the open question, `start/age_band` is"
    )


def test_a_step_whose_name_stands_twice_is_named_with_its_flow(sample):
    opening = ("> who: [adult]", "> age_band: [from_18]", "> keeping: [keep]")
    assert "about/strengths?" in played(sample, *opening, "> menu/what_next: [about]")
    assert refused(sample, *opening, "> about/what_next: [about]") == (
        f"{NAME}:7: `about/what_next` is not the open question, `menu/what_next` is"
    )


def test_a_button_that_is_not_there_is_not_pressed(sample):
    assert refused(sample, "> who: [adult]", "> age_band: [from_19]") == (
        f"{NAME}:5: `age_band` has no button `from_19`: under_13 | from_13 | from_18"
    )


def test_a_press_says_which_question_it_answers(sample):
    assert refused(sample, "> [adult]") == (
        f"{NAME}:4: say which question is answered, as in `> who: [adult]`"
    )


def test_what_is_good_at_any_step_needs_no_question(sample):
    assert "~ why" in played(sample, "> [@why]")
    assert "human/about_what?" in played(sample, *["> qwert"] * 3, "> [Parunāt ar cilvēku]")


def test_a_label_is_pressed_as_it_is_typed(sample):
    """On a button the spaces of „18 vai vairāk” do not break."""
    told = played(sample, "> who: [Strādāju]", "> age_band: [18 vai vairāk]")
    assert "= age_band: from_18" in told


def test_ticks_and_words_typed_beside_are_one_answer(sample):
    lines = ("> strengths: [@skip]", "> values: [pay | growing] miers")
    told = played(sample, *lines, head="known: who=adult\nflow: about\nwords: off")
    assert "= values: ('pay', 'growing', '=miers')" in told


def test_a_scene_begins_after_what_was_answered_before(sample):
    told = played(sample, head="known: who=pupil_5_9, keeping=brief\nwords: off")
    assert told.startswith("menu/what_next?")
    assert "support" not in told  # which is not for pupils
    assert refused(sample, head="known: whom=adult") == (
        f"{NAME}:2: known: ['whom'] not asked before menu/what_next"
    )


def test_the_service_answers_what_the_scene_says(sample):
    told = played(sample, "> /carry", f"? carry → {LINK}", head="known: who=adult")
    assert told.partition("> /carry\n")[2].splitlines()[0] == f"? carry → {LINK}"
    assert f"\n{LINK}\n" in told


def test_what_the_scene_does_not_answer_is_answered_by_nothing(sample):
    told = played(sample, "> /carry", head="known: who=adult")
    assert told.partition("> /carry\n")[2].startswith("? carry\nŠobrīd ")


def test_each_request_has_a_response_of_its_own(sample):
    lines = ("> /carry", f"? carry → {LINK}", "> /carry", f"? carry → {LINK}2")
    told = played(sample, *lines, head="known: who=adult")
    assert [row for row in told.splitlines() if row.startswith("https")] == [LINK, f"{LINK}2"]


def test_a_response_that_nothing_asks_for_is_refused(sample):
    assert refused(sample, "> who: [adult]", "> 18", f"? carry → {LINK}") == (
        f"{NAME}:6: nothing asks the service for `carry` here"
    )


def test_a_response_that_cannot_be_read_is_refused(sample):
    assert refused(sample, "> /carry", "?carry", head="known: who=adult") == (
        f"{NAME}:5: not `? request → response`: ?carry"
    )
    told = played(sample, "> /carry", f"? carry -> {LINK}", head="known: who=adult")
    assert f"? carry → {LINK}" in told


def test_a_word_or_a_setting_that_is_none_is_refused(sample):
    assert refused(sample, "> /bakc") == f"{NAME}:4: no such word: /bakc"
    assert refused(sample, head="pase: hurried") == f"{NAME}:2: no such setting: pase: hurried"


def test_nothing_is_said_once_all_is_forgotten(sample):
    lines = ("> dzēst manus datus", "> forget_sure: [yes]", "> who: [adult]")
    assert refused(sample, *lines) == f"{NAME}:6: the conversation was over before this line"


def test_the_example_of_the_manual_can_be_played(sample):
    manual = (find_data() / "flows/README.md").read_text(encoding="utf-8")
    example = next(part for part in manual.split("```\n") if part.startswith("A pupil "))
    told = play(sample, read_scene(example.replace("about_me", "about"), NAME))
    assert "= school_now: hard" in told
    assert "? carry → https://guide.example/c/CODE\n" in told
