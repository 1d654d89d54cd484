"""A conversation in lines of JSON, as `celvedis chat --json` has it."""

import json

from bot.channels.console import chat_json


def turns(talks, *lines):
    """Have a conversation; returns what each turn said, as (kind, step)."""
    found = [[]]
    for line in chat_json(talks, lines, None, "lv"):
        said = json.loads(line)
        if said["kind"] == "wait":
            found.append([])
        else:
            found[-1].append((said["kind"], said.get("step")))
    return found[:-1]


def test_each_line_is_a_turn_and_a_wrong_one_changes_nothing(sample):
    given = ('{"pick": "adult"}', '{"text": "18"}', "nonsense", '{"command": "back"}')
    assert turns(sample, *given) == [
        [("say", "hello"), ("ask", "who")],
        [("say", "who"), ("ask", "age_band")],
        [("say", "age_band"), ("ask", "keeping")],
        [("error", None)],
        [("ask", "age_band")],
    ]


def test_words_and_ticks_come_in_one_line(sample):
    given = '{"pick": ["pay", "growing"], "text": "miers"}'
    opening = ('{"text": "par mani"}', '{"pick": "@skip"}')
    start = ('{"pick": "adult"}', '{"pick": "from_18"}', '{"pick": "keep"}')
    told = turns(sample, *start, *opening, given)
    assert told[-1] == [("say", "values"), ("ask", "obstacles")]


def test_half_a_surrogate_pair_is_replaced_in_words_and_in_picks(sample):
    opening = ('{"pick": "adult"}', '{"pick": "from_18"}', '{"pick": "keep"}')
    given = (*opening, '{"text": "par mani"}', '{"pick": "@skip"}', r'{"text": "a \ud83d b"}')
    said = list(chat_json(sample, [*given, r'{"pick": "\ud83d"}'], None, "lv"))
    assert any("a \ufffd b" in line for line in said)
    assert "".join(said).encode()
