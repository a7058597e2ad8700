"""What one schema says in its own keywords, in one spelling, and what two say that hold at once.

``nullable: true``, ``type: [T, "null"]`` and a null among the values are one thing here; so are a
constant and a list of one value, and the two spellings of exclusive bounds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attrs import evolve, frozen

from polyreel.openapi import known_values as values, number_bounds
from polyreel.openapi.known_values import Values
from polyreel.openapi.number_bounds import Bounds
from polyreel.openapi.parts import mapping, members
from polyreel.openapi.type_names import type_name

Types = frozenset[str] | None
"""The JSON types that are allowed, without null; None stands for all of them."""

UNJUDGED = (
    "not", "if", "then", "else", "patternProperties", "propertyNames", "contains", "minContains",
    "maxContains", "prefixItems", "dependentRequired", "dependentSchemas", "unevaluatedProperties",
    "unevaluatedItems", "contentEncoding", "contentMediaType",
)  # fmt: skip
"""Keywords that are compared as they stand."""

_FORMATS: Mapping[tuple[str, object], str] = {
    ("contentEncoding", "base64"): "byte",
    ("contentMediaType", "application/octet-stream"): "binary",
}
_NUMBERS = frozenset({"integer", "number"})
_TYPES_OF_KEYWORD: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("minimum", "maximum", "multipleOf"), _NUMBERS),
    **dict.fromkeys(("minLength", "maxLength"), frozenset({"string"})),
    **dict.fromkeys(("minItems", "maxItems", "uniqueItems"), frozenset({"array"})),
    **dict.fromkeys(("minProperties", "maxProperties"), frozenset({"object"})),
}
_NUMBER_FORMATS = frozenset({"int32", "int64", "float", "double", "decimal"})


@frozen(eq=False)
class Shape:
    """What a schema allows. Children (`properties`, `items` …) are schemas as they are written.

    Attributes:
        types: Allowed types; None for any.
        nullable: Whether null is allowed.
        values: The allowed or known values.
        bounds: Limits on size and value.
        format: The stated format, such as ``date-time``.
        pattern: The regular expression that a text has to match.
        default: What the server takes where nothing is sent.
        properties: The named properties' schemas.
        required: Properties that are never missing; each is in `properties` too.
        items: What an array holds; None where nothing is said of it.
        extra: What properties beyond the named ones may hold; False: there are none.
        variants: The members of a union, null aside, that can't be written as a list of types.
        unjudged: Keywords that no rule judges, as written.
        extensions: Keywords that begin with ``x-``.
    """

    types: Types = None
    nullable: bool = False
    values: Values = values.ANY
    bounds: Bounds = number_bounds.NONE
    format: str | None = None
    pattern: str | None = None
    default: Any = None
    deprecated: bool = False
    read_only: bool = False
    write_only: bool = False
    properties: Mapping[str, Any] = {}
    required: frozenset[str] = frozenset()
    items: Any = None
    extra: Any = True
    variants: tuple[Any, ...] = ()
    unjudged: Mapping[str, Any] = {}
    extensions: Mapping[str, Any] = {}

    @property
    def is_object(self) -> bool:
        """Whether it has named properties."""
        return bool(self.properties)

    @property
    def named_types(self) -> frozenset[str]:
        """The allowed types, none where any is."""
        return self.types or frozenset()

    def limit(self, keyword: str) -> float | None:
        """Return a limit such as ``maxLength``; None where there is none."""
        bound = self.bounds.get(keyword)
        return None if bound is None else bound.value

    @property
    def only_union(self) -> bool:
        """Whether nothing but the union's members say what is allowed, the types perhaps aside."""
        return bool(self.variants) and not self._says_more

    @property
    def says_only_types(self) -> bool:
        """Whether every value of its types is allowed."""
        return not self.variants and not self._says_more

    @property
    def _says_more(self) -> bool:
        said = self.properties or self.bounds or self.unjudged or self.values.closed
        return bool(
            said or self.format or self.pattern or self.items not in (None, {}, True)
        ) or self.extra not in (True, {})

    def only(self, type_: str) -> Shape:
        """Return what is said of values of one type, null not being one of them."""
        named = self.values.of_type(type_)
        is_text = type_ == "string"
        fits = self.format is None or (self.format in _NUMBER_FORMATS) == (type_ in _NUMBERS)
        is_object, is_array = type_ == "object", type_ == "array"
        return evolve(
            self,
            types=frozenset({type_}),
            nullable=False,
            values=named,
            bounds={k: v for k, v in self.bounds.items() if type_ in _TYPES_OF_KEYWORD[k]},
            format=self.format if fits and (is_text or type_ in _NUMBERS) else None,
            pattern=self.pattern if is_text else None,
            properties=self.properties if is_object else {},
            required=self.required if is_object else frozenset(),
            items=self.items if is_array else None,
            extra=self.extra if is_object else True,
        )


