"""A question is answered by its name at a channel's door, whatever is asked on the way."""

from contextlib import closing

from bot.core.dialogue.session import Session
from storage.store import Store
from tests.channels.serving import serving
from tests.doubles.by_name import AtADoor
from tests.doubles.doors import WebDoor


def test_a_person_answers_by_name_at_the_web_chat(talks, tmp_path):
    with serving(tmp_path) as address, closing(WebDoor(address)) as door:
        store = Store(f"sqlite:///{tmp_path}/web.db")

        def session():
            return Session.model_validate_json(
                store.conversations.load(door.http.cookies["celvedis"]).state
            )

        person = AtADoor(door, talks, session)
        person.answer(who="Strādāju", age_band="18 vai vairāk", what_next="esf", age=52)
        kept = {answer.step: answer.value for answer in session().answers}
        store.close()
    assert (kept["who"], kept["age_band"], kept["age"]) == ("adult", "from_18", 52)
