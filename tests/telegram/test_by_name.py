"""A question is answered by its name in Telegram, whatever is asked on the way."""

from bot.core.dialogue.session import Session
from tests.doubles.by_name import AtADoor


def test_a_person_answers_by_name_in_telegram(service, talks):
    def session():
        key = service.store.addresses.whose("people", "77")
        return Session.model_validate_json(service.store.conversations.load(key).state)

    service.say("/start")
    person = AtADoor(service, talks, session)
    person.answer(who="Strādāju", age_band="18 vai vairāk", what_next="esf", age=52)
    kept = {answer.step: answer.value for answer in session().answers}
    assert (kept["who"], kept["age_band"], kept["age"]) == ("adult", "from_18", 52)
