"""Days that are ahead, as people say them: by kinds, in four languages, on any day of any year."""

import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.nlu.days_ahead import NO_SUCH_DAY, read_days_ahead
from bot.core.nlu.listed_numbers import read_listed
from bot.core.nlu.numbers import numbers_in, read_date, read_number
from tests.doubles.clocks import TODAY

# one day, which is taken and said back
ONE_DAY = {
    date(2026, 11, 25): ["rīt", "tomorrow", "завтра"],
    date(2026, 11, 26): ["parīt", "day after tomorrow", "післязавтра", "послезавтра"],
    date(2026, 11, 27): ["piektdien", "līdz piektdienai", "on Friday", "у п'ятницю", "šīs nedēļas piektdienā"],
    date(2026, 11, 30): ["līdz mēneša beigām", "до конца месяца", "pirmdien", "в понедельник"],
    date(2026, 12, 4): ["nākamās nedēļas piektdienā", "piektdien nākamnedēļ", "next week on Friday"],
    date(2026, 12, 8): [
        "pēc divām nedēļām", "divu nedēļu laikā", "pēc pāris nedēļām", "in a couple of weeks", "two weeks from now", "через 2 тижні",
        "протягом двох тижнів", "через две недели", "līdz 2 nedēļām",
    ],
    date(2026, 12, 15): [
        "15.12.", "15/12", "15. decembrī", "piecpadsmitajā decembrī", "December 15", "15th of December", "п'ятнадцятого грудня",
        "15 декабря", "15.12.26", "otrdien, 15.12.", "līdz decembra vidum", "līdz 15.",
    ],
    date(2026, 12, 20): ["20. datumā", "on the 20th", "20 числа", "20-го"],
    date(2026, 12, 24): ["pēc mēneša", "within a month", "через місяць", "в течение месяца", "pirms Ziemassvētkiem", "before Christmas"],
    date(2026, 12, 25): ["uz Ziemassvētkiem", "ziemasvētkos", "by Christmas", "до Різдва", "divdesmit piektajā decembrī"],
    date(2026, 12, 31): ["līdz gada beigām", "by the end of the year", "до кінця року", "до конца года"],
    date(2027, 1, 1): ["līdz jaunajam gadam", "by New Year", "до нового року", "к новому году"],
    date(2027, 5, 24): ["pēc pusgada", "in half a year", "in six months", "через пів року", "через полгода"],
    date(2027, 5, 31): ["pirms vasaras", "before summer", "перед летом", "pirms jūnija"],
    date(2027, 6, 1): ["līdz vasarai", "uz vasaru", "by summer", "до літа", "к лету", "līdz jūnijam", "by June", "до июня"],
    date(2027, 6, 24): ["līdz Jāņiem", "Jāņos", "by midsummer"],
    date(2027, 6, 30): ["līdz 2027. gada jūnija beigām", "до кінця червня 2027", "by the end of June"],
    date(2027, 8, 31): ["līdz vasaras beigām", "by the end of summer", "до кінця літа", "к концу лета"],
    date(2027, 9, 1): ["līdz rudenim", "līdz 1. septembrim", "к первому сентября", "до вересня", "mācību gada sākumā", "by autumn"],
    date(2027, 11, 1): ["līdz novembrim", "by November", "до листопада"],
    date(2027, 11, 24): ["pēc gada", "gada laikā", "in a year", "a year from now", "через рік", "через год", "cherez god"],
    date(2028, 2, 29): ["29.02.", "29. februārī"],
}  # fmt: skip
# a stretch, or what is kept on different days: the first and the last are asked about
TWO_DAYS = {
    (date(2026, 11, 21), date(2026, 11, 30)): ["mēneša beigās", "at the end of the month", "в конце месяца"],
    (date(2026, 11, 27), date(2026, 12, 4)): ["nākamajā piektdienā", "next Friday", "в следующую пятницу"],
    (date(2026, 11, 28), date(2026, 11, 29)): ["nedēļas nogalē", "this weekend", "на выходных"],
    (date(2026, 11, 30), date(2026, 12, 6)): ["nākamnedēļ", "nākamajā nedēļā", "next week", "наступного тижня", "на следующей неделе"],
    (date(2026, 12, 1), date(2026, 12, 31)): ["nākammēnes", "nākamajā mēnesī", "next month", "gada beigās", "decembrī"],
    (date(2026, 12, 1), date(2027, 2, 28)): ["ziemā", "šoziem", "in winter", "взимку", "зимой"],
    (date(2026, 12, 10), date(2026, 12, 15)): ["10.-15. decembrī", "10.-15.12.", "no 10. līdz 15. decembrim", "10.12. vai 15.12."],
    (date(2026, 12, 25), date(2027, 1, 7)): ["к Рождеству", "на Рождество"],
    (date(2027, 1, 1), date(2027, 12, 31)): ["nākamgad", "2027", "2027. gadā", "next year", "у 2027 році"],
    (date(2027, 3, 1), date(2027, 5, 31)): ["pavasarī", "spring", "навесні", "весной"],
    (date(2027, 5, 31), date(2027, 6, 30)): [
        "līdz mācību gada beigām", "by the end of the school year", "до кінця навчального року", "до конца учебного года",
    ],
    (date(2027, 6, 1), date(2027, 6, 30)): ["jūnijā", "jūnijs", "June", "у червні", "в июне", "06.2027", "2027-06"],
    (date(2027, 6, 1), date(2027, 7, 31)): ["jūnijā vai jūlijā", "in June or July"],
    (date(2027, 6, 1), date(2027, 8, 1)): ["no jūnija līdz augustam"],
    (date(2027, 6, 1), date(2027, 8, 31)): [
        "vasarā", "vasara", "šovasar", "nākamvasar", "2027. gada vasarā", "in summer", "summer 2027", "влітку", "цього літа", "летом",
        "следующим летом",
    ],
    (date(2027, 6, 21), date(2027, 6, 30)): ["jūnija beigās", "end of June 2027", "наприкінці червня"],
    (date(2027, 9, 1), date(2027, 11, 30)): [
        "2027 gada rudenī", "nākamā gada rudenī", "nākamruden", "next autumn", "восени наступного року", "осенью 2027 года", "rudenī",
    ],
}  # fmt: skip
# one day that may well be another
PERHAPS = {
    date(2026, 12, 15): ["15", "15."],
    date(2026, 12, 26): ["pēc Ziemassvētkiem", "after Christmas", "після Різдва"],
    date(2027, 9, 1): ["pēc vasaras", "after summer", "після літа", "после лета"],
}
NO_DAY = [
    "kaut kad", "drīz", "vēlāk", "pēc dažām nedēļām", "in a few weeks", "через несколько недель", "pēc pusotra gada", "pēc 1.5 gadiem",
    "pēc 3,5 gadiem", "pēc gada un 2 mēnešiem", "nedēļu pirms Jāņiem", "2 weeks before Christmas", "katru pirmdienu", "every Monday",
    "pēc 9. klases", "augstskolā", "maybe", "Jānis palīdzēs", "kad beigšu skolu", "no rīta", "2027 eiro", "nevis jūnijā",
    "pagājušajā vasarā", "12345678", "1000", "115.12.2026", "15.12.20261", "2026-12-155", "a" * 500,
]  # fmt: skip
NOT_IN_CALENDAR = [
    "31.02",
    "31.02.2027",
    "30. februārī",
    "35.12.",
    "15.13.2027",
    "99. decembrī",
    "2027-02-31",
    "31 квітня",
]
EVERY = [
    *((said, (day,), "likely") for day, all_said in ONE_DAY.items() for said in all_said),
    *((said, days, "asked") for days, all_said in TWO_DAYS.items() for said in all_said),
    *((said, (day,), "asked") for day, all_said in PERHAPS.items() for said in all_said),
]  # fmt: skip
ANY_DAY = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@pytest.fixture(scope="module")
def words(loaded):
    return loaded.library.number_words


