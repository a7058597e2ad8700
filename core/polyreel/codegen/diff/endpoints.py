"""Which operations two documents have, and what changed between two that correspond."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from attrs import frozen

from polyreel.codegen.diff import bodies, pagination, parameters, security as access, symbols
from polyreel.codegen.diff.changes import EVERYWHERE, Change
from polyreel.codegen.diff.facets import Finding
from polyreel.codegen.diff.parts import followed, listing, mapping
from polyreel.codegen.diff.rules import RULES, shown
from polyreel.codegen.diff.schema_changes import SchemaDiff
from polyreel.codegen.diff.shapes import Shapes
from polyreel.openapi.documents import Document

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


@frozen
class Operation:
    """One operation of a document.

    Attributes:
        method: In lower case.
        path: The template, as written.
        item: The path item, whose parameters and servers the operation shares.
        body: The operation as written.
    """

    method: str
    path: str
    item: dict[str, Any]
    body: dict[str, Any]

    @property
    def name(self) -> str:
        """Its name in a report, such as ``GET /v2/videos``."""
        return f"{self.method.upper()} {self.path}"

    @property
    def key(self) -> tuple[str, str]:
        """What it keeps when only the names of path parameters change."""
        return self.method, re.sub(r"\{[^{}]*\}", "{}", self.path)


@frozen
class Pair:
    """An operation of the old document and the one that corresponds to it in the new one."""

    old: Operation
    new: Operation


@frozen
class Matching:
    """All operations of two documents."""

    both: list[Pair]
    removed: list[Operation]
    added: list[Operation]


def match(old: Document, new: Document) -> Matching:
    """Find the operations that correspond: same method, same path but for parameters' names."""
    left, right = _operations(old), _operations(new)
    same = {o.name: o for o in right}
    alike = {o.key: o for o in right if o.name not in {o.name for o in left}}
    both, removed = [], []
    for operation in left:
        found = same.pop(operation.name, None) or alike.pop(operation.key, None)
        if found is None:
            removed.append(operation)
        else:
            same.pop(found.name, None)
            both.append(Pair(operation, found))
    return Matching(both=both, removed=removed, added=list(same.values()))


def compare(
    old: Document, new: Document, matching: Matching, schemas: SchemaDiff, today: date
) -> Iterator[Change]:
    """Yield the changes of all operations of two documents."""
    for operation in matching.removed:
        yield _removed(old, operation, today)
    for operation in matching.added:
        yield RULES["operation-added"].at(operation.name, "")
    for pair in matching.both:
        found = list(_compare_pair(old, new, pair, schemas))
        if _is_listing(old, pair.old, schemas.old) or _is_listing(new, pair.new, schemas.new):
            names = pagination.named_in(pair.old.body) | pagination.named_in(pair.new.body)
            found += list(pagination.touched(found, names))
        for place, finding in found:
            yield RULES[finding.rule].at(pair.new.name, place, **finding.facts)
    for _, finding in _lifecycle(mapping(old, "info"), mapping(new, "info")):
        yield RULES[finding.rule].at(EVERYWHERE, "info", **finding.facts)


def _operations(document: Document) -> list[Operation]:
    found = []
    for path, written in mapping(document, "paths").items():
        if path.startswith("x-"):
            continue
        item = followed(document, written, where=path)
        found += [
            Operation(method, path, item, mapping(item, method, where=path))
            for method in METHODS
            if method in item
        ]
    return found


def _removed(document: Document, operation: Operation, today: date) -> Change:
    announced = _sunset(operation.body) or _sunset(mapping(document, "info"))
    deprecated = operation.body.get("deprecated") is True
    if announced is not None:
        how = f", its end being announced for {shown(announced)}"
        over = announced <= today.isoformat()
    else:
        how = ""
        over = deprecated
    rule = "operation-removed-after-deprecation" if over else "operation-removed"
    return RULES[rule].at(operation.name, "", how=how)


def _compare_pair(
    old: Document, new: Document, pair: Pair, schemas: SchemaDiff
) -> Iterator[tuple[str, Finding]]:
    a, b = pair.old, pair.new
    was, is_ = a.body.get("deprecated") is True, b.body.get("deprecated") is True
    if was != is_:
        yield "", Finding(f"operation-{'deprecated' if is_ else 'undeprecated'}")
    yield from _lifecycle(a.body, b.body)
    yield from _symbols(a, b)
    yield from parameters.compare(
        parameters.read(old, a.path, a.item, a.body),
        parameters.read(new, b.path, b.item, b.body),
        schemas,
    )
    yield from bodies.compare_requests(old, new, a.body, b.body, schemas)
    yield from bodies.compare_responses(old, new, a.body, b.body, schemas)
    yield from access.compare_security(old, new, a.body, b.body)
    if "servers" in {**a.item, **a.body, **b.item, **b.body}:
        yield from access.compare_servers(
            access.servers(old, a.item, a.body), access.servers(new, b.item, b.body)
        )


def _is_listing(document: Document, operation: Operation, shapes: Shapes) -> bool:
    """Say whether an operation answers with a list, so that its parameters may page through it."""
    if pagination.named_in(operation.body):
        return True
    return operation.method == "get" and any(
        shapes.is_list(schema)
        for status, response in bodies.responses(document, operation.body).items()
        if bodies.is_success(status)
        for schema in bodies.media_schemas(response).values()
    )


def _symbols(a: Operation, b: Operation) -> Iterator[tuple[str, Finding]]:
    if a.body.get("operationId") != b.body.get("operationId") or "operationId" not in b.body:
        names = [symbols.function_name(o.body, o.method, o.path) for o in (a, b)]
        yield from symbols.renamed("operationId", "function", *names)
    if listing(a.body, "tags")[:1] != listing(b.body, "tags")[:1]:
        names = [symbols.package_name(o.body) for o in (a, b)]
        yield from symbols.renamed("tags", "package", *names)
    for old, new in zip(parameters.in_path(a.path), parameters.in_path(b.path), strict=True):
        if old != new:
            names = [symbols.argument_name(name) for name in (old, new)]
            yield from symbols.renamed(f"path {new}", "argument", *names)


def _lifecycle(old: dict[str, Any], new: dict[str, Any]) -> Iterator[tuple[str, Finding]]:
    was, is_ = _sunset(old), _sunset(new)
    if was == is_:
        return
    if is_ is None:
        yield "", Finding("sunset-withdrawn", {"old": shown(was)})
    else:
        before = f", no longer for {shown(was)}" if was else ""
        yield "", Finding("sunset-announced", {"new": shown(is_), "before": before})


def _sunset(part: dict[str, Any]) -> str | None:
    found = part.get("x-sunset")
    return found if isinstance(found, str) else None
