"""YAML files checked against a pydantic model; an error names file, line and key, and the nearest known key."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, get_args

import yaml
from pydantic import BaseModel, ValidationError

from salesops.errors import UserError, meant

Model = TypeVar("Model", bound=BaseModel)
KeyPath = tuple[str | int, ...]


class _Loader(yaml.SafeLoader):
    """YAML as people read it: only `true` and `false` are truth values, `on:` and `no:` stay the words they are."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def parse(path: Path, model: type[Model]) -> Model:
    """The file as a `model`; raises UserError for a missing file, broken YAML, or a value that the model refuses."""
    data, lines = load(path)
    return validate(data or {}, model, path, lines)


def load(path: Path) -> tuple[Any, dict[KeyPath, int]]:
    """The file's data, and the line (from 1) of every key and list item in it."""
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_Loader)
    except FileNotFoundError:
        raise UserError("the file does not exist.", where=str(path), mend="Make it, or run `salesops init`.") from None
    except UnicodeDecodeError:
        raise UserError("the file is not UTF-8 text.", where=str(path), mend="Save it as UTF-8.") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}:{mark.line + 1}" if mark else str(path)
        problem = getattr(error, "problem", "the YAML cannot be read")
        raise UserError(f"{problem}.", where=where, mend="Check indentation, colons and brackets.") from None
    lines: dict[KeyPath, int] = {(): 1}
    if node is None:
        return None, lines
    _note_lines(node, (), lines, path)
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader), lines
    except (yaml.YAMLError, ValueError) as error:
        raise UserError(f"{error}", where=str(path), mend="Check the values.") from None


def _note_lines(node: yaml.Node, at: KeyPath, lines: dict[KeyPath, int], path: Path) -> None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            here = (*at, key.value)
            if here in lines:
                where = f"{path}:{key.start_mark.line + 1}"
                raise UserError(f"the key `{key.value}` stands here twice.", where=where, mend="Remove one of them.")
            lines[here] = key.start_mark.line + 1
            _note_lines(value, here, lines, path)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            lines[(*at, index)] = value.start_mark.line + 1
            _note_lines(value, (*at, index), lines, path)


def validate(data: Any, model: type[Model], path: Path, lines: dict[KeyPath, int], at: KeyPath = ()) -> Model:
    """`data` (found at key path `at` of the file) as a `model`, or a UserError about its first problem."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise _explained(error, model, path.name, lambda inside: place(path, lines, (*at, *inside)))[0] from None


def problems(data: Any, model: type[BaseModel], name: str, where: Callable[[KeyPath], str]) -> list[UserError]:
    """Everything that `model` refuses in `data`, each key once; `where` tells the place of a key path."""
    try:
        model.model_validate(data)
    except ValidationError as error:
        return _explained(error, model, name, where)
    return []


def place(path: Path, lines: dict[KeyPath, int], at: KeyPath) -> str:
    """File and line of a key path, or of what is written nearest around it."""
    return f"{path}:{_line_of(at, lines)}"


def _explained(
    error: ValidationError, model: type[BaseModel], name: str, where: Callable[[KeyPath], str]
) -> list[UserError]:
    found: dict[str, UserError] = {}
    for problem in error.errors():
        inside = tuple(problem["loc"])
        written = tuple(part for part in inside if not _is_union_tag(part))
        shown = ".".join(map(str, written)) or name
        what, mend = _explain(problem, model, inside)
        found.setdefault(shown, UserError(f"`{shown}`: {what}", where=where(written), mend=mend))
    return list(found.values())


def _is_union_tag(part: str | int) -> bool:
    """Pydantic names the tried branch of a union in the location; a user never wrote it."""
    return isinstance(part, str) and (part[:1].isupper() or "[" in part)


def _line_of(at: KeyPath, lines: dict[KeyPath, int]) -> int:
    known = tuple(part for part in at if not _is_union_tag(part))
    while known and known not in lines:
        known = known[:-1]
    return lines.get(known, 1)


def _explain(problem: Any, model: type[BaseModel], loc: KeyPath) -> tuple[str, str]:
    kind = problem["type"]
    if kind == "extra_forbidden":
        return "this key is not known.", meant(loc[-1], _all_keys(model), "Remove it.")
    if kind == "missing":
        return "this key is missing.", "Add it."
    value = problem.get("input")
    if kind == "literal_error":
        choices = re.findall(r"'([^']*)'", problem["ctx"]["expected"])
        return f"`{value}` is none of its choices.", meant(value, choices)
    message = problem["msg"].removeprefix("Value error, ")
    found = f" (found `{value}`)" if isinstance(value, str | int | float | bool) and kind != "value_error" else ""
    return f"{message}{found}.".replace("..", "."), ""


def _all_keys(model: type[BaseModel]) -> set[str]:
    """Every key of the model and of the models inside it."""
    keys: set[str] = set()
    todo, seen = [model], set()
    while todo:
        current = todo.pop()
        if current in seen:
            continue
        seen.add(current)
        for name, field in current.model_fields.items():
            keys.add(field.alias or name)
            todo += models_in(field.annotation)
    return keys


def models_in(annotation: Any) -> list[type[BaseModel]]:
    """The models that an annotation names."""
    if isinstance(annotation, type) and not get_args(annotation) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in models_in(part)]
