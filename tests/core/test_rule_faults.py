"""Each way a rule can be wrong is found by its code, at its line; nothing of it ends in a traceback."""

import re
import shutil
from pathlib import Path

import pytest

import bot
from bot.core.base.problems import ContentError
from bot.core.checks.rules import rule_faults
from bot.core.rules.rule import Rule
from bot.core.rules.table import MOST_ROWS
from bot.load.check import check_all
from bot.load.data_folder import DATA_FOLDERS, find_data
from bot.load.library import load
from bot.load.yaml_reader import read_yaml
from tests.conftest import TODAY

RULE = (Path(__file__).parent / "courses/rule.yaml").read_text(encoding="utf-8")
FLOW = (Path(__file__).parent / "courses/flow.yaml").read_text(encoding="utf-8")

# code, what stands in the rule, what stands there instead, a part of the line it is found at
BROKEN = [
    ("R001", "outcome: unemployed, offers", "outcome: master, offers", "outcome: master, offers"),
    ("R002", 'craft, is: full}, text: "Amats ir."', 'craft, is: some}, text: "Amats ir."', "outcomes:"),
    ("R003", "years: 55, craft", "years: 555, craft", "years: 555"),
    ("R003", "then: {period: null,", "then: {perod: null,", "perod"),
    ("R004", "offers: [basics, exam]", "offers: [basics, exams]", "exams"),
    ("R005", 'when: {fact: craft, is: some}, text: "Amats iesākts."', 'when: {fact: craft, one_of: [none, some]}, text: "Amats iesākts."', "outcomes:"),
    ("R006", ', planned: "Sāksies {year}"', "", "states:"),
    ("R006", ', verify: "Solīts {year}"', "", "states:"),
    ("R006", ', not_first: "Vēlāk."', "", "states:"),
    ("R006", '  quoted: "Meistars: „{quote}”"\n', "", "card:"),
    ("R006", '  told: "Meistars stāsta: {said}"\n', "", "card:"),
    ("R006", '  change: "Mainītu: {items}"\n', "", "card:"),
    ("R006", '  ended: "Kursi beidzās {date}"\n', "", "card:"),
    ("R007", ', change: "statuss NVA"', "", "id: registered"),
    ("R008", 'valid_to: "2025-12-31"', 'valid_to: "2026-01-01"', "id: second"),
    ("R008", ', valid_to: "2025-12-31"', "", "id: second"),
    ("R008", 'valid_to: "2027-12-31"', 'valid_to: "2025-12-31"', "id: second"),
    ("R009", 'valid_to: "2025-12-31"', 'valid_to: "2025-12-30"', "id: second"),
    ("R010", "fact: craft, is: none", "fact: kraft, is: none", "fact: kraft"),
    ("R010", "of: [unemployed, halfway, master]", "of: [unemployed, halfway, masters]", "masters"),
    ("R010", "of: [unemployed, halfway, master]", "of: [unemployed]", "of: [unemployed]"),
    ("R010", "periods: [first]", "periods: [frist]", "periods: [frist]"),
    ("R011", "fact: craft, is: none", "fact: craft, is: nothing", "is: nothing"),
    ("R011", "fact: years, at_most: 19", "fact: years, at_most: 190", "at_most: 190"),
    ("R011", "fact: craft, is: none", "fact: craft, has: none", "has: none"),
    ("R012", "- id: halfway", "- id: unemployed", "id: unemployed"),
    ("R012", "- id: halfway", "- id: unknown", "id: unknown"),
    ("R012", "- {id: any_of_three", "- {id: master", "id: master"),
    ("R012", "id: not_registered", "id: not_in_force", "not_in_force"),
    ("R012", "{id: craft, label", "{id: years, label", "id: years"),
    ("R012", "- id: exam", "- id: basics", "id: basics"),
    ("R015", 'lead: "Te māca no sākuma."', 'lead: "Te māca ({year})."', "{year}"),
    ("R016", 'text: "Amats ir.", quote: "kam ir amats"', 'text: "Amats ir."', "full_craft"),
    ("R016", 'says: "sākot ar 16 gadiem"', 'says: "sākot ar 16 gadiem", quote: "no 16"', "under_16"),
    ("F011", "source: onet", "source: onett", "onett"),
    ("F011", "source: aic", "source: aicc", "aicc"),
]  # fmt: skip


@pytest.fixture(scope="module")
def sources(loaded):
    return loaded.library.sources


def found_in(text, sources):
    """The findings of a rule's text, each as code and line."""
    document = read_yaml(text.encode(), "rule.yaml")
    rule = Rule.model_validate(document.value)
    lines = text.splitlines()
    return [
        (fault.code, lines[document.line(fault.keys) - 1])
        for fault in rule_faults(rule, "rule.yaml", sources)
    ]


