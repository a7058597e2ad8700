"""The schemas of one document, each in one spelling, whichever of OpenAPI's many it was written in.

References are followed, with what stands beside them; ``allOf`` is merged; a union of plain types is a
list of types, a union with null is nullable, and unions inside unions are flattened. Children stay as
they were written and are looked at when they are reached, so that recursion in a document does no harm.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from attrs import evolve, frozen

from polyreel.errors import SpecError
from polyreel.openapi.documents import Document
from polyreel.openapi.parts import mapping, members, written
from polyreel.openapi.references import References, is_annotated
from polyreel.openapi.shapes import ANYTHING, Shape, Types, both, either, read_shape
from polyreel.openapi.unions import Unions, is_null

MAX_PARTS = 1_000_000
"""How many schemas a whole document's schemas may be put together from, each counted where it is used."""

_WRAPPERS = 8
"""How many schemas, one around the other, a component is looked for in."""


@frozen(eq=False)
class Alternative:
    """One of the values that a schema leaves the choice of, never null.

    Attributes:
        node: The schema that holds for it.
        type: The one type that it is of, where the schema allows several.
        beside: The schema whose union it is a member of, where that says more than the union.
        depth: How many unions lead to it that say more than the union.
    """

    node: Any
    type: str | None = None
    beside: Any = None
    depth: int = 0


@frozen(eq=False)
class _Joined:
    """Several schemas that must hold at once although no schema of the document says so."""

    nodes: tuple[Any, ...]