@pytest.mark.parametrize(("said", "days", "form"), EVERY)
def test_a_day_is_read_by_its_kind(words, said, days, form):
    assert read_days_ahead(said, words, TODAY) == (days, form)


@pytest.mark.parametrize(
    "said",
    ["15.12.2026", "2026-12-15", "15. decembris 2026", "2026. gada 15. decembrī", "15 грудня 2026"],
)
def test_a_day_that_is_written_out_is_taken_as_it_is(words, said):
    assert read_days_ahead(said, words, TODAY) == ((date(2026, 12, 15),), "written")


@pytest.mark.parametrize("said", NO_DAY)
def test_what_names_no_day_is_none(words, said):
    assert read_days_ahead(said, words, TODAY) is None


@pytest.mark.parametrize("said", NOT_IN_CALENDAR)
def test_a_day_that_no_calendar_has_is_known_as_such(words, said):
    assert read_days_ahead(said, words, TODAY) == NO_SUCH_DAY


@pytest.mark.parametrize(("said", "days", "form"), EVERY)
def test_it_is_read_without_marks_and_in_capitals(words, said, days, form):
    plain = "".join(
        one for one in unicodedata.normalize("NFD", said) if not unicodedata.combining(one)
    )
    latin = said if not said.isascii() and any("а" <= one <= "я" for one in said.lower()) else plain
    assert read_days_ahead(latin, words, TODAY) == (days, form)
    assert read_days_ahead(said.upper(), words, TODAY) == (days, form)


def slips(said):
    """Return a text with a slip in each of its long words: two letters that changed places."""
    for word in said.split():
        if len(word) > 6 and word.isalpha():
            yield said.replace(word, word[:3] + word[4] + word[3] + word[5:])


