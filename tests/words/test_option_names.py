"""What people call an option is what the content says they do."""

import pytest

from bot.core.flows.steps import YesNo
from bot.core.nlu.options import match_option
from bot.words.option_names import option_names

QUESTION = YesNo(id="x", kind="yes_no", text="Vai ir?", skip="Nezinu")


@pytest.mark.parametrize(
    ("said", "meant"),
    [("Jā", "yes"), ("ага", "yes"), ("nope", "no"), ("ні", "no"), ("izlaist", "@skip")],
)
def test_yes_no_and_no_answer_have_the_words_of_the_content(loaded, talks, said, meant):
    heard = option_names(loaded.library.global_words, talks.catalogues, QUESTION)
    assert match_option(heard, said, numbered=False).ids == (meant,)


def test_another_word_in_the_content_is_another_word_here(loaded, talks):
    words = loaded.library.global_words.model_copy(update={"agree": ("tieši tā",), "skip": ()})
    heard = option_names(words, talks.catalogues, QUESTION)
    assert match_option(heard, "tieši tā", numbered=False).ids == ("yes",)
    assert match_option(heard, "ага", numbered=False).ids == ()
    assert match_option(heard, "izlaist", numbered=False).ids == ()
