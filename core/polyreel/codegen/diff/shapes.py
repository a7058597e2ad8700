"""A schema in one spelling, whichever of OpenAPI's many it was written in.

``nullable: true``, ``type: [T, "null"]`` and a union with null are one thing; so are a union of
plain types and a list of types, a constant and a list of one value, the two spellings of exclusive
bounds; ``allOf`` is merged; references are followed. Children stay as they were written and are
looked at when they are reached, so that recursion in a document does no harm.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve, frozen

from polyreel.codegen.diff import bounds, known_values as values
from polyreel.codegen.diff.bounds import Bounds
from polyreel.codegen.diff.known_values import Values
from polyreel.codegen.diff.parts import mapping, written
from polyreel.errors import SpecError
from polyreel.openapi.documents import Document, resolve

Types = frozenset[str] | None
"""The JSON types that are allowed, without null; None stands for all of them."""

_REFERENCE = {"$ref", "description", "summary", "title", "example", "examples"}
"""Keywords of a schema that says nothing but where it is defined."""

_WRAPPERS = 8
"""How many schemas, one around the other, a component is looked for in."""

UNJUDGED = (
    "not", "if", "then", "else", "patternProperties", "propertyNames", "contains", "minContains",
    "maxContains", "prefixItems", "dependentRequired", "dependentSchemas", "unevaluatedProperties",
    "unevaluatedItems", "contentEncoding", "contentMediaType",
)  # fmt: skip
"""Keywords that are compared as they stand."""

_PLAIN = {
    "type", "enum", "const", "nullable", "x-extensible-enum", "title", "description", "default",
    "example", "examples", "deprecated", "format",
}  # fmt: skip
"""Keywords of a schema that can be folded into a list of types."""


@frozen(eq=False)
class Shape:
    """What a schema allows. Children (`properties`, `items` …) are as written.

    Attributes:
        types: Allowed types; None for any.
        nullable: Whether null is allowed.
        values: The allowed or known values.
        bounds: Limits on size and value.
        required: Properties that are never missing; each is in `properties` too.
        extra: What properties beyond the named ones may hold; False: there are none.
        variants: The members of a union that can't be written as a list of types.
        unjudged: Keywords that no rule judges, as written.
    """

    types: Types = None
    nullable: bool = False
    values: Values = values.ANY
    bounds: Bounds = bounds.NONE
    format: str | None = None
    pattern: str | None = None
    default: Any = None
    deprecated: bool = False
    read_only: bool = False
    write_only: bool = False
    properties: Mapping[str, Any] = {}
    required: frozenset[str] = frozenset()
    items: Any = True
    extra: Any = True
    variants: tuple[Any, ...] = ()
    unjudged: Mapping[str, Any] = {}

    @property
    def only_union(self) -> bool:
        """Whether nothing but the union's members say what is allowed."""
        return bool(self.variants) and self.types is None


