"""Compare what two operations take and return: bodies, statuses, media types, headers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from polyreel.codegen.diff.facets import Finding
from polyreel.codegen.diff.parts import followed, mapping
from polyreel.codegen.diff.rules import shown
from polyreel.codegen.diff.schema_changes import Direction, SchemaDiff
from polyreel.openapi.documents import Document

BODY = "request body"


def compare_requests(
    old: Document, new: Document, a: dict[str, Any], b: dict[str, Any], schemas: SchemaDiff
) -> Iterator[tuple[str, Finding]]:
    """Yield the differences between two operations' request bodies."""
    was, is_ = (
        followed(document, part["requestBody"], where="a request body")
        if part.get("requestBody") is not None
        else None
        for document, part in ((old, a), (new, b))
    )
    if was is None or is_ is None:
        if was is not None:
            yield BODY, Finding("request-body-removed")
        elif is_ is not None:
            how = "required" if is_.get("required") is True else "optional"
            yield BODY, Finding(f"request-body-added-{how}")
        return
    needed, needs = was.get("required") is True, is_.get("required") is True
    if needed != needs:
        yield BODY, Finding(f"request-body-became-{'required' if needs else 'optional'}")
    yield from _media(Direction.REQUEST, was, is_, BODY, schemas, set())


def compare_responses(
    old: Document, new: Document, a: dict[str, Any], b: dict[str, Any], schemas: SchemaDiff
) -> Iterator[tuple[str, Finding]]:
    """Yield the differences between two operations' responses."""
    before, after = responses(old, a), responses(new, b)
    seen: set[tuple[int, int]] = set()
    for status in sorted({*before, *after}):
        kind = "success" if is_success(status) else "error"
        if status not in after:
            yield status, Finding(f"{kind}-status-removed")
        elif status not in before:
            yield status, Finding(f"{kind}-status-added")
        else:
            was, is_ = before[status], after[status]
            yield from _media(Direction.RESPONSE, was, is_, status, schemas, seen)
            yield from _headers(old, new, was, is_, status, schemas)


def responses(document: Document, operation: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return an operation's responses by status, references followed."""
    return {
        str(status).upper().replace("DEFAULT", "default"): followed(
            document, part, where=f"response {status}"
        )
        for status, part in mapping(operation, "responses").items()
        if not str(status).startswith("x-")
    }


def is_success(status: str) -> bool:
    """Say whether a status, or a range such as ``2XX``, is a success."""
    return status.startswith("2")


def media_schemas(part: dict[str, Any]) -> dict[str, Any]:
    """Return the schemas of a body by media type, in lower case and without parameters."""
    return {
        name.split(";")[0].strip().lower(): media.get("schema", True)
        for name, media in mapping(part, "content").items()
        if isinstance(media, dict)
    }


def _media(
    direction: Direction,
    old: dict[str, Any],
    new: dict[str, Any],
    root: str,
    schemas: SchemaDiff,
    seen: set[tuple[int, int]],
) -> Iterator[tuple[str, Finding]]:
    before, after = media_schemas(old), media_schemas(new)
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
    old: Document,
    new: Document,
    was: dict[str, Any],
    is_: dict[str, Any],
    status: str,
    schemas: SchemaDiff,
) -> Iterator[tuple[str, Finding]]:
    before, after = _header_parts(old, was), _header_parts(new, is_)
    for name in sorted({*before, *after}):
        place = f"{status} header {name}"
        needed = before.get(name, {}).get("required") is True
        needs = after.get(name, {}).get("required") is True
        if name not in after:
            kind = "required-header" if needed else "header"
            yield place, Finding(f"response-{kind}-removed")
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


def _header_parts(document: Document, response: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        name.lower(): followed(document, part, where=f"header {name}")
        for name, part in mapping(response, "headers").items()
    }
