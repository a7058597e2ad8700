"""Which operations two documents have, and what changed between two that correspond."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from attrs import frozen

from polyreel.codegen.diff import bodies, pagination, parameters, security, symbols
from polyreel.codegen.diff.changes import EVERYWHERE, Change
from polyreel.codegen.diff.constraints import Finding
from polyreel.codegen.diff.rules import RULES, shown, visible
from polyreel.codegen.diff.schema_changes import SchemaDiff
from polyreel.errors import SpecError
from polyreel.openapi.documents import Document
from polyreel.openapi.operations import Operation, is_success, path_parameters
from polyreel.openapi.parts import listing, mapping
from polyreel.openapi.view import SchemaView


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


def match(old: list[Operation], new: list[Operation]) -> Matching:
    """Find the operations that correspond: same method, same path but for parameters' names."""
    same = {operation.name: operation for operation in new}
    known = {operation.name for operation in old}
    alike = {_key(operation): operation for operation in new if operation.name not in known}
    both, removed = [], []
    for operation in old:
        found = same.pop(operation.name, None) or alike.pop(_key(operation), None)
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
        found = list(_compare_readable(pair, schemas))
        if _is_listing(pair.old, schemas.old) or _is_listing(pair.new, schemas.new):
            names = pagination.named_in(pair.old.written) | pagination.named_in(pair.new.written)
            found += list(pagination.touched(found, names))
        for place, finding in found:
            yield RULES[finding.rule].at(pair.new.name, place, **finding.facts)
    for _, finding in _lifecycle(mapping(old, "info"), mapping(new, "info")):
        yield RULES[finding.rule].at(EVERYWHERE, "info", **finding.facts)


def _key(operation: Operation) -> tuple[str, str]:
    """Return what an operation keeps when only the names of path parameters change."""
    return operation.method, re.sub(r"\{[^{}]*\}", "{}", operation.path)


def _removed(document: Document, operation: Operation, today: date) -> Change:
    announced = _sunset(operation.written) or _sunset(mapping(document, "info"))
    if announced is not None:
        how = f", its end being announced for {shown(announced)}"
        over = announced <= today.isoformat()
    else:
        how = ""
        over = operation.deprecated
    rule = "operation-removed-after-deprecation" if over else "operation-removed"
    return RULES[rule].at(operation.name, "", how=how)


def _compare_readable(pair: Pair, schemas: SchemaDiff) -> Iterator[tuple[str, Finding]]:
    """Yield what changed between two operations as far as they can be read, and what can't be."""
    try:
        yield from _compare_pair(pair, schemas)
    except SpecError as error:
        try:
            list(_compare_pair(Pair(pair.old, pair.old), schemas.of_old()))
        except SpecError:
            rule = "old-unreadable"
        else:
            rule = "new-unreadable"
        yield "", Finding(rule, {"problem": visible(str(error))})


def _compare_pair(pair: Pair, schemas: SchemaDiff) -> Iterator[tuple[str, Finding]]:
    a, b = pair.old, pair.new
    if a.deprecated != b.deprecated:
        yield "", Finding(f"operation-{'deprecated' if b.deprecated else 'undeprecated'}")
    yield from _lifecycle(a.written, b.written)
    yield from _symbols(a, b)
    yield from parameters.compare(parameters.by_key(a), parameters.by_key(b), schemas)
    yield from bodies.compare_requests(a, b, schemas)
    yield from bodies.compare_responses(a, b, schemas)
    yield from security.compare_security(a, b)
    if "servers" in {**a.item, **a.written, **b.item, **b.written}:
        yield from security.compare_servers(a.servers(), b.servers())


def _is_listing(operation: Operation, view: SchemaView) -> bool:
    """Say whether an operation answers with a list, so that its parameters may page through it."""
    if pagination.named_in(operation.written):
        return True
    try:
        return operation.method == "get" and any(
            view.is_list(schema)
            for status, response in operation.responses().items()
            if is_success(status)
            for schema in response.content.values()
        )
    except SpecError:
        return False  # what is wrong with it is among what was found


def _symbols(a: Operation, b: Operation) -> Iterator[tuple[str, Finding]]:
    if (
        a.written.get("operationId") != b.written.get("operationId")
        or "operationId" not in b.written
    ):
        names = [symbols.function_name(o.written, o.method, o.path) for o in (a, b)]
        yield from symbols.renamed("operationId", "function", *names)
    if listing(a.written, "tags")[:1] != listing(b.written, "tags")[:1]:
        names = [symbols.package_name(o.written) for o in (a, b)]
        yield from symbols.renamed("tags", "package", *names)
    for old, new in zip(path_parameters(a.path), path_parameters(b.path), strict=True):
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
