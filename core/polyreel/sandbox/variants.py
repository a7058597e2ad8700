"""The forms that an object comes in: which fields it may have, and which form a value is to have."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set as AbstractSet
from typing import Any

from polyreel.sandbox.schemas import Schema, plain, properties, resolve, values

Path = tuple[str, ...]
"""The names that lead to a value; an array's items have the array's path."""

_DEEPEST = 8  # alternatives inside alternatives
_ALTERNATIVES = ("oneOf", "anyOf")

Choose = Callable[[Path, Sequence[Mapping[str, Schema]]], int]
"""Gives the number of the form that a value takes, from its path and the fields of each form."""


def flat(document: Mapping[str, Any], path: Path, schema: Schema | bool, choose: Choose) -> Schema:
    """Flatten a schema, of whose alternatives one is chosen; ``null`` stays possible."""
    if isinstance(schema, bool):
        return plain(document, schema)
    found = resolve(document, schema) if set(schema) == {"$ref"} else schema
    for key in _ALTERNATIVES:
        forms: list[Schema] = []
        nulls: list[Schema] = []
        for branch in found.get(key, ()):
            only_null = plain(document, branch)["type"] == ["null"]
            (nulls if only_null else forms).append(branch)
        if len(forms) > 1:
            chosen = choose(path, [properties(document, form) for form in forms])
            found = {**found, key: [forms[chosen], *nulls]}
    return plain(document, found)


def fields(document: Mapping[str, Any], schema: Schema | bool, depth: int = 0) -> dict[str, Schema]:
    """Give the fields of an object in any of its forms, each flattened.

    A field that names its values in several forms, such as a status, has the values of all.
    """
    found = properties(document, schema)
    opened = schema if isinstance(schema, bool) else resolve(document, schema)
    if isinstance(opened, bool) or depth > _DEEPEST:
        return found
    for key in _ALTERNATIVES:
        for branch in opened.get(key, ()):
            for name, field in fields(document, branch, depth + 1).items():
                found[name] = _both(found[name], field) if name in found else field
    return found


def item_place(
    document: Mapping[str, Any], schema: Schema, like: AbstractSet[str]
) -> tuple[str, ...]:
    """Find where the item is in what a get operation answers, from the documentation alone.

    Args:
        document: The spec.
        schema: The schema of the whole response.
        like: The names of an item's fields, as a list has them; or what is known of them.

    Returns:
        The keys that lead to the object with most of these fields; none for the response itself.
    """
    best: tuple[str, ...] = ()
    most = len(fields(document, schema).keys() & like)
    for name, field in fields(document, schema).items():
        if "object" in field["type"]:
            shared = len(fields(document, field).keys() & like)
            if shared > most:
                best, most = (name,), shared
    return best


def _both(one: Schema, other: Schema) -> Schema:
    named = [*values(one)]
    named += [value for value in values(other) if value not in named]
    if not named:
        return one
    rest = {key: value for key, value in one.items() if key not in {"const", "enum"}}
    return {**rest, "enum": named}