class Shapes:
    """The schemas of one document, each brought into its `Shape` once.

    Schema nodes are told apart by identity, so the document must not change meanwhile.

    Raises:
        SpecError: From `of`, when a reference can't be followed or a schema is no mapping.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        schemas = mapping(mapping(document, "components"), "schemas")
        self._components = {id(node): name for name, node in schemas.items()}
        self.component_names = frozenset(schemas)
        self._shapes: dict[int, Shape] = {}
        self._joined: dict[tuple[int, int], Any] = {}
        self._kept: list[Any] = []

    def node(self, node: Any) -> Any:
        """Return the schema itself where one is only a reference, so that it is known again."""
        if isinstance(node, dict) and "$ref" in node and not set(node) - _REFERENCE:
            return resolve(self._document, node["$ref"])
        return node

    def of(self, node: Any) -> Shape:
        """Return the shape of a schema as written in the document (or made by a shape of it)."""
        node = self.node(node)
        found = self._shapes.get(id(node))
        if found is None:
            found = self._shapes[id(node)] = self._shape(node)
            self._kept.append(node)
        return found

    def name(self, node: Any) -> str | None:
        """Return the component that a schema is, also through a lone allOf or a union with null.

        Only components that a class is generated for have a name here: objects and closed lists
        of values.
        """
        for _ in range(_WRAPPERS):
            node = self.node(node)
            if id(node) in self._components:
                shape = self.of(node)
                is_class = shape.types == frozenset({"object"}) or shape.values.closed
                return self._components[id(node)] if is_class else None
            if not isinstance(node, dict):
                return None
            members = [m for key in ("allOf", "anyOf", "oneOf") for m in _members(node, key)]
            members = [member for member in members if not _is_null(member)]
            if len(members) != 1:
                return None
            node = members[0]
        return None

    def is_list(self, node: Any) -> bool:
        """Say whether a schema is an array, or an object that holds one: the response of a list."""
        shape = self.of(node)
        below = (self.of(child) for child in shape.properties.values())
        return "array" in (shape.types or ()) or any("array" in (s.types or ()) for s in below)

    def _shape(self, node: Any) -> Shape:
        shape = Shape()
        for number, (member, variants) in enumerate(self._flat(node)):
            one = evolve(self._simple(member), variants=variants)
            shape = one if number == 0 else self._both(shape, one)
        return shape

    def _flat(self, node: Any) -> Iterator[tuple[dict[str, Any], tuple[Any, ...]]]:
        """Yield all that a schema demands at once, each part with the members of its unions.

        That is the schema itself, what it refers to, its allOf, and a union's only member.
        """
        todo = [node]
        seen: set[int] = set()
        while todo:
            node = todo.pop()
            if id(node) in seen:
                continue
            seen.add(id(node))
            if node is False:
                node = {"type": [], "not": {}}
            elif node is True or node is None:
                node = {}
            if not isinstance(node, dict):
                raise SpecError(f"a schema is {type(node).__name__}, not a mapping: {node!r:.80}")
            if isinstance(node.get("$ref"), str):
                todo.append(resolve(self._document, node["$ref"]))
            todo += sorted(_members(node, "allOf"), key=written, reverse=True)
            null, demanded, variants = self._unions(node)
            todo += demanded
            yield ({**node, "nullable": True} if null else node), variants

    def _unions(self, node: dict[str, Any]) -> tuple[bool, list[Any], tuple[Any, ...]]:
        """Take a schema's unions apart: whether null is a member, what must hold, the members."""
        null = False
        demanded: list[Any] = []
        variants: list[Any] = []
        for key in ("anyOf", "oneOf"):
            members = _members(node, key)
            if not members:
                continue
            others = [member for member in members if not _is_null(member)]
            null = null or len(others) < len(members)
            folded = others if len(others) == 1 else self._folded(others)
            if folded:
                demanded += folded
            else:
                variants += others
        return null, demanded, tuple(variants)

    def _folded(self, members: list[Any]) -> list[Any]:
        """Write a union of plain types as one schema; an empty list where that can't be done."""
        plain = [self._resolved(member) for member in members]
        if any(set(member) - _PLAIN or "type" not in member for member in plain):
            return []
        if len({str(member.get("format")) for member in plain}) != 1:
            return []
        shapes = [self._simple(member) for member in plain]
        types = sorted({name for shape in shapes for name in shape.types or ()})
        if {"object", "array"} & set(types):
            return []
        folded: dict[str, Any] = {"type": types}
        if any(shape.nullable for shape in shapes):
            folded["nullable"] = True
        if "format" in plain[0]:
            folded["format"] = plain[0]["format"]
        known = [value for shape in shapes for value in shape.values.known]
        if known:
            closed = all(shape.values.closed for shape in shapes)
            folded["enum" if closed else "x-extensible-enum"] = known
        self._kept.append(folded)
        return [folded]

    def _resolved(self, node: Any) -> dict[str, Any]:
        if isinstance(node, dict) and isinstance(node.get("$ref"), str):
            node = resolve(self._document, node["$ref"])
        return node if isinstance(node, dict) else {"anything": node}

    def _simple(self, node: dict[str, Any]) -> Shape:
        """Return the shape of one schema, without what it refers to or takes over."""
        known = values.read(node)
        types, nullable = _types(node, known)
        required = frozenset(n for n in _members(node, "required") if isinstance(n, str))
        properties = mapping(node, "properties", where="a schema")
        extra = node.get("additionalProperties", True)
        return Shape(
            types=types,
            nullable=nullable,
            values=known,
            bounds=bounds.read(node, whole=types == frozenset({"integer"})),
            format=_text(node.get("format")),
            pattern=_text(node.get("pattern")),
            default=node.get("default"),
            deprecated=node.get("deprecated") is True,
            read_only=node.get("readOnly") is True,
            write_only=node.get("writeOnly") is True,
            properties={**dict.fromkeys(sorted(required - set(properties)), True), **properties},
            required=required,
            items=node.get("items", True),
            extra=True if extra in ({}, None) else extra,
            unjudged={key: node[key] for key in UNJUDGED if key in node},
        )

    def _both(self, a: Shape, b: Shape) -> Shape:
        """Return what two schemas allow that must hold at once; the first has the say on format."""
        types = a.types if b.types is None else b.types if a.types is None else a.types & b.types
        return evolve(
            b,
            types=types,
            nullable=a.nullable or b.nullable,
            values=a.values.and_(b.values),
            bounds=bounds.both(a.bounds, b.bounds),
            format=a.format or b.format,
            pattern=a.pattern or b.pattern,
            default=b.default if a.default is None else a.default,
            deprecated=a.deprecated or b.deprecated,
            read_only=a.read_only or b.read_only,
            write_only=a.write_only or b.write_only,
            properties=self._joined_properties(a, b),
            required=a.required | b.required,
            items=self._join(a.items, b.items),
            extra=self._join(a.extra, b.extra),
            variants=a.variants + b.variants,
            unjudged={**a.unjudged, **b.unjudged},
        )

    def _joined_properties(self, a: Shape, b: Shape) -> dict[str, Any]:
        joined = dict(a.properties)
        for name, node in b.properties.items():
            joined[name] = self._join(joined[name], node) if name in joined else node
        return joined

    def _join(self, a: Any, b: Any) -> Any:
        if a is True or b is True or a == b:
            return b if a is True else a
        if a is False or b is False:
            return False
        key = (id(a), id(b))
        if key not in self._joined:
            self._joined[key] = {"allOf": [a, b]}
        return self._joined[key]


def _types(node: dict[str, Any], known: Values) -> tuple[Types, bool]:
    """Return the types that a schema names, or that its keywords imply, and whether null is one."""
    stated = node.get("type")
    names = [stated] if isinstance(stated, str) else stated
    nullable = node.get("nullable") is True or (known.null and stated is None)
    if isinstance(names, list):
        types = frozenset(name for name in names if isinstance(name, str))
        if "number" in types:
            types -= {"integer"}
        return types - {"null"}, nullable or "null" in types
    if known.closed:
        return known.types, nullable
    if "properties" in node or "required" in node or "additionalProperties" in node:
        return frozenset({"object"}), nullable
    if "items" in node or "prefixItems" in node:
        return frozenset({"array"}), nullable
    return None, nullable


def _is_null(node: Any) -> bool:
    if not isinstance(node, dict):
        return False
    constant = "const" in node and node["const"] is None
    return node.get("type") in ("null", ["null"]) or node.get("enum") == [None] or constant


def _members(node: dict[str, Any], key: str) -> list[Any]:
    found = node.get(key)
    return found if isinstance(found, list) else []


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
