"""The table of the settings: whole, without secrets, and the same in the README."""

import json
import re
from pathlib import Path

from bot.settings import SECRETS, Settings, read_settings
from bot.settings_table import SETTINGS, settings_markdown, settings_now
from tests.test_cli import celvedis

ROOT = Path(__file__).parent.parent
TOLD = "not-for-any-eyes"


def test_every_setting_that_is_read_stands_in_the_table():
    read = set(re.findall(r"CELVEDIS_[A-Z_]+[A-Z]", (ROOT / "bot/settings.py").read_text("utf-8")))
    assert read - {row.name for row in SETTINGS} == set()
    assert {row.name for row in SETTINGS} - read - {"CELVEDIS_PEOPLE_DRIVER"} == set()


def test_what_is_said_to_hold_by_itself_does():
    given = {row.name: row.default for row in SETTINGS if row.default}
    assert read_settings(given) == read_settings({}) == Settings()


def test_the_readme_has_the_table():
    assert settings_markdown() in (ROOT / "README.md").read_text("utf-8")


def test_no_secret_is_told():
    rows = settings_now(dict.fromkeys(SECRETS, TOLD))
    assert {row.name for row in rows if row.value == "(hidden)"} == set(SECRETS)
    assert TOLD not in str(rows)


def test_where_a_value_comes_from_is_told(monkeypatch):
    monkeypatch.setenv("CELVEDIS_PORT", "8123")
    rows = {row["name"]: row for row in json.loads(celvedis("settings", "--json").stdout)}
    assert (rows["CELVEDIS_PORT"]["value"], rows["CELVEDIS_PORT"]["source"]) == (
        "8123",
        "the environment",
    )
    assert rows["CELVEDIS_HOST"]["source"] == "by itself"


def test_a_setting_that_cannot_be_is_told_after_all_of_them(monkeypatch):
    monkeypatch.setenv("CELVEDIS_SECURE", "perhaps")
    done = celvedis("settings")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "CELVEDIS_SECURE=perhaps" in done.stdout


def test_a_path_of_the_environment_is_taken_as_a_database():
    assert read_settings({"CELVEDIS_DB": "var/school.db"}).database == "sqlite:///var/school.db"
