"""A place: what a municipality tells of who helps there with learning and work."""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, TypeAdapter

from bot.core.base.frozen import Frozen
from bot.core.base.mail_address import mail_address
from bot.core.base.texts import Language
from bot.core.flows.step_base import Id

InstitutionKind = Literal[
    "municipality", "union", "education_board", "career_centre", "youth_centre", "school",
    "vocational_school", "vocational_centre",
]  # fmt: skip
CounsellorRole = Literal["school_counsellor", "career_counsellor", "youth_worker"]
TalkForm = Literal["in_person", "phone", "video", "writing"]
ServiceOffer = Literal[
    "single_talks", "group_talks", "talks_with_parents", "interest_tests", "employer_visits",
    "shadow_days", "local_work",
]  # fmt: skip

# the last form is that of made-up places: nobody answers there
PHONE_FORM = re.compile(
    r"(\+371 ?)?[2-9]\d{7}|(\+371 ?)?[2-9]\d{3} \d{4}|(\+371 ?)?[2-9]\d \d{3} \d{3}|0000 0000"
)
PAGE_FORM = re.compile(r"https?://[\w-]+(\.[\w-]+)+(:\d+)?(/[^\s<>\"']*)?")
LINE_FORM = re.compile(r"[^\x00-\x1f\x7f\u2028\u2029]{1,160}")  # what stands in one line


def _checked(value: str, form: re.Pattern[str], what: str) -> str:
    if form.fullmatch(value) is None:
        message = f'"{value}" is not {what}'
        raise ValueError(message)
    return value


def phone(value: str) -> str:
    """Return a telephone of Latvia. Errors: ValueError."""
    return _checked(value, PHONE_FORM, "a telephone of eight figures, perhaps with +371")


def page(value: str) -> str:
    """Return the address of a page. Errors: ValueError."""
    return _checked(value, PAGE_FORM, "an address of a page, with https://")


def email(value: str) -> str:
    """Return an address of mail, as it was written. Errors: ValueError."""
    try:
        mail_address(value)
    except ValueError as error:
        message = f'"{value}" is not an address of mail: {error}'
        raise ValueError(message) from None
    return value.strip()


def line(value: str) -> str:
    """Return words in one line. Errors: ValueError for none, for many, and for a line's end in them."""
    return _checked(value.strip(), LINE_FORM, "words in one line, at most 160 characters")


Phone = Annotated[str, AfterValidator(phone)]
PageAddress = Annotated[str, AfterValidator(page)]
Email = Annotated[str, AfterValidator(email)]
Line = Annotated[str, AfterValidator(line)]


class OfficeContact(Frozen):
    """How something is reached; of an office or a role, never of a person at home."""

    address: Line | None = None
    phone: Phone | None = None
    email: Email | None = None
    page: PageAddress | None = None


class PlaceCounsellor(OfficeContact):
    """Somebody who counsels, by role and not by name.

    languages: spoken; meetings: how one can talk. serves: other institutions that share the counsellor.
    """

    role: CounsellorRole
    languages: tuple[Language, ...] = Field(min_length=1)
    meetings: tuple[TalkForm, ...] = Field(min_length=1)
    serves: tuple[Id, ...] = ()


class Institution(OfficeContact):
    """A school, a board, a centre; its name is a proper name, and not translated."""

    kind: InstitutionKind
    name: Line
    counsellors: tuple[PlaceCounsellor, ...] = ()
    offers: tuple[ServiceOffer, ...] = ()


class Branch(OfficeContact):
    """The branch of the employment agency (NVA) that is nearest."""

    name: Line


class RemoteOption(OfficeContact):
    """How one can talk with a counsellor from afar."""

    meetings: tuple[TalkForm, ...] = Field(min_length=1)
    languages: tuple[Language, ...] = Field(min_length=1)


class Place(Frozen):
    """One municipality.

    also: other names it is called by, and its towns. example: it is made up, and says so wherever it is shown.
    checked, review: the day the data was looked at, and the day by which to look again.
    neighbours: ids of other places, the nearest first. local_work: where its own labour market is told of.
    institutions: by id; none where nothing is known of the place but its name and neighbours.
    """

    name: Line
    also: tuple[Line, ...] = ()
    example: bool = False
    checked: date
    review: date
    neighbours: tuple[Id, ...] = ()
    institutions: dict[Id, Institution] = Field(default_factory=dict)
    nva: Branch | None = None
    remote: RemoteOption | None = None
    local_work: PageAddress | None = None

    @property
    def has_data(self) -> bool:
        """Whether anything can be told of it."""
        return bool(self.institutions)


class KnownPlaces(Frozen):
    """Names of places, so that they are understood; of most of them nothing else is known.

    county, town: words that say what kind of place a name is of. names: by id, the first is the one shown.
    """

    county: tuple[Line, ...]
    town: tuple[Line, ...]
    names: dict[Id, tuple[Line, ...]]


PLACE: TypeAdapter[Place] = TypeAdapter(Place)
KNOWN_PLACES: TypeAdapter[KnownPlaces] = TypeAdapter(KnownPlaces)
