"""Each code of the check has a fixture that breaks it, found at its line."""

import shutil
from pathlib import Path

import pytest

from bot.load.check import check_all
from bot.load.data_folder import DATA_FOLDERS, find_data
from tests.conftest import TODAY

ROLES = "content/roles.yaml"
POLICY = "content/policy.yaml"
START = "flows/start/flow.yaml"
WORDS = "content/help/global_words.yaml"
MENU = "flows/menu/flow.yaml"
HUMAN = "flows/human/flow.yaml"
ESF = "flows/esf_support/flow.yaml"
RULE = "content/support/esf_4_2_4_2.yaml"
SOURCES = "content/sources.yaml"
DISTRESS = "content/help/distress.yaml"
UKRAINIAN = "locales/uk/LC_MESSAGES/celvedis.po"
LEAVING = "content/help/leaving.yaml"
ABOUT_ME = "flows/about_me/flow.yaml"
SKILLS = "flows/skills/flow.yaml"
INTERESTS = "flows/interests/flow.yaml"
YOUNG = "flows/young/flow.yaml"
LOOP = '{id: loop, kind: say, text: "Pa apli.", next: [{to: loop}]}'
THESAURUS = "content/thesaurus.yaml"
FIRST = "- {lv: [vadītājs, direktors,"
ENGLISH = "locales/en/LC_MESSAGES/celvedis.po"