def test_the_whole_rule_has_no_fault(sources):
    assert found_in(RULE, sources) == []


@pytest.mark.parametrize(("code", "old", "new", "line"), BROKEN)
def test_a_fault_is_found_by_its_code_at_its_line(sources, code, old, new, line):
    assert RULE.count(old) >= 1
    found = found_in(RULE.replace(old, new, 1), sources)
    assert code in {name for name, _ in found}
    assert [where for name, where in found if name == code and line in where]


def test_too_many_sets_are_refused_and_not_tried(sources):
    facts = "".join(
        f'\n  - {{id: extra{number}, label: "x", values: [a, b, c]}}' for number in range(7)
    )
    text = RULE.replace("values: [none, some, full]}", "values: [none, some, full]}" + facts)
    assert MOST_ROWS < 3**7 * 2 * 4 * 3
    assert [code for code, _ in found_in(text, sources)] == ["R013"]


def broken_content(root, rule, flow):
    for folder in DATA_FOLDERS:
        shutil.copytree(find_data() / folder, root / folder)
    (root / "content/support/courses.yaml").write_text(rule, encoding="utf-8")
    (root / "flows/courses").mkdir()
    (root / "flows/courses/flow.yaml").write_text(flow, encoding="utf-8")
    return [(one.code, one.path, one.line) for one in check_all(root, TODAY, "lv")]


def line_of(text, part):
    return 1 + next(at for at, line in enumerate(text.splitlines()) if part in line)


@pytest.mark.parametrize(
    ("code", "old", "new", "line"),
    [
        ("R014", "{id: full, label", "{id: whole, label", "id: craft"),
        ("R014", "most: 99", "most: 100", "id: years"),
        ("R014", "{id: years, kind: number, least: 0, most: 99,", "{id: years, kind: text,", "id: years"),
        ("R010", "{id: registered,", "{id: registred,", "id: registred"),
        ("F012", "{id: registered,", "{id: registred,", "asks:"),
    ],
)  # fmt: skip
def test_a_question_and_its_fact_know_the_same_answers(tmp_path, code, old, new, line):
    flow = FLOW.replace(old, new)
    found = broken_content(tmp_path, RULE, flow)
    assert (code, "flows/courses/flow.yaml", line_of(flow, line)) in found


@pytest.mark.parametrize(
    ("code", "old", "new", "line"),
    [
        ("C002", '    title: "Pamatu kurss"\n', "", "id: unemployed"),
        ("L013", 'title: "Pamatu kurss"', 'title: ""', 'title: ""'),
        ("L012", 'quoted: "Meistars: „{quote}”"', 'quoted: "Meistars"', "quoted"),
        ("L011", 'lead: "Te māca no sākuma."', 'lead: "Te māca {count}."', "Te māca {count}"),
    ],
)  # fmt: skip
def test_words_that_are_missing_are_found_where_they_should_stand(tmp_path, code, old, new, line):
    rule = RULE.replace(old, new)
    found = broken_content(tmp_path, rule, FLOW)
    assert (code, "content/support/courses.yaml", line_of(rule, line)) in found


def test_a_fact_of_values_and_numbers_is_refused_by_the_reader(tmp_path):
    rule = RULE.replace("values: [none, some, full]}", "values: [none], least: 0, most: 9}")
    found = broken_content(tmp_path, rule, FLOW)
    assert [code for code, _, _ in found] == ["C005"]


def test_by_a_period_that_is_renamed_nobody_is_judged(tmp_path):
    broken_content(tmp_path, RULE.replace("periods: [first]", "periods: [frist]"), FLOW)
    with pytest.raises(ContentError, match=r"content/support/courses\.yaml:\d+: R010"):
        load(tmp_path)


GUIDE = (find_data() / "content/README.md").read_text(encoding="utf-8")


def test_the_smallest_rule_of_the_guide_is_a_whole_rule(sources):
    section = GUIDE[GUIDE.index("## A rule\n") :]
    [_, rule, *_] = re.split(r"```(?:yaml)?\n", section)
    assert rule.startswith("title:")
    assert found_in(rule, sources) == []


def test_every_code_of_a_rule_stands_in_the_guide():
    checks = Path(bot.__file__).parent.glob("core/checks/rule*.py")
    used = {code for path in checks for code in re.findall(r'"(R\d{3})"', path.read_text())}
    told = re.findall(r"R\d{3}", GUIDE[GUIDE.index("| code |") :])
    assert sorted(told) == sorted(used)
