"""Renames ids in a copy of the content, wherever the content uses them."""

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.load.data_folder import find_data
from bot.load.yaml_reader import read_yaml, write_yaml

ROLES = "content/roles.yaml"
Keys = tuple[str | int, ...]
OTHER_WISHES = tuple(
    f"{name}.yaml" for name in ("choosing", "school", "work", "people", "told", "small_talk")
)
NAMING_FOLDERS = ("wishes", "knowledge", "paths", "ways")  # whose files name flows and questions
AUDIENCE_QUESTION = "who"  # whose options dates and notices name
# what names a question: of a condition, of a step, of an option
NAMES_A_STEP = (
    "abilities", "fact", "measure", "preparation", "to", "asks", "cards", "chosen", "criterion",
    "easy", "goal", "hard", "liked", "own", "matters", "school", "sets", "standing",
    "found", "of", "number", "numbers", "words", "section", "day", "activity", "sure", "as_thought", "surprise", "remind", "agreed",
    "phase", "learning", "document", "years", "show", "get",
)  # fmt: skip
# their options are ids of the data, too, or names of the program's own
DATA_FLOWS = (
    "booking",
    "course_sets",
    "dates",
    "plan_add",
    "plan_step",
    "plan_step_done",
    "plan_edit",
)
# facts that a step gives
GIVEN = (
    "leading", "flags", "known", "found", "is", "activity", "reachable", "count", "whole", "offers", "steps", "overdue", "goals", "gaps",
    "portfolio", "proposals", "guarded", "versions", "trying", "named", "brought",
)  # fmt: skip
HUMAN_QUESTION = "human_situation"  # whose options wishes name


@dataclass(frozen=True)
class Id:
    """An id of the content: of a flow, of a step, or of an option of the step `of`.

    where: the keys that lead to it in `content/roles.yaml`, where a role names it.
    """

    kind: str
    name: str
    of: str = ""
    where: Keys = ()

    def __str__(self) -> str:
        return "/".join(map(str, self.where))


def copy_content(root: Path) -> None:
    """Copy the content below a folder, with one kind of occupations and no other words for them.

    A few wishes are kept; of them that is read which needs none of the others.
    """
    nowhere = shutil.ignore_patterns("chats", "phrases.yaml", "[0-46-9].yaml", "thesaurus.yaml")
    no_wishes = shutil.ignore_patterns(*OTHER_WISHES)

    def left_out(folder: str, names: list[str]) -> set[str]:
        unread = nowhere(folder, names)
        return unread | no_wishes(folder, names) if Path(folder).name == "wishes" else unread

    for folder in ("flows", "content"):
        shutil.copytree(find_data() / folder, root / folder, ignore=left_out)
    for path in root.glob("content/wishes/*.yaml"):
        wishes = read_yaml(path.read_bytes(), path.name).value
        for wish in wishes.values():
            wish |= {"must": wish["examples"]["lv"][:1], "must_not": []}
        path.write_text(write_yaml(wishes), encoding="utf-8")
    (root / "content/thesaurus.yaml").write_text("- {lv: [pavārs, šefpavārs]}\n", encoding="utf-8")


def ids_of_roles(root: Path) -> list[Id]:
    """List every id that a role names, a question before its options."""
    return list(_ids_of_role(_read(root / ROLES), ()))


def _ids_of_role(value: dict[str, Any], at: Keys) -> Iterator[Id]:
    for key, part in value.items():
        here = (*at, key)
        if isinstance(part, dict):
            yield from _ids_of_role(part, here)
        elif isinstance(part, list):
            for number, name in enumerate(part):
                yield Id("option", name, value["fact"], (*here, number))
        elif key == "fact":
            yield Id("step", part, where=here)
        elif "fact" in value and key != "flow":
            yield Id("option", part, value["fact"], here)
        else:
            yield Id("flow", part, where=here)


def ids_of_flows(root: Path) -> list[Id]:
    """List every id of every flow, but those within the flows whose ids the data use too."""
    found = []
    for path in sorted(root.glob("flows/*/flow.yaml")):
        found.append(Id("flow", path.parent.name))
        for step in _read(path)["steps"] if path.parent.name not in DATA_FLOWS else ():
            found.append(Id("step", step["id"]))
            found += [Id("option", one["id"], step["id"]) for one in step.get("options", ())]
    return list(dict.fromkeys(found))


def rename(root: Path, names: Mapping[Id, str], *, roles: bool) -> None:
    """Give ids new names. roles: also in `content/roles.yaml`, which else keeps the old ones."""
    files = [
        *root.glob("flows/*/flow.yaml"),
        *(file for folder in NAMING_FOLDERS for file in root.glob(f"content/{folder}/*.yaml")),
        *(
            root / "content" / file
            for file in ("dates.yaml", "meetings.yaml", "notices.yaml", "plan.yaml")
        ),
        root / "content/help/leaving.yaml",
    ]
    firsts = {
        path.parent.name: next(step["id"] for step in _read(path)["steps"] if "options" in step)
        for path in root.glob("flows/*/flow.yaml")
        if "options:" in path.read_text(encoding="utf-8")
    }
    if roles:
        files.append(root / ROLES)
    for path in files:
        value = _read(path)
        for part in list(_mappings(value)):
            _rename_door_answer(part, names, firsts)
            _rename(part, names)
        path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    for id_, new in names.items():
        if id_.kind == "flow":
            (root / "flows" / id_.name).rename(root / "flows" / new)


