"""What is told of the answers: those on the path, and none that a changed answer has left behind."""

from bot.core.dialogue.events import Commanded, Picked, Session, Started


def listed(message):
    return tuple(item.replace("\u00a0", " ") for item in message.items)


def answer_all(talks, session, **picks):
    """Answer by step, skipping what is not named, until the next ways are offered."""
    told = ()
    while not session.open.endswith("/about_next"):
        name = session.open.split("/")[1]
        advanced = talks.advance(session, Picked(options=(picks.get(name, "@skip"),)))
        session = advanced.session
        told = [listed(m) for m in advanced.messages if m.step == "about_told"] or told
    return session, told[-1]


def test_an_answer_off_the_path_is_not_told_and_comes_back_with_the_path(talks):
    session = Session()
    for given in (
        Started(), *(Picked(options=(name,)) for name in ("pupil_10_12", "from_13", "keep", "about_me")),
    ):  # fmt: skip
        session = talks.advance(session, given).session
    session, told = answer_all(talks, session, school_now="hard", values="pay")
    both = ("Kas tev darbā būs svarīgākais? – Laba alga", "Kā tev tagad iet skolā? – Grūti")
    assert sorted(told) == sorted(both)
    changed = talks.advance(session, Commanded(word="change", about="who")).session
    adult = talks.advance(changed, Picked(options=("adult",))).session
    adult, told = answer_all(talks, adult)
    assert told == ("Kas jums darbā ir svarīgākais? – Laba alga",)
    changed = talks.advance(adult, Commanded(word="change", about="who")).session
    back = talks.advance(changed, Picked(options=("pupil_10_12",)))
    told = next(listed(m) for m in back.messages if m.step == "about_told")
    assert sorted(told) == sorted(both)
