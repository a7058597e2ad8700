"""From a schema as a page has it to its facts alone, in one spelling.

Prose is dropped after its sentences were read, OpenAPI 3.0 becomes 3.1, and a reference to anything but
a named schema is written out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import Factory, define, field

from polyreel.codegen.reading.findings import Conflict, UnreadSentence
from polyreel.codegen.reading.sentence_values import mentions
from polyreel.codegen.reading.sentences import Subject, read_sentences
from polyreel.errors import SpecError
from polyreel.openapi.documents import Document, pointer, pointer_parts
from polyreel.openapi.places import Place
from polyreel.openapi.references import References
from polyreel.openapi.schemas import (
    NULL,
    SCALAR_KEYWORDS,
    SINGLE_SCHEMAS,
    UNIONS,
    allows,
    ordered,
    set_exclusive_bounds,
    set_types,
    simplified,
    types,
    unique,
    with_null,
)
from polyreel.openapi.type_names import TYPES, type_name
from polyreel.openapi.yaml12 import UNREADABLE

_MOST_SCHEMAS = 300_000
_MOST_INLINED = 20

# Facts that don't belong to the schema that a sentence is about, but to what holds it.
_ELSEWHERE: tuple[str, ...] = ("required", "deprecated", "x-sunset", "x-index-base")

# Prose, examples and identifiers: known, and not kept.
_DROPPED = {
    "description", "title", "summary", "example", "examples", "externalDocs", "xml", "$comment", "$id",
    "$schema", "$anchor", "nullable", "const",
}  # fmt: skip


# What stands beside a $ref without being a part of the schema.
_NO_SIBLINGS = _DROPPED - {"const"} | {"$ref"}


@define
class SchemaNormaliser:
    """Reads one page's schemas and keeps what it finds on the way.

    Attributes:
        document: The page's whole document, in which references are looked up.
        source: The page's name.
        prose: Place to the texts that stand there.
        conflicts: Sentences that contradict what is said in structure.
        unread_sentences: Sentences that were not understood.
        warnings: What was left out or put right, each with its place.
        values: Place to the values that a sentence there lists.
        known_values: The same of an earlier reading: a sentence that still names them all still means them.
        wanted: Named schemas that something refers to and nobody has read yet.
    """

    document: Document
    source: str
    prose: dict[str, list[str]] = field(factory=dict)
    conflicts: list[Conflict] = field(factory=list)
    unread_sentences: list[UnreadSentence] = field(factory=list)
    warnings: list[str] = field(factory=list)
    values: dict[str, list[Any]] = field(factory=dict)
    known_values: Mapping[str, Sequence[Any]] = field(factory=dict)
    wanted: dict[str, None] = field(factory=dict)
    _count: int = 0
    _references: References = field(
        init=False, default=Factory(lambda self: References(self.document), takes_self=True)
    )

    def schema(self, raw: Any, place: Place, inlined: tuple[str, ...] = ()) -> Document:
        """Read one schema.

        Raises:
            SpecError: Not a schema, or a reference that can't be followed.
        """
        schema, _ = self._schema(raw, place, inlined)
        return schema

    def described(
        self, text: Any, schema: Document, place: Place, subject: Subject
    ) -> tuple[Document, dict[str, Any]]:
        """Add what prose says to a schema.

        Returns:
            The schema, and the facts that belong elsewhere: ``required``, ``deprecated``, ``x-sunset`` …
        """
        if not isinstance(text, str) or not text.strip():
            return schema, {}
        self.prose.setdefault(str(place), []).append(text)
        array = "array" in types(schema)
        target = schema.get("items", {}) if array else schema
        if "$ref" in target:
            return schema, {}
        found = read_sentences(text, subject=subject, schema=target)
        self.unread_sentences += (
            UnreadSentence(str(place), unread_sentence, self.source)
            for unread_sentence in found.unread_sentences
        )
        facts = dict(found.facts)
        known = self.known_values.get(str(place), ())
        if "x-extensible-enum" not in facts and mentions(text, known):
            facts["x-extensible-enum"] = list(known)
        if "x-extensible-enum" in facts:
            self.values[str(place)] = facts["x-extensible-enum"]
        elsewhere = {keyword: facts.pop(keyword) for keyword in _ELSEWHERE if keyword in facts}
        if array:  # of the prose of a list, only which values are possible is about its items
            facts = {key: value for key, value in facts.items() if key == "x-extensible-enum"}
        added = self._agreeing(facts, target, place)
        if array and added:
            return schema | {"items": ordered(target | added)}, elsewhere
        return ordered(schema | added) if added else schema, elsewhere

    def contradiction(self, place: Place, fact: str, structured: Any, said: Any) -> None:
        """Record that a sentence says otherwise than the structure; the structure stands."""
        kept_from = f"{self.source} (structure)"
        self.conflicts.append(
            Conflict(str(place), fact, structured, kept_from, said, f"{self.source} (sentence)")
        )

    def _agreeing(self, facts: Mapping[str, Any], schema: Document, place: Place) -> dict[str, Any]:
        added = {}
        for keyword, value in facts.items():
            closed = schema.get("enum")
            if keyword == "x-extensible-enum" and closed is not None:
                if any(each not in closed for each in value):
                    self.contradiction(place, "enum", closed, value)
            elif keyword not in schema:
                added[keyword] = value
            elif schema[keyword] != value:
                self.contradiction(place, keyword, schema[keyword], value)
        return added

    def _schema(
        self, raw: Any, place: Place, inlined: tuple[str, ...]
    ) -> tuple[Document, dict[str, Any]]:
        self._count += 1
        if self._count > _MOST_SCHEMAS:
            raise SpecError(f"{self.source}: more than {_MOST_SCHEMAS:,} schemas, written out")
        if isinstance(raw, bool):
            return ({} if raw else {"not": {}}), {}
        if not isinstance(raw, dict):
            raise SpecError(f"{self.source}: {place}: a schema was expected, not {str(raw)[:60]!r}")
        if UNREADABLE in raw:
            raise SpecError(f"{self.source}: {place}: {raw[UNREADABLE]}")
        if "$ref" in raw:
            return self._reference(raw, place, inlined)
        schema = {key: raw[key] for key in SCALAR_KEYWORDS if key in raw}
        if not str(schema.get("pattern", "")).isprintable():
            unseen = "the pattern holds characters that can't be seen, so it is left out"
            self.unread_sentences.append(UnreadSentence(str(place), unseen, self.source))
            del schema["pattern"]
        self._read_types(raw, schema, place)
        self._read_values(raw, schema, place)
        set_exclusive_bounds(schema)
        self._read_subschemas(raw, schema, place, inlined)
        self._warn_of_unread(raw, place)
        schema = simplified(schema)
        if raw.get("nullable") is True:
            schema = with_null(schema)
        self._check_default(schema, place)
        schema, elsewhere = self.described(
            raw.get("description"), ordered(schema), place, "property"
        )
        if elsewhere.get("deprecated") and "$ref" not in schema:
            schema = ordered(schema | {"deprecated": True})
        return schema, elsewhere

    def _reference(
        self, raw: Document, place: Place, inlined: tuple[str, ...]
    ) -> tuple[Document, dict[str, Any]]:
        """Read a reference, and what stands beside it: in OpenAPI 3.1 both hold."""
        ref = raw["$ref"]
        if not isinstance(ref, str):
            raise SpecError(f"{self.source}: {place}: a $ref that is no text")
        beside = {key: raw[key] for key in raw if key not in _NO_SIBLINGS and key[:2] != "x-"}
        schema, elsewhere = self._referred(ref, place, inlined)
        if beside:
            said, _ = self._schema(beside, place, inlined)
            parts = [schema, *said.pop("allOf", [])]
            schema = simplified(ordered(said | {"allOf": parts}))
            self._check_default(schema, place)
        if raw.get("nullable") is True:
            schema = with_null(schema)
        _, said_of_it = self.described(raw.get("description"), schema, place, "property")
        return schema, elsewhere | said_of_it

    def _referred(
        self, ref: str, place: Place, inlined: tuple[str, ...]
    ) -> tuple[Document, dict[str, Any]]:
        """Refer to a named schema, and write out whatever else a reference leads to."""
        try:
            target = self._references.at(ref)
            parts = pointer_parts(ref)
        except SpecError as error:
            raise SpecError(f"{self.source}: {place}: {error}") from error
        if parts[:2] != ["components", "schemas"] or len(parts) != 3:
            if ref in inlined or len(inlined) >= _MOST_INLINED:
                raise SpecError(f"{self.source}: {place}: $ref {ref!r} never ends")
            return self._schema(target, place, (*inlined, ref))
        self.wanted[parts[2]] = None
        return {"$ref": pointer("components", "schemas", parts[2])}, {}

    def _check_default(self, schema: Document, place: Place) -> None:
        """Leave out a default that the schema itself doesn't allow."""
        if "default" in schema and not allows(schema, schema["default"], self._references):
            unfit = f"the default {schema.pop('default')!r} is not of the type, so it is left out"
            self.unread_sentences.append(UnreadSentence(str(place), unfit, self.source))

    def _read_types(self, raw: Document, schema: Document, place: Place) -> None:
        named = raw.get("type", [])
        said = [named] if isinstance(named, str) else named
        names = [type_name(str(name)) for name in said] if isinstance(said, list) else []
        if not isinstance(said, list) or not {*names} <= {*TYPES}:
            raise SpecError(f"{self.source}: {place}: the type {named!r} isn't known")
        if names != said:
            self.warnings.append(f"{place}: the type {named!r} is read as {', '.join(names)}")
        if not names and isinstance(raw.get("properties"), dict):
            names = ["object"]
        elif not names and "items" in raw:
            names = ["array"]
        set_types(schema, names)

    def _read_values(self, raw: Document, schema: Document, place: Place) -> None:
        values = [raw["const"]] if "const" in raw else raw.get("enum")
        if values is not None:
            if not isinstance(values, list):
                raise SpecError(f"{self.source}: {place}: an enum that is no list")
            schema["enum"] = unique(values)
            if "type" not in schema and all(isinstance(value, str) for value in values):
                schema["type"] = "string"
        if isinstance(known := raw.get("x-extensible-enum"), list):
            schema["x-extensible-enum"] = known
        if "default" in raw:
            schema["default"] = raw["default"]

    def _read_subschemas(
        self, raw: Document, schema: Document, place: Place, inlined: tuple[str, ...]
    ) -> None:
        for key in SINGLE_SCHEMAS:
            if key in raw and (key != "additionalProperties" or not isinstance(raw[key], bool)):
                below = place.values() if key == "additionalProperties" else place.items()
                schema[key] = self.schema(raw[key], place if key == "not" else below, inlined)
        if isinstance(raw.get("additionalProperties"), bool):
            schema["additionalProperties"] = raw["additionalProperties"]
        for key in (*UNIONS, "prefixItems"):
            if isinstance(options := raw.get(key), list):
                alone = sum(option != NULL for option in options) == 1
                schema[key] = [
                    self.schema(option, place if alone else place.variant(at), inlined)
                    for at, option in enumerate(options, 1)
                ]
        if isinstance(raw.get("discriminator"), dict):
            kept = {"propertyName", "mapping"}
            schema["discriminator"] = {
                key: value for key, value in raw["discriminator"].items() if key in kept
            }
        if isinstance(raw.get("patternProperties"), dict):
            schema["patternProperties"] = {
                pattern: self.schema(below, place.values(), inlined)
                for pattern, below in raw["patternProperties"].items()
            }
        if isinstance(raw.get("properties"), dict):
            self._read_properties(raw, schema, place, inlined)
        elif isinstance(raw.get("required"), list):
            schema["required"] = _names(raw["required"])

    def _read_properties(
        self, raw: Document, schema: Document, place: Place, inlined: tuple[str, ...]
    ) -> None:
        listed = isinstance(raw.get("required"), list)
        required = dict.fromkeys(_names(raw["required"]) if listed else [])
        schema["properties"] = {}
        for name, below in raw["properties"].items():
            if not name.isprintable():
                raise SpecError(f"{self.source}: {place}: the name {name!r} can't be printed")
            member = place.member(name)
            schema["properties"][name], said = self._schema(below, member, inlined)
            if (needed := said.get("required")) is None or needed == (name in required):
                continue
            if listed:
                self.contradiction(member, "required", name in required, needed)
            elif needed:
                required[name] = None
        if required:
            order = list(schema["properties"])
            known = [name for name in order if name in required]
            schema["required"] = known + sorted(required.keys() - set(known))

    def _warn_of_unread(self, raw: Document, place: Place) -> None:
        read = {
            "type", "enum", "default", "required", "properties", "patternProperties", "prefixItems",
            "discriminator", *SCALAR_KEYWORDS, *SINGLE_SCHEMAS, *UNIONS, *_DROPPED,
        }  # fmt: skip
        for key in raw:
            if key not in read and not key.startswith("x-"):
                self.unread_sentences.append(
                    UnreadSentence(str(place), f"the keyword {key!r} is not read", self.source)
                )


def _names(values: list[Any]) -> list[str]:
    return list(dict.fromkeys(value for value in values if isinstance(value, str)))
