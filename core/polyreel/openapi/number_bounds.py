"""Limits on a value: how large, how long, how many."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from attrs import frozen

Sense = Literal["tightened", "loosened"]


@frozen
class NumberBound:
    """One limit.

    Attributes:
        value: The number.
        exclusive: Whether the number itself is excluded.
    """

    value: float
    exclusive: bool = False

    def __str__(self) -> str:
        """The number, with a word when it is excluded."""
        number = str(self.value) if isinstance(self.value, int) else f"{self.value:.15g}"
        return f"{number} (excluded)" if self.exclusive else number


Bounds = Mapping[str, NumberBound]
"""Limits by the keyword that states them."""

NONE: Bounds = {}

LARGEST = 10**100
"""A limit beyond this is none in practice."""

_LOWER = ("minLength", "minItems", "minProperties")
_UPPER = ("maxLength", "maxItems", "maxProperties")
KEYWORDS = ("minimum", "maximum", *_LOWER, *_UPPER, "multipleOf", "uniqueItems")


def read(node: dict[str, Any], *, whole: bool) -> Bounds:
    """Read the limits from a schema as written.

    Args:
        node: The schema.
        whole: Whether only whole numbers are allowed, so that "more than 0" is "at least 1".
    """
    found = {key: NumberBound(node[key]) for key in KEYWORDS if _number(node.get(key))}
    for key in _LOWER:
        if key in found and found[key].value <= 0:
            del found[key]  # says nothing
    for key, sign in (("minimum", 1), ("maximum", -1)):
        bound = _value_bound(node, key, sign)
        if bound is None:
            continue
        if whole and bound.exclusive and float(bound.value).is_integer():
            bound = NumberBound(bound.value + sign)
        found[key] = bound
    if node.get("uniqueItems") is True:
        found["uniqueItems"] = NumberBound(1)
    return found


def both(a: Bounds, b: Bounds) -> Bounds:
    """Return the limits of two schemas that hold at once."""
    joined = dict(a)
    for key, bound in b.items():
        if key not in joined or "tightened" in senses(key, joined[key], bound):
            joined[key] = bound
    return joined


def senses(key: str, old: NumberBound | None, new: NumberBound | None) -> set[Sense]:
    """Say whether a limit tightened, loosened, did both (steps that don't divide), or neither."""
    if old == new:
        return set()
    if old is None:
        return {"tightened"}
    if new is None:
        return {"loosened"}
    if key == "multipleOf":
        return _step_senses(old.value, new.value)
    sign = 1 if key == "minimum" or key in _LOWER else -1
    before = (old.value * sign, old.exclusive)
    return {"tightened"} if (new.value * sign, new.exclusive) > before else {"loosened"}


def _step_senses(old: float, new: float) -> set[Sense]:
    if old and (new / old).is_integer():
        return {"tightened"}
    if new and (old / new).is_integer():
        return {"loosened"}
    return {"tightened", "loosened"}


def _value_bound(node: dict[str, Any], key: str, sign: int) -> NumberBound | None:
    plain: Any = node.get(key)
    strict: Any = node.get(f"exclusive{key.capitalize()}")
    if _number(strict):  # OpenAPI 3.1: a number of its own
        excluded = NumberBound(strict, exclusive=True)
        if _number(plain) and plain * sign > strict * sign:
            return NumberBound(plain)
        return excluded
    return NumberBound(plain, exclusive=strict is True) if _number(plain) else None  # 3.0: a flag


def _number(value: Any) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and abs(value) < LARGEST
