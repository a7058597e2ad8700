"""Compare what two operations take and return: bodies, statuses, media types, headers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from polyreel.codegen.diff.constraints import Finding
from polyreel.codegen.diff.rules import shown
from polyreel.codegen.diff.schema_changes import Direction, SchemaDiff
from polyreel.openapi.operations import Body, Operation, is_success

BODY = "request body"


def compare_requests(
    a: Operation, b: Operation, schemas: SchemaDiff
) -> Iterator[tuple[str, Finding]]:
    """Yield the differences between two operations' request bodies."""
    was, is_ = a.request_body(), b.request_body()
    if was is None or is_ is None:
        if was is not None:
            yield BODY, Finding("request-body-removed")
        elif is_ is not None:
            how = "required" if is_.required else "optional"
            yield BODY, Finding(f"request-body-added-{how}")
        return
    if was.required != is_.required:
        yield BODY, Finding(f"request-body-became-{'required' if is_.required else 'optional'}")
    yield from _media(Direction.REQUEST, was, is_, BODY, schemas, set())


def compare_responses(
    a: Operation, b: Operation, schemas: SchemaDiff
) -> Iterator[tuple[str, Finding]]:
    """Yield the differences between two operations' responses."""
    before, after = a.responses(), b.responses()
    seen: set[tuple[int, int]] = set()
    for status in sorted({*before, *after}):
        outcome = "success" if is_success(status) else "error"
        if status not in after:
            yield status, Finding(f"{outcome}-status-removed")
        elif status not in before:
            yield status, Finding(f"{outcome}-status-added")
        else:
            was, is_ = before[status], after[status]
            yield from _media(Direction.RESPONSE, was, is_, status, schemas, seen)
            yield from _headers(a.headers(was), b.headers(is_), status, schemas)


def _media(
    direction: Direction,
    old: Body,
    new: Body,
    root: str,
    schemas: SchemaDiff,
    seen: set[tuple[int, int]],
) -> Iterator[tuple[str, Finding]]:
    before, after = old.content, new.content
    for name in sorted({*before, *after}):
        if name not in after:
            yield root, Finding(f"{direction}-media-type-removed", {"old": shown(name)})
        elif name not in before:
            yield root, Finding(f"{direction}-media-type-added", {"new": shown(name)})
        else:
            yield from schemas.compare(
                direction,
                before[name],
                after[name],
                place=partial(_place, direction, root),
                seen=seen,
            )


def _place(direction: Direction, root: str, path: str) -> str:
    path = path if direction is Direction.REQUEST else path.removeprefix(".")
    return f"{root} {path}" if path else root


def _headers(
    before: dict[str, dict[str, Any]],
    after: dict[str, dict[str, Any]],
    status: str,
    schemas: SchemaDiff,
) -> Iterator[tuple[str, Finding]]:
    for name in sorted({*before, *after}):
        place = f"{status} header {name}"
        needed = before.get(name, {}).get("required") is True
        needs = after.get(name, {}).get("required") is True
        if name not in after:
            header = "required-header" if needed else "header"
            yield place, Finding(f"response-{header}-removed")
        elif name not in before:
            yield place, Finding("response-header-added")
        else:
            if needed != needs:
                how = "required" if needs else "optional"
                yield place, Finding(f"response-header-became-{how}")
            yield from schemas.compare(
                Direction.RESPONSE,
                before[name].get("schema", True),
                after[name].get("schema", True),
                place=partial("{}{}".format, place),
                seen=set(),
            )
