"""The SDK reference of OpenAI, Anthropic and others as Markdown, in its TypeScript flavour.

A page goes: a heading, the call in code, ``**get** `/path```, ``### Parameters``, ``### Returns`` and an
example; one page may have several operations. Types are nested bullets in code, ``- `name?: type | null```,
so that nesting, need and null are all said. Other languages leave one of these out and are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import evolve, frozen

from polyreel.codegen.reading.readers.doc_page import DocPage, Fragment
from polyreel.codegen.reading.readers.outline import OutlineBullet, read_outline, sections
from polyreel.codegen.reading.readers.sdk_call import (
    enveloped,
    operation_id,
    place_of,
    returned,
    spelled,
    written_parameter,
)
from polyreel.codegen.reading.readers.sdk_lines import member_of
from polyreel.codegen.reading.readers.sdk_outline import OutlineTypes, code_of, is_type
from polyreel.codegen.reading.readers.sdk_types import SdkType
from polyreel.errors import SpecError
from polyreel.openapi.documents import Document
from polyreel.openapi.methods import METHODS
from polyreel.openapi.names import pascal

_OPERATION = re.compile(
    rf"^\*\*({'|'.join(METHODS)})\*\* `(/\S*)`\s*$", re.MULTILINE | re.IGNORECASE
)
_CALL = re.compile(r"`([^`]+\([^`]*)`")


def looks_like(page: DocPage) -> bool:
    """Say whether the page has an operation such as ``**get** `/v1/films```."""
    return _OPERATION.search(page.text) is not None


def split(page: DocPage) -> list[DocPage]:
    """Make one page of each operation on a page."""
    parts = [
        f"## {title}\n\n{body}" for title, body in sections(page.text, 2) if _OPERATION.search(body)
    ]
    whole = len(parts) == len(_OPERATION.findall(page.text))
    return [evolve(page, text=part) for part in parts] if whole and len(parts) > 1 else [page]


def read(page: DocPage) -> Fragment:
    """Read the one operation of a page.

    Raises:
        SpecError: Another language than TypeScript, a section or type that is cut off or not understood, or
            a request body (a signature doesn't say how one is encoded).
    """
    parts = _parts(page)
    call, result = returned(parts.call, page.name)
    types = OutlineTypes(page.name)
    operation: Document = {
        "operationId": operation_id(call),
        "tags": [pascal(call.split(".")[-2])],
        "description": parts.description,
        "parameters": _parameters(parts, types, page.name),
        "responses": {"200": {"description": "OK"}},
    }
    if result is not None:
        schema = _result(parts, result, types, page.name)
        operation["responses"]["200"]["content"] = {"application/json": {"schema": schema}}
    document: Document = {
        "openapi": "3.1.0",
        "info": {"title": call, "version": "0"},
        "paths": {parts.path: {parts.method: operation}},
        "components": {"schemas": types.schemas},
    }
    return Fragment(page.name, document, rank=0, notes=tuple(types.notes))


@frozen
class _MarkdownOperation:
    call: str
    method: str
    path: str
    description: str
    parameters: list[OutlineBullet]
    returns: list[OutlineBullet]
    example: str


def _parts(page: DocPage) -> _MarkdownOperation:
    found = list(_OPERATION.finditer(page.text))
    if len(found) != 1:
        listed = ", ".join(f"{each[1].upper()} {each[2]}" for each in found)
        raise SpecError(
            f"{page.name}: {len(found)} operations below one heading ({listed}); one was expected"
        )
    (operation,) = found
    calls = _CALL.findall(page.text[: operation.start()])
    after = page.text[operation.end() :]
    titled = dict(sections(after, 3))
    unknown = set(titled) - {"", "Parameters", "Returns", "Example", "Examples"}
    if not calls or unknown & {"Path Parameters", "Query Parameters", "Header Parameters"}:
        raise SpecError(
            f"{page.name}: the SDK reference as Markdown in its HTTP flavour, which leaves out what the "
            "types are; take the page's TypeScript flavour"
        )
    if not {"Example", "Examples"} & set(titled):
        raise SpecError(
            f"{page.name}: the page is cut off; '### Example' was expected after '### Returns'"
        )
    returns = _outline(titled.get("Returns", ""), page.name)
    return _MarkdownOperation(
        call=calls[-1],
        method=operation[1].lower(),
        path=operation[2],
        description=titled[""].strip(),
        parameters=_outline(titled.get("Parameters", ""), page.name),
        returns=returns,
        example=titled.get("Example", "") + titled.get("Examples", ""),
    )


def _outline(text: str, where: str) -> list[OutlineBullet]:
    """Read a section's bullets, and refuse one that ends in the middle of a line."""
    bullets, _ = read_outline(text, is_type)
    lines = text.rstrip().splitlines()
    if lines and lines[-1].count("`") % 2:
        raise SpecError(f"{where}: cut off at {lines[-1].strip()!r}")
    return bullets


def _parameters(parts: _MarkdownOperation, types: OutlineTypes, where: str) -> list[Document]:
    in_path = re.findall(r"\{(\w+)\}", parts.path)
    found: list[Document] = []
    for bullet in parts.parameters:
        member = member_of(code_of(bullet))
        if member is None:
            raise SpecError(f"{where}: the parameter {code_of(bullet)!r} isn't understood")
        name, _, type_ = member
        if name in {"query", "params", "body"} and bullet.children:
            found += _group(bullet, name, parts, types, where)
        elif wire := spelled(name, in_path):
            found.append(written_parameter(wire, "path", True, types.member(type_, bullet, name)))
        else:
            raise SpecError(f"{where}: the argument {name!r} is in no group and not in the path")
    if missing := set(in_path) - {each["name"] for each in found}:
        raise SpecError(f"{where}: {{{min(missing)}}} of the path isn't among the parameters")
    return found


def _group(
    bullet: OutlineBullet, group: str, parts: _MarkdownOperation, types: OutlineTypes, where: str
) -> Iterator[Document]:
    """Read a group of arguments: the place of each is said in its prose, or follows from the group's name."""
    in_path = re.findall(r"\{(\w+)\}", parts.path)
    for child in bullet.children:
        member = member_of(code_of(child))
        if member is None:
            raise SpecError(f"{where}: {code_of(child)!r} stands where a parameter was expected")
        name, optional, type_ = member
        place, child.texts = place_of(child.texts, group, parts.method, where)
        if name in in_path:
            place = "path"
        if place == "header":
            if not optional:
                raise SpecError(
                    f"{where}: the header {name!r} is required, and its name in HTTP isn't on the page"
                )
            types.notes.append(
                f"{where}: the optional header {name!r} is left out: its name in HTTP isn't on the page"
            )
            continue
        yield written_parameter(name, place, not optional, types.member(type_, child, name))


def _result(
    parts: _MarkdownOperation, result: SdkType, types: OutlineTypes, where: str
) -> Document:
    if len(parts.returns) != 1:
        raise SpecError(
            f"{where}: one type was expected below 'Returns', not {len(parts.returns)}; the page is cut off"
        )
    (bullet,) = parts.returns
    item, envelope = enveloped(result)
    schema = types.returned(item, bullet)
    if envelope is None:
        return schema
    schema.pop("description", None)
    return envelope(schema, parts.example)
