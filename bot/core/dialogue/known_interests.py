"""What a person's interests are, as far as their answers tell, for what is said beside the questions."""

from collections.abc import Mapping

from bot.core.dialogue.session import Answer
from bot.core.interests.matching import families
from bot.core.interests.profile import Profile
from bot.core.interests.scoring import score
from bot.core.library import Library

Answers = Mapping[str, Answer]

FEWEST_LIKES = 12  # answered activities from which interests tell anything here


def leading_interests(library: Library, answers: Answers) -> tuple[str, ...] | None:
    """Return the letters that lead, where enough was answered and the answers tell them apart."""
    profile = known_profile(library, answers)
    return None if profile is None else profile.leading


def near_families(library: Library, answers: Answers) -> tuple[str, ...]:
    """Return the families of work that fit the interests best, the nearest first; none where these are not known."""
    profile = known_profile(library, answers)
    if profile is None:
        return ()
    ranked = families(profile, library.matchable)
    return tuple(family.isco2 for family in ranked.families if not family.less_typical)


def known_profile(library: Library, answers: Answers) -> Profile | None:
    """Return what the interests are, where enough was answered and the answers tell them apart."""
    letters = library.interests.letters
    likes = {
        name: answer.value
        for name, answer in answers.items()
        if name in letters and isinstance(answer.value, int)
    }
    if len(likes) < FEWEST_LIKES:
        return None
    profile = score(letters, likes)
    return None if {"flat", "uniform"}.intersection(profile.flags) else profile
