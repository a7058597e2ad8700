"""Compare what two shapes say of a value itself: type, null, values, bounds, format and more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from polyreel.codegen.diff.rules import listed, literal, shown
from polyreel.openapi import number_bounds
from polyreel.openapi.known_values import Values
from polyreel.openapi.shapes import Shape, Types


@frozen
class Finding:
    """A rule that applies, and the facts for its sentence."""

    rule: str
    facts: Mapping[str, str] = {}


_WIDER_FORMATS = {("int32", "int64"), ("float", "double")}
_PROSE = {"description", "title", "summary", "example", "examples", "externalDocs", "$comment"}
_NAMED = {"properties", "patternProperties", "dependentSchemas", "$defs"}


def disjoint(a: Shape, b: Shape) -> bool:
    """Say whether no value but null fits both, so that comparing further says nothing."""
    if not a.types or not b.types:
        return False
    return not _with_integer(a.types) & _with_integer(b.types)


def compare(direction: str, a: Shape, b: Shape) -> Iterator[Finding]:
    """Yield the differences between two shapes without unions, children aside.

    Args:
        direction: ``"request"`` or ``"response"``, which decides what narrowing and widening mean.
        a: The old shape.
        b: The new shape.
    """
    yield from _types(direction, a.types, b.types)
    yield from _shared(direction, a, b)
    if disjoint(a, b):
        return
    yield from _values(direction, a.values, b.values)
    yield from _bounds(direction, a, b)
    if a.types == b.types:  # a format belongs to its type, and changes with it
        yield from _format(direction, a.format, b.format)
    yield from _pattern(direction, a.pattern, b.pattern)
    if (a.extra is False) != (b.extra is False):
        yield Finding(
            f"{direction}-extra-properties-{'refused' if b.extra is False else 'allowed'}"
        )
    for keyword in {**a.unjudged, **b.unjudged}:
        was, is_ = (_facts(each.unjudged.get(keyword), named=keyword in _NAMED) for each in (a, b))
        if was != is_:
            yield Finding(f"{direction}-constraint-changed", {"keyword": shown(keyword)})


def _facts(node: Any, *, named: bool = False) -> Any:
    """Return schemas without what is only read by people; ``named`` ones stand under names of any kind."""
    if isinstance(node, list):
        return [_facts(each) for each in node]
    if not isinstance(node, dict):
        return node
    return {
        key: _facts(each, named=key in _NAMED and not named)
        for key, each in node.items()
        if named or key not in _PROSE
    }


def compare_union(direction: str, a: Shape, b: Shape) -> Iterator[Finding]:
    """Yield the differences between two shapes, of which at least one is a union."""
    yield from _shared(direction, a, b)


def _shared(direction: str, a: Shape, b: Shape) -> Iterator[Finding]:
    if _says_null(a) and _says_null(b) and a.nullable != b.nullable:
        yield Finding(f"{direction}-became-{'nullable' if b.nullable else 'not-nullable'}")
    if not disjoint(a, b) and not _same(a.default, b.default):
        facts = {"old": _default(a.default), "new": _default(b.default)}
        yield Finding(f"{direction}-default-changed", facts)
    if b.deprecated and not a.deprecated:
        yield Finding(f"{direction}-property-deprecated")


def _says_null(shape: Shape) -> bool:
    """Say whether the shape decides about null; one that allows anything doesn't."""
    return shape.nullable or shape.types is not None or bool(shape.variants)


def _types(direction: str, old: Types, new: Types) -> Iterator[Finding]:
    narrowed = not _covers(new, old)
    widened = not _covers(old, new)
    facts = {"old": _type_names(old), "new": _type_names(new)}
    if direction == "request" and (narrowed or widened):
        yield Finding(f"request-type-{'changed' if narrowed else 'widened'}", facts)
    if direction == "response" and (narrowed or widened):
        yield Finding(f"response-type-{'changed' if widened else 'narrowed'}", facts)


def _covers(wide: Types, narrow: Types) -> bool:
    if wide is None or narrow is None:
        return wide is None
    return narrow <= _with_integer(wide)


def _with_integer(types: frozenset[str]) -> frozenset[str]:
    return types | {"integer"} if "number" in types else types


def _type_names(types: Types) -> str:
    return "anything" if types is None else shown(" or ".join(sorted(types)) or "null")


def _values(direction: str, old: Values, new: Values) -> Iterator[Finding]:
    gone, come = old.beyond(new), new.beyond(old)
    if (
        old.constant
        and (not new.closed or (new.constant and come))
        and (new.constant or direction == "response")
    ):
        now = listed(new.known) if new.constant else "any value"
        yield Finding(f"{direction}-const-changed", {"old": listed(old.known), "new": now})
        return
    if old.closed and not new.closed:
        yield Finding(f"{direction}-enum-opened", {"old": listed(old.known)})
        gone = gone if new.known else []
    elif new.closed and not old.closed:
        yield Finding(f"{direction}-enum-closed", {"new": listed(new.known)})
        gone = come = []
    kind = "enum" if old.closed and new.closed else "known"
    if gone:
        yield Finding(f"{direction}-{kind}-value-removed", {"old": listed(gone)})
    if come:
        yield Finding(f"{direction}-{kind}-value-added", {"new": listed(come)})


def _bounds(direction: str, a: Shape, b: Shape) -> Iterator[Finding]:
    for key in number_bounds.KEYWORDS:
        old, new = a.bounds.get(key), b.bounds.get(key)
        facts = {
            "bound": key,
            "old": _or_none(str(old) if old else None),
            "new": _or_none(str(new) if new else None),
        }
        senses = number_bounds.senses(key, old, new)
        hurts = "tightened" if direction == "request" else "loosened"
        sense = hurts if hurts in senses else next(iter(senses), None)
        if sense == "tightened" and direction == "request" and old is None:
            yield Finding("request-bound-set", facts)
        elif sense is not None:
            yield Finding(f"{direction}-bound-{sense}", facts)


def _format(direction: str, old: str | None, new: str | None) -> Iterator[Finding]:
    if old == new:
        return
    facts = {"old": _or_none(old), "new": _or_none(new)}
    narrowed = old is None or (new, old) in _WIDER_FORMATS
    widened = new is None or (old, new) in _WIDER_FORMATS
    if direction == "request":
        yield Finding(f"request-format-{'widened' if widened else 'changed'}", facts)
    else:
        yield Finding(f"response-format-{'narrowed' if narrowed else 'changed'}", facts)


def _pattern(direction: str, old: str | None, new: str | None) -> Iterator[Finding]:
    if old == new:
        return
    facts = {"old": _or_none(old), "new": _or_none(new)}
    how = "changed"
    if direction == "request" and (old is None or new is None):
        how = "set" if old is None else "removed"
    yield Finding(f"{direction}-pattern-{how}", facts)


def _or_none(text: str | None) -> str:
    return "none" if text is None else shown(text)


def _default(value: Any) -> str:
    return "none" if value is None else literal(value)


def _same(a: Any, b: Any) -> bool:
    """Compare two JSON values, true and 1 being different."""
    return a == b and (isinstance(a, bool) == isinstance(b, bool))
