"""Unions in one spelling: null apart, unions inside them flattened, plain types as a list of types."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from polyreel.openapi.parts import members, written
from polyreel.openapi.references import PROSE, References
from polyreel.openapi.shapes import Shape, read_shape

_PLAIN = PROSE | {"type", "enum", "const", "nullable", "default", "deprecated", "format"}
"""Keywords of a schema that can be folded into a list of types."""

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
        null = False
        demanded: list[Any] = []
        variants: list[Any] = []
        for key in ("anyOf", "oneOf"):
            if not members(schema, key):
                continue
            found, with_null = self._flattened(members(schema, key))
            null = null or with_null
            alone = found if len(found) == 1 else self._folded(found)
            if not found:
                demanded.append({"type": []})
            elif alone:
                demanded += alone
            else:
                variants += found
        return Union(null, tuple(demanded), tuple(variants))

    def _flattened(self, nodes: list[Any]) -> tuple[list[Any], bool]:
        """List a union's members, those of unions inside it among them, and say whether null is one."""
        found: dict[str, Any] = {}
        seen: set[int] = set()
        null = False
        todo = list(reversed(nodes))
        while todo:
            member = todo.pop()
            node = self._unwrapped(member)
            if id(node) in seen:
                continue
            seen.add(id(node))
            if is_null(node):
                null = True
            elif node is False:  # no value is ever of this member
                continue
            elif (inner := _bare_union(node)) is not None:
                null = null or node.get("nullable") is True
                todo += reversed(inner)
            else:
                null = null or self._allows_null(node)
                found.setdefault(written(node) if node is member else str(id(node)), node)
        return list(found.values()), null

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
        """Say whether a schema that is no union allows null, by what it says, refers to or takes over."""
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
            todo += members(node, "allOf")
        return False

    def _folded(self, nodes: list[Any]) -> list[Any]:
        """Write a union of plain types as one schema; an empty list where that can't be done."""
        plain = [node for node in nodes if isinstance(node, dict)]
        if len(plain) < len(nodes) or any(
            "type" not in node or any(not _may_fold(key) for key in node) for node in plain
        ):
            return []
        if len({str(node.get("format")) for node in plain}) != 1:
            return []
        shapes = [read_shape(node) for node in plain]
        types = sorted({name for shape in shapes for name in shape.types or ()})
        if not types or {"object", "array"} & set(types):
            return []
        folded: dict[str, Any] = {"type": types}
        if "format" in plain[0]:
            folded["format"] = plain[0]["format"]
        return [folded | _joint_values(shapes)]


def is_null(node: Any) -> bool:
    """Say whether a schema allows null alone."""
    if not isinstance(node, dict):
        return False
    constant = "const" in node and node["const"] is None
    return node.get("type") in ("null", ["null"]) or node.get("enum") == [None] or constant


def _bare_union(node: Any) -> list[Any] | None:
    """Return the members of a schema that is one union and nothing else."""
    if not isinstance(node, dict):
        return None
    keys = [key for key in ("anyOf", "oneOf") if members(node, key)]
    others = {key for key in node if not key.startswith("x-")} - set(keys)
    return members(node, keys[0]) if len(keys) == 1 and others <= _BARE else None


def _may_fold(key: str) -> bool:
    return key in _PLAIN or key.startswith("x-")


def _joint_values(shapes: list[Shape]) -> dict[str, Any]:
    """Write the values of several schemas, one of which holds, as one list."""
    known = [value for shape in shapes for value in shape.values.known]
    if not known:
        return {}
    closed = all(shape.values.closed for shape in shapes)
    return {"enum" if closed else "x-extensible-enum": known}
