"""Whom somebody is led to, and why: one function for the chat and for whoever asks "who would be offered?"."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Literal

from bot.core.base.frozen import Frozen
from bot.core.base.texts import Language
from bot.core.booking.counsellor import CounsellorProfile, Provider
from bot.core.booking.kinds import MeetingMode
from bot.core.booking.meeting_rules import MeetingRules, RouteStep
from bot.core.booking.need import MeetingNeed
from bot.core.booking.offices import (
    STEP_OF_KIND,
    OfferedOffice,
    home_of,
    may_go_to_nva,
    offices_for,
)
from bot.core.booking.spans import Span
from bot.core.booking.substitutes import time_away
from bot.core.booking.waitlist import Reaches
from bot.core.places.finding import PlaceFinder

# same_counsellor: asked for again; substitute: of somebody who is away
RouteReason = Literal["same_counsellor", "substitute"] | RouteStep
LeftOutReason = Literal[
    "takes_no_bookings", "other_kind", "other_audience", "other_mode", "other_language", "from_age", "made_up",
    "other_institution", "other_place", "farther",
]  # fmt: skip
REMOTE_MODES: frozenset[MeetingMode] = frozenset({"video", "phone", "chat"})
STEP_OF_PROVIDER: Mapping[Provider, RouteStep] = {
    "school": "other_school",
    "municipality": "municipality",
    "nva": "nva",
    "other": "other_service",
}
UNKNOWN_DISTANCE = 10_000


class RoutedCounsellor(Frozen):
    """Somebody who is offered. language: of the talk; Latvian where they do not speak what was asked for.

    only: when, where it is not always; instead_of: the id of whom they stand in for then.
    """

    profile: CounsellorProfile
    reason: RouteReason
    language: Language
    only: tuple[Span, ...] = ()
    instead_of: str = ""


class LeftOutCounsellor(Frozen):
    """Somebody who is not offered, by their id."""

    counsellor: str
    why: LeftOutReason


class Routed(Frozen):
    """Whom somebody is led to, the best first; who not, and why; and where else to turn."""

    offered: tuple[RoutedCounsellor, ...] = ()
    left_out: tuple[LeftOutCounsellor, ...] = ()
    offices: tuple[OfferedOffice, ...] = ()


def route(
    need: MeetingNeed,
    counsellors: Sequence[CounsellorProfile],
    places: PlaceFinder,
    rules: MeetingRules,
    now: datetime,
) -> Routed:
    """Return who can be offered to somebody: who speaks the language first, then in the order of the audience's routes.

    Elsewhere somebody is looked for only where nobody near speaks the language. now: whose absence is over by then needs no
    substitute.
    """
    router = _Router(need, places, rules)
    weighed = [router.routed(profile) for profile in counsellors]
    suited = [one for one in weighed if isinstance(one, RoutedCounsellor)]
    left = [one for one in weighed if isinstance(one, LeftOutCounsellor)]
    offered = router.near_enough(suited)
    offered += _substitutes(router, offered, counsellors, now)
    ids = {one.profile.id for one in offered}
    left += [LeftOutCounsellor(counsellor=one.profile.id, why="farther") for one in suited]
    return Routed(
        offered=tuple(offered),
        left_out=tuple(one for one in left if one.counsellor not in ids),
        offices=offices_for(need, places, rules),
    )


def reaching(
    counsellors: Sequence[CounsellorProfile],
    places: PlaceFinder,
    rules: MeetingRules,
    now: datetime,
) -> Reaches:
    """Return what tells whether somebody is led to a counsellor; the arguments are those of `route`."""

    @cache
    def reached(need: MeetingNeed) -> frozenset[str]:
        offered = route(need, counsellors, places, rules, now).offered
        return frozenset(one.profile.id for one in offered)

    return lambda need, profile: profile.id in reached(need)


class _Router:
    """Weighs counsellors, one after the other, for one need."""

    def __init__(self, need: MeetingNeed, places: PlaceFinder, rules: MeetingRules) -> None:
        self._need = need
        self._rules = rules
        self._places = places.places
        self._home = home_of(need)
        self._distances = {self._home: 0} if self._home else {}
        if self._home:
            self._distances |= {id_: steps for steps, id_ in places.by_distance(self._home)}

    def routed(self, profile: CounsellorProfile) -> RoutedCounsellor | LeftOutCounsellor:
        """Return how a counsellor would be offered, wherever they are, or why not."""
        why = self.unsuited(profile)
        language = self.language(profile)
        if why is not None or language is None:
            return LeftOutCounsellor(counsellor=profile.id, why=why or "other_language")
        reason = self._reason(profile)
        if reason is None:
            same = profile.place == self._home
            why = "other_institution" if same else "other_place"
            return LeftOutCounsellor(counsellor=profile.id, why=why)
        if reason not in ("same_counsellor", *self._rules.routes[self._need.audience]):
            return LeftOutCounsellor(counsellor=profile.id, why="other_audience")
        return RoutedCounsellor(profile=profile, reason=reason, language=language)

    def near_enough(self, suited: Iterable[RoutedCounsellor]) -> list[RoutedCounsellor]:
        """Return whom there is no need to go past, the best first: the near ones, else the nearest of the others."""
        near = [one for one in suited if self._distance(one) == 0]
        far = [one for one in suited if self._distance(one) > 0]
        if any(one.language == self._need.language for one in near):
            far = []
        elif near or any(one.language == self._need.language for one in far):
            far = [one for one in far if one.language == self._need.language]
        nearest = min(map(self._distance, far), default=0)
        return sorted(
            [*near, *(one for one in far if self._distance(one) == nearest)], key=self._rank
        )

    def unsuited(self, profile: CounsellorProfile) -> LeftOutReason | None:
        """Return why a counsellor is not for this need, wherever they are, or None."""
        need = self._need
        if not profile.may_take_bookings:
            return "takes_no_bookings"
        if need.kind not in profile.kinds:
            return "other_kind"
        if need.audience not in profile.audience:
            return "other_audience"
        if not self._modes(profile):
            return "other_mode"
        if profile.provider == "nva" and not may_go_to_nva(need, self._rules):
            return "from_age"
        home = self._places.get(self._home)
        if profile.example and self._home and (home is None or not home.example):
            return "made_up"
        return None

    def language(self, profile: CounsellorProfile) -> Language | None:
        """Return in which language they would talk: what was asked for, or Latvian; None for neither."""
        spoken = (self._need.language, "lv")
        return next((one for one in spoken if one in profile.languages), None)

    def _modes(self, profile: CounsellorProfile) -> frozenset[MeetingMode]:
        kind = self._rules.kinds[self._need.kind]
        suited = frozenset(kind.modes) & frozenset(profile.modes)
        return suited & frozenset(self._need.modes) if self._need.modes else suited

    def _reason(self, profile: CounsellorProfile) -> RouteReason | None:
        """Return by which relation somebody comes to a counsellor; None where there is none."""
        institution = self._need.institution
        if profile.id == self._need.with_counsellor:
            return "same_counsellor"
        if institution and profile.institution == institution:
            return "own_school"
        if institution and institution in profile.serves:
            return "shared_school"
        if not profile.whole_place:
            return None
        if self._home and profile.place == self._home:
            return self._step(profile)
        is_known = profile.place in self._distances
        if profile.provider == "nva" and is_known:
            return "nva"
        if self._modes(profile) & REMOTE_MODES:
            return "remote"
        return "neighbour_place" if is_known else None

    def _step(self, profile: CounsellorProfile) -> RouteStep:
        """Return what a counsellor of the own place is, by their institution where the place tells of it."""
        place, _, name = profile.institution.partition("/")
        offices = self._places[place].institutions if place in self._places else {}
        if profile.provider != "nva" and name in offices:
            return STEP_OF_KIND[offices[name].kind]
        return STEP_OF_PROVIDER[profile.provider]

    def _distance(self, routed: RoutedCounsellor) -> int:
        if routed.reason in {"same_counsellor", "own_school", "shared_school"}:
            return 0
        return self._distances.get(routed.profile.place, UNKNOWN_DISTANCE)

    def _rank(self, routed: RoutedCounsellor) -> tuple[bool, bool, int, str]:
        order: Sequence[RouteReason] = self._rules.routes[self._need.audience]
        same = routed.reason == "same_counsellor"
        at = 0 if same else order.index(routed.reason)
        return not same, routed.language != self._need.language, at, routed.profile.id


def _substitutes(
    router: _Router,
    offered: Sequence[RoutedCounsellor],
    counsellors: Iterable[CounsellorProfile],
    now: datetime,
) -> Iterable[RoutedCounsellor]:
    """Return who stands in for those offered while they are away, and for the substitutes in their turn."""
    profiles = {one.id: one for one in counsellors}
    always = {one.profile.id for one in offered}
    found: dict[str, RoutedCounsellor] = {}
    ahead = deque(offered)
    while ahead:
        one = ahead.popleft()
        for absence in one.profile.schedule.absences:
            profile = profiles.get(absence.substitute)
            if profile is None or profile.id in always or router.unsuited(profile) is not None:
                continue
            language = router.language(profile)
            before = found[profile.id].only if profile.id in found else ()
            spans = tuple(
                span
                for span in _within(time_away(absence), one.only)
                if max(span.start, now) < span.end and span not in before
            )
            if language is None or not spans:
                continue
            stands_in = RoutedCounsellor(
                profile=profile,
                reason="substitute",
                language=language,
                only=(*before, *spans),
                instead_of=one.instead_of or one.profile.id,
            )
            found[profile.id] = stands_in
            ahead.append(stands_in.model_copy(update={"only": spans}))
    return found.values()


def _within(span: Span, only: Sequence[Span]) -> Iterator[Span]:
    """Return what of a stretch of time lies within others; all of it where there are none."""
    if not only:
        yield span
    for other in only:
        if span.overlaps(other):
            yield Span(start=max(span.start, other.start), end=min(span.end, other.end))
