"""The map of paths in words: what stands on it, what leads where, and a text that says the same."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal

from bot.core.dialogue.path_events import PathsShown
from bot.core.education.judging import CardState
from bot.core.education.path_card import PathCard
from bot.core.flows.steps import Choice
from bot.words.graphics.path_map import (
    KeyLine,
    PathGoal,
    PathMap,
    PathState,
    PathStation,
)
from bot.words.i18n.formats import show_list, within_sentence
from bot.words.i18n.localizer import Localizer

GoalKind = Literal["studies", "work"]
GOAL_KINDS: tuple[GoalKind, ...] = ("studies", "work")  # from the upper one to the lower one
FIRST_HIGHER_LEVEL = (
    5  # of the Latvian qualifications framework: from here on it is higher education
)
STATES: tuple[PathState, ...] = ("open", "not_judged", "closed")


class PathMapWords(Localizer):
    """Says what a map of paths shows."""

    def drawn(self, event: PathsShown) -> PathMap | None:
        """Return the map of the paths that start where the person stands; None where that is not known."""
        where = self._where(event)
        own = [state for state in event.states if not state.is_elsewhere]
        ways = [one for one in own if self._card(one).kind != "support"]
        if not where or not ways:
            return None
        goals = self._goals(ways)
        merged = {card for kind in goals if (card := self._only_card(kind, ways)) is not None}
        stations = tuple(
            self._station(one, goals, event.lit) for one in ways if one.card not in merged
        )
        support = tuple(
            self._station(one, (), event.lit) for one in own if self._card(one).kind == "support"
        )
        places = tuple(self._goal(kind, ways, event.lit) for kind in goals)
        path_map = PathMap(
            title=self.phrase("map_title"),
            text="",
            here=self.phrase("map_here"),
            where=where,
            stations=stations,
            goals=places,
            support_title=self.phrase("map_support"),
            support=support,
        )
        key = tuple(self._key(path_map))
        return path_map.model_copy(update={"key": key, "text": self._text(path_map)})

    def _where(self, event: PathsShown) -> str:
        """Return the answer to where the person stands, as it stood on the button."""
        flow = self.library.flows.get(event.flow)
        rules = flow.paths if flow is not None else None
        question = self.library.question(event.flow, rules.standing) if rules is not None else None
        options = question.options if isinstance(question, Choice) else ()
        return next((self.say(one.label) for one in options if one.id == event.standing), "")

    def _card(self, state: CardState) -> PathCard:
        return self.library.paths[state.card]

    # --- what leads where

    def _goals(self, ways: Iterable[CardState]) -> tuple[GoalKind, ...]:
        """Return the goals that some path leads to, at once or later."""
        reached = {
            _goal_kind(self.library.paths[onward])
            for way in ways
            if way.state != "closed"
            for onward in self._all_onward(way.card)
        }
        return tuple(kind for kind in GOAL_KINDS if kind in reached)

    def _all_onward(self, id_: str, through: Collection[str] | None = None) -> set[str]:
        """Return all paths that a path leads to, at once or later. through: the only ones gone through."""
        found: set[str] = set()
        waiting = [id_]
        while waiting:
            for onward in self.library.paths[waiting.pop()].leads_to:
                if onward not in found:
                    found.add(onward)
                    if through is None or onward in through:
                        waiting.append(onward)
        return found

    def _only_card(self, kind: GoalKind, ways: Sequence[CardState]) -> str | None:
        """Return the one path that a goal of work is, where it stands open or not judged here already."""
        if kind != "work":
            return None
        led_to = {onward for way in ways for onward in self._card(way).leads_to}
        found = [
            way.card
            for way in ways
            if way.state != "closed" and _goal_kind(self._card(way)) == kind and way.card in led_to
        ]
        return found[0] if len(found) == 1 else None

    def _goal(self, kind: GoalKind, ways: Sequence[CardState], lit: Collection[str]) -> PathGoal:
        name = self.phrase(f"map_{kind}")
        card = self._only_card(kind, ways)
        if card is None:
            return PathGoal(name=name)
        state = next(way.state for way in ways if way.card == card)
        return PathGoal(name=name, state=state, lit=card in lit)

    def _station(
        self, way: CardState, goals: Sequence[GoalKind], lit: Collection[str]
    ) -> PathStation:
        card = self._card(way)
        kind = _goal_kind(card)
        own = goals.index(kind) if kind == "studies" and kind in goals else None
        at_once = self._places(card.leads_to, goals, own)
        later = self._places(self._all_onward(way.card), goals, own)
        further = self._further(card, goals, own)
        on_own_way = self._places(self._all_onward(way.card, lit), goals, own)
        return PathStation(
            name=self.say(card.title),
            state=way.state,
            gives=self._gives(card),
            onward=self.phrase("map_onward", paths=self._list(further)) if further else "",
            further=tuple(further),
            goals=at_once,
            later=tuple(goal for goal in later if goal not in at_once),
            part_of=own,
            lit=way.card in lit,
            lit_goals=on_own_way if way.card in lit else (),
        )

    def _places(
        self, cards: Iterable[str], goals: Sequence[GoalKind], own: int | None
    ) -> tuple[int, ...]:
        """Return which goals some paths are, by their places. own: the one that is not led to, but stood in."""
        kinds = {_goal_kind(self.library.paths[id_]) for id_ in cards}
        return tuple(at for at, kind in enumerate(goals) if kind in kinds and at != own)

    def _gives(self, card: PathCard) -> str:
        parts = [self.phrase("map_level", level=str(card.level))] if card.level else []
        parts += [self.phrase("map_years", years=card.years)] if card.years else []
        return " · ".join(parts)

    def _further(self, card: PathCard, goals: Sequence[GoalKind], own: int | None) -> list[str]:
        """Return what follows a path that the lines to the goals do not show, by name."""
        drawn = {kind for at, kind in enumerate(goals) if at != own}
        return [
            self.say(self.library.paths[id_].title)
            for id_ in card.leads_to
            if _goal_kind(self.library.paths[id_]) not in drawn
        ]

    def _list(self, names: list[str]) -> str:
        return show_list(names, self.catalogue.language)

    # --- the key, and the same in words

    def _key(self, path_map: PathMap) -> Iterator[KeyLine]:
        """Return what the signs mean that are on the map."""
        places = (*path_map.stations, *path_map.support)
        states = {one.state for one in places} | {goal.state for goal in path_map.goals}
        for state in STATES:
            if state in states:
                yield KeyLine(sign=state, text=self.phrase(f"map_{state}"))
        if path_map.has_own_way:
            yield KeyLine(sign="lit", text=self.phrase("map_own"))
        if any(one.later for one in path_map.stations if one.state != "closed"):
            yield KeyLine(sign="later", text=self.phrase("map_later"))
        if any(self.library.paths[id_].level for id_ in self.library.paths):
            yield KeyLine(sign="none", text=self.phrase("map_level_key"))

    def _text(self, path_map: PathMap) -> str:
        """Return what the map shows as lines: where one stands, the own way, then path by path."""
        lines = [self.phrase("map_text_here", where=within_sentence(path_map.where))]
        own = [one.name for one in path_map.stations if one.lit]
        own += [goal.name for goal in path_map.goals if goal.lit]
        if own:
            lines.append(self.phrase("map_text_own", paths="; ".join(own)))
        for state in STATES:
            found = [one for one in path_map.stations if one.state == state]
            lines += self._paths(state, found, path_map)
            goals = [goal.name for goal in path_map.goals if goal.state == state]
            lines += [self.phrase(f"map_text_{state}", paths=name) for name in goals]
        if path_map.support:
            names = "; ".join(one.name for one in path_map.support)
            lines.append(self.phrase("map_text_support", paths=names))
        return "\n".join(lines)

    def _paths(
        self, heading: str, stations: Sequence[PathStation], path_map: PathMap
    ) -> Iterator[str]:
        """Return paths by name under a heading; those that lead to the same stand in one line."""
        for onward, alike in groupby(stations, lambda one: self._leading(one, path_map)):
            names = "; ".join(one.name for one in alike)
            yield " ".join([self.phrase(f"map_text_{heading}", paths=names), *onward])

    def _leading(self, station: PathStation, path_map: PathMap) -> tuple[str, ...]:
        """Return what a path leads to, as sentences; nothing where it is closed."""
        if station.state == "closed":
            return ()
        at_once = [*station.further, *(path_map.goals[at].name for at in station.goals)]
        later = [path_map.goals[at].name for at in station.later]
        said = {"map_text_next": at_once, "map_text_later": later}
        return tuple(
            self.phrase(key, paths="; ".join(names)) for key, names in said.items() if names
        )


def _goal_kind(card: PathCard) -> GoalKind | None:
    """Return which goal a path is a kind of."""
    if card.kind == "work":
        return "work"
    return "studies" if (card.level or 0) >= FIRST_HIGHER_LEVEL else None
