"""Find out which member of a union corresponds to which."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable
from typing import Any

from attrs import field, frozen

from polyreel.openapi.known_values import Values
from polyreel.openapi.parts import written
from polyreel.openapi.shapes import Shape
from polyreel.openapi.view import Alternative, SchemaView

_NAMED = 3
"""So many properties name an object that has no other name."""


@frozen
class Pairs:
    """The members of two unions: those that correspond, and those without a counterpart."""

    both: list[tuple[Any, Any]] = field(factory=list)
    removed: list[Any] = field(factory=list)
    added: list[Any] = field(factory=list)


def paired(old: SchemaView, new: SchemaView, a: Any, b: Any) -> Pairs:
    """Pair the members of two unions; a schema that is no union is its own only member.

    Members correspond when they are written alike or are the same component, else when they have the
    same fixed values (``model: {const: "gen4"}``), else when they are most alike: of the same type,
    without fixed values that exclude each other, and objects with a property in common. A member is
    neither removed nor added where another one, on the other side, allows all that it allows.
    """
    left, right = list(old.alternatives(a)), list(new.alternatives(b))
    pairs = Pairs()
    for mark in (_text, _component, _constants):
        left, right = _match(left, right, pairs, mark, old, new)
    left, right = _match_alike(left, right, pairs, old, new)
    unlimited = (
        [old.of(node) for node in old.alternatives(a)],
        [new.of(node) for node in new.alternatives(b)],
    )
    pairs.removed.extend(node for node in left if not _allowed_by(unlimited[1], old.of(node)))
    pairs.added.extend(node for node in right if not _allowed_by(unlimited[0], new.of(node)))
    return pairs


def title(view: SchemaView, node: Any) -> str:
    """Name a member of a union for a report: its component, its fixed values, or what it is."""
    if (component := view.component(node)) is not None:
        return component
    shape = view.of(node)
    fixed = _fixed_values(view, shape)
    if fixed:
        return ", ".join(f"{name}: {next(iter(v.known))}" for name, v in sorted(fixed.items()))
    types = " or ".join(sorted(shape.types or ["any"])) or "nothing"
    if shape.types == frozenset({"array"}) and shape.items is not None:
        return f"array of {view.component(shape.items) or _types_of(view.of(shape.items))}"
    if shape.types == frozenset({"object"}) and shape.properties:
        names = sorted(shape.required) or sorted(shape.properties)
        return f"object with {', '.join(names[:_NAMED])}{' …' if len(names) > _NAMED else ''}"
    said = shape.format or shape.pattern
    return f"{types} ({said})" if said else types


def _types_of(shape: Shape) -> str:
    return " or ".join(sorted(shape.types or ["any"]))


def _match(
    left: list[Any],
    right: list[Any],
    pairs: Pairs,
    mark: Callable[[SchemaView, Any], Hashable],
    old: SchemaView,
    new: SchemaView,
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


def _match_alike(
    left: list[Any], right: list[Any], pairs: Pairs, old: SchemaView, new: SchemaView
) -> tuple[list[Any], list[Any]]:
    """Pair what is most alike first, in an order that doesn't depend on that of the members."""
    scored = [
        (-score, _order(old, a), _order(new, b), i, j)
        for i, a in enumerate(left)
        for j, b in enumerate(right)
        if (score := _likeness(old, new, a, b)) > 0
    ]
    gone: set[int] = set()
    come: set[int] = set()
    for _, _, _, i, j in sorted(scored):
        if i not in gone and j not in come:
            gone.add(i)
            come.add(j)
            pairs.both.append((left[i], right[j]))
    return (
        [node for i, node in enumerate(left) if i not in gone],
        [node for j, node in enumerate(right) if j not in come],
    )


