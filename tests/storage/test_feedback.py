"""What people asked without an answer and said is wrong is kept, and leads to nobody."""

from bot.ports.effects import RecordCorrection, RecordQuestion
from bot.ports.records import AskedQuestion, KeptCorrection, TurnResult
from storage.feedback import asked_question, correction
from tests.storage.turns import everything, update


def leave(store, key, number, *effects):
    store.turns.run(update(key, number), lambda _: TurnResult("1", effects=effects))


def asked(words, day="2026-11-28", language="lv"):
    return RecordQuestion(day, language, words)


def wrong(card, words="", day="2026-11-28"):
    return RecordCorrection(day, "lv", card, "aaaa0000", words)


def test_questions_are_counted_the_most_frequent_first(store):
    leave(store, "a", 1, asked("kur ir skola"), asked("cik maksā kojas"))
    leave(store, "b", 1, asked("cik maksā kojas", "2026-11-29"))
    leave(store, "c", 1, asked("cik maksā kojas", language="en"))
    assert store.feedback.questions("") == [
        AskedQuestion("cik maksā kojas", "lv", 2, "2026-11-29"),
        AskedQuestion("cik maksā kojas", "en", 1, "2026-11-28"),
        AskedQuestion("kur ir skola", "lv", 1, "2026-11-28"),
    ]
    assert store.feedback.questions("2026-11-29") == [
        AskedQuestion("cik maksā kojas", "lv", 1, "2026-11-29")
    ]


def test_corrections_come_the_newest_first(store):
    leave(store, "a", 1, wrong("knowledge/a", "vecs"))
    leave(store, "a", 2, wrong("paths/b"))
    assert store.feedback.corrections() == [
        KeptCorrection("2026-11-28", "lv", "paths/b", "aaaa0000", ""),
        KeptCorrection("2026-11-28", "lv", "knowledge/a", "aaaa0000", "vecs"),
    ]


def test_nothing_in_them_leads_to_a_person(store):
    for table in (asked_question, correction):
        assert not {"conversation", "at", "channel", "account"} & {*table.c.keys()}
    leave(store, "somebody", 1, asked("kur ir skola"), wrong("knowledge/a"))
    kept = everything(store)
    assert "somebody" not in str(kept["asked_question"]) + str(kept["correction"])
    store.people.forget("somebody", 9000)
    assert len(store.feedback.questions("")) == len(store.feedback.corrections()) == 1
