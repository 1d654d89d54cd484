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
    """List every id of every flow, but those that a rule uses too."""
    found = []
    for path in sorted(root.glob("flows/*/flow.yaml")):
        found.append(Id("flow", path.parent.name))
        for step in _read(path)["steps"]:
            found.append(Id("step", step["id"]))
            found += [Id("option", one["id"], step["id"]) for one in step.get("options", ())]
    return list(dict.fromkeys(found))


def rename(root: Path, names: Mapping[Id, str], *, roles: bool) -> None:
    """Give ids new names. roles: also in `content/roles.yaml`, which else keeps the old ones."""
    files = [
        *root.glob("flows/*/flow.yaml"),
        *root.glob("content/wishes/*.yaml"),
        root / "content/help/leaving.yaml",
    ]
    if roles:
        files.append(root / ROLES)
    for path in files:
        value = _read(path)
        for part in list(_mappings(value)):
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
            keys = (
                "fact",
                "measure",
                "preparation",
                "known_from",
                "to",
                "asks",
                *(("id",) if "kind" in part else ()),
            )
            _replace(part, keys, id_.name, new)
            for what in ("leading", "flags"):  # facts that a measure gives
                _replace(part, ("fact",), f"{id_.name}_{what}", f"{new}_{what}")
        if id_.kind == "flow":
            # a role that is nothing but a name is a flow's
            plain = tuple(part) if "first" in part else ()
            _replace(part, ("flow", "via", "door", *plain), id_.name, new)


def _rename_option(part: dict[str, Any], id_: Id, new: str) -> None:
    if part.get("id") == id_.of:
        for option in part.get("options", ()):
            _replace(option, ("id",), id_.name, new)
        known = part.get("known_from")
        answers = known["answers"] if isinstance(known, dict) else {}
        _replace(answers, tuple(answers), id_.name, new)
    if part.get("fact") == id_.of:
        _replace(part, ("is", "one_of", "has", "given", "child", "informal"), id_.name, new)
        if id_.name in part.get("answers", {}):
            part["answers"][new] = part["answers"].pop(id_.name)
    if id_.of == HUMAN_QUESTION and "door" in part:
        _replace(part, ("human",), id_.name, new)
    if part.get("preparation") == id_.of and id_.name in part["levels"]:
        part["levels"][new] = part["levels"].pop(id_.name)


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
