"""Which fields of its items a plugin reads, found by trying: no list of them has to be kept.

An item is made of every field that the client's document has, each with a value of its own; then each field
is left out once, and is there alone once. What the plugin then makes of the item tells what it reads.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import deepcopy
from importlib.resources import files
from threading import get_ident
from typing import Any, TypeAlias
from zlib import crc32

from polyreel.errors import PolyreelError
from polyreel.models import Item, Kind, ListQuery, Page
from polyreel.openapi.annotations import Annotation, annotation, item_schemas
from polyreel.openapi.operations import Operation, operations
from polyreel.openapi.shapes import Shape
from polyreel.openapi.view import SchemaView
from polyreel.registry import Registry
from polyreel.request import Response
from polyreel.views import SURPRISES, reader

Reads: TypeAlias = Mapping[tuple[str, str], frozenset[str]]
"""The paths of fields, such as ``creations[].url``, by the item's kind and collection."""

_DEEPEST = 5  # fields within fields; nothing that plugins read lies deeper
_DEFAULT = ListQuery(page_size=10)
Place: TypeAlias = tuple[str, ...]
_TEXT = "https://files.example/{}.mp4"  # what looks for a file takes it
_SIZE = "1280x720"
_MOST_WORDS = 12  # of a status or a type; longer lists are of languages and voices


def reads(provider: str) -> Reads:
    """Return which fields an installed plugin reads; empty where there is none, or it can't be tried."""
    registry = Registry({})
    if provider not in registry.names:
        return {}
    try:
        client = registry.provider(provider).client
        document = json.loads((files(client) / "openapi.json").read_text("utf-8"))
        view = SchemaView(document)
        found: dict[tuple[str, str], frozenset[str]] = {}
        for operation in operations(document, view.references):
            said = annotation(operation)
            if said is not None and said.role in ("list", "get"):
                tried = Trial(registry, provider, said)
                with unheard():
                    some = frozenset(tried.read(fields_of(view, operation, said)))
                about = (str(said.kind), said.collection)
                found[about] = found.get(about, frozenset()) | some
    except (PolyreelError, ImportError, OSError, ValueError):
        return {}
    return found


@contextmanager
def unheard() -> Iterator[None]:
    """Keep what this thread says of made-up items from the user, who has never had them."""
    log, here = logging.getLogger("polyreel"), get_ident()

    def of_others(record: logging.LogRecord) -> bool:
        return record.thread != here

    log.addFilter(of_others)
    try:
        yield
    finally:
        log.removeFilter(of_others)


def fields_of(
    view: SchemaView, operation: Operation, said: Annotation
) -> dict[Place, tuple[Any, ...]]:
    """Return the places of all values in an item that an operation gives, each with some of its values."""
    nodes = item_schemas(view, operation, said)
    return {place: values for node in nodes for place, values in _below(view, node, ())}


def _below(view: SchemaView, node: Any, place: Place) -> Iterator[tuple[Place, tuple[Any, ...]]]:
    for each in view.alternatives(node):
        shape = view.of(each)
        if len(place) > _DEEPEST:
            continue
        if shape.items is not None:
            yield from _below(view, shape.items, (*place, "[]"))
        elif shape.properties:
            for name, child in shape.properties.items():
                yield from _below(view, child, (*place, name))
        elif place:
            yield place, tuple(_values("/".join(place), shape))


def _values(path: str, shape: Shape) -> Iterator[Any]:
    number = crc32(path.encode()) % 1_000_000 + 1
    types = shape.types or {"string"}
    if "string" in types:
        yield _TEXT.format(path)
        yield _SIZE
        yield from [each for each in shape.values.known if isinstance(each, str)][:_MOST_WORDS]
    if types & {"integer", "number"}:
        yield number if "integer" in types else number + 0.5
    if types & {"boolean", "object"}:
        yield True if "boolean" in types else {"url": _TEXT.format(path)}


class Trial:
    """What one operation of a plugin makes of an item.

    Args:
        registry: Where the plugin is.
        provider: Its provider's name.
        said: What the operation is for.
    """

    def __init__(self, registry: Registry, provider: str, said: Annotation) -> None:
        about: dict[str, Any] = {"collection": said.collection}
        kind: Kind = said.kind
        if said.role == "list":
            self._request: Any = registry.list_request(provider, kind, _DEFAULT, **about)
        else:
            self._request = registry.get_request(provider, kind, "x", **about)
        self._said = said

    def read(self, fields: Mapping[Place, tuple[Any, ...]]) -> Iterator[str]:
        """Yield the paths of those values that change what the plugin finds in an item.

        Args:
            fields: Some values of each field, the usual one first.
        """
        usual = {place: values[0] for place, values in fields.items() if values}
        bare: dict[Place, Any] = {
            place: value for place, value in usual.items() if place == (self._said.id,)
        }
        others = [(place, each) for place, values in fields.items() for each in values[1:]]
        rows: list[dict[Place, Any]] = [
            usual,
            bare,
            *({**row, place: each} for place, each in others for row in (usual, bare)),
        ]
        found = [self._found(made(row)) for row in rows]
        for place, value in usual.items():
            if any(
                self._found(made(_other(row, place, value))) != before
                for row, before in zip(rows, found, strict=True)
            ):
                yield ".".join(place).replace(".[]", "[]")

    def items(self, row: Any) -> Sequence[Item] | None:
        """Return the items that are read from a row, at most one; None where it can't be read."""
        body: Any = [row] if self._said.role == "list" else row
        for key in reversed(self._said.items):
            body = {key: body}
        try:
            page = self._request.read(Response(data=body, account="x", query=_DEFAULT))
        except (PolyreelError, *SURPRISES):
            return None
        return page.items if isinstance(page, Page) else (page,)

    def _found(self, row: Any) -> Any:
        items = self.items(row)
        return None if items is None else [_all_of(item) for item in items]


def _all_of(item: Any) -> list[Any]:
    fields = item.__dict__["_reader"].fields
    try:
        model: Any = reader(fields.model)(item.raw)
    except SURPRISES:
        model = None
    return [item.id, *(_value(find, model) for find in fields.finders.values())]


def _value(find: Callable[[Any], Any], model: Any) -> Any:
    try:
        value = find(model)
        if type(value).__name__ == "Unset":
            return None
        return deepcopy(value.to_dict()) if hasattr(value, "to_dict") else repr(value)
    except SURPRISES:
        return None


def _other(row: dict[Place, Any], place: Place, value: Any) -> dict[Place, Any]:
    """Return a row without a value that it has, or with one that it hasn't."""
    rest = {each: it for each, it in row.items() if each != place}
    return rest if place in row else {**row, place: value}


def made(values: Mapping[Place, Any]) -> Any:
    """Make the object that has these values at their places, or a list of one."""
    row: Any = {}
    for place, value in values.items():
        row = _with(row, place, value)
    return row


def _with(node: Any, keys: Place, value: Any) -> Any:
    if not keys:
        return value
    key, rest = keys[0], keys[1:]
    if key == "[]":
        return [_with(node[0] if isinstance(node, list) else None, rest, value)]
    there = node if isinstance(node, dict) else {}
    return {**there, key: _with(there.get(key), rest, value)}
