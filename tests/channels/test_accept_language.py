"""The language a newcomer is met in: what the browser wants most of what we have."""

import httpx
import pytest

from bot.channels.web.accept_language import accepted_language
from tests.channels.serving import serving_sample

ACCEPTED = {
    "uk-UA,uk;q=0.9": "uk",
    "et,en;q=0.8": "en",
    "de-DE,de;q=0.9,en-US;q=0.8": "en",
    "be-BY,be;q=0.9,ru;q=0.8": "ru",
    "en;q=0.1,lv;q=0.9": "lv",
    "en;q=0,lv": "lv",
    "ru;q=0.5, uk;q=0.5": "ru",
    "EN-gb ; Q = 0.7 , lv;q=0.6": "en",
    "en;q=0.001": "en",
    "en;q=1.000,lv": "en",
    "zh-Hans-CN, uk-Cyrl-UA;q=0.2": "uk",
    "en;q=0": None,
    "de, *;q=0.5": None,
    "lvs, english, e": None,
    "en;q=high, ru;q=, uk;q=0,5": None,
    "en;q=nan, ru;q=-1, uk;q=9": None,
    ";;,=,q=1,,": None,
    "": None,
}


@pytest.mark.parametrize("header", ACCEPTED)
def test_the_best_weighted_of_our_languages_is_taken(header):
    assert accepted_language(header) == ACCEPTED[header]


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with serving_sample(tmp_path_factory.mktemp("web")) as found:
        yield found


@pytest.mark.parametrize(
    ("path", "header", "language"),
    [
        ("/", "et,en;q=0.8", "en"),
        ("/", "de,fr;q=0.9", "lv"),
        ("/?lang=uk", "en", "uk"),
        ("/?lang=xx", "de,ru;q=0.2", "ru"),
    ],
)
def test_a_newcomer_is_met_in_it(address, path, header, language):
    page = httpx.get(f"{address}{path}", headers={"accept-language": header}, timeout=30).text
    assert f'<html lang="{language}">' in page