def _allowed_by(others: list[Shape], shape: Shape) -> bool:
    """Say whether one of some shapes allows any value of a shape's types, or says the same of them."""
    return any(
        other.says_only_types
        and (other.types is None or (bool(shape.types) and _narrow(shape) <= _narrow(other)))
        for other in others
    ) or any(_own(shape) is not None and _own(other) == _own(shape) for other in others)


def _own(shape: Shape) -> Hashable:
    """Return all that a shape says of values without parts; None where it says something of parts."""
    if shape.properties or shape.items is not None or shape.variants or shape.unjudged:
        return None
    if shape.extra is not True:
        return None
    values = (tuple(sorted(shape.values.by_key)), shape.values.closed)
    bounds = tuple(sorted((key, str(bound)) for key, bound in shape.bounds.items()))
    return shape.types, values, bounds, shape.format, shape.pattern


def _narrow(shape: Shape) -> frozenset[str]:
    types = shape.types or frozenset()
    return types | {"integer"} if "number" in types else types


def _likeness(old: SchemaView, new: SchemaView, a: Any, b: Any) -> float:
    """Say how alike two members are: 0 for not at all."""
    one, other = old.of(a), new.of(b)
    if one.types is None or other.types is None:
        return 0.1 if one.types is other.types else 0
    if not _wide(one) & _wide(other) or _exclude_each_other(old, new, one, other):
        return 0
    same = [
        one.types == other.types,
        one.format == other.format,
        one.pattern == other.pattern,
        one.bounds == other.bounds,
        one.values.by_key.keys() == other.values.by_key.keys(),
        _items(old, one) == _items(new, other),
        one.required == other.required,
        one.unjudged == other.unjudged,
    ]
    names, others = set(one.properties), set(other.properties)
    if not names and not others:
        return 1 + sum(same)
    return (len(names & others) / len(names | others)) * (1 + sum(same))


def _wide(shape: Shape) -> frozenset[str]:
    types = shape.types or frozenset()
    return types | {"number"} if "integer" in types else types


def _items(view: SchemaView, shape: Shape) -> Hashable:
    return None if shape.items is None else view.of(shape.items).types


def _exclude_each_other(old: SchemaView, new: SchemaView, one: Shape, other: Shape) -> bool:
    """Say whether a property that both always have tells the two apart by its values."""
    for name in one.required & other.required:
        before, after = (
            view.of(shape.properties[name]).values for view, shape in ((old, one), (new, other))
        )
        if before.closed and after.closed and not before.by_key.keys() & after.by_key.keys():
            return True
    fixed = _fixed_values(old, one), _fixed_values(new, other)
    return any(fixed[0][n].by_key != fixed[1][n].by_key for n in fixed[0].keys() & fixed[1].keys())


def _text(view: SchemaView, node: Any) -> Hashable:
    if isinstance(node, Alternative):
        return (_text(view, node.node), node.type, _text(view, node.beside)) if node.type else None
    node = view.node(node)
    return written({} if node is True else node) if isinstance(node, dict | bool) else None


def _component(view: SchemaView, node: Any) -> Hashable:
    return view.component(node)


def _constants(view: SchemaView, node: Any) -> Hashable:
    fixed = _fixed_values(view, view.of(node))
    return tuple(sorted((name, next(iter(values.by_key))) for name, values in fixed.items()))


def _fixed_values(view: SchemaView, shape: Shape) -> dict[str, Values]:
    """Return the values of the properties that can have only one."""
    below = {name: view.of(child).values for name, child in shape.properties.items()}
    return {name: values for name, values in below.items() if values.constant}


def _order(view: SchemaView, node: Any) -> str:
    """Return a text by which members are put in an order of their own."""
    shape = view.of(node)
    said = [
        sorted(shape.types or ()),
        sorted(shape.properties),
        sorted(shape.values.by_key),
        sorted((key, str(bound)) for key, bound in shape.bounds.items()),
        [shape.format, shape.pattern, shape.default],
        view.component(node),
    ]
    return json.dumps(said, sort_keys=True, default=str)
