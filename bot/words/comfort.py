"""Says what is said in distress: to a child or to an adult, with the sources of every number."""

from bot.core.nlu.distress import DistressKind, QuietReplyName, Whom
from bot.words.i18n.localizer import Localizer
from bot.words.messages import Button, Message


def comfort(words: Localizer, kind: DistressKind, buttons: tuple[Button, ...]) -> Message:
    """Return what is said to a kind of distress, and its sources."""
    answers, whom = words.library.distress_answers, whom_of(words)
    said = "\n\n".join(words.say(text) for text in answers.paragraphs(kind, whom))
    sources = (words.library.sources[name] for name in answers.sources(kind, whom))
    source = "\n".join(words.source_line(one) for one in sources)
    return Message(kind="help", text=said, source=source, buttons=buttons, private=True)


def quiet_answer(words: Localizer, name: QuietReplyName, buttons: tuple[Button, ...]) -> Message:
    """Return what is answered to a message of the quiet step, and how that step is left."""
    answers, whom = words.library.distress_answers, whom_of(words)
    reply = answers.quiet_step[name]
    said = words.say(reply.text.of(whom))
    if buttons:
        said = f"{said}\n\n{words.say(answers.to_go_on.of(whom))}"
    sources = (words.library.sources[one] for one in reply.sources.of(whom))
    source = "\n".join(words.source_line(one) for one in sources)
    return Message(kind="help", text=said, source=source, buttons=buttons, private=True)


def point_to_help(words: Localizer) -> Message:
    """Return the line beside an answer in which there was perhaps distress."""
    pointer = words.library.distress_answers.pointer.of(whom_of(words))
    return Message(kind="note", text=words.say(pointer), private=True)


def whom_of(words: Localizer) -> Whom:
    """Return whose lines are said: a child's or a pupil's to who is addressed as „tu”."""
    return "child" if words.register == "tu" else "adult"
