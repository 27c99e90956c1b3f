"""Presets: mappings that ship for well-known systems; a workspace's mapping names one and says only what differs."""

from functools import cache
from pathlib import Path
from typing import Any

from expectations.contract import contracts
from salesops.errors import UserError, meant
from salesops.yamlfile import KeyPath, load

PRESETS = Path(__file__).parent / "presets"
NOT_IN_MAPPINGS = ("about", "known_by", "must_have")
"""Keys of a preset alone: what it is for, the columns by which its exports are known, and those without which its
figures would be wrong, though only optional fields take them."""


def with_preset(path: Path) -> tuple[Any, dict[KeyPath, int]]:
    """The mapping in `path` laid over the preset that it names, and the lines of the mapping itself."""
    data, lines = load(path)
    if not isinstance(data, dict) or "preset" not in data:
        return data or {}, lines
    name = data["preset"]
    if name not in preset_names():
        where = f"{path}:{lines['preset',]}"
        raise UserError(f"there is no preset `{name}`.", where=where, mend=meant(name, preset_names()))
    lines[()] = lines["preset",]  # what only the preset says is reported where it is named
    return merged(_lenient(preset(name)), data), lines


@cache
def preset_names() -> tuple[str, ...]:
    """All presets, as system/object."""
    return tuple(sorted(path.relative_to(PRESETS).with_suffix("").as_posix() for path in PRESETS.glob("*/*.yml")))


@cache
def preset(name: str) -> dict[str, Any]:
    """A preset as it stands in its file."""
    return load(PRESETS / f"{name}.yml")[0]


def merged(below: Any, above: Any) -> Any:
    """`above` laid over `below`: key by key; a key without a value takes away; what names a column says all of it."""
    if not (isinstance(below, dict) and isinstance(above, dict)) or {"column", "value"} & above.keys():
        return above
    both = {key: merged(below[key], above[key]) if key in below else above[key] for key in above}
    return {key: value for key, value in (below | both).items() if value is not None}


def _lenient(shipped: dict[str, Any]) -> dict[str, Any]:
    """The preset's mapping; columns that no required field needs may be missing, for sites hide columns."""
    lacking = set(shipped.get("may_lack", []))
    needed = set(shipped.get("must_have", []))
    for name, table in shipped["tables"].items():
        lacking |= {*table.get("deleted_where", {}), *([table["newest_by"]] if "newest_by" in table else [])}
        for field, column in table["columns"].items():
            parts = [column] if isinstance(column, str) else [column.get("column"), column.get("with")]
            needs = contracts()[name].field(field).required
            (needed if needs else lacking).update(filter(None, parts))
    mapping = {key: value for key, value in shipped.items() if key not in NOT_IN_MAPPINGS}
    return mapping | {"may_lack": sorted(lacking - needed)}
