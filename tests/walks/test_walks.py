"""Random walks over every production flow and language: never stuck, never unsaid, read again."""

import random

import pytest

from bot.core.dialogue.inputs import Commanded, Picked, Said, Started
from bot.core.dialogue.session import Session
from tests.doubles.person import Person

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
        path = talks.transcript(session)
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
def test_changing_an_answer_and_changing_it_back_gives_the_same_state(sample, seed):
    chance = random.Random(seed)
    person = Person(sample).answer(who="adult", age_band="from_18", what_next="support")
    while (question := person.question).form != "offer":
        picks = [button.pick for button in question.buttons if button.pick != "@skip"]
        person.answer({question.step: chance.choice(picks) if picks else chance.randrange(121)})
    before = person.answers
    for step in [answer.step for answer in person.session.answers if answer.flow == "support"]:
        person.give(Commanded(word="change", about=step))
        others = [one.pick for one in person.question.buttons if one.pick != before[step]]
        person.press(others[0])
        person.give(Commanded(word="change", about=step))
        person.answer({step: before[step]})
        assert before.items() <= person.answers.items()
