"""Two statements on one schema made into one: refinements are united, contradictions decided.

A page that says less than another doesn't contradict it: ``number`` and ``integer``, no bounds and bounds,
any string and named values, an unnamed shape and a named one. Where both can't be true, the first stands.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from attrs import define, field

from polyreel.codegen.reading.findings import Conflict
from polyreel.errors import SpecError
from polyreel.openapi.documents import Document, pointer, pointer_parts
from polyreel.openapi.places import Place
from polyreel.openapi.schemas import (
    NULL,
    UNIONS,
    ordered,
    set_types,
    types,
    unique,
    with_null,
    without_null,
)

_DEEPEST = 60
_VALUES = ("enum", "x-extensible-enum")
_OPENNESS = {"enum": "closed", "x-extensible-enum": "open"}
_NESTED = ("items", "additionalProperties", "not")


@define
class SchemaMerger:
    """Merges the schemas of two documents whose named schemas share one table.

    Attributes:
        schemas: The named schemas of the first document; grows with those of the second.
        others: The named schemas of the second document.
        first: What the first document's pages are called in conflicts.
        second: What the second document's page is called.
        conflicts: The contradictions met so far.
        renamed: Names of the second document that stand for one of the first.
    """

    schemas: Document
    others: Document
    first: str
    second: str
    conflicts: list[Conflict] = field(factory=list)
    renamed: dict[str, str] = field(factory=dict)
    _open: set[tuple[str, str]] = field(factory=set)
    _widening: list[tuple[str, Document]] = field(factory=list)
    _depth: int = 0

    def conflict(self, place: Place, fact: str, kept: Any, other: Any) -> None:
        """Record a contradiction in which the first page's value was kept."""
        self.conflicts.append(Conflict(str(place), fact, kept, self.first, other, self.second))

    def only(self, place: Place, there: str, not_there: str) -> None:
        """Record that one page lists something which the other leaves out; it is kept."""
        self.conflicts.append(Conflict(str(place), "it", "listed", there, "left out", not_there))

    def merge(self, one: Document, two: Document, place: Place) -> Document:
        """Unite the first document's schema of a place with the second's."""
        if one == two or not two:
            return one
        if not one:
            return two
        plain_one, null_one = without_null(one)
        plain_two, null_two = without_null(two)
        if null_one != null_two and NULL not in (one, two):
            self.conflict(place, "null", null_one, null_two)
        self._depth += 1
        if self._depth > _DEEPEST:
            raise SpecError(f"{self.second}: {place}: a schema that never ends")
        united = self._named(plain_one, plain_two, place)
        self._depth -= 1
        return with_null(united) if null_one else united

    def _named(self, one: Document, two: Document, place: Place) -> Document:
        name_one, name_two = _name(one), _name(two)
        if name_one and name_two:
            self.same(name_one, name_two)
            return one
        if name_one:
            self._widen(name_one, two)
            return one
        if name_two:
            self.schemas.setdefault(name_two, self.others[name_two])
            self._widen(name_two, one, first=True)
            return two
        return self._unnamed(one, two, place)

    def _widen(self, name: str, schema: Document, *, first: bool = False) -> None:
        """Unite a named schema with one that another page has in its place."""
        if (name, schema) in self._widening:  # both contain themselves, and are being united
            return
        self._widening.append((name, schema))
        place = Place(name, joint=".")
        before = self.schemas[name]
        one, two = (schema, before) if first else (before, schema)
        united = self.merge(one, two, place)
        meanwhile = self.schemas[name]  # a schema that contains itself is widened from inside, too
        self.schemas[name] = united if meanwhile is before else self.merge(united, meanwhile, place)
        self._widening.pop()

    def same(self, name_one: str, name_two: str) -> None:
        """Take two names for one schema; the first document's name stays."""
        if name_one != name_two and name_two not in self.schemas:
            self.renamed[name_two] = name_one
        if (name_one, name_two) in self._open or name_two not in self.others:
            return
        self._open.add((name_one, name_two))
        self._widen(name_one, self.others[name_two])

    def _unnamed(self, one: Document, two: Document, place: Place) -> Document:
        kinds = _common_types(types(one), types(two))
        if kinds is None:
            self.conflict(place, "type", one.get("type"), two.get("type"))
            return one
        united = dict(one)
        set_types(united, kinds)
        for keyword, value in two.items():
            if keyword in ("type", "required", "properties", "x-partial", *_VALUES):
                continue
            if keyword not in united:
                united[keyword] = value
            elif keyword in _NESTED and isinstance(value, dict) and isinstance(one[keyword], dict):
                below = place.items() if keyword == "items" else place.values()
                united[keyword] = self.merge(one[keyword], value, below)
            elif keyword in UNIONS:
                united[keyword] = self._options(one[keyword], value, keyword, place)
            elif united[keyword] != value:
                self.conflict(place, keyword, united[keyword], value)
        self._values(one, two, united, place)
        if "properties" in one or "properties" in two:
            self._properties(one, two, united, place)
        return ordered(united)

    def _options(
        self, one: list[Document], two: list[Document], keyword: str, place: Place
    ) -> list[Document]:
        if len(one) != len(two):
            self.conflict(place, keyword, one, two)
            return one
        pairs = zip(one, two, strict=True)
        return [self.merge(a, b, place.variant(at)) for at, (a, b) in enumerate(pairs, 1)]

    def _values(self, one: Document, two: Document, united: Document, place: Place) -> None:
        """Unite named values; open and closed contradict each other, and so do two closed sets."""
        mine, theirs = _value_keyword(one), _value_keyword(two)
        if theirs is None:
            return
        if mine is None:
            united[theirs] = two[theirs]
        elif mine == theirs == "x-extensible-enum":
            united[mine] = unique([*one[mine], *two[theirs]])
        elif mine != theirs:
            self.conflict(place, "enum", _OPENNESS[mine], _OPENNESS[theirs])
        elif not _same_values(one[mine], two[theirs]):
            self.conflict(place, "enum", one[mine], two[theirs])

    def _properties(self, one: Document, two: Document, united: Document, place: Place) -> None:
        mine, theirs = one.get("properties", {}), two.get("properties", {})
        needed_one, needed_two = one.get("required", []), two.get("required", [])
        partial_one, partial_two = "x-partial" in one, "x-partial" in two
        united["properties"] = dict(mine)
        for name, schema in theirs.items():
            known = name in mine
            united["properties"][name] = (
                self.merge(mine[name], schema, place.member(name)) if known else schema
            )
            if not known and "properties" in one and not partial_one:
                self.only(place.member(name), self.second, self.first)
        for name in mine:
            if name not in theirs and "properties" in two and not partial_two:
                self.only(place.member(name), self.first, self.second)
        required = set(needed_one)
        for name in needed_two:
            required |= {name} if name not in mine or partial_one else set()
        for name in set(mine) & set(theirs):
            disagree = (name in needed_one) != (name in needed_two)
            if disagree and not partial_one and not partial_two:
                self.conflict(
                    place.member(name), "required", name in needed_one, name in needed_two
                )
        united.pop("required", None)
        if required:
            order = [name for name in united["properties"] if name in required]
            united["required"] = order + sorted(required - set(order))
        if not (partial_one and partial_two):
            united.pop("x-partial", None)


def rename_refs(node: Any, renamed: Mapping[str, str]) -> Any:
    """Copy a document with its references to renamed schemas following them."""
    if isinstance(node, dict):
        copy = {key: rename_refs(value, renamed) for key, value in node.items()}
        if (name := _name(node)) and name in renamed:
            copy["$ref"] = pointer("components", "schemas", renamed[name])
        return copy
    return [rename_refs(item, renamed) for item in node] if isinstance(node, list) else node


def _name(schema: Document) -> str | None:
    ref = schema.get("$ref")
    return pointer_parts(ref)[2] if isinstance(ref, str) else None


def _same_values(one: list[Any], two: list[Any]) -> bool:
    return {json.dumps(value) for value in one} == {json.dumps(value) for value in two}


def _value_keyword(schema: Document) -> str | None:
    return next((keyword for keyword in _VALUES if keyword in schema), None)


def _common_types(one: list[str], two: list[str]) -> list[str] | None:
    """Find the types that both allow; None where they exclude each other."""
    if not one or not two or one == two:
        return one or two
    precise = set(one) ^ set(two) <= {"integer", "number"}
    return [name for name in (*one, *two) if name != "number"] if precise else None