def _rename(part: dict[str, Any], names: Mapping[Id, str]) -> None:
    """Rename in one mapping: the options first, while their question still has its old name."""
    for id_, new in names.items():
        if id_.kind == "option":
            _rename_option(part, id_, new)
    for id_, new in names.items():
        if id_.kind == "step":
            _replace(part, NAMES_A_STEP, id_.name, new)
            if "kind" in part:
                _replace(part, ("id",), id_.name, new)
            if part.get("kind") == "number":
                _replace(part, ("known_from",), id_.name, new)
            if "stages" in part:
                _rename_in_head(part, id_.name, new)
            for what in GIVEN:
                _replace(part, ("fact",), f"{id_.name}_{what}", f"{new}_{what}")
        if id_.kind == "flow":
            # a role that is nothing but a name is a flow's
            plain = tuple(part) if {"first", "check_in"} & part.keys() else ()
            _replace(
                part,
                ("flow", "flows", "via", "door", "options_by", "interests", *plain),
                id_.name,
                new,
            )


def _rename_door_answer(
    part: dict[str, Any], names: Mapping[Id, str], firsts: Mapping[str, str]
) -> None:
    """Rename the answer to the first question of the flow that a wish or an option opens."""
    doors = part.get("door", part.get("flow"))
    for door in doors.values() if isinstance(doors, dict) else (doors,):
        for id_, new in names.items():
            if id_.kind == "option" and id_.of == firsts.get(door):
                _replace(part, ("answer",), id_.name, new)


def _rename_option(part: dict[str, Any], id_: Id, new: str) -> None:
    if part.get("id") == id_.of:
        for option in (*part.get("options", ()), *part.get("at_once", {}).get("first", ())):
            _replace(option, ("id",), id_.name, new)
        known = part.get("known_from")
        answers = known["answers"] if isinstance(known, dict) else {}
        _replace(answers, tuple(answers), id_.name, new)
    if part.get("fact") == id_.of:
        _replace(
            part,
            ("is", "one_of", "has", "given", "child", "informal", "of_child", "without"),
            id_.name,
            new,
        )
        if id_.name in part.get("answers", {}):
            part["answers"][new] = part["answers"].pop(id_.name)
    if id_.of == HUMAN_QUESTION and ("door" in part or "asks" in part):
        _replace(part, ("human",), id_.name, new)
    if id_.of == AUDIENCE_QUESTION and "kind" not in part:
        _replace(part, ("who",), id_.name, new)
    if "stages" in part:
        _rename_option_in_head(part, id_, new)
    if part.get("preparation") == id_.of and id_.name in part["levels"]:
        part["levels"][new] = part["levels"].pop(id_.name)


def _rename_in_head(head: dict[str, Any], old: str, new: str) -> None:
    """Rename a question in what a flow says of how paths are judged."""
    _replace(head.get("same", {}), tuple(head.get("same", {})), old, new)
    for mapping in (
        *_facts_of_head(head),
        *(head.get(key, {}) for key in ("also", "follows", "same")),
    ):
        _rename_key(mapping, old, new)


def _rename_option_in_head(head: dict[str, Any], id_: Id, new: str) -> None:
    if head["standing"] == id_.of:
        for key in ("stages", "implied"):
            _rename_key(head.get(key, {}), id_.name, new)
    for key in ("also", "follows"):
        _rename_key(head.get(key, {}).get(id_.of, {}), id_.name, new)
    for facts in _facts_of_head(head):
        _replace(facts, (id_.of,), id_.name, new)


def _facts_of_head(head: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Give what is known by an answer, for each answer: values by question."""
    yield from head.get("implied", {}).values()
    for answers in head.get("follows", {}).values():
        yield from answers.values()


def _rename_key(mapping: dict[str, Any], old: str, new: str) -> None:
    if old in mapping:
        mapping[new] = mapping.pop(old)


def _replace(part: dict[str, Any], keys: tuple[str, ...], old: str, new: str) -> None:
    """Put a new name in the place of an old one, also within a list of names."""
    for key in keys:
        value = part.get(key)
        if isinstance(value, dict):  # for a pupil, and for an adult
            _replace(value, ("tu", "jus"), old, new)
        elif isinstance(value, list):
            part[key] = [new if one == old else one for one in value]
        elif value == old:
            part[key] = new


def _read(path: Path) -> Any:
    return read_yaml(path.read_bytes(), path.name).value


def _mappings(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for part in value.values() if isinstance(value, dict) else value:
        if isinstance(part, dict | list):
            yield from _mappings(part)
