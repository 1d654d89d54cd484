"""Telephone numbers that can be called, and sources that can be opened, in escaped text."""

import pytest

from bot.channels.web.links import Links
from bot.words.i18n.formats import bind

TELLING = "Zvani <b>: 116111, 80200206; 112."


@pytest.fixture(scope="module")
def links(talks):
    return Links(talks.library.sources.values(), talks.catalogues["lv"])


def test_a_telephone_number_can_be_called_and_the_rest_is_escaped(links):
    assert links.call(TELLING) == (
        'Zvani &lt;b&gt;: <a href="tel:116111">116111</a>, '
        '<a href="tel:80200206">80200206</a>; <a href="tel:112">112</a>.'
    )


@pytest.mark.parametrize(
    "text", ["112 profesijas", "ISCO 2330", "802002061", "1/24/I/001", "Nr. 67225155a", ""]
)
def test_other_numbers_are_no_telephones(links, text):
    assert links.link(text) == text


def test_every_source_with_an_address_is_a_link(links, talks):
    with_address = [source for source in talks.library.sources.values() if source.url]
    assert len(with_address) > len(talks.library.sources) // 2
    for source in with_address:
        line = bind(f"Avots: {source.title}. Pārbaudīts: 22.11.2026.")
        assert f'<a href="{source.url}" target="_blank" rel="noopener">' in links.link(line)


def test_an_address_is_a_link_without_the_stop_after_it(links):
    assert links.link("Vairāk: https://aic.lv/a?b=1&c. Un") == (
        'Vairāk: <a href="https://aic.lv/a?b=1&amp;c" target="_blank" rel="noopener">'
        "https://aic.lv/a?b=1&amp;c</a>. Un"
    )
