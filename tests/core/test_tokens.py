"""Words of a message in every spelling they are compared by."""

import pytest

from bot.core.nlu.tokens import CYRILLIC, tokenize


def spellings(loaded, text):
    return [token.spellings for token in tokenize(text, loaded.library.vocabulary).tokens]


@pytest.mark.parametrize("text", ["ja", "ne", "to", "no", "man", "varu", "jau"])
def test_a_known_word_in_latin_letters_is_not_read_as_cyrillic(loaded, text):
    (forms,) = spellings(loaded, text)
    assert not any(CYRILLIC.search(form) for form in forms)


def test_latin_letters_are_read_as_russian_where_only_that_is_known(loaded):
    (forms,) = spellings(loaded, "zarplata")
    assert "зарплата" in forms


@pytest.mark.parametrize(("text", "word"), [("maacos", "macos"), ("straadaaju", "stradaju")])
def test_chat_spelling_stands_beside_the_word_as_typed(loaded, text, word):
    (forms,) = spellings(loaded, text)
    assert forms[:2] == (text, word)


def test_a_slip_is_never_mended_into_a_negation_or_out_of_it(loaded):
    for word in ("nestradaju", "stradaju", "pabeidzu", "nepabeidzu"):
        for near in loaded.library.vocabulary.corrections(f"{word}x"):
            assert near.startswith("ne") == word.startswith("ne")
