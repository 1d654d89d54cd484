"""Sentences made of each option's name: turned round it is never taken, in another dress never another."""

import re
from collections.abc import Iterator
from datetime import date

import pytest

from bot.core.dialogue.answers import read_said
from bot.core.dialogue.inputs import Said
from bot.core.dialogue.readings import Understood
from bot.core.flows.steps import Choice, Scale
from bot.core.nlu.clean_text import PAIRS
from bot.core.nlu.normalize import normalize
from bot.core.nlu.option_phrases import ASK, SAME

TODAY = date(2026, 11, 29)
QUESTIONS = (
    ("start", "who"), ("start", "age_band"), ("start", "keeping"), ("start", "parent_agrees"),
    ("esf_support", "employed"), ("esf_support", "education"), ("esf_support", "household"),
    ("esf_support", "protection_status"), ("about_me", "school_now"),
    ("youth_support", "studying"), ("youth_support", "working"), ("skills", "s1"),
)  # fmt: skip
FRAMES = {
    "lv": {
        "denied": ("nav {}", "tas nav {}", "nē, ne {}", "nekad nav bijis {}"),
        "unfinished": ("{} nepabeidzu", "pametu {}", "{} nav pabeigta"),
        "of_another": ("dēlam {}", "vīram ir {}", "draugam {}", "manai māsai {}"),
        "wished": ("gribu {}", "gribētu {}", "plānoju {}"),
        "doubted": ("nezinu, laikam {}", "varbūt {}", "neesmu droša, {}"),
        "past": ("agrāk {}", "kādreiz bija {}"),
    },
    "en": {
        "denied": ("not {}", "it is not {}", "not {} at all"),
        "unfinished": ("I didn't finish {}", "dropped out of {}"),
        "of_another": ("my brother: {}", "my son has {}"),
        "wished": ("I want {}", "I am planning {}"),
        "doubted": ("maybe {}", "not sure, {}"),
        "past": ("used to be {}",),
    },
    "uk": {
        "denied": ("не {}", "це не {}"),
        "unfinished": ("не закінчила {}",),
        "of_another": ("у сина {}",),
        "wished": ("хочу {}", "планую {}"),
        "doubted": ("можливо, {}", "не знаю, {}"),
        "past": ("колись {}",),
    },
    "ru": {
        "denied": ("не {}", "это не {}"),
        "unfinished": ("не закончил {}", "бросила {}"),
        "of_another": ("у брата {}",),
        "wished": ("хочу {}", "планирую {}"),
        "doubted": ("может быть, {}", "не знаю, {}"),
        "past": ("раньше {}",),
    },
}  # fmt: skip
TURNED_ALREADY = {"denied", "below", "unfinished"}
TO_CYRILLIC = str.maketrans(dict(PAIRS))
CHAT = (("ā", "aa"), ("ē", "ee"), ("ī", "ii"), ("ū", "uu"), ("š", "sh"), ("č", "ch"), ("ž", "zh"))


def read(talks, step, text):
    """Return which option a text is taken for; None where none is."""
    reading = read_said(talks.library, step, talks.hear(step), Said(text=text), TODAY)
    if not isinstance(reading, Understood):
        return None
    value = reading.value
    return step.options[value - 1].id if isinstance(step, Scale) and value else value


def labels(talks, step, option) -> Iterator[tuple[str, str]]:
    """Return what an option is called in each language, as it would stand in a sentence."""
    for language, catalogue in talks.catalogues.items():
        label = re.split(r" – | \(", catalogue.say(option.label))[0]
        if label[0].isdecimal() or step.id == "keeping":
            label = label.partition(",")[0]  # a denial reaches no further than its clause
        yield language, label[0].lower() + label[1:]


def meaning(talks, step, option, kind):
    phrases = talks.library.phrases_for(step)
    own = phrases.options.get(option.id)
    if own is not None and kind in own.turned:
        return own.turned[kind]
    return phrases.turned.get(kind, ASK)


@pytest.mark.parametrize(("flow", "question"), QUESTIONS)
def test_a_name_that_something_turns_is_never_taken_as_itself(talks, flow, question):
    step = talks.library.steps[flow, question]
    assert isinstance(step, Choice | Scale)
    taken = []
    for option in step.options:
        for language, label in labels(talks, step, option):
            guarded = talks.library.read(label).guarded
            if any(one.owner.kind in TURNED_ALREADY for one in guarded.triggers):
                continue  # "nestrādāju": a denial of a denial is another matter
            for kind, frames in FRAMES[language].items():
                if kind == "of_another" and guarded.own:
                    continue  # "dēlam strādāju" is no sentence
                if meaning(talks, step, option, kind) == SAME:
                    continue
                said = (frame.format(label) for frame in frames)
                taken += [text for text in said if read(talks, step, text) == option.id]
    assert taken == []


DRESSES = {
    "no marks": normalize,
    "chat": lambda text: _replaced(text.lower(), CHAT),
    "capitals": str.upper,
    "fullwidth": lambda text: "".join(
        chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text
    ),
    "zero width": "\u200b".join,
    "look-alikes": lambda text: text.replace("a", "а", 1) if text.isascii() else text,
    "polite before": lambda text: f"labdien, {text}",
    "polite after": lambda text: f"{text}, paldies",
    "thought": lambda text: f"es domāju, ka {text}",
    "picture after": lambda text: f"{text} 🙂",
}


def _replaced(text, pairs):
    for old, new in pairs:
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize("dress", DRESSES)
def test_in_another_dress_a_message_is_never_another_answer(talks, dress):
    other, same, messages = [], 0, 0
    for flow, question in QUESTIONS:
        step = talks.library.steps[flow, question]
        for option, said in talks.library.phrases_for(step).options.items():
            for message in said.must:
                value = read(talks, step, DRESSES[dress](message))
                messages += 1
                same += value == option
                if value not in {option, None}:
                    other.append((question, message, value))
    assert other == []
    assert same / messages > 0.9
