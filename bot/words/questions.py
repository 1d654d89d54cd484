"""Questions and their answers in words: what is asked, what was answered, what was not understood."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property

from bot.core.dialogue.answers import LONGEST_MESSAGE
from bot.core.dialogue.booking_draft import DAY_BUTTON, is_time
from bot.core.dialogue.events import Answered, Asked, FactsTold, FlowState, Refused, ResultKept
from bot.core.dialogue.session import FREE_TEXT, Answer, Session, Value
from bot.core.dialogue.value_reading import SKIP, day_bounds
from bot.core.flows.steps import (
    NO,
    QUESTIONS,
    YES,
    Ask,
    Choice,
    Day,
    Number,
    Offer,
    Scale,
    Several,
    Step,
    Words,
    YesNo,
)
from bot.core.interests.next_item import MOST_ITEMS
from bot.core.plan.form import PlanSection
from bot.words.booking_messages import BookingWords
from bot.words.i18n.formats import show_date, show_number
from bot.words.i18n.localizer import Localizer
from bot.words.messages import Button, Mark, Message

STATE_MARKS: Mapping[FlowState, Mark] = {"done": "full", "begun": "half", "new": "empty"}

TRIES_BEFORE_WAY_OUT = 3  # failed answers to one question


class QuestionWords(Localizer):
    """Says questions, and answers as they were chosen."""

    @cached_property
    def bookings(self) -> BookingWords:
        """What is said of meetings."""
        return BookingWords(self.library, self.catalogue, self.register, self.today)

    def title(self, flow: str, step: str) -> str:
        """Return the words of a step; its id, where it has none or is gone from the content."""
        asked = self.library.steps.get((flow, step))
        return self.say(asked.text) if asked and hasattr(asked, "text") else step

    def shown(self, flow: str, step: str, value: Value) -> str:
        """Return an answer as it was chosen, in this language."""
        question = self.library.question(flow, step)
        if value is None:
            skip = question.skip if question is not None else None
            return self.say(skip) if skip is not None else self.phrase("skipped")
        match question:
            case YesNo():
                return self.phrase(str(value))
            case Choice(kind="time") if is_time(value):
                return self.bookings.time(str(value))
            case Choice() | Several():
                return self._chosen(question, value if isinstance(value, tuple) else (str(value),))
            case Words() if str(value) in self.library.occupations:
                return self.library.directory[str(value)].named(self.catalogue.language).label
            case Words() if str(value) in self.library.places:
                return self.library.place_finder.name(str(value))
            case Scale() if isinstance(value, int):
                return self.say(question.options[value - 1].label)
            case Day():
                return show_date(date.fromisoformat(str(value)), self.catalogue.language)
            case _:
                return str(value)

    def lines(self, answers: Iterable[Answer]) -> tuple[str, ...]:
        """Return one line for each answer, with its question."""
        return tuple(
            self.phrase(
                "data_line",
                question=self.title(answer.flow, answer.step),
                answer=self.shown(answer.flow, answer.step, answer.value),
            )
            for answer in answers
        )

    def asked(self, event: Asked, session: Session) -> Message:
        """Return a question or an offer with its buttons; "did you mean …?" where it was guessed."""
        step = self.library.steps[event.flow, event.step]
        assert isinstance(step, (*QUESTIONS, Offer))  # nothing else waits for the person
        buttons = self._buttons(step, event, session)
        text = self.say(step.text)
        is_day = isinstance(step, Day)
        if len(event.guesses) == 1:
            guess = _in_sentence(buttons[0].label) if is_day else buttons[0].label
            text = self.phrase("guess_day" if is_day else "guess", option=guess)
        elif event.guesses:
            text = self.phrase("guess_days" if is_day else "guesses")
        hint = None if isinstance(step, Offer) or (is_day and event.guesses) else step.hint
        section = self._section(step, session)
        if section is not None:
            text, hint = self.say(section.ask), section.hint
        progress, at, of = self._progress(event, session)
        return Message(
            kind="ask",
            text=text,
            hint=self.say(hint) if hint else "",
            flow=event.flow,
            step=event.step,
            form="faces" if _has_faces(step) else step.kind,
            own=isinstance(step, Several) and step.free_text > 0,
            progress=progress,
            progress_at=at,
            progress_of=of,
            ask=event.ask,
            again=event.again,
            buttons=tuple(buttons),
        )

    def answered(self, event: Answered) -> list[Message]:
        """Return a question with the answer it was given; what was read from a sentence is said back."""
        question = self.library.question(event.flow, event.step)
        answer = Message(
            kind="answer",
            form="faces" if _has_faces(question) else "",
            text=self.title(event.flow, event.step),
            value=self.shown(event.flow, event.step, event.value),
            flow=event.flow,
            step=event.step,
        )
        if not event.said_back:
            return [answer]
        said = _in_sentence(answer.value) if isinstance(question, Day) else answer.value
        text = self.phrase("understood", answer=said)
        mend = Button(pick=f"@change:{event.step}", label=self.phrase("change"))
        return [answer, Message(kind="note", text=text, buttons=(mend,))]

    def facts_told(self, event: FactsTold, session: Session) -> Message:
        """Return one line with what is kept without having been asked, and a way to change it."""
        answers = [one for one in event.answers if not self._is_told_in_years(one, event)]
        shown = " · ".join(self.shown(flow, step, value) for flow, step, value in answers)
        text = self.phrase("known" if event.follow else "understood", answer=shown)
        # of several, or where its question is not asked yet, the person says which
        flow, step, _ = event.answers[0]
        one = len(event.answers) == 1 and flow in session.stack
        pick = f"@change:{step}" if one else "@change"
        mend = Button(pick=pick, label=self.phrase("change"))
        return Message(kind="note", text=text, buttons=(mend,))

    def result_kept(self, event: ResultKept) -> Message:
        """Return one line: an answer is noted, and what it comes to is the same."""
        labels = {fact.id: fact.label for fact in self.library.judges[event.rule].rule.facts}
        return Message(
            kind="note",
            text=self.phrase(
                "result_kept",
                question=self.say(labels[event.fact]),
                answer=self.shown(event.flow, event.fact, event.value),
            ),
        )

    def _is_told_in_years(self, answer: tuple[str, str, Value], event: FactsTold) -> bool:
        """Return whether an answer is a band, and the number that is in it is told too."""
        flow, step, _ = answer
        question = self.library.question(flow, step)
        if question is None or not self.library.phrases_for(question).bands:
            return False
        others = (self.library.question(flow, step) for flow, step, _ in event.answers)
        return any(isinstance(other, Number) for other in others)

    def refused(self, event: Refused) -> Message:
        """Return why something was no answer: then with an example, and then with a way out."""
        step = self.library.steps.get((event.flow, event.step))
        limit, language = _limit(event, step), self.catalogue.language
        values = {"limit": "" if limit is None else show_number(limit, language)}
        if isinstance(step, Day):
            first, last = (show_date(day, language) for day in day_bounds(step, self.today))
            values |= {"first": first, "last": last, "example": self.example_day}
        elif event.among:
            first, second = (show_number(one, language) for one in event.among)
            values |= {"first": first, "second": second}
        text = self.phrase(f"not_{event.reason}", **values)
        buttons: tuple[Button, ...] = ()
        if event.tries >= TRIES_BEFORE_WAY_OUT:
            text = self.phrase("human_offer")
            buttons = (
                Button(pick="@human", label=self.phrase("talk_human")),
                Button(pick="@menu", label=self.phrase("menu")),
            )
        elif event.tries > 1 and event.reason == "choice":
            text = self.phrase("not_again", example=self._example(event, step))
        place = {"flow": event.flow, "step": event.step}
        return Message(kind="refuse", text=text, buttons=buttons, **place)

    def _example(self, event: Refused, step: Step | None) -> str:
        """Return an answer that would be understood."""
        options = step.options if isinstance(step, Choice | Several | Scale | Offer) else ()
        labels = [option.label for option in options if option.id == event.example]
        return self.say(labels[0]) if labels else self.phrase(YES)

    def _chosen(self, question: Choice | Several, chosen: tuple[str, ...]) -> str:
        """Return options by their labels, and own words as they were typed: "math; music"."""
        labels = {option.id: self.say(option.label) for option in question.options}
        shown = [labels.get(name, name.removeprefix(FREE_TEXT)) for name in chosen]
        return "; ".join(shown)

    def _buttons(self, step: Ask | Offer, event: Asked, session: Session) -> list[Button]:
        """Return the buttons of a step: its options, or of those only what may have been meant."""
        buttons: list[Button] = []
        if isinstance(step, YesNo):
            buttons = [Button(pick=name, label=self.phrase(name)) for name in (YES, NO)]
        elif isinstance(step, Day):
            buttons = [
                Button(pick=day, label=self.shown(event.flow, event.step, day))
                for day in event.guesses
            ]
        elif isinstance(step, Choice | Several | Scale | Offer):
            options = {option.id: option for option in step.options}
            for name in event.guesses or event.options:
                if name in options:
                    buttons.append(Button(pick=name, label=self.say(options[name].label)))
                elif is_time(name) or name.startswith(DAY_BUTTON):
                    buttons.append(self.bookings.button(name, session.booking))
        if (
            isinstance(step, Offer)
            and step.groups
            and not event.guesses
            and not _is_short(step, event)
        ):
            buttons = self._in_groups(step, event, buttons)
        if isinstance(step, Offer):
            if event.flow == self.library.roles.home and len(session.stack) > 1:
                # the menu was opened over something that can be gone back to
                buttons.insert(0, Button(pick="@resume", label=self.phrase("resume")))
        elif step.skip is not None and (isinstance(step, Day) or not event.guesses):
            buttons.append(Button(pick=SKIP, label=self.say(step.skip)))
        if event.guesses and not isinstance(step, Day):
            buttons.append(Button(pick="@none", label=self.phrase("none_of_these")))
        return buttons

    def _section(self, step: Ask | Offer, session: Session) -> PlanSection | None:
        """Return the section of the plan that is asked for; None where no such is."""
        if not isinstance(step, Words) or step.section is None:
            return None
        named = (one.value for one in session.answers if one.step == step.section)
        return self.library.plan_form.sections.get(str(next(named, "")))

    def _in_groups(self, offer: Offer, event: Asked, buttons: Sequence[Button]) -> list[Button]:
        """Return the buttons of an offer by groups, with second lines and how far one is."""
        options = {option.id: option for option in offer.options}
        states = dict(event.states)
        found: list[Button] = []
        for group in offer.groups:
            title = self.say(group.title)
            for button in buttons:
                option = options[button.pick]
                if option.group != group.id:
                    continue
                state = states.get(option.id)
                found.append(
                    Button(
                        pick=button.pick,
                        label=button.label,
                        group=title,
                        about=self.say(option.about) if option.about else "",
                        mark=STATE_MARKS[state] if state else None,
                        state=self.phrase(f"state_{state}") if state else "",
                    )
                )
        return found

    def _progress(self, event: Asked, session: Session) -> tuple[str, int, int]:
        """Return where in an instrument's row of questions this one stands.

        In words ("3 no ap. 24"), and as the number of the question and how many there will be; nothing
        for a question of no instrument. Past the usual number the most that are asked count.
        """
        items = self.library.interests.questions
        if event.step not in items:
            return "", 0, 0
        number = 1  # of this question
        for answer in session.answers:
            if answer.flow == event.flow and answer.step in items:
                number += 1
        usual = self.library.policy.usual_items
        if number <= usual:
            return self.phrase("progress", at=str(number), about=str(usual)), number, usual
        words = self.phrase("progress_more", at=str(number), most=str(MOST_ITEMS))
        return words, number, MOST_ITEMS


def _is_short(offer: Offer, event: Asked) -> bool:
    """Return whether only the likeliest options stand there, too few to be told in groups."""
    return any(option.more and option.id in event.options for option in offer.options)


def _has_faces(step: Step | None) -> bool:
    return isinstance(step, Scale) and step.faces


def _in_sentence(day: str) -> str:
    """Return a day without the stop that it ends with in some languages, as does the sentence."""
    return day.removesuffix(".")


def _limit(event: Refused, step: Step | None) -> int | None:
    """Return the bound that what came was below or above; None where the reason is no bound."""
    match event.reason:
        case "least" | "few" if isinstance(step, Number | Several):
            return step.least
        case "most" | "many" if isinstance(step, Number | Several):
            return step.most
        case "long" if isinstance(step, Words):
            return step.most
        case "long" if isinstance(step, Several) and step.free_text:
            return step.free_text
        case "long":
            return LONGEST_MESSAGE
        case _:
            return None
