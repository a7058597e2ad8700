"""The forms that an object comes in: which fields it may have, and which form a value is to have."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set as AbstractSet
from typing import Any

from attrs import evolve

from polyreel.openapi.shapes import Shape
from polyreel.openapi.view import SchemaView

Path = tuple[str, ...]
"""The names that lead to a value; an array's items have the array's path."""

Choose = Callable[[Path, Sequence[Mapping[str, Shape]]], int]
"""Gives the number of the form that a value takes, from its path and the fields of each form."""

_DEEPEST = 2  # objects around an item


def flat(view: SchemaView, path: Path, schema: Any, choose: Choose) -> Shape:
    """Flatten a schema, of whose alternatives one is chosen; ``null`` stays possible."""
    return view.chosen(schema, lambda forms: choose(path, [own_fields(view, f) for f in forms]))


def own_fields(view: SchemaView, schema: Any) -> dict[str, Shape]:
    """Return the fields of an object, of its alternatives in the first, each flattened."""
    shape = view.chosen(schema)
    return {name: view.chosen(part) for name, part in shape.properties.items()}


def fields(view: SchemaView, schema: Any) -> dict[str, Shape]:
    """Return the fields of an object in any of its forms, each flattened.

    A field that names its values in several forms, such as a status, has the values of all.
    """
    return {
        name: _any_of([view.chosen(part) for part in parts])
        for name, parts in view.properties(schema).items()
    }


def item_place(view: SchemaView, schema: Any, like: AbstractSet[str]) -> tuple[str, ...]:
    """Find where the item is in what a get operation answers, from the documentation alone.

    Args:
        view: The spec's schemas.
        schema: The schema of the whole response.
        like: The names of an item's fields, as a list has them; or what is known of them.

    Returns:
        The keys that lead to the object with most of these fields, or to an array that holds it alone;
        none for the response itself.
    """
    best: tuple[str, ...] = ()
    most = -1
    level: list[tuple[tuple[str, ...], Any]] = [((), schema)]
    for _ in range(_DEEPEST + 1):
        below: list[tuple[tuple[str, ...], Any]] = []
        for keys, node in level:
            found = view.properties(node)
            if len(found.keys() & like) > most:
                best, most = keys, len(found.keys() & like)
            below += [
                ((*keys, name), view.chosen(part).items or part)
                for name, parts in found.items()
                for part in parts
            ]
        level = below
    return best


def _any_of(shapes: Sequence[Shape]) -> Shape:
    first, *others = shapes
    values = first.values
    for other in others:
        values = values.or_(other.values)
    return evolve(first, values=values)
