"""From an OpenAPI document as a page has it to its facts alone, in one spelling.

An operation that can't be read is left out with a warning that names the place, unless somebody has asked
for it by name: then the page is refused. Only schemas keep names of their own, and only those that an
operation needs are read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import field, frozen

from polyreel.codegen.reading.compositions import aliases, own_parts, without_end
from polyreel.codegen.reading.findings import Conflict, UnreadSentence
from polyreel.codegen.reading.merge_schemas import rename_refs
from polyreel.codegen.reading.normalise_operations import (
    OperationNormaliser,
    mapping_of,
    servers_of,
)
from polyreel.codegen.reading.normalise_schemas import SchemaNormaliser
from polyreel.codegen.reading.readers.doc_page import Fragment
from polyreel.codegen.reading.security_schemes import legal_scheme
from polyreel.errors import SpecError
from polyreel.openapi.documents import Document, pointer_parts
from polyreel.openapi.methods import METHODS
from polyreel.openapi.places import Place
from polyreel.openapi.references import References

_SHOWN = 5


@frozen
class Facts:
    """What one page, or several merged ones, say.

    Attributes:
        source: The page's name.
        document: An OpenAPI 3.1 document in normal spelling, without prose.
        prose: Place to the texts that stand there; for digests, never stored.
        conflicts: Contradictions that were decided.
        unread_sentences: Sentences that were not understood.
        warnings: What was left out or put right, each with its place.
        values: Place to the values that a sentence there lists.
    """

    source: str
    document: Document
    prose: Mapping[str, list[str]]
    conflicts: tuple[Conflict, ...]
    unread_sentences: tuple[UnreadSentence, ...]
    warnings: tuple[str, ...] = ()
    values: Mapping[str, list[Any]] = field(factory=dict)


def normalise(
    fragment: Fragment,
    wanted: Collection[str] = (),
    known_values: Mapping[str, Sequence[Any]] | None = None,
) -> Facts:
    """Reduce a fragment to its facts.

    Args:
        fragment: What a reader made of a page.
        wanted: The operations that must be read, such as ``GET /v2/videos``; any other one may be left out.
        known_values: What an earlier reading found in `Facts.values`, so that a sentence that is worded anew
            and names the same values is no change.

    Raises:
        SpecError: A wanted operation, or every operation, holds something that isn't what OpenAPI says it
            is, or refers to nothing.
    """
    return _Normaliser(fragment, wanted, known_values or {}).facts()


class _Normaliser:
    def __init__(
        self, fragment: Fragment, wanted: Collection[str], known: Mapping[str, Sequence[Any]]
    ) -> None:
        self._source = fragment.source
        self._raw = fragment.document
        self._references = References(fragment.document)
        self._wanted = wanted
        self._schemas = SchemaNormaliser(fragment.document, fragment.source, known_values=known)
        self._operations = OperationNormaliser(fragment.document, self._schemas, fragment.source)
        self._left_out: dict[str, SpecError] = {}
        self._warnings: list[str] = []

    def facts(self) -> Facts:
        raw = self._raw
        document: Document = {"openapi": "3.1.0", "info": self._info()}
        if servers := servers_of(raw.get("servers"), self._source, self._warnings):
            document["servers"] = servers
        paths = self._object(raw["paths"], "paths")
        document["paths"] = {}
        for path, item in paths.items():
            if not path.startswith("x-"):
                document["paths"] |= self._path_item(path, item)
        schemas, broken = self._read_schemas()
        schemas = own_parts(schemas)
        ends = aliases(schemas)
        kept_apart = {name: each for name, each in schemas.items() if name not in ends}
        schemas = rename_refs(kept_apart, ends)
        document["paths"] = rename_refs(document["paths"], ends)
        for name, problem in without_end(schemas).items():
            broken[name] = SpecError(f"{self._source}: {name}: {problem}")
        self._leave_out_users(document, schemas, broken)
        schemes = self._security_schemes(document)
        document["paths"] = {path: item for path, item in document["paths"].items() if item}
        if not document["paths"] and self._left_out:
            raise next(iter(self._left_out.values()))
        used = _reached(schemas, _references(document["paths"]))
        components = {
            "schemas": {name: schemas[name] for name in schemas if name in used},
            "securitySchemes": schemes,
        }
        if kept := {kind: named for kind, named in components.items() if named}:
            document["components"] = kept
        self._warn_of_left_out()
        return self._facts(document, set(schemas) - used)

    def _facts(self, document: Document, unused: Collection[str]) -> Facts:
        gone = tuple(
            [f"{head} " for head in self._left_out] + [f"{name}." for name in sorted(unused)]
        )

        def kept(place: str) -> bool:
            return not gone or not f"{place} ".startswith(gone)

        found = self._schemas
        return Facts(
            self._source,
            document,
            {place: texts for place, texts in found.prose.items() if kept(place)},
            tuple(each for each in found.conflicts if kept(each.place)),
            tuple(each for each in found.unread_sentences if kept(each.place)),
            tuple(dict.fromkeys((*self._warnings, *found.warnings))),
            {place: values for place, values in found.values.items() if kept(place)},
        )

    def _info(self) -> Document:
        info = self._raw.get("info")
        info = info if isinstance(info, dict) else {}
        version = info.get("version", "0")
        return {"title": str(info.get("title", "")), "version": str(version)}

    def _path_item(self, raw_path: str, item: Any) -> Document:
        path = raw_path if raw_path.startswith("/") else f"/{raw_path}"
        if path != raw_path:
            self._warnings.append(
                f"{self._source}: the path {raw_path!r} begins without a slash; it is read as {path!r}"
            )
        methods: Document = {}
        try:
            item = self._object(item, path)
            if "$ref" in item:
                item = self._object(self._references.followed(item), path)
        except SpecError as error:
            self._leave_out(path, self._placed(error, path))
            return {}
        for method in METHODS:
            if method not in item:
                continue
            head = f"{method.upper()} {path}"
            try:
                operation = self._object(item[method], head)
                methods[method] = self._operations.operation(head, operation, item)
            except SpecError as error:
                self._leave_out(head, self._placed(error, head))
        return {path: methods}

    def _placed(self, error: SpecError, place: str) -> SpecError:
        said = str(error)
        return (
            error
            if said.startswith(self._source)
            else SpecError(f"{self._source}: {place}: {said}")
        )

    def _leave_out(self, head: str, error: SpecError) -> None:
        """Leave out an operation, or all of a path; refuse the page where that is wanted."""
        for name in self._wanted:
            if name == head or name.endswith(f" {head}"):
                raise error
        self._left_out[head] = error

    def _warn_of_left_out(self) -> None:
        reasons: dict[str, list[str]] = {}
        for head, error in self._left_out.items():
            reasons.setdefault(str(error), []).append(head)
        for reason, heads in reasons.items():
            more = f" and {len(heads) - _SHOWN} more" if len(heads) > _SHOWN else ""
            self._warnings.append(f"{reason}; left out for it: {', '.join(heads[:_SHOWN])}{more}")

    def _read_schemas(self) -> tuple[Document, dict[str, SpecError]]:
        """Read the named schemas that something refers to, and those that they refer to.

        Returns:
            The schemas, and why others can't be read.
        """
        schemas: Document = {}
        broken: dict[str, SpecError] = {}
        components = self._raw.get("components")
        raw = components.get("schemas") if isinstance(components, dict) else None
        raw = raw if isinstance(raw, dict) else {}
        while self._schemas.wanted:
            name, _ = self._schemas.wanted.popitem()
            if name in schemas or name in broken:
                continue
            try:
                schemas[name] = self._schemas.schema(raw[name], Place(name, joint="."))
            except SpecError as error:
                broken[name] = error
        return {name: schemas[name] for name in raw if name in schemas}, broken

    def _leave_out_users(
        self, document: Document, schemas: Document, broken: Mapping[str, SpecError]
    ) -> None:
        """Leave out the operations that need a schema that can't be read."""
        if not broken:
            return
        users: dict[str, list[str]] = {}
        for name, schema in schemas.items():
            for other in _references(schema):
                users.setdefault(other, []).append(name)
        reason: dict[str, SpecError] = dict(broken)
        rest = list(broken)
        while rest:
            name = rest.pop()
            for user in users.get(name, ()):
                if user not in reason:
                    reason[user] = reason[name]
                    rest.append(user)
        for path, item in document["paths"].items():
            for method in list(item):
                needed = [name for name in _references(item[method]) if name in reason]
                if needed:
                    self._leave_out(f"{method.upper()} {path}", reason[needed[0]])
                    del item[method]

    def _security_schemes(self, document: Document) -> Document:
        components = self._raw.get("components")
        raw = components.get("securitySchemes") if isinstance(components, dict) else None
        known = raw if isinstance(raw, dict) else {}
        schemes: Document = {}
        for path, item in document["paths"].items():
            for method in list(item):
                head = f"{method.upper()} {path}"
                try:
                    for requirement in item[method].get("security", []):
                        for name in self._object(requirement, head):
                            if name not in schemes:
                                schemes[name] = self._scheme(known, name, head)
                except SpecError as error:
                    self._leave_out(head, self._placed(error, head))
                    del item[method]
        self._use_only_schemes(document, {name for name, scheme in schemes.items() if not scheme})
        return {name: schemes[name] for name in known if schemes.get(name)}

    def _use_only_schemes(self, document: Document, unknown: set[str]) -> None:
        """Take out of each operation what is no scheme; its key travels in a way that nobody can say."""
        for item in document["paths"].values():
            for operation in item.values():
                needed = operation.get("security", [])
                kept = [each for each in needed if not unknown & each.keys()]
                if len(kept) < len(needed):
                    operation["security"] = kept
                    if not kept:
                        del operation["security"]

    def _scheme(self, known: Document, name: str, head: str) -> Document:
        """Return a security scheme; an empty one if OpenAPI doesn't have its like, which is noted."""
        if name not in known:
            self._warnings.append(f"the security scheme {name!r} is left out: it isn't described")
            return {}
        scheme = self._object(known[name], f"the security scheme {name}")
        if isinstance(scheme.get("$ref"), str):
            scheme = self._object(self._references.followed(scheme), head)
        legal, problem = legal_scheme(scheme)
        if problem:
            self._warnings.append(f"the security scheme {name!r} is left out: {problem}")
        return {} if problem else legal

    def _object(self, raw: Any, where: str) -> Document:
        return mapping_of(raw, f"{self._source}: {where}")


def _references(node: Any) -> Iterator[str]:
    """Name the schemas that a part of a document refers to directly."""
    rest = [node]
    while rest:
        part = rest.pop()
        if isinstance(part, dict):
            if isinstance(part.get("$ref"), str):
                yield pointer_parts(part["$ref"])[2]
            rest.extend(part.values())
        elif isinstance(part, list):
            rest.extend(part)


def _reached(schemas: Document, names: Iterable[str]) -> set[str]:
    """Name the schemas that some lead to, themselves included."""
    found = set()
    rest = list(names)
    while rest:
        name = rest.pop()
        if name not in found:
            found.add(name)
            rest.extend(_references(schemas.get(name)))
    return found
