"""Which band of ages a message means: "man ir 15", "drīz būs 13", "1985", "ap 40"."""

from collections.abc import Mapping
from datetime import date

from bot.core.nlu.guard import OTHERS, GuardKind
from bot.core.nlu.message import HeardMessage
from bot.core.nlu.option_reading import MOST_ASKED, NOTHING_READ, OptionReading
from bot.core.nlu.spoken_numbers import AgeReading, AgeWords, read_age

OPEN: frozenset[GuardKind] = frozenset({"doubted", "wished", "past", "unfinished"})
Bands = Mapping[str, tuple[int, int]]  # by option: the youngest and the oldest of it, both included


def own_age(message: HeardMessage, words: AgeWords, today: date) -> AgeReading:
    """Return the age a message tells of whoever writes: not what is said of somebody else, or asked."""
    own = [
        number
        for number in message.numbers
        if number.start not in message.guarded.asked
        and not message.guarded.number_guards(number.start, number.end) & OTHERS
    ]
    return read_age(message.text, own, words, today.year)


def read_band(message: HeardMessage, bands: Bands, words: AgeWords, today: date) -> OptionReading:
    """Return the band that a message tells; where a limit or two ages leave it open, the bands to ask.

    "Vēl nav 13" and "drīz būs 13" are the year below; of "ap 13" both neighbours are possible.
    """
    reading = own_age(message, words, today)
    if not reading.ages:
        return NOTHING_READ
    guards = frozenset(
        guard
        for number in reading.numbers
        for guard in message.guarded.number_guards(number.start, number.end)
    )
    ages = set(reading.ages)
    if guards & {"below", "denied"}:
        ages = {age - 1 for age in ages}
    elif "above" in guards:
        ages |= {age + 1 for age in ages}
    elif "about" in guards:
        ages |= {near for age in ages for near in (age - 1, age + 1)}
    within = [
        option
        for option, (least, most) in bands.items()
        if any(least <= age <= most for age in ages)
    ]
    why = reading.why + "".join(f", {guard}" for guard in sorted(guards))
    is_open = any(message.guarded.denies_limit(one.start, one.end) for one in reading.numbers)
    if is_open or guards & OPEN or len(within) != 1:
        return OptionReading("ask", tuple(within)[:MOST_ASKED], why) if within else NOTHING_READ
    return OptionReading("exact" if reading.exact else "likely", tuple(within), why)
