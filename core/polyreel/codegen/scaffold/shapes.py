"""Schemas as somebody who looks for fields sees them: references followed, all variants in one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import evolve, field, frozen

from polyreel.errors import SpecError
from polyreel.openapi.documents import Document
from polyreel.openapi.names import words as split_words
from polyreel.openapi.references import resolve

_DEEPEST = 12
_UNIONS = ("allOf", "anyOf", "oneOf")


@frozen
class Shape:
    """One schema, flattened.

    Attributes:
        types: What it may be, without null; empty when it doesn't say.
        properties: The schemas of its fields, as they are written.
        items: The schema of a list's items, or None.
        values: The values that it names.
        format: Its format, such as ``date-time``.
        component: The named schema that it refers to, if it is a mere reference.
        variants: Whether it is one of several different objects.
        maximum: The greatest number that it may be, or None.
        minimum: The least, or None.
        default: What the server takes when nothing is said, or None.
    """

    types: frozenset[str] = frozenset()
    properties: Mapping[str, Any] = field(factory=dict)
    items: Any = None
    values: tuple[Any, ...] = ()
    format: str = ""
    component: str | None = None
    variants: bool = False
    maximum: float | None = None
    minimum: float | None = None
    default: Any = None

    @property
    def is_object(self) -> bool:
        """Whether it has fields."""
        return bool(self.properties)


def shape(document: Document, schema: Any, depth: int = 0) -> Shape:
    """Flatten a schema; what can't be followed is a shape without anything."""
    if not isinstance(schema, dict) or depth > _DEEPEST:
        return Shape()
    if isinstance(ref := schema.get("$ref"), str):
        return _referred(document, ref, schema, depth)
    parts = [
        shape(document, part, depth + 1)
        for union in _UNIONS
        for part in (schema[union] if isinstance(schema.get(union), list) else ())
        if part != {"type": "null"}
    ]
    choices = [part for part in parts if part.is_object]
    joined = "allOf" in schema or len({id(part.properties) for part in choices}) < 2
    named = schema.get("type") or []
    types = {named} if isinstance(named, str) else {str(each) for each in named}
    properties: dict[str, Any] = {}
    for part in parts:
        properties |= {
            name: each for name, each in part.properties.items() if name not in properties
        }
    own = schema.get("properties")
    properties |= own if isinstance(own, dict) else {}
    if properties and not types:
        types = {"object"}
    alone = parts[0] if len(parts) == 1 and not own else Shape()
    return Shape(
        types=frozenset(types.union(*(part.types for part in parts)) - {"null"}),
        properties=properties,
        items=schema.get("items", next((part.items for part in parts if part.items), None)),
        values=_values(schema) or tuple(value for part in parts for value in part.values),
        format=str(schema.get("format") or next((part.format for part in parts), "")),
        component=alone.component,
        variants=not joined or any(part.variants for part in parts),
        maximum=_number(schema.get("maximum", alone.maximum)),
        minimum=_number(schema.get("minimum", alone.minimum)),
        default=schema.get("default", alone.default),
    )


def _referred(document: Document, ref: str, schema: Document, depth: int) -> Shape:
    try:
        found = shape(document, resolve(document, ref), depth + 1)
    except SpecError:
        return Shape()
    return evolve(
        found,
        component=ref.removeprefix("#/components/schemas/"),
        default=schema.get("default", found.default),
    )


def _values(schema: Document) -> tuple[Any, ...]:
    if "const" in schema:
        return (schema["const"],)
    named = schema.get("enum") or schema.get("x-extensible-enum") or ()
    return tuple(value for value in named if value is not None) if isinstance(named, list) else ()


def _number(value: Any) -> float | None:
    usable = isinstance(value, int | float) and not isinstance(value, bool)
    return value if usable else None


def words(name: str) -> tuple[str, ...]:
    """Split ``createdAt`` or ``created_at`` into lower-case words."""
    return tuple(word.lower() for word in split_words(name))


def plain(name: str) -> str:
    """Spell a name one way: ``createdAt`` is ``created_at``."""
    return "_".join(words(name))


def names(text: str) -> tuple[str, ...]:
    """Write a list of names as one text, the best first."""
    return tuple(text.split())
