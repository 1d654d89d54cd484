"""The interest questions in Telegram, on both drivers: faces in a row, a picture, families."""

import json

from tests.conftest import set_aside

FACES = ["😟", "🙁", "😐", "🙂", "😀"]
LIKED = {"S": 4, "A": 3, "I": 2, "R": 1, "E": 1, "C": 0}


def answered(service, server, loaded):
    """Answer every activity by its type."""
    types = {item.text: item.type for item in loaded.library.interests.items.values()}
    while FACES[0] in server.labels(server.chats[77][-1]):
        shown = [line for line in server.texts()[-1].split("\n") if line in types]
        service.press(FACES[LIKED[types[shown[-1]]]])  # those above are answered


def begun(service):
    service.say("/start f-interests")


def test_from_the_first_face_to_the_portrait(service, server, loaded):
    begun(service)
    first = server.chats[77][-1]
    assert [key["text"] for key in first["reply_markup"]["inline_keyboard"][0]] == FACES
    assert "😟 Nemaz … 😀 Ļoti" in server.texts()[-1]
    answered(service, server, loaded)
    salabot, noskaidrot = server.texts()[0].split("\n\n")[1:3]
    assert salabot == "Salabot velosipēdam bremzes\n✓ 🙁 Ne visai"
    assert noskaidrot == "Noskaidrot, kāpēc eksperiments neizdevās\n✓ 😐 Vidēji"
    if "ātri" in server.texts()[-1]:
        service.press("Jā, lai paliek")
    picture = next(message for message in server.chats[77] if "photo" in message)
    assert picture["caption"].split("\n")[0] == "Jums tuvākās jomas: palīdzēšana un radīšana"
    assert picture["photo"][0]["file_size"] > 5000
    families = server.chats[77][server.chats[77].index(picture) + 1]
    assert families["text"].startswith("Darbu saimes, kurās ieskatīties")
    assert next(iter(server.labels(families))).startswith("Nav man: ")
    assert server.texts()[-1].startswith("Ko darām tālāk?")
    assert set_aside(service.store) == []


def test_a_family_is_put_aside_by_its_button(service, server, loaded):
    begun(service)
    answered(service, server, loaded)
    service.press("Jā, lai paliek")
    families = next(
        one for one in reversed(server.chats[77]) if "Darbu saimes" in one.get("text", "")
    )
    label = next(iter(server.labels(families)))
    server.press_at(families, label)
    service.settle()
    again = next(one for one in reversed(server.chats[77]) if "Darbu saimes" in one.get("text", ""))
    assert label not in server.labels(again)
    assert label.replace("Nav man", "Atsaukt") in server.labels(again)


def test_more_families_come_without_the_picture(service, server, loaded):
    begun(service)
    answered(service, server, loaded)
    service.press("Jā, lai paliek")
    pictures = sum("photo" in message for message in server.chats[77])
    service.press("Vēl darbu saimes")
    assert sum("photo" in message for message in server.chats[77]) == pictures
    more = next(one for one in reversed(server.chats[77]) if "Nav man" in str(server.labels(one)))
    assert more["text"].startswith("Vēl darbu saimes")
    assert len(server.labels(more)) == 3
    assert "Vēl darbu saimes" not in server.labels(server.chats[77][-1])


def test_an_occupation_asked_by_the_way(service, server):
    begun(service)
    service.say("Ko dara zobārste?")
    assert "zobārsts / zobārste" in server.texts()[-2] + server.texts()[-1]
    service.press("Turpināt sarunu")
    key = service.store.addresses.whose("people", "77")
    state = json.loads(service.store.conversations.load(key).state)
    assert state["open"] == "interests/r01"


def test_a_row_of_questions_begins_a_new_message_before_it_is_too_long(service, server, loaded):
    begun(service)
    tick = "\n✓ 😐 Vidēji"
    items = {item.text for item in loaded.library.interests.items.values()}
    while FACES[0] in server.labels(server.chats[77][-1]):
        service.press("😐")
    asked = [line for text in server.texts() for line in text.split("\n") if line in items]
    answered = [
        part.removesuffix(tick)
        for text in server.texts()
        for part in text.split("\n\n")
        if part.endswith(tick)
    ]
    assert len(asked) == len(set(asked)) == len(answered) > 20
    assert set(answered) <= set(asked)
    rows = [text for text in server.texts() if "✓" in text]
    assert 2 <= len(rows) <= 4
    assert all(len(text) <= 1100 for text in rows)
    assert not any("no ap. 24" in text for text in rows)
    service.wait(
        lambda: all(not server.labels(server.chats[77][at]) for at in range(len(rows) - 1))
    )
