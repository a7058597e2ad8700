"""Make values that fit a schema and are plausible for what a field is for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from enum import Enum
from typing import Any
from urllib.parse import urlsplit

from polyreel.errors import SpecError
from polyreel.openapi.shapes import Shape
from polyreel.openapi.view import SchemaView
from polyreel.sandbox.object_forms import Choose, Path, flat
from polyreel.sandbox.patterns import matching

_DEEPEST = 6


class Gap(Enum):
    """What a suggestion may be instead of a field's value."""

    BUILD = "made of its own fields or items"
    BLANK = "nothing to tell: null, or an empty text"
    OMIT = "not there: null, or left out"


class Percent(int):
    """A progress from 0 to 100."""


Suggest = Callable[[Path, Shape], Any]
"""Gives a value, or a `Gap`, for a field's path and its flattened schema."""


def fabricate(
    view: SchemaView,
    schema: Any,
    suggest: Suggest,
    choose: Choose = lambda _path, _forms: 0,
) -> Any:
    """Make a value that fits a schema.

    Args:
        view: The document's schemas.
        schema: As it stands in the document.
        suggest: Asked for every field; what it gives is converted to the schema's type.
        choose: Asked which of several alternatives is taken; the first by default.

    Raises:
        SpecError: The schema contains itself without end.
    """
    return _Maker(view, suggest, choose).make((), schema, needed=True)


class _Maker:
    def __init__(self, view: SchemaView, suggest: Suggest, choose: Choose) -> None:
        self._view = view
        self._suggest = suggest
        self._choose = choose

    def make(self, path: Path, schema: Any, *, needed: bool, depth: int = 0) -> Any:
        shape = flat(self._view, path, schema, self._choose)
        if depth > _DEEPEST and not needed:
            return Gap.OMIT
        if depth > 2 * _DEEPEST:
            raise SpecError(f"the schema of {'.'.join(path)!r} contains itself without end")
        if shape.values.constant and not shape.nullable:
            return shape.values.known[0]
        found = self._suggest(path, shape)
        if found is Gap.BLANK or found is Gap.OMIT:
            found = _gap(found, shape, needed)
        if found is Gap.BUILD:
            return self._build(path, shape, depth)
        return found if found is Gap.OMIT else fit(found, shape)

    def _build(self, path: Path, shape: Shape, depth: int) -> Any:
        if "array" in shape.named_types:
            item = self.make(path, shape.items, needed=False, depth=depth + 1)
            return [] if item is Gap.OMIT else [item] * max(1, int(shape.limit("minItems") or 1))
        built = {
            field: self.make((*path, field), part, needed=field in shape.required, depth=depth + 1)
            for field, part in shape.properties.items()
        }
        return {field: value for field, value in built.items() if value is not Gap.OMIT}


def fit(value: Any, shape: Shape) -> Any:
    """Convert a value to the type that a flattened schema asks for, and cut it to its bounds."""
    types = shape.named_types
    if value is None or isinstance(value, dict | list | bool) or not types:
        return str(value) if isinstance(value, datetime) else value
    if "string" in types:
        longest, shortest = shape.limit("maxLength"), int(shape.limit("minLength") or 0)
        text = _text(value, shape)[: None if longest is None else int(longest)].ljust(shortest, "x")
        # The seed of an address is its path: where the sandbox listens mustn't decide what it tells.
        seed = urlsplit(text).path if "://" in text else text
        return matching(shape.pattern, text, seed) if shape.pattern is not None else text
    if isinstance(value, datetime):
        value = value.timestamp()
    if isinstance(value, str) and value.isdecimal():
        value = int(value)
    least, most = (shape.limit(keyword) for keyword in ("minimum", "maximum"))
    if isinstance(value, Percent) and most is not None and most <= 1:
        value = value / 100
    if not isinstance(value, int | float):
        return value
    value = value if least is None else max(value, least)
    value = value if most is None else min(value, most)
    return float(value) if "integer" not in types else int(value)


def _text(value: Any, shape: Shape) -> str:
    if isinstance(value, datetime):
        form = "%Y-%m-%d" if shape.format == "date" else "%Y-%m-%dT%H:%M:%SZ"
        return value.astimezone(UTC).strftime(form)
    return f"{value}/100" if isinstance(value, Percent) else str(value)


def _gap(gap: Gap, shape: Shape, needed: bool) -> Any:
    """Return the emptiest value that the schema allows, such as null, an empty text, or no field at all."""
    if shape.nullable:
        return None
    free = not (shape.values.closed or shape.format or shape.pattern or shape.limit("minLength"))
    if gap is Gap.BLANK and "string" in shape.named_types and free:
        return ""
    if not needed:
        return Gap.OMIT
    if shape.values.closed and shape.values.known:
        return shape.values.known[0]
    if shape.format is not None and shape.format in _LEAST:
        return _LEAST[shape.format]
    for name, empty in _EMPTY.items():
        if name in shape.named_types:
            return empty
    return Gap.BUILD


_EMPTY: Mapping[str, Any] = {"string": "", "integer": 0, "number": 0, "boolean": False}

# What says least where a format asks for something.
_LEAST: Mapping[str, str] = {
    "date": "1970-01-01",
    "date-time": "1970-01-01T00:00:00Z",
    "uri": "about:blank",
    "url": "about:blank",
    "uuid": "00000000-0000-4000-8000-000000000000",
}
