"""The values that a schema allows (``enum``, ``const``) or knows (``x-extensible-enum``)."""

from __future__ import annotations

import json
from typing import Any

from attrs import frozen

_JSON_TYPES: tuple[tuple[type, str], ...] = (
    (bool, "boolean"),
    (int, "integer"),
    (float, "number"),
    (str, "string"),
    (list, "array"),
    (dict, "object"),
)


@frozen
class Values:
    """A list of values, without null.

    Attributes:
        by_key: The values by their JSON text, so that 1 and true differ and order doesn't matter.
        closed: Whether other values are excluded.
        null: Whether null was listed too.
    """

    by_key: dict[str, Any]
    closed: bool
    null: bool = False

    @property
    def known(self) -> list[Any]:
        """The values themselves."""
        return list(self.by_key.values())

    @property
    def constant(self) -> bool:
        """Whether there is exactly one allowed value."""
        return self.closed and len(self.by_key) == 1

    @property
    def types(self) -> frozenset[str]:
        """The JSON types of the values."""
        found = frozenset(map(_json_type, self.known))
        return found - {"integer"} if "number" in found else found

    def of_type(self, type_: str) -> Values:
        """Return the values of one JSON type, null not being one of them; an integer is a number."""
        types = {type_, "integer"} if type_ == "number" else {type_}
        found = {key: value for key, value in self.by_key.items() if _json_type(value) in types}
        return Values(found, closed=self.closed)

    def beyond(self, other: Values) -> list[Any]:
        """Return the values that the other list doesn't have."""
        return [value for key, value in self.by_key.items() if key not in other.by_key]

    def or_(self, other: Values) -> Values:
        """Return the values of two lists of which one holds."""
        closed = self.closed and other.closed
        null = self.null or other.null
        return Values({**self.by_key, **other.by_key}, closed=closed, null=null)

    def and_(self, other: Values) -> Values:
        """Return what two lists that hold at once allow."""
        if self.closed and other.closed:
            common = {key: value for key, value in self.by_key.items() if key in other.by_key}
            return Values(common, closed=True, null=self.null and other.null)
        if self.closed or not other.by_key:
            return self
        return other if other.closed else Values({**self.by_key, **other.by_key}, closed=False)


def _json_type(value: Any) -> str:
    return next(name for type_, name in _JSON_TYPES if isinstance(value, type_))


ANY = Values({}, closed=False)


def read(node: dict[str, Any]) -> Values:
    """Read the values from a schema as written."""
    if "const" in node:
        listed, closed = [node["const"]], True
    elif isinstance(node.get("enum"), list):
        listed, closed = node["enum"], True
    elif isinstance(node.get("x-extensible-enum"), list):
        listed, closed = node["x-extensible-enum"], False
    else:
        return ANY
    by_key = {json.dumps(value, sort_keys=True): value for value in listed if value is not None}
    return Values(by_key, closed=closed, null=None in listed)
