"""Whether a conversation may be kept until a day comes, so that something can be brought then."""

from bot.core.dialogue.session import Session
from bot.core.flows.roles import has_consent
from bot.core.library import Library


def may_be_kept(library: Library, session: Session) -> bool:
    """Return whether the person agrees that it is kept, and nobody else uses the computer."""
    facts = {answer.step: answer.value for answer in session.answers}
    return has_consent(library.roles, facts) and not session.shared_computer