@pytest.mark.parametrize(("said", "days", "form"), EVERY)
def test_a_slip_never_makes_another_day_of_it(words, said, days, form):
    for slip in slips(said):
        read = read_days_ahead(slip, words, TODAY)
        # a word that is lost may leave what is to be asked about, and no other day that is taken
        assert read is None or read == (days, form) or read.form == "asked" or not read.days


def test_most_slips_are_understood(words):
    typed = [(slip, days, form) for said, days, form in EVERY for slip in slips(said)]
    understood = [one for one in typed if read_days_ahead(one[0], words, TODAY) == one[1:]]
    assert len(understood) > 0.8 * len(typed)


@pytest.mark.parametrize("said", ["jūnija beigās", "at the end of June", "в конце июня"])
def test_where_it_is_asked_by_when_an_end_is_its_last_day(words, said):
    by_when = read_days_ahead(said, words, TODAY, until=True)
    assert by_when == ((date(2027, 6, 30),), "likely")
    assert read_days_ahead(said, words, TODAY).form == "asked"


SPANS = st.sampled_from(
    [("pēc {} dienām", 1), ("in {} weeks", 7), ("через {} днів", 1), ("через {} недель", 7)]
)


@given(today=ANY_DAY, span=SPANS, number=st.one_of(st.integers(1, 5000), st.integers(0, 10**40)))
def test_a_span_is_as_long_as_it_was_said(words, today, span, number):
    said, days = span
    ahead = number * days
    end = today + timedelta(days=ahead) if ahead <= (date.max - today).days else date.max
    (day,), form = read_days_ahead(said.format(number), words, today)
    assert (day, form) == (end if number else date.min, "likely")


@pytest.mark.parametrize(
    "said",
    [
        "pēc -5 dienām",
        "-5 dienas",
        "pēc mīnus 5 dienām",
        "minus 5 days",
        "через -5 днів",
        "pēc 0 gadiem",
    ],
)
def test_a_span_that_leads_nowhere_ends_before_every_day(words, said):
    assert read_days_ahead(said, words, TODAY) == ((date.min,), "likely")


@pytest.mark.parametrize(
    "said",
    [
        "pirms divām nedēļām",
        "2 weeks ago",
        "2 тижні тому",
        "две недели назад",
        "vakar",
        "вчера",
        "2025. gada vasarā",
    ],
)
def test_what_is_past_is_read_as_past(words, said):
    assert read_days_ahead(said, words, TODAY).days[-1] < TODAY


@given(
    today=ANY_DAY,
    said=st.sampled_from([said for said, _, _ in EVERY if "20" not in said and ".26" not in said]),
)
def test_what_is_said_without_a_year_is_ahead_on_any_day(words, today, said):
    read = read_days_ahead(said, words, today)
    assert read.days == tuple(sorted(set(read.days)))
    # a month or a week that is named may have begun, and is not over
    assert read.days[-1] >= today or "šīs nedēļas" in said
    assert (read.days[-1] - today).days <= 8 * 366


@given(
    today=ANY_DAY,
    said=st.lists(
        st.sampled_from([one for said, _, _ in EVERY for one in said.split()]), max_size=9
    ),
)
def test_any_words_come_to_one_day_or_two_or_none(words, today, said):
    read = read_days_ahead(" ".join(said), words, today)
    assert read is None or len(read.days) <= 2
    assert read is None or read.days == tuple(sorted(set(read.days)))


# --- figures, in whatever reads them


@given(
    figures=st.integers(10**4, 10**30).map(str),
    beside=st.sampled_from(["{}", "nr. {}", "{}.", "man {} gadi", "{} un", "1-{}", "{}-3"]),
)
def test_no_part_of_a_long_number_is_read_as_one(words, figures, beside):
    said = beside.format(figures)
    assert read_number(said, words) is None
    assert read_listed(said, words.listed, words) is None
    assert numbers_in(said, words) <= {1, 3}
    assert read_date(said, words) is None
    assert read_days_ahead(said, words, TODAY) is None


@given(day=ANY_DAY, more=st.sampled_from("0123456789"))
def test_no_part_of_a_longer_date_is_read_as_one(words, day, more):
    for said in (
        f"{day:%d.%m.%Y}{more}",
        f"{day:%Y-%m-%d}{more}",
        f"{more}{day:%Y-%m-%d}",
        f"1{day:%d.%m.%Y}",
    ):
        assert read_date(said, words) is None
        assert read_days_ahead(said, words, TODAY) is None


@given(figures=st.integers(1, 9999).map(str))
def test_figures_that_repeat_are_no_slip(words, figures):
    assert read_number(figures, words) == int(figures)
    assert numbers_in(f"nr {figures}", words) == {int(figures)}
