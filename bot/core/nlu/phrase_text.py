"""A phrase as the content has it, refused where no message could be found by it."""

from typing import Annotated

from pydantic import AfterValidator

from bot.core.nlu.phrase_index import GAP, compile_phrase


def _begins_and_ends_with_words(phrase: str) -> str:
    words = compile_phrase(phrase).words
    if not words or GAP in (words[0], words[-1]):
        message = f'"{phrase}" does not begin and end with a word'
        raise ValueError(message)
    return phrase


PhraseText = Annotated[str, AfterValidator(_begins_and_ends_with_words)]
