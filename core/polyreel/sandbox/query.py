"""What a request's query means: whether it is valid, the order, and the filters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from polyreel.openapi.shapes import Shape
from polyreel.sandbox.refusals import INVALID, Refusal
from polyreel.sandbox.served_spec import ServedOperation

Query = Mapping[str, str]
Row = Mapping[str, Any]


def check(operation: ServedOperation, query: Query) -> None:
    """Compare a query with what the operation documents; parameters that it doesn't are ignored.

    Raises:
        Refusal: One is missing, of the wrong type, out of range or none of the known values.
    """
    for name in sorted(operation.required - query.keys()):
        raise Refusal(INVALID, f"{name} is required")
    for name in sorted(operation.query.keys() & query.keys()):
        if wrong := _complaint(operation.query[name], query[name]):
            raise Refusal(INVALID, f"{name} must be {wrong}")


def check_headers(operation: ServedOperation, headers: Mapping[str, str]) -> None:
    """Compare a request's headers with those that the operation requires.

    Raises:
        Refusal: One is missing, or is none of the known values.
    """
    for name, shape in operation.headers.items():
        if name not in headers:
            raise Refusal(INVALID, f"the header {name} is required")
        if wrong := _complaint(shape, headers[name]):
            raise Refusal(INVALID, f"the header {name} must be {wrong}")


def ascending(operation: ServedOperation, query: Query) -> bool:
    """Tell whether the oldest come first; an order is a parameter with values like ``asc``, ``desc``."""
    name = _order(operation)
    return name is not None and query.get(name, "").lower().startswith("asc")


def filters(
    operation: ServedOperation, query: Query, fields: Mapping[str, Shape]
) -> Callable[[Row], bool] | None:
    """Return what tells whether an item is asked for, or None where all are.

    A parameter filters if it bears the name of an item's field, or that of the id in the plural;
    several values are separated by commas.
    """
    plural = f"{operation.id}s"
    paging = operation.paging
    taken = {_order(operation)} | ({paging.parameter, paging.size} if paging else set())
    wanted = {
        operation.id if name == plural else name: set(query[name].split(","))
        for name in operation.query.keys() & query.keys() - taken
        if query[name] and (name in fields or name == plural)
    }
    if not wanted:
        return None
    return lambda row: all(as_text(row.get(name)) in texts for name, texts in wanted.items())


def flag(query: Query, name: str) -> bool:
    """Tell whether a yes-or-no parameter says yes."""
    return query.get(name, "").lower() in {"true", "1"}


def _order(operation: ServedOperation) -> str | None:
    for name, shape in operation.query.items():
        known = [str(value) for value in shape.values.known]
        if known and all(value.startswith(("asc", "desc")) for value in known):
            return name
    return None


def as_text(value: Any) -> str:
    """Write a value as a query has it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _complaint(shape: Shape, text: str) -> str | None:
    """Say what a parameter must be, where its text isn't that."""
    types = shape.named_types
    closed = shape.values.known if shape.values.closed else []
    if closed and text not in [as_text(value) for value in closed]:
        return f"one of {', '.join(as_text(value) for value in closed)}"
    if types == {"boolean"} and text.lower() not in {"true", "false", "0", "1"}:
        return "true or false"
    if types and types <= {"integer", "number"}:
        return _number_complaint(shape, text)
    return None


def _number_complaint(shape: Shape, text: str) -> str | None:
    try:
        number = int(text[:20]) if "number" not in shape.named_types else float(text[:20])
    except ValueError:
        return "a number"
    least, most = shape.limit("minimum"), shape.limit("maximum")
    if least is not None and number < least:
        return f"at least {least}"
    return f"at most {most}" if most is not None and number > most else None
