"""Earlier rounds of a measure: the profile that was found then."""

from collections.abc import Sequence
from datetime import date

from bot.core.dialogue.path_content import numbers_of
from bot.core.dialogue.session import EarlierRound
from bot.core.interests.profile import Profile
from bot.core.interests.scoring import score
from bot.core.library import Library

FEWEST_ANSWERS = 12  # answers below which a measure says nothing


def earlier_profile(
    library: Library, earlier: Sequence[EarlierRound], flow: str
) -> tuple[date, Profile] | None:
    """Return the day and the profile of the latest earlier round of a flow.

    None where there was none, or too little was answered for a profile.
    """
    rounds = [one for one in earlier if one.flow == flow]
    if not rounds:
        return None
    letters = library.interests.letters
    answers = {answer.step: answer.value for answer in rounds[-1].answers}
    likes = numbers_of({name: answers[name] for name in answers if name in letters})
    if len(likes) < FEWEST_ANSWERS:
        return None
    return rounds[-1].on, score(letters, likes)
