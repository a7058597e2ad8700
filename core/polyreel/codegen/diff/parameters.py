"""Compare the parameters of two operations."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from polyreel.codegen.diff.constraints import Finding
from polyreel.codegen.diff.rules import shown
from polyreel.codegen.diff.schema_changes import Direction, SchemaDiff
from polyreel.openapi.operations import Operation, Parameter, path_parameters

PAGE_NUMBERS = {"page", "page_number", "pagenumber", "page_num", "page_index"}


Key = tuple[str, str]
"""What tells a parameter apart: where it stands and its name; in a path, the position instead, and in a
header the name whatever its case."""


def by_key(operation: Operation) -> dict[Key, Parameter]:
    """Return an operation's parameters by their key."""
    positions = {n: str(position) for position, n in enumerate(path_parameters(operation.path))}
    return {_key(parameter, positions): parameter for parameter in operation.parameters()}


def _key(parameter: Parameter, positions: dict[str, str]) -> Key:
    name = parameter.name
    if parameter.location == "path":
        name = positions.get(name, name)
    return parameter.location, name.lower() if parameter.location == "header" else name


def compare(
    old: dict[Key, Parameter],
    new: dict[Key, Parameter],
    schemas: SchemaDiff,
) -> Iterator[tuple[str, Finding]]:
    """Yield the differences between two operations' parameters."""
    gone = [parameter for key, parameter in old.items() if key not in new]
    for key, parameter in new.items():
        moved = next((p for p in gone if p.name == parameter.name), None)
        if key in old:
            yield from _changed(old[key], parameter, schemas)
        elif moved is not None:
            gone.remove(moved)
            yield parameter.place, Finding("parameter-moved", {"old": shown(moved.place)})
        else:
            how = "required" if parameter.required else "optional"
            yield parameter.place, Finding(f"parameter-added-{how}")
    for parameter in gone:
        yield parameter.place, Finding("parameter-removed")


def _changed(a: Parameter, b: Parameter, schemas: SchemaDiff) -> Iterator[tuple[str, Finding]]:
    if a.required != b.required:
        yield b.place, Finding(f"parameter-became-{'required' if b.required else 'optional'}")
    if b.written.get("deprecated") is True and a.written.get("deprecated") is not True:
        yield b.place, Finding("parameter-deprecated")
    was, is_ = _serialization(a), _serialization(b)
    if was != is_ and _many(a, b, schemas):
        facts = {"old": shown(was), "new": shown(is_)}
        yield b.place, Finding("parameter-serialization-changed", facts)
    yield from _index_base(a, b, schemas)
    yield from schemas.compare(
        Direction.REQUEST,
        a.schema,
        b.schema,
        place=partial("{}{}".format, b.place),
        seen=set(),
    )


def _serialization(parameter: Parameter) -> str:
    """Name the way in which a parameter's several values are written."""
    style = "form" if parameter.location in ("query", "cookie") else "simple"
    style = parameter.written.get("style", style)
    explode = parameter.written.get("explode", style == "form")
    return ", ".join([str(style), "exploded" if explode else "joined", *parameter.media])


def _many(a: Parameter, b: Parameter, schemas: SchemaDiff) -> bool:
    """Say whether either parameter may hold several values, so that their writing matters."""
    types = [schemas.old.of(a.schema).types, schemas.new.of(b.schema).types]
    return any(found is None or found & {"array", "object"} for found in types)


def _index_base(a: Parameter, b: Parameter, schemas: SchemaDiff) -> Iterator[tuple[str, Finding]]:
    """Compare where counting starts; beside a stated start, a page number's default is one too."""
    old, new = (_base(parameter.written) for parameter in (a, b))
    if old == new:
        return
    if a.name.lower() in PAGE_NUMBERS:
        old = _first(schemas.old.of(a.schema).default) if old is None else old
        new = _first(schemas.new.of(b.schema).default) if new is None else new
    if old is not None and new is not None:
        if old != new:
            facts = {"old": shown(old), "new": shown(new)}
            yield b.place, Finding("index-base-changed", facts)
        return
    what = "no longer stated" if new is None else f"stated now: at {shown(new)}"
    yield b.place, Finding("index-base-stated", {"what": what})


def _base(written: dict[str, Any]) -> int | None:
    base = written.get("x-index-base")
    return base if base in (0, 1) else None


def _first(default: Any) -> int | None:
    return default if default in (0, 1) and not isinstance(default, bool) else None
