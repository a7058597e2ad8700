"""Schemas of what is received, made tolerant so that no value can make a generated model fail.

The generated readers raise on every surprise: an unknown enum value, a missing property, a date in
another format, a ``null`` for a nested object. One such field would lose a caller a whole page.
Here enums, constants, formats and ``required`` go, and null is made harmless at the least cost: a
generated reader hands a plain scalar on as it came, null included, for the price of a dict lookup,
while a nullable scalar costs a nested function per field and item. So nullable scalars become plain
ones, and only what has a reader of its own (objects, arrays of them, unions) becomes a union with
null, whose reader falls back on the raw value when anything inside doesn't fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from polyreel.openapi.documents import Document

REF = "#/components/schemas/"

# A generated model uses these names itself, and a property of the same name would break it. Left out,
# the value is found in the model's additional_properties like any other unknown property.
_TAKEN = {"additionalproperties", "cast", "cls", "d", "fielddict", "fromdict", "todict"}

_SCALARS = ("string", "integer", "number", "boolean")
_JSON_TYPES = {str: "string", bool: "boolean", int: "integer", float: "number"}
_NULL: Mapping[str, Any] = {"type": "null"}
_CHOICES = ("anyOf", "oneOf")


class TolerantSchemas:
    """Makes the schemas of one document tolerant.

    Args:
        schemas: The document's ``components.schemas``, to which references lead.
    """

    def __init__(self, schemas: Mapping[str, Any]) -> None:
        self._schemas = schemas
        self._plain_components: dict[str, Document | None] = {}

    def make_tolerant(self, schema: Any, name: str = "item") -> Document:
        """Return the tolerant schema, without null.

        Args:
            schema: An OpenAPI 3.1 schema, ``True`` or None for any value.
            name: The property that it is the schema of; names the class of an inline object.

        Returns:
            A schema of types, properties, items, references and ``anyOf`` alone. Any JSON value
            inside an object that it describes can be read, or is kept as it came.
        """
        plain = self._plain(schema)
        if plain is not None:
            return plain
        if (component := reference(schema)) is not None:
            return {"$ref": REF + component}
        tolerant = self._shape(schema, name)
        if isinstance(words := schema.get("description"), str):
            tolerant["description"] = words
        return tolerant

    def is_plain(self, schema: Any) -> bool:
        """Whether the generated reader hands such a value on without looking into it."""
        return self._plain(schema) is not None

    def _plain(self, schema: Any) -> Document | None:
        """Return the tolerant schema if it needs no reader: a scalar, or anything at all."""
        if not isinstance(schema, dict):
            return {}
        if (name := reference(schema)) is not None:
            if name not in self._plain_components:
                self._plain_components[name] = None  # what contains itself is never plain
                self._plain_components[name] = self._plain(self._schemas[name])
            return self._plain_components[name]
        if _has_fields(schema):
            return None
        if "allOf" in schema:
            forms = [self._plain(part) for part in _parts(schema)]
            return _same(form for form in forms if form != {})
        if any(keyword in schema for keyword in _CHOICES):
            forms = [self._plain(choice) for choice in _choices(schema)]
            return {} if {} in forms else _same(forms)
        return self._plain_type(schema, types_of(schema))

    def _plain_type(self, schema: Document, types: list[str]) -> Document | None:
        if types == ["array"]:
            items = self._plain(schema.get("items"))
            if items is None or items.get("type") == "array":  # a list in a list has a reader
                return None
            return {"type": "array", "items": items}
        if types in ([], ["object"]):  # an object of unknown fields is the dict that it is
            return {}
        return {"type": types[0]} if len(types) == 1 else None

    def _shape(self, schema: Document, name: str) -> Document:
        if "allOf" in schema:
            parts = [self.make_tolerant(part, name) for part in _parts(schema)]
            return self._all_of([part for part in parts if part])
        if any(keyword in schema for keyword in _CHOICES) and not _has_fields(schema):
            return _union(self.make_tolerant(choice, name) for choice in _choices(schema))
        return _union(self._of_type(schema, kind, name) for kind in types_of(schema))

    def _all_of(self, parts: list[Document]) -> Document:
        """Join tolerant schemas; a field for which they state types that can't be one is of any type."""
        if len(parts) < 2:
            return dict(parts[0]) if parts else {}
        fields: dict[str, list[Document]] = {}
        for part in parts:
            for name, field in self._fields(part):
                fields.setdefault(name, []).append(field)
        odd = {name for name, stated in fields.items() if _contradict(stated)}
        if not odd:
            return {"allOf": parts}
        # The generator can't join them, and would leave out the whole object.
        flat = {name: {} if name in odd else stated[-1] for name, stated in fields.items()}
        return {"type": "object", "properties": flat}

    def _fields(self, tolerant: Document) -> Iterator[tuple[str, Document]]:
        """Yield the fields of an object, with those of the ones that it is made of."""
        seen: set[str] = set()
        todo = [tolerant]
        while todo:
            part = todo.pop()
            if (name := reference(part)) is not None and name not in seen:
                seen.add(name)
                todo.append(self.make_tolerant(self._schemas[name]))
            todo += reversed(part.get("allOf", []))
            yield from part.get("properties", {}).items()

    def _of_type(self, schema: Document, kind: str, name: str) -> Document:
        if kind == "array":
            return {"type": "array", "items": self._value(schema.get("items"), name)}
        return self._object(schema) if kind == "object" else {"type": kind}

    def _object(self, schema: Document) -> Document:
        tolerant: Document = {"type": "object"}
        tolerant["properties"] = {
            name: self._value(value, name)
            for name, value in schema.get("properties", {}).items()
            if re.sub(r"[^a-z]", "", name.lower()) not in _TAKEN
        }
        extra = schema.get("additionalProperties")
        if isinstance(extra, dict) and extra:
            tolerant["additionalProperties"] = self._value(extra, "value")
        return tolerant

    def _value(self, schema: Any, name: str) -> Document:
        """Make the schema of a nested value tolerant, so that null and values of other types do no harm."""
        tolerant = self.make_tolerant(schema, name)
        if self.is_plain(schema):
            return tolerant
        # Titles name the classes of inline objects, which would be numbered otherwise.
        choices = [
            choice | {"title": name} if choice.get("type") == "object" else choice
            for choice in tolerant.get("anyOf", [tolerant])
        ]
        return {"anyOf": [*choices, dict(_NULL)]}


