"""Compare two schemas, and what hangs below them, in the direction in which they travel."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Any

from attrs import frozen

from polyreel.codegen.diff import constraints, variants
from polyreel.codegen.diff.constraints import Finding
from polyreel.codegen.diff.rules import shown, visible
from polyreel.codegen.diff.symbols import Symbols
from polyreel.errors import SpecError
from polyreel.openapi.shapes import Shape
from polyreel.openapi.view import SchemaView
from polyreel.openapi.yaml12 import UNREADABLE


class Direction(StrEnum):
    """Which way a value travels; the values begin the ids of the rules for it."""

    REQUEST = "request"
    RESPONSE = "response"


@frozen
class _Below:
    """A pair of schemas below a pair: what is appended to the place, and the two."""

    step: str
    old: Any
    new: Any


@frozen
class _Step:
    """What one pair of schemas gives, without what hangs below."""

    findings: tuple[tuple[str, Finding], ...]
    below: tuple[_Below, ...]


_Parts = tuple[list[tuple[str, Finding]], list[_Below]]


class SchemaDiff:
    """Compares schemas of two documents.

    One instance serves a whole comparison, and remembers each pair of schemas that it has seen.
    """

    def __init__(self, old: SchemaView, new: SchemaView, symbols: Symbols) -> None:
        self.old = old
        self.new = new
        self._symbols = symbols
        self._steps: dict[tuple[Direction, int, int], _Step] = {}

    def of_old(self) -> SchemaDiff:
        """Return what compares the old document with itself, which fails where it can't be read."""
        return SchemaDiff(self.old, self.old, Symbols(self.old, self.old))

    def compare(
        self,
        direction: Direction,
        old: Any,
        new: Any,
        *,
        place: Callable[[str], str],
        seen: set[tuple[int, int]],
    ) -> Iterator[tuple[str, Finding]]:
        """Yield a place and a finding for every difference between two schemas.

        Args:
            direction: Which way the values travel.
            old: The schema in the old document.
            new: The schema in the new document.
            place: Makes a place of a path below the schema, such as ``".data[].status"``.
            seen: Pairs that were compared already, which are skipped and added to: with one set
                for all of an operation, a component that is used twice is reported once, at the
                place nearest to the root.
        """
        todo = deque([("", old, new)])
        while todo:
            path, old, new = todo.popleft()
            try:
                old, new = self.old.node(old), self.new.node(new)
            except SpecError as error:
                yield place(path), self._unreadable(direction, old, error)
                continue
            if (id(old), id(new)) in seen:
                continue
            seen.add((id(old), id(new)))
            step = self._step(direction, old, new)
            for below, finding in step.findings:
                yield place(path + below), finding
            todo += ((path + below.step, below.old, below.new) for below in step.below)

    def _step(self, direction: Direction, old: Any, new: Any) -> _Step:
        key = (direction, id(old), id(new))
        if key not in self._steps:
            try:
                findings, below = self._compared(direction, old, new)
            except SpecError as error:
                findings, below = [("", self._unreadable(direction, old, error))], []
            self._steps[key] = _Step(tuple(findings), tuple(below))
        return self._steps[key]

    def _unreadable(self, direction: Direction, old: Any, error: SpecError) -> Finding:
        """Say that two schemas can't be compared, and that it is new where the old one can be read."""
        try:
            node = self.old.node(old)
            self.of_old()._compared(direction, node, node)
        except SpecError:
            return Finding("old-unreadable", {"problem": visible(str(error))})
        return Finding("new-unreadable", {"problem": visible(str(error))})

    def _compared(self, direction: Direction, old: Any, new: Any) -> _Parts:
        for node in (old, new):
            if isinstance(node, dict) and UNREADABLE in node:
                raise SpecError(node[UNREADABLE])
        a, b = self.old.of(old), self.new.of(new)
        found: list[tuple[str, Finding]] = []
        below: list[_Below] = []
        found += (("", finding) for finding in self._symbols.of_schemas(old, new))
        if a.only_union or b.only_union or (a.variants and b.variants):
            found += (("", finding) for finding in constraints.compare_union(direction, a, b))
            self._pair_variants(direction, old, new, found, below)
            return found, below
        found += (("", finding) for finding in constraints.compare(direction, a, b))
        if constraints.disjoint(a, b):
            return found, below
        if a.variants or b.variants:
            facts = {"keyword": shown("anyOf or oneOf")}
            found.append(("", Finding(f"{direction}-constraint-changed", facts)))
        self._children(direction, a, b, found, below)
        return found, below

    def _pair_variants(
        self,
        direction: Direction,
        old: Any,
        new: Any,
        found: list[tuple[str, Finding]],
        below: list[_Below],
    ) -> None:
        pairs = variants.paired(self.old, self.new, old, new)
        below += (_Below("", *pair) for pair in pairs.both)
        for node in pairs.removed:
            facts = {"old": shown(variants.title(self.old, node))}
            found.append(("", Finding(f"{direction}-variant-removed", facts)))
        for node in pairs.added:
            facts = {"new": shown(variants.title(self.new, node))}
            found.append(("", Finding(f"{direction}-variant-added", facts)))

    def _children(
        self,
        direction: Direction,
        a: Shape,
        b: Shape,
        found: list[tuple[str, Finding]],
        below: list[_Below],
    ) -> None:
        for name in {**a.properties, **b.properties}:
            finding = self._membership(direction, a, b, name)
            if finding is not None:
                found.append((f".{name}", finding))
            if name in a.properties and name in b.properties:
                below.append(_Below(f".{name}", a.properties[name], b.properties[name]))
        if a.items is not None or b.items is not None:
            below.append(_Below("[]", a.items, b.items))
        open_ = a.extra is not False and b.extra is not False
        if open_ and (a.extra is not True or b.extra is not True):
            below.append(_Below(".*", a.extra, b.extra))

    def _membership(self, direction: Direction, a: Shape, b: Shape, name: str) -> Finding | None:
        """Say whether a property came, went, or changed whether it must be there."""
        was = self._there(direction, self.old, a, name)
        is_ = self._there(direction, self.new, b, name)
        needed, needs = name in a.required, name in b.required
        if was and is_:
            if needed == needs:
                return None
            return Finding(f"{direction}-property-became-{'required' if needs else 'optional'}")
        if not was and not is_:
            return None
        if direction is Direction.RESPONSE:
            if is_:
                return Finding("response-property-added")
            return Finding(f"response-{'required' if needed else 'optional'}-property-removed")
        if is_:
            return Finding(f"request-property-added-{'required' if needs else 'optional'}")
        return Finding(f"request-property-{'refused' if b.extra is False else 'removed'}")

    def _there(self, direction: Direction, shapes: SchemaView, shape: Shape, name: str) -> bool:
        """Tell whether a property occurs in this direction: not a read-only one in a request."""
        if name not in shape.properties:
            return False
        try:
            child = shapes.of(shape.properties[name])
        except SpecError:
            return True  # what is wrong with it is said where it is compared
        return not (child.read_only if direction is Direction.REQUEST else child.write_only)
