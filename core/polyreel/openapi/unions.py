"""Unions in one spelling: null apart, unions inside them flattened, plain types as a list of types."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from polyreel.openapi.parts import members, written
from polyreel.openapi.references import PROSE, References
from polyreel.openapi.shapes import ANYTHING, Shape, read_shape

_PLAIN = PROSE | {"type", "enum", "const", "nullable", "default", "deprecated", "format"}
"""Keywords of a schema that can be folded into a list of types."""

_SCALARS = frozenset({"string", "integer", "number", "boolean"})
_KNOWN = "x-extensible-enum"

_BARE = PROSE | {"nullable", "discriminator", "default", "deprecated", "externalDocs"}
"""Keywords that may stand beside a union that is nothing but a union."""


@frozen
class Union:
    """A schema's unions, taken apart.

    Attributes:
        null: Whether null is a member, or allowed by one.
        demanded: Schemas that must hold: a union's only member, or one that stands for all of them.
        variants: The members, where there are several that one schema can't stand for.
    """

    null: bool = False
    demanded: tuple[Any, ...] = ()
    variants: tuple[Any, ...] = ()


_NONE = Union()


class Unions:
    """Takes the unions of one document's schemas apart."""

    def __init__(self, references: References) -> None:
        self._references = references
        self._kept: dict[int, Union] = {}

    def of(self, schema: dict[str, Any]) -> Union:
        """Take the unions of a schema apart, those of what it refers to or takes over aside."""
        if not any(members(schema, key) for key in ("anyOf", "oneOf")):
            return _NONE
        if id(schema) not in self._kept:
            self._kept[id(schema)] = self._taken_apart(schema)
        return self._kept[id(schema)]

    def _taken_apart(self, schema: dict[str, Any]) -> Union:
        demanded: list[Any] = []
        variants: list[Any] = []
        said = [members(schema, key) for key in ("anyOf", "oneOf")]
        unions = [self._flattened(nodes) for nodes in said if nodes]
        null = all(with_null for _, with_null, _ in unions)
        if len(unions) > 1 and (shared := _shared(*(found for found, _, _ in unions))):
            unions = [(shared, null, False)]  # both hold at once
        for several, with_null, nothing in unions:
            found = _folded(several)
            if nothing or (with_null and not found):
                demanded.append({"type": []})
            elif len(found) == 1:
                demanded += found
            else:
                variants += found
        return Union(null, tuple(demanded), tuple(variants))

    def _flattened(self, nodes: list[Any]) -> tuple[list[Any], bool, bool]:
        """List a union's members, those of unions inside it among them.

        Returns:
            The members, whether null is one, and whether no value is of any of them.
        """
        found: dict[str, Any] = {}
        seen: set[int] = set()
        null = never = False
        todo = list(reversed(nodes))
        while todo:
            member = todo.pop()
            node = self._unwrapped(member)
            if id(node) in seen:
                continue
            seen.add(id(node))
            if is_null(node):
                null = True
            elif node is False:
                never = True
            elif (inner := _bare_union(node)) is not None:
                null = null or node.get("nullable") is True
                todo += reversed(inner)
            else:
                null = null or self._allows_null(node)
                alone = node is member or not isinstance(node, dict) or node.keys() <= PROSE
                found.setdefault(_text(node) if alone else str(id(node)), node)
        return list(found.values()), null, never and not found and not null

    def _unwrapped(self, node: Any) -> Any:
        """Go through references, and through an ``allOf`` of one that says nothing else."""
        seen: set[int] = set()
        while True:
            node = self._references.schema(node)
            if id(node) in seen or not isinstance(node, dict):
                return node
            if len(members(node, "allOf")) != 1 or node.keys() - {"allOf"} - PROSE:
                return node
            seen.add(id(node))
            node = node["allOf"][0]

    def _allows_null(self, node: Any) -> bool:
        """Say whether a schema allows null, by what it says, refers to, takes over or chooses from."""
        todo = [node]
        seen: set[int] = set()
        while todo:
            node = self._references.schema(todo.pop())
            if not isinstance(node, dict) or id(node) in seen:
                continue
            seen.add(id(node))
            if read_shape(node).nullable:
                return True
            if isinstance(node.get("$ref"), str):
                todo.append(self._references.at(node["$ref"]))
            todo += (each for key in ("allOf", "anyOf", "oneOf") for each in members(node, key))
        return False


def is_null(node: Any) -> bool:
    """Say whether a schema allows null alone."""
    if not isinstance(node, dict):
        return False
    constant = "const" in node and node["const"] is None
    return node.get("type") in ("null", ["null"]) or node.get("enum") == [None] or constant


def _text(node: Any) -> str:
    """Return a text that members share when they are written alike, prose aside."""
    return written({} if node is True else node)


def _bare_union(node: Any) -> list[Any] | None:
    """Return the members of a schema that is one union and nothing else."""
    if not isinstance(node, dict):
        return None
    keys = [key for key in ("anyOf", "oneOf") if members(node, key)]
    others = {key for key in node if not key.startswith("x-")} - set(keys)
    return members(node, keys[0]) if len(keys) == 1 and others <= _BARE else None


def _shared(one: list[Any], other: list[Any]) -> list[Any]:
    """Return the members that are in two unions."""
    texts = {_text(node) for node in other}
    return [node for node in one if _text(node) in texts]


def _folded(nodes: list[Any]) -> list[Any]:
    """Write members that are plain types, or values of one, as few as possible.

    "Any string, or one of these" becomes an open list of known values; plain types alone become one
    schema with a list of types, where that says the same.
    """
    others: list[Any] = []
    plain: dict[tuple[str, str], list[tuple[Any, Shape]]] = {}
    for node in nodes:
        shape = read_shape(node) if _is_plain(node) else ANYTHING
        if shape.types is None:
            others.append(node)
        for type_ in sorted(shape.types or ()):
            one = node if len(shape.types or ()) == 1 else None
            plain.setdefault((type_, shape.format or ""), []).append((one, shape.only(type_)))
    found = [_one(type_, format_, same) for (type_, format_), same in plain.items()]
    shapes = [read_shape(each) for each in found]
    if len(found) < 2 or others or len({(s.format, s.values.closed) for s in shapes}) > 1:
        return found + others
    types = [name for shape in shapes for name in shape.types or ()]
    values = [value for shape in shapes for value in shape.values.known]
    keyword = "enum" if shapes[0].values.closed else _KNOWN
    stated = {"format": shapes[0].format} if shapes[0].format else {}
    return [{"type": types} | stated | ({keyword: values} if values else {})]


def _one(type_: str, format_: str, same: list[tuple[Any, Shape]]) -> dict[str, Any]:
    """Write several schemas of one type, one of which holds, as one."""
    if len(same) == 1 and isinstance(same[0][0], dict):
        return same[0][0]
    shapes = [shape for _, shape in same]
    values = list({key: v for each in shapes for key, v in each.values.by_key.items()}.values())
    keyword = "enum" if all(each.values.closed for each in shapes) else _KNOWN
    said: dict[str, Any] = {"type": type_} | ({keyword: values} if values else {})
    return said | ({"format": format_} if format_ else {})


def _is_plain(node: Any) -> bool:
    if not isinstance(node, dict) or "type" not in node or not all(map(_may_fold, node)):
        return False
    types = read_shape(node).types
    return bool(types) and _SCALARS.issuperset(types or ())


def _may_fold(key: str) -> bool:
    return key in _PLAIN or key.startswith("x-")
