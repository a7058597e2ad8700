"""Compare the parameters of two operations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from attrs import frozen

from polyreel.codegen.diff.facets import Finding
from polyreel.codegen.diff.parts import followed, listing, mapping
from polyreel.codegen.diff.rules import shown
from polyreel.codegen.diff.schema_changes import Direction, SchemaDiff
from polyreel.openapi.documents import Document

PAGE_NUMBERS = {"page", "page_number", "pagenumber", "page_num", "page_index"}


@frozen
class Parameter:
    """One parameter.

    Attributes:
        key: What tells it apart: where it stands and its name; in a path, the position instead,
            and in a header the name whatever its case.
        place: Its place in a report, such as ``query page``.
        schema: What it may be, as written.
    """

    key: tuple[str, str]
    place: str
    name: str
    required: bool
    deprecated: bool
    written: str
    schema: Any
    index_base: int | None


def in_path(path: str) -> list[str]:
    """Return the names of a path template's parameters, in order."""
    return re.findall(r"\{([^{}]*)\}", path)


def read(
    document: Document, path: str, item: dict[str, Any], operation: dict[str, Any]
) -> dict[tuple[str, str], Parameter]:
    """Return an operation's parameters by their key, the path item's shared ones included."""
    shared = listing(item, "parameters", where=path)
    own = listing(operation, "parameters", where=path)
    positions = {name: str(position) for position, name in enumerate(in_path(path))}
    found = (
        _parameter(followed(document, part, where=f"{path}: a parameter"), positions)
        for part in [*shared, *own]
    )
    return {parameter.key: parameter for parameter in found}


def compare(
    old: dict[tuple[str, str], Parameter],
    new: dict[tuple[str, str], Parameter],
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


def _parameter(part: dict[str, Any], positions: dict[str, str]) -> Parameter:
    name, kind = str(part.get("name")), str(part.get("in"))
    identity = positions.get(name, name) if kind == "path" else name
    media = mapping(part, "content", where=f"parameter {name}")
    holder = next((m for m in media.values() if isinstance(m, dict)), part)
    schema = holder.get("schema")
    style = part.get("style", "form" if kind in ("query", "cookie") else "simple")
    explode = part.get("explode", style == "form")
    base = part.get("x-index-base")
    return Parameter(
        key=(kind, identity.lower() if kind == "header" else identity),
        place=f"{kind} {name}",
        name=name,
        required=part.get("required") is True or kind == "path",
        deprecated=part.get("deprecated") is True,
        written=", ".join([style, "exploded" if explode else "joined", *media]),
        schema=True if schema is None else schema,
        index_base=base if base in (0, 1) else None,
    )


def _changed(a: Parameter, b: Parameter, schemas: SchemaDiff) -> Iterator[tuple[str, Finding]]:
    if a.required != b.required:
        yield b.place, Finding(f"parameter-became-{'required' if b.required else 'optional'}")
    if b.deprecated and not a.deprecated:
        yield b.place, Finding("parameter-deprecated")
    if a.written != b.written and _many(a, b, schemas):
        facts = {"old": shown(a.written), "new": shown(b.written)}
        yield b.place, Finding("parameter-serialization-changed", facts)
    yield from _index_base(a, b, schemas)
    yield from schemas.compare(
        Direction.REQUEST,
        a.schema,
        b.schema,
        place=partial("{}{}".format, b.place),
        seen=set(),
    )


def _many(a: Parameter, b: Parameter, schemas: SchemaDiff) -> bool:
    """Say whether either parameter may hold several values, so that their writing matters."""
    types = [schemas.old.of(a.schema).types, schemas.new.of(b.schema).types]
    return any(found is None or found & {"array", "object"} for found in types)


def _index_base(a: Parameter, b: Parameter, schemas: SchemaDiff) -> Iterator[tuple[str, Finding]]:
    """Compare where counting starts; beside a stated start, a page number's default is one too."""
    old, new = a.index_base, b.index_base
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


def _first(default: Any) -> int | None:
    return default if default in (0, 1) and not isinstance(default, bool) else None
