"""What stands on a page: the path of the open flow, and what the last turn said beside it."""

from bot.channels.web.layout import lay_out
from bot.words.messages import Button, Message


def said(kind, step="", flow="start", **more):
    return Message(kind=kind, flow=flow, step=step, text=step, **more)


PATH = (said("say", "hello"), said("answer", "who"), said("ask", "age_band", ask=2))


def test_a_page_without_a_last_turn_is_the_path():
    page = lay_out(PATH, ())
    assert page.path == PATH[:2]
    assert page.question == PATH[2]
    assert (page.ended, page.beside) == ((), ())


def test_the_guesses_of_the_last_turn_stand_at_the_question():
    guessing = said("ask", "age_band", ask=2, buttons=(Button(pick="x", label="X"),))
    assert lay_out(PATH, (said("note"), guessing)).question == guessing


def test_of_two_questions_in_one_turn_the_open_one_is_shown():
    first, open_now = said("ask", "who", ask=1), said("ask", "age_band", ask=2, hint="said so")
    assert lay_out(PATH, (first, open_now)).question == open_now


def test_a_question_that_is_open_no_longer_is_not_shown():
    assert lay_out(PATH, (said("ask", "who", ask=1),)).question == PATH[2]
    assert lay_out(PATH[:2], (said("ask", "who", ask=1),)).question is None


def test_the_end_of_a_flow_stands_above_and_what_is_beside_it_below():
    last = (said("say", "kept", flow="forget"), said("say", "hello"), said("help"), said("refuse"))
    page = lay_out(PATH, last)
    assert page.ended == last[:1]
    assert page.beside == last[2:]


def test_the_page_goes_to_the_topmost_of_what_the_last_turn_said():
    told = said("say", "hello")
    assert lay_out(PATH, ()).first_new == PATH[2]
    assert lay_out(PATH, (PATH[2],)).first_new == PATH[2]
    assert lay_out(PATH, (said("help"), PATH[2])).first_new == said("help")
    assert lay_out(PATH, (said("note"), told, PATH[2])).first_new == told
    ended = said("say", "kept", flow="forget")
    assert lay_out(PATH, (ended, told, said("note"))).first_new == ended