BROKEN = [
    ("Y002", MENU, 'title: "Izvēlne"', 'title: "Izvēlne"\ntitle: "Vēl"'),
    ("C001", MENU, "    kind: offer", "    kind: offer\n    colour: red"),
    ("C002", MENU, '    text: "Ko darām tālāk?"\n', ""),
    ("C003", MENU, "kind: offer", "kind: offfer"),
    ("C005", ESF, "least: 0", "least: zero"),
    ("C004", MENU, "id: what_next", "id: What-Next"),
    ("F001", HUMAN, "to: school,", "to: schooool,"),
    ("F002", HUMAN, "      - {to: work, when: {fact: human_situation, is: work}}\n", ""),
    ("F003", MENU, "flow: young", "flow: yung"),
    ("F004", ESF, "rule: esf_4_2_4_2", "rule: esf_5"),
    ("F005", MENU, "fact: who,", "fact: whom,"),
    ("F006", HUMAN, "  - id: work\n", "  - id: school\n"),
    ("F007", HUMAN, "human_situation", "who"),
    ("F008", MENU, "id: sources,", "id: my_data,"),
    ("F009", MENU, 'label: "Pie kā vērsties"', 'label: "Ceļi pēc skolas"'),
    ("F010", MENU, 'label: "Pie kā vērsties"', 'label: "Atpakaļ"'),
    ("F011", HUMAN, "source: nva", "source: nvaa"),
    ("F012", ESF, "      - id: household\n", "      - id: household_x\n"),
    ("F013", YOUNG, "steps:\n", f"steps:\n  - {LOOP}\n"),
    ("F014", YOUNG, "steps:\n", "steps:\n  - {id: inner, kind: enter, flow: young}\n"),
    ("F015", INTERESTS, "    measure: likes\n", "    measure: dislikes\n"),
    ("F003", ABOUT_ME, "via: leaving", "via: gone"),
    ("F003", LEAVING, "flow: leaving", "flow: gone"),
    ("F017", MENU, "one_of: [pupil_5_9, pupil_10_12]", "one_of: [pupil_5_9, pupils]"),
    ("F017", HUMAN, "is: school}", "is: schools}"),
    ("F017", INTERESTS, "levels: {skilled: 2,", "levels: {skill: 2,"),
    ("F011", DISTRESS, "source: helpline", "source: helplines"),
    ("N001", ROLES, "erase: forget", "erase: forgets"),
    ("N002", ROLES, "{fact: keeping,", "{fact: keep,"),
    ("N003", ROLES, "given: keep}", "given: keeps}"),
    ("N004", ROLES, "erase: forget", "erase: my_data"),
    ("N004", ROLES, "home: menu", "home: young"),
    ("N004", ROLES, "{fact: keeping,", "{fact: human_situation,"),
    ("N004", ROLES, "fact: job}", "fact: job_card}"),
    ("P001", POLICY, "keep_hours_without_consent: 2", "keep_hours_without_consent: 3"),
    ("P001", START, "divām stundām", "vienu stundu"),
    ("P001", ENGLISH, "works once, for 15 minutes", "works once, for 20 minutes"),
    ("C005", POLICY, "keep_days: 180", "keep_days: 0"),
    ("C005", START, "policy: keep_hours_without_consent", "policy: keep_hours"),
    ("C005", WORDS, "  menu:\n", "  menus:\n"),
    ("C001", ROLES, "carried: carried", "carried: carried\nfarewell: menu"),
    ("C002", ROLES, "human: human", "# human: human"),
    ("F016", SKILLS, "asks: [s1, s2, s3, s4]", "asks: [s1, s2, s3, s5]"),
    ("R001", RULE, "then: {group: A_or_B}", "then: {group: A}"),
    ("R002", RULE, "one_of: [vocational_basic, foreign, other]", "one_of: [foreign, other]"),
    ("R003", RULE, "given: {age: 60,", "given: {age: 600,"),
    ("R004", RULE, "offers: [pti, mod, nov]", "offers: [pti, mod, novv]"),
    (
        "R005",
        RULE,
        "one_of: [vocational_arod, vocational_secondary]}\n        text",
        "one_of: [vocational_arod, general_secondary, vocational_secondary]}\n        text",
    ),
    ("T001", THESAURUS, FIRST, "- {lv: [kas, gids]}\n" + FIRST),
    ("T002", THESAURUS, FIRST, "- {lv: [ļoti liela zila auto šoferis, gids]}\n" + FIRST),
    ("T003", THESAURUS, FIRST, "- {lv: [гид, gids]}\n" + FIRST),
    ("T004", THESAURUS, FIRST, "- {lv: [gids, gids, pavadonis]}\n" + FIRST),
    ("T005", THESAURUS, FIRST, "- {lv: [gids]}\n" + FIRST),
    ("T006", THESAURUS, FIRST, "- {lv: [gids, gans]}\n- {lv: [gans, gids]}\n" + FIRST),
    ("S001", SOURCES, 'review: "2027-03-31"', 'review: "2026-03-31"'),
    ("D001", DISTRESS, "must:\n", 'must:\n  - "man patīk skola"\n'),
    ("D002", DISTRESS, "must_not:\n", 'must_not:\n  - "gribu nomirt"\n'),
    ("D001", LEAVING, '"drop|dropping out"', '"drop|dropping up"'),
    ("D002", LEAVING, "must_not:\n", 'must_not:\n  - "gribu pamest skolu"\n'),
    ("L001", ENGLISH, 'msgstr "What shall we do next?"', 'msgstr ""'),
    (
        "L002",
        ENGLISH,
        '#, no-python-format\nmsgid "Vai pašlaik ir darbs?"',
        '#, fuzzy, no-python-format\nmsgid "Vai pašlaik ir darbs?"',
    ),
    ("L003", ENGLISH, 'msgstr "Answers: {items}"', 'msgstr "Answers: {item}"'),
    ("L005", MENU, 'text: "Ko darām tālāk?"', f'text: "{"garš " * 900}"'),
    ("L006", "flows/human/flow.yaml", 'text: "Vispirms', 'text: {tu: "Jums", jus: "Tev"} #'),
    ("L007", MENU, 'text: "Ko darām tālāk?"', 'text: "Jums pienākas kursi"'),
    ("L008", MENU, 'label: "Pie kā vērsties"', f'label: "{"garš " * 20}"'),
    ("L009", MENU, 'text: "Ko darām tālāk?"', 'text: "Vai esi gatavs/a?"'),
    ("L010", UKRAINIAN, 'msgstr "Не розумію. Потрібне число, наприклад: 42"', 'msgstr "Сім’я"'),
    ("L011", MENU, 'text: "Ko darām tālāk?"', 'text: "Ko darām, {name}?"'),
    ("L014", ENGLISH, 'msgstr "All is well"', 'msgstr "good | continue | clear"'),
    ("L015", ENGLISH, 'msgstr "good | continue | clear"', 'msgstr "Delete everything"'),
    ("L004", ENGLISH, 'msgstr "What shall we do next?"', 'msgstr "What shall we\u00a0do next?"'),
]


@pytest.mark.parametrize(("code", "file", "old", "new"), BROKEN)
def test_a_broken_file_is_found_by_its_code(tmp_path, code, file, old, new):
    for folder in DATA_FOLDERS:
        shutil.copytree(find_data() / folder, tmp_path / folder)
    path = tmp_path / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    found = check_all(tmp_path, TODAY)
    assert code in {problem.code for problem in found}
    assert all(Path(tmp_path / problem.path).exists() and problem.line >= 1 for problem in found)


def test_a_missing_catalogue_is_found(tmp_path):
    for folder in DATA_FOLDERS:
        shutil.copytree(find_data() / folder, tmp_path / folder)
    (tmp_path / ENGLISH).unlink()
    assert "L000" in {problem.code for problem in check_all(tmp_path, TODAY, "en")}


def test_a_missing_file_is_found(tmp_path):
    assert {problem.code for problem in check_all(tmp_path, TODAY)} == {"C009"}