def reference(schema: Any) -> str | None:
    """Return the name of the component that a schema refers to, or None if it is no reference."""
    ref = schema.get("$ref") if isinstance(schema, dict) else None
    return ref.removeprefix(REF) if isinstance(ref, str) else None


def types_of(schema: Document) -> list[str]:
    """Return the types that a schema allows beside null; none where it allows everything."""
    stated = schema.get("type")
    types = stated if isinstance(stated, list) else [stated] if stated else _implied(schema)
    kinds = [kind for kind in types if kind != "null"]
    return ["number"] if sorted(kinds) == ["integer", "number"] else kinds


def _implied(schema: Document) -> list[str]:
    if _has_fields(schema):
        return ["object"]
    if "items" in schema:
        return ["array"]
    values = schema.get("enum", [schema["const"]] if "const" in schema else [])
    kinds = {_JSON_TYPES.get(type(value), "") for value in values if value is not None}
    return [] if "" in kinds else [kind for kind in _SCALARS if kind in kinds]


def _has_fields(schema: Document) -> bool:
    return bool(schema.get("properties")) or bool(
        isinstance(schema.get("additionalProperties"), dict) and schema["additionalProperties"]
    )


def _parts(schema: Document) -> list[Any]:
    """What an ``allOf`` joins, and what stands beside it."""
    rest = {key: value for key, value in schema.items() if key != "allOf"}
    return [*schema["allOf"], rest]


def _choices(schema: Document) -> list[Any]:
    """What ``anyOf`` and ``oneOf`` offer beside null."""
    return [
        choice
        for keyword in _CHOICES
        for choice in schema.get(keyword, ())
        if not (isinstance(choice, dict) and choice.get("type") in ("null", ["null"]))
    ]


def _same(forms: Iterable[Document | None]) -> Document | None:
    """The one form that all have, anything where there are none, None where they differ."""
    distinct: list[Document | None] = []
    for form in forms:
        if form not in distinct:
            distinct.append(form)
    return {} if not distinct else distinct[0] if len(distinct) == 1 else None


def _contradict(stated: list[Document]) -> bool:
    """Whether a field's tolerant schemas state types that the generator can't make one of."""
    kinds = {_kind(schema) for schema in stated} - {""}
    if kinds == {"array"}:
        return _contradict([schema["items"] for schema in stated if schema])
    return len(kinds) > 1


def _kind(schema: Document) -> str:
    """What the generator makes of a tolerant schema; empty for any value, which agrees with all."""
    kind = str(schema.get("type", ""))
    if kind in ("integer", "number"):
        return "number"
    return kind or ("union" if "anyOf" in schema else "")


def _union(choices: Iterable[Document]) -> Document:
    """Join tolerant choices, each once."""
    distinct: list[Document] = []
    for choice in choices:
        for single in choice.get("anyOf", [choice]):
            if single not in distinct:
                distinct.append(single)
    return distinct[0] if len(distinct) == 1 else {"anyOf": distinct}
