"""Local references: what each ``$ref`` of a document leads to, found once and remembered."""

from __future__ import annotations

from typing import Any

from polyreel.errors import SpecError
from polyreel.openapi.documents import Document, pointer_parts

PROSE = frozenset({"description", "summary", "title", "example", "examples", "$comment"})
"""Keywords beside a ``$ref`` that say nothing about what is allowed."""


ANNOTATIONS = PROSE | {"default", "deprecated", "readOnly", "writeOnly", "nullable"}
"""Keywords beside a ``$ref`` that leave the schema what it is, as those do that begin with ``x-``."""


class References:
    """The references of one document, which must not change meanwhile.

    Each reference is looked up once, however many lead to one another, so that following all references
    of a document takes time in proportion to its size.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._found: dict[str, Any] = {}
        self._ends: dict[tuple[str, bool], Any] = {}

    def at(self, ref: str) -> Any:
        """Return what a reference such as ``#/components/schemas/Video`` points at, as written.

        Raises:
            SpecError: It leads out of the document, or to nothing.
        """
        if ref not in self._found:
            self._found[ref] = _look_up(self._document, ref)
        return self._found[ref]

    def followed(self, node: Any) -> Any:
        """Return a parameter, response, header or other part, looked up where it is a reference.

        What stands beside such a ``$ref`` is prose, or without meaning, by OpenAPI's own rule.

        Raises:
            SpecError: A reference leads out of the document, to nothing, or in a circle.
        """
        return self._end(node, siblings_count=False)

    def schema(self, node: Any) -> Any:
        """Return the schema that a mere reference leads to, and any other schema as it is.

        A ``$ref`` with keywords beside it that say what is allowed (OpenAPI 3.1) is a schema of its own,
        so it is returned as it is, also where other references lead to it.

        Raises:
            SpecError: A reference leads out of the document, to nothing, or in a circle.
        """
        return self._end(node, siblings_count=True)

    def _end(self, node: Any, *, siblings_count: bool) -> Any:
        passed: dict[str, None] = {}
        while (ref := _reference(node, siblings_count)) is not None:
            if (known := self._ends.get((ref, siblings_count))) is not None:
                node = known
                break
            if ref in passed:
                raise SpecError(f"$ref {ref!r} leads in a circle")
            passed[ref] = None
            node = self.at(ref)
        for ref in passed:
            self._ends[ref, siblings_count] = node
        return node


def is_annotated(schema: dict[str, Any]) -> bool:
    """Say whether all that stands beside a schema's reference are annotations."""
    others = (key for key in schema if key != "$ref")
    return all(key in ANNOTATIONS or key.startswith("x-") for key in others)


def siblings_as_all_of(part: Any) -> Any:
    """Return a copy of a part of a document without facts beside references to schemas.

    Such a reference moves into an ``allOf``, which says the same, for readers that know no siblings.
    """
    if isinstance(part, list):
        return [siblings_as_all_of(each) for each in part]
    if not isinstance(part, dict):
        return part
    copy = {key: siblings_as_all_of(value) for key, value in part.items()}
    ref = copy.get("$ref")
    if not isinstance(ref, str) or "/schemas/" not in ref or is_annotated(copy):
        return copy
    rest = {key: value for key, value in copy.items() if key != "$ref"}
    return rest | {"allOf": [{"$ref": ref}, *rest.get("allOf", [])]}


def _reference(node: Any, siblings_count: bool) -> str | None:
    ref = node.get("$ref") if isinstance(node, dict) else None
    if not isinstance(ref, str) or (siblings_count and not node.keys() - {"$ref"} <= PROSE):
        return None
    return ref


def _look_up(document: Document, ref: str) -> Any:
    node: Any = document
    for part in pointer_parts(ref):
        if isinstance(node, dict) and part in node:
            node = node[part]
        elif isinstance(node, list) and part in map(str, range(len(node))):
            node = node[int(part)]
        else:
            raise SpecError(f"$ref {ref!r} points at nothing")
    return node


def resolve(document: Document, ref: str) -> Any:
    """Return what a single reference of a document leads to in the end, past other references.

    Raises:
        SpecError: It leads out of the document, to nothing, or in a circle.
    """
    return References(document).followed({"$ref": ref})