ANYTHING = Shape()
"""The shape of a schema that says nothing."""


def read_shape(node: dict[str, Any], variants: tuple[Any, ...] = ()) -> Shape:
    """Return what a schema says in its own keywords, references, ``allOf`` and unions aside.

    Args:
        node: The schema as written.
        variants: The members of its unions.

    Raises:
        SpecError: Its properties are no mapping.
    """
    known = values.read(node)
    types, nullable = _types(node, known)
    required = frozenset(name for name in members(node, "required") if isinstance(name, str))
    properties = mapping(node, "properties", where="a schema")
    extra = node.get("additionalProperties", True)
    return Shape(
        types=types,
        nullable=nullable,
        values=known,
        bounds=number_bounds.read(node, whole=types == frozenset({"integer"})),
        format=_format(node),
        pattern=_text(node.get("pattern")),
        default=node.get("default"),
        deprecated=node.get("deprecated") is True,
        read_only=node.get("readOnly") is True,
        write_only=node.get("writeOnly") is True,
        properties={**dict.fromkeys(sorted(required - set(properties)), True), **properties},
        required=required,
        items=node.get("items"),
        extra=True if extra in ({}, None) else extra,
        variants=variants,
        unjudged={
            key: node[key] for key in UNJUDGED if key in node and not _is_format(key, node[key])
        },
        extensions={key: value for key, value in node.items() if key.startswith("x-")},
    )


def both(a: Shape, b: Shape, join: Callable[[Any, Any], Any]) -> Shape:
    """Return what two schemas allow that must hold at once.

    Args:
        a: The shape that has the say where only one can: on the default, the format, the pattern.
        b: The other shape.
        join: Makes one schema of two that must both hold; used for children.
    """
    types = a.types if b.types is None else b.types if a.types is None else _common(a, b)
    properties = dict(a.properties)
    for name, node in b.properties.items():
        properties[name] = join(properties[name], node) if name in properties else node
    return evolve(
        b,
        types=types,
        nullable=a.nullable or b.nullable,
        values=a.values.and_(b.values),
        bounds=number_bounds.both(a.bounds, b.bounds),
        format=a.format or b.format,
        pattern=a.pattern or b.pattern,
        default=b.default if a.default is None else a.default,
        deprecated=a.deprecated or b.deprecated,
        read_only=a.read_only or b.read_only,
        write_only=a.write_only or b.write_only,
        properties=properties,
        required=a.required | b.required,
        items=join(a.items, b.items),
        extra=join(a.extra, b.extra),
        variants=a.variants + b.variants,
        unjudged={**a.unjudged, **b.unjudged},
        extensions={**b.extensions, **a.extensions},
    )


def either(a: Shape, b: Shape) -> Shape:
    """Return the shape that covers the values of either schema; the first one wins where both say more."""
    types = a.named_types | b.named_types
    return evolve(
        a,
        types=types or None,
        nullable=a.nullable or b.nullable,
        values=a.values.or_(b.values),
        bounds=a.bounds or b.bounds,
        format=a.format or b.format,
        pattern=a.pattern or b.pattern,
        default=b.default if a.default is None else a.default,
        properties={**b.properties, **a.properties},
        required=a.required & b.required,
        items=b.items if a.items is None else a.items,
    )


def _common(a: Shape, b: Shape) -> frozenset[str]:
    """Return the types that two shapes share; an integer is a number too."""
    left, right = a.types or frozenset(), b.types or frozenset()
    found = left & right
    if "number" in left ^ right and "integer" in left ^ right:
        found |= {"integer"}
    return found


def _types(node: dict[str, Any], known: Values) -> tuple[Types, bool]:
    """Return the types that a schema names, or that its keywords imply, and whether null is one."""
    stated = node.get("type")
    names = [stated] if isinstance(stated, str) else stated
    nullable = node.get("nullable") is True or (known.null and stated is None)
    if isinstance(names, list):
        types = frozenset(type_name(name) for name in names if isinstance(name, str))
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


def _format(node: dict[str, Any]) -> str | None:
    """Return a schema's format, also where OpenAPI 3.1 has another keyword for it."""
    for (key, value), format_ in _FORMATS.items():
        if node.get(key) == value:
            return format_
    return _text(node.get("format"))


def _is_format(key: str, value: Any) -> bool:
    return isinstance(value, str) and (key, value) in _FORMATS


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
