"""Find out which member of a union corresponds to which."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable
from typing import Any

from attrs import field, frozen

from polyreel.codegen.diff.parts import written
from polyreel.codegen.diff.shapes import Shape, Shapes


@frozen
class Pairs:
    """The members of two unions: those that correspond, and those without a counterpart."""

    both: list[tuple[Any, Any]] = field(factory=list)
    removed: list[Any] = field(factory=list)
    added: list[Any] = field(factory=list)


def paired(old: Shapes, new: Shapes, a: Any, b: Any) -> Pairs:
    """Pair the members of two unions; a schema that is no union is its own only member.

    Members correspond when they are written alike or are the same component, else when they have the
    same fixed values (``type: {const: "video"}``), else when they have the same type.
    """
    left, right = _members(old, a), _members(new, b)
    pairs = Pairs()
    for mark in (_text, _name, _constants, _types):
        left, right = _match(left, right, pairs, mark, old, new)
    if len(left) == len(right) == 1:
        pairs.both.append((left.pop(), right.pop()))
    pairs.removed.extend(left)
    pairs.added.extend(right)
    return pairs


def title(shapes: Shapes, node: Any) -> str:
    """Name a member of a union for a report: its component, its fixed values, or its type."""
    shape = shapes.of(node)
    constants = [str(json.loads(value)) for value in _constants_of(shapes, shape).values()]
    return shapes.name(node) or ", ".join(constants) or " or ".join(sorted(shape.types or ["any"]))


def _members(shapes: Shapes, node: Any) -> list[Any]:
    return list(shapes.of(node).variants) or [node]


def _match(
    left: list[Any],
    right: list[Any],
    pairs: Pairs,
    mark: Callable[[Shapes, Any], Hashable],
    old: Shapes,
    new: Shapes,
) -> tuple[list[Any], list[Any]]:
    rest: list[Any] = []
    open_ = [(mark(new, node), node) for node in right]
    for node in left:
        wanted = mark(old, node)
        found = next(
            (n for n, (marked, _) in enumerate(open_) if wanted and marked == wanted), None
        )
        if found is None:
            rest.append(node)
        else:
            pairs.both.append((node, open_.pop(found)[1]))
    return rest, [node for _, node in open_]


def _text(shapes: Shapes, node: Any) -> Hashable:
    return written(shapes.node(node))


def _name(shapes: Shapes, node: Any) -> Hashable:
    return shapes.name(node)


def _constants(shapes: Shapes, node: Any) -> Hashable:
    return tuple(sorted(_constants_of(shapes, shapes.of(node)).items()))


def _types(shapes: Shapes, node: Any) -> Hashable:
    return shapes.of(node).types


def _constants_of(shapes: Shapes, shape: Shape) -> dict[str, str]:
    below = {name: shapes.of(child).values for name, child in shape.properties.items()}
    return {name: next(iter(v.by_key)) for name, v in below.items() if v.constant}