class SchemaView:
    """The schemas of one document; each is brought into its `Shape` once.

    Schemas are told apart by identity, so the document must not change meanwhile.

    Raises:
        SpecError: When it is made, the components are no mappings; from its methods, a reference can't
            be followed, a schema is no mapping, or the document's schemas are made of one another
            without bounds.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.references = References(document)
        schemas = mapping(mapping(document, "components"), "schemas")
        self._components = {id(n): name for name, n in schemas.items() if isinstance(n, dict)}
        self.component_names = frozenset(schemas)
        self._unions = Unions(self.references)
        self._shapes: dict[int, Shape] = {}
        self._alternatives: dict[int, tuple[Any, ...]] = {}
        self._joined: dict[tuple[int, ...], _Joined] = {}
        self._kept: list[Any] = []
        self._parts = 0

    def node(self, node: Any) -> Any:
        """Return the schema itself where one is only a reference, so that it is known again."""
        return self.references.schema(node)

    def of(self, node: Any) -> Shape:
        """Return the shape of a schema as written in the document, or as another shape gave it."""
        node = self.node(node)
        found = self._shapes.get(id(node))
        if found is None:
            found = self._alternative(node) if isinstance(node, Alternative) else self._shape(node)
            self._shapes[id(node)] = found
            self._kept.append(node)
        return found

    def alternatives(self, node: Any) -> tuple[Any, ...]:
        """Return what a schema leaves the choice of, null aside: one schema where there is no choice.

        These are the members of its union, and each type of a list of types; none where only null, or
        nothing, is allowed.
        """
        node = self.node(node)
        if id(node) not in self._alternatives:
            found = [each for each in self._choices(node) if self.of(each).types != frozenset()]
            self._alternatives[id(node)] = tuple(found)
            self._kept.append(node)
        return self._alternatives[id(node)]

    def chosen(self, node: Any, choose: Callable[[tuple[Any, ...]], int] = lambda _: 0) -> Shape:
        """Return the shape of a schema with one member of each of its unions chosen.

        Args:
            node: The schema.
            choose: Gives the number of the member, from the members; the first by default.
        """
        shape, seen = self.of(node), {id(self.node(node))}
        while shape.variants:
            chosen = self.node(shape.variants[choose(shape.variants)])
            rest = evolve(shape, variants=())
            if id(chosen) in seen:
                return rest
            seen.add(id(chosen))
            shape = both(rest, self.of(chosen), self._join)
        return shape

    def merged(self, node: Any) -> Shape:
        """Return one shape for all alternatives of a schema: any of their types, fields and values.

        Where two alternatives have a field of the same name, the first one's schema is taken. The
        shape's variants are the objects that it was made of, where there are several.
        """
        shape = self.of(node)
        objects: list[Any] = []
        todo, seen = list(shape.variants), {id(self.node(node))}
        for member in todo:  # grows on the way
            if id(member) not in seen:
                seen.add(id(member))
                inner = self.of(member)
                shape = either(shape, inner)
                objects += [member] if inner.is_object else []
                todo += inner.variants
        return evolve(shape, variants=tuple(objects) if len(objects) > 1 else ())

    def properties(self, node: Any) -> dict[str, tuple[Any, ...]]:
        """Return the properties of an object in any of its forms, each with its schemas there."""
        found: dict[str, list[Any]] = {}
        todo, seen = [node], set[int]()
        while todo:
            node = self.node(todo.pop())
            if id(node) in seen:
                continue
            seen.add(id(node))
            shape = self.of(node)
            for name, child in shape.properties.items():
                found.setdefault(name, []).append(child)
            todo += reversed(shape.variants)
        return {name: tuple(children) for name, children in found.items()}

    def component(self, node: Any) -> str | None:
        """Return the name of the component that a schema is, also where it is only wrapped.

        A wrapper is a lone ``allOf``, a union with null, or a reference with annotations beside it.
        """
        for _ in range(_WRAPPERS):
            while isinstance(node, Alternative):
                node = node.node
            node = self.node(node)
            if id(node) in self._components:
                return self._components[id(node)]
            if not isinstance(node, dict):
                return None
            if isinstance(node.get("$ref"), str) and is_annotated(node):
                node = self.references.at(node["$ref"])
                continue
            inner = [m for key in ("allOf", "anyOf", "oneOf") for m in members(node, key)]
            inner = [member for member in inner if not is_null(member)]
            if len(inner) != 1:
                return None
            node = inner[0]
        return None

    def is_list(self, node: Any) -> bool:
        """Say whether a schema is an array, or an object that holds one: the response of a list."""
        shape = self.of(node)
        below = (self.of(child) for child in shape.properties.values())
        return "array" in (shape.types or ()) or any("array" in (s.types or ()) for s in below)

    def _choices(self, node: Any) -> Iterator[Any]:
        shape = self.of(node)
        around = node if shape.variants else None
        depth = node.depth + 1 if isinstance(node, Alternative) else 1
        for member in shape.variants or (node,):
            inner = self.of(member)
            beside = None if shape.only_union and _within(inner.types, shape.types) else around
            if len(inner.types or ()) > 1 and not inner.variants:
                yield from (
                    Alternative(member, t, beside, depth) for t in sorted(inner.types or ())
                )
            elif inner.nullable or beside is not None:
                yield Alternative(member, None, beside, depth)
            else:
                yield member

    def _alternative(self, one: Alternative) -> Shape:
        shape = self.of(one.node)
        shape = shape.only(one.type) if one.type else evolve(shape, nullable=False)
        if one.depth > _WRAPPERS:  # a union that is beside itself
            shape = evolve(shape, variants=())
        if one.beside is None:
            return shape
        rest = evolve(self.of(one.beside), variants=(), nullable=False)
        return both(rest, shape, self._join)

    def _shape(self, node: Any) -> Shape:
        shape = ANYTHING
        for number, part in enumerate(self._flat(node)):
            shape = part if number == 0 else both(shape, part, self._join)
        return shape

    def _flat(self, node: Any) -> Iterator[Shape]:
        """Yield all that a schema demands at once: itself, what it refers to, its ``allOf``."""
        todo = list(reversed(node.nodes)) if isinstance(node, _Joined) else [node]
        seen: set[int] = set()
        while todo:
            node = self.node(todo.pop())
            if id(node) in seen:
                continue
            seen.add(id(node))
            self._count()
            if isinstance(node, Alternative):
                yield self.of(node)
                continue
            if isinstance(node, _Joined):
                todo += reversed(node.nodes)
                continue
            schema = _mapping(node)
            if isinstance(schema.get("$ref"), str):
                todo.append(self.references.at(schema["$ref"]))
            todo += sorted(members(schema, "allOf"), key=written, reverse=True)
            union = self._unions.of(schema)
            todo += union.demanded
            shape = read_shape(schema, union.variants)
            yield evolve(shape, nullable=True) if union.null else shape

    def _count(self) -> None:
        self._parts += 1
        if self._parts > MAX_PARTS:
            raise SpecError(
                f"the document's schemas are made of one another more than {MAX_PARTS:,} times over"
            )

    def _join(self, a: Any, b: Any) -> Any:
        """Make one schema of two that must hold at once; the same two give the same one."""
        if a is True or a is None or a is b:
            return b
        if b is True or b is None or a == b:
            return a
        if a is False or b is False:
            return False
        nodes = [
            n for each in (a, b) for n in (each.nodes if isinstance(each, _Joined) else (each,))
        ]
        single = {id(node): node for node in nodes}
        key = tuple(single)
        if key not in self._joined:
            self._joined[key] = _Joined(tuple(single.values()))
        return self._joined[key]


def _within(types: Types, others: Types) -> bool:
    return others is None or (types is not None and types <= others)


def _mapping(node: Any) -> dict[str, Any]:
    if node is False:
        return {"type": []}
    if node is True or node is None:
        return {}
    if not isinstance(node, dict):
        raise SpecError(f"a schema is {type(node).__name__}, not a mapping: {node!r:.80}")
    return node
