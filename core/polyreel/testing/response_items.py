"""Where the items are in a provider's JSON, so that tests can spoil it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from polyreel.sandbox.served_spec import ServedOperation
from polyreel.testing.served_wire import Change

Row = dict[str, Any]

# Whatever could stand where something else is documented.
SURPRISES: Mapping[str, Any] = {
    "null": None,
    "an empty text": "",
    "a text": "polyreel",
    "a number": 7,
    "a negative number": -1.5,
    "true": True,
    "an empty list": [],
    "a list": [{}],
    "an empty object": {},
    "an object": {"polyreel": [1]},
}


def rows(operation: ServedOperation, body: Any) -> list[Row]:
    """Return the items of a response as they are in it: changing them changes it."""
    place = operation.items if operation.role == "list" else operation.place
    for key in place:
        body = body[key]
    found: list[Row] = body if isinstance(body, list) else [body]
    return found


def with_all(operation: ServedOperation, value: Any) -> Change:
    """Put a value into every field of every item, but its id."""

    def change(body: Any) -> Any:
        for row in rows(operation, body):
            row.update(dict.fromkeys(row.keys() - {operation.id}, value))
        return body

    return change


def with_one_each(operation: ServedOperation, value: Any) -> Change:
    """Put a value into one field of each item, another one in each."""

    def change(body: Any) -> Any:
        for number, row in enumerate(rows(operation, body)):
            names = sorted(row.keys() - {operation.id})
            if names:
                row[names[number % len(names)]] = value
        return body

    return change


def with_fields(operation: ServedOperation, **fields: Any) -> Change:
    """Put fields into every item, or other values into those that it has."""

    def change(body: Any) -> Any:
        for row in rows(operation, body):
            row.update(fields)
        return body

    return change


def without_fields(operation: ServedOperation) -> Change:
    """Leave only ids in items; where the provider doesn't repeat the id, one field without a value."""

    def change(body: Any) -> Any:
        for row in rows(operation, body):
            kept = {operation.id: row[operation.id]} if operation.id in row else {min(row): None}
            row.clear()
            row.update(kept)
        return body

    return change


def with_envelope(operation: ServedOperation, value: Any) -> Change:
    """Put a value into every field that stands around a list's items."""

    def change(body: Any) -> Any:
        if operation.items:
            body.update(dict.fromkeys(body.keys() - {operation.items[0]}, value))
        return body

    return change


def without_envelope(operation: ServedOperation) -> Change:
    """Leave only a list's items."""

    def change(body: Any) -> Any:
        return {operation.items[0]: body[operation.items[0]]} if operation.items else body

    return change
