"""What is said while a meeting is being booked: times, what is held, what would be handed over, the ticket."""

from collections.abc import Callable
from datetime import date, timedelta

from bot.core.booking.kinds import MeetingMode
from bot.core.dialogue.booking_draft import DAY_BUTTON, BookingDraft, is_time, local_time
from bot.core.dialogue.booking_handing import ThingToHand, things_to_hand, title_of
from bot.core.dialogue.booking_requests import BookingResponse, MyMeeting
from bot.core.dialogue.events import HandedShown
from bot.core.dialogue.session import Answer, Session
from bot.core.education.dates import RIGA
from bot.core.flows.booking_steps import SENSITIVE
from bot.core.plan.wording import Wording
from bot.words.booking_times import time_by, time_from
from bot.words.i18n.formats import show_time
from bot.words.i18n.localizer import Localizer
from bot.words.messages import Button, Message

SayAnswers = Callable[[tuple[Answer, ...]], tuple[str, ...]]
SayWording = Callable[[Wording], str]


class BookingWords(Localizer):
    """Says what came of a request about meetings, and what a person may press."""

    def answered(self, response: BookingResponse, session: Session) -> list[Message]:
        """Return what the service has answered; nothing where the next question says it."""
        held = session.booking.held if session.booking is not None else None
        match response.kind, response.state:
            case "find_times", "done":
                return self._note(self._examples(any(one.example for one in response.times)))
            case "find_times", "nobody" | "full" | "not_here":
                return self._note(self.phrase(f"booking_{response.state}"))
            case "hold_time", "done":
                about = _about(response)
                return [] if about is None else [self._held(about)]
            case "confirm_time", "done":
                about = _about(response) or held
                return [] if about is None else [self._ticket(about)]
            case (("hold_time" | "confirm_time"), _):
                return self._note(self.phrase("booking_gone"))
            case "join_waiting", "done":
                told = self.say(self.library.meetings.texts.waiting)
                return self._note(f"{self.phrase('booking_waiting')} {told}")
            case "ask_counsellor", "done":
                return self._note(self.phrase("booking_asked"))
            case _:
                return self._note(self.phrase("booking_refused"))

    def handed(
        self, event: HandedShown, session: Session, answers: SayAnswers, wording: SayWording
    ) -> Message:
        """Return what would be handed over, a line for each thing. answers, wording: how these are said."""
        lines = [self.phrase("handed_question", question=event.question)] if event.question else []
        for thing in things_to_hand(self.library, session):
            said = "; ".join(self._lines(thing, answers, wording))
            form = "handed_sensitive" if thing.kind in SENSITIVE else "handed_thing"
            title = self.say(title_of(self.library, thing.kind))
            lines.append(self.phrase(form, title=title, lines=said))
        text = self.phrase("handed" if lines else "handed_nothing")
        place = {"flow": event.flow, "step": event.step}
        return Message(kind="say", text=text, items=tuple(lines), **place)

    def button(self, pick: str, booking: BookingDraft | None) -> Button:
        """Return the button of a time, or of a day that has some, whole by itself."""
        if pick.startswith(DAY_BUTTON):
            day = date.fromisoformat(pick.removeprefix(DAY_BUTTON))
            count = booking.days.get(day, 0) if booking is not None else 0
            label = self.phrase(
                "booking_day",
                weekday=self.phrase(f"weekday_{day.isoweekday()}"),
                day=str(day.day),
                month=self.phrase(f"month_{day.month}"),
                count=str(count),
            )
            return Button(pick=pick, label=label)
        when = time_from(self, local_time(pick))
        offered = booking.by_id.get(pick) if booking is not None else None
        if offered is None or not offered.modes:
            return Button(pick=pick, label=when)
        how = self._mode(offered.modes[0])
        return Button(pick=pick, label=self.phrase("booking_option", when=when, how=how))

    def time(self, value: str) -> str:
        """Return a chosen time in words."""
        return time_from(self, local_time(value)) if is_time(value) else value

    # --- within

    def _note(self, text: str) -> list[Message]:
        return [Message(kind="note", text=text)] if text else []

    def _examples(self, there_are: bool) -> str:  # noqa: FBT001 - the only argument
        return self.say(self.library.meetings.texts.example) if there_are else ""

    def _mode(self, mode: MeetingMode) -> str:
        return self.say(self.library.meetings.modes[mode].title)

    def _held(self, mine: MyMeeting) -> Message:
        when = time_from(self, mine.meeting.during.start)
        until = mine.booking.hold_until
        shown = "" if until is None else show_time(until.astimezone(RIGA), self.catalogue.language)
        text = self.phrase("booking_held", until=shown, when=when)
        return Message(kind="note", text=text, items=self._about(mine))

    def _ticket(self, mine: MyMeeting) -> Message:
        """Return what was agreed: when, with whom, where, what to bring, how to change it."""
        start = mine.meeting.during.start
        texts, kind = self.library.meetings.texts, self.library.meetings.kinds[mine.meeting.kind]
        until = time_by(self, start - timedelta(hours=kind.cancel_notice))
        mode = mine.meeting.mode
        told = () if mode == "in_person" else (self.say(self.library.meetings.modes[mode].told),)
        code = [self.phrase("booking_code", code=mine.code)] if mine.code else []
        items = (
            *self._about(mine),
            *filter(None, (self._examples(mine.meeting.example),)),
            *told,
            self.say(texts.bring),
            self.say(texts.moving, until=until),
            *code,
        )
        text = self.phrase("booking_done", when=time_from(self, start))
        return Message(kind="say", text=text, items=items)

    def _about(self, mine: MyMeeting) -> tuple[str, ...]:
        places = (mine.office, mine.address, mine.meeting.where)
        where = ", ".join(dict.fromkeys(one for one in places if one))
        lines = [self.phrase("mail_how", mode=self._mode(mine.meeting.mode))]
        lines += [self.phrase("mail_who", names=mine.with_whom)] if mine.with_whom else []
        lines += [self.phrase("mail_where", where=where)] if where else []
        return tuple(lines)

    def _lines(self, thing: ThingToHand, answers: SayAnswers, wording: SayWording) -> list[str]:
        return [
            *(self.say(text) for text in thing.texts),
            *(wording(one) for one in thing.wordings),
            *answers(thing.answers),
        ]


def _about(response: BookingResponse) -> MyMeeting | None:
    """Return the booking that an answer is about."""
    mine = response.mine.meetings if response.mine is not None else ()
    return next((one for one in mine if one.booking.id == response.about), None)
