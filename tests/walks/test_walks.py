"""Random walks over every flow and language: never stuck, never unsaid, always read again."""

import random

import pytest

from bot.core.dialogue.events import Commanded, Picked, Said, Session, Started

WORDS = ("52", "jā", "nē", "asdf", "atpakaļ", "kāpēc", "nezinu", "english", "gribu nomirt", "18")


@pytest.mark.parametrize("language", ["lv", "en", "uk", "ru"])
@pytest.mark.parametrize("seed", range(40))
def test_a_random_walk_is_never_stuck(talks, language, seed):
    chance = random.Random(f"{language}{seed}")
    session = Session(language=language)
    given = Started()
    for _ in range(40):
        advanced = talks.advance(session, given)
        assert advanced.messages
        if advanced.session is None:
            return
        session = Session.model_validate_json(advanced.session.model_dump_json())
        ask = next((m for m in reversed(advanced.messages) if m.kind == "ask"), None)
        path = talks.trail(session)
        assert path[-1].kind == "ask"
        assert path[-1].ask == session.ask
        assert all("{" not in message.text for message in advanced.messages)
        if ask is None or chance.random() < 0.25:
            given = Said(text=chance.choice(WORDS))
        elif ask.buttons and chance.random() < 0.9:
            given = Picked(options=(chance.choice(ask.buttons).pick,), ask=ask.ask)
        else:
            given = Said(text=str(chance.randrange(100)))


@pytest.mark.parametrize("seed", range(30))
def test_changing_an_answer_and_changing_it_back_gives_the_same_state(talks, seed):
    chance = random.Random(seed)
    session = Session()
    given = Started()
    for _ in range(12):
        session = talks.advance(session, given).session
        ask = talks.trail(session)[-1]
        picks = [button.pick for button in ask.buttons if button.pick not in ("forget", "@resume")]
        if ask.form == "offer":
            picks = ["esf"] if "esf" in picks else picks[:1]
        given = Picked(options=(chance.choice(picks),)) if picks else Said(text="40")
    for answer in session.answers:
        if answer.flow not in ("start", "esf_support"):
            continue
        opened = talks.advance(session, Commanded(word="change", about=answer.step)).session
        if opened.changing != answer.step:
            continue
        ask = talks.trail(opened)[-1]
        other = next((b.pick for b in ask.buttons if b.pick != answer.value), None)
        if other is None or opened.stack != session.stack:
            continue
        changed = talks.advance(opened, Picked(options=(other,))).session
        again = talks.advance(changed, Commanded(word="change", about=answer.step)).session
        back = ("@skip",) if answer.value is None else (str(answer.value),)
        given = Said(text=back[0]) if isinstance(answer.value, int) else Picked(options=back)
        same = talks.advance(again, given).session
        values = {one.step: one.value for one in session.answers}
        assert {one.step: one.value for one in same.answers if one.step in values} == values
