"""What is ticked and what is typed beside it, in Telegram, on both drivers."""

import json


def kept(service):
    state = json.loads(
        service.store.conversations.load(service.store.addresses.whose("people", "77")).state
    )
    return {answer["step"]: answer["value"] for answer in state["answers"]}


def begun(service):
    service.say("/start f-about_me")
    for _ in range(2):
        service.press("Izlaist")


def test_words_typed_beside_ticks_are_one_answer(service, server):
    begun(service)
    service.press("☐ Mācīties un augt")
    service.press("☐ Laba alga")
    service.say("lai blakus ir draugi")
    assert kept(service)["values"] == ["pay", "growing", "=lai blakus ir draugi"]
    answered = next(text for text in server.texts() if "Kas jums darbā ir svarīgākais?" in text)
    assert answered.endswith("✓ Laba alga; Mācīties un augt; lai blakus ir draugi")


def test_ticks_are_for_their_own_question(service):
    begun(service)
    service.press("☐ Laba alga")
    service.press("Pietiek")
    service.say("dārzs")
    assert kept(service)["values"] == ["pay"]
    assert kept(service)["circumstances"] == ["=dārzs"]


def test_a_global_word_typed_beside_ticks_is_no_answer(service):
    begun(service)
    service.press("☐ Laba alga")
    service.say("kāpēc")
    assert "values" not in kept(service)


def test_half_a_surrogate_pair_in_own_words_is_replaced_and_kept(service):
    begun(service)
    service.say("esmu \ud83d laba")
    assert kept(service)["values"] == ["=esmu \ufffd laba"]
    assert service.store.inbox.list_set_aside() == []
