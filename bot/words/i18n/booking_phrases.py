"""What is said while a meeting with a counsellor is being booked."""

from bot.core.base.texts import Text

BOOKING_PHRASES: dict[str, Text] = {
    # each label is whole by itself: it is read aloud without those beside it
    "booking_option": "{when} · {how}",
    "booking_day": "{weekday}, {day}. {month} (laiki: {count})",
    "booking_nobody": "Pagaidām nav konsultanta, pie kā te varētu pieteikties.",
    "booking_full": "Brīvu laiku tuvākajās nedēļās nav.",
    "booking_not_here": "Pieteikties šeit pagaidām nevar.",
    "booking_held": "Laiks paturēts līdz plkst. {until}: {when}.",
    "booking_gone": "Šis laiks vairs nav brīvs. Pārējais, kas uzrakstīts, nav zudis.",
    "booking_done": "Pieteikts: {when}.",
    "booking_code": "Kods, ar ko pieteikumu atrast: {code}",
    "booking_waiting": "Vieta rindā ir pieteikta.",
    "booking_asked": "Jautājums ir nodots konsultantam.",
    "booking_refused": "Šoreiz to izdarīt nevarēja. Uzrakstītais nav zudis.",
    "handed": "Ja tam piekrīt, konsultants redzēs tieši šo:",
    "handed_nothing": "Nodot pagaidām nav ko: konsultants redzēs tikai laiku.",
    "handed_question": "Jautājums: {question}",
    "handed_thing": "{title}: {lines}",
    "handed_sensitive": "Tikai tad, ja to atsevišķi atzīmē. {title}: {lines}",
}  # fmt: skip
