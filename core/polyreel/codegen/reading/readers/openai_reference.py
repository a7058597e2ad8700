"""OpenAI's API reference in Markdown: one operation per page, its schemas as nested bullets.

A page goes: a title, a ``Source:`` line, the operation in backticks, ``## Parameters``,
``## Request Body``, ``## Responses`` with a heading per status and media type, ``## Examples``. A bullet
is "- `name` (type, required): prose Enum: 'a', 'b'. Default: `a`.", indented by its depth; a bullet
inside of prose looks otherwise and stays prose. The base URL and the bearer token are in the curl example.
"""

from __future__ import annotations

import re
from http import HTTPStatus

from polyreel.codegen.reading.readers.bullets import (
    Bullet,
    body_of,
    member_of,
    read_bullets,
    schema_of,
    traits_of,
)
from polyreel.codegen.reading.readers.doc_page import DocPage, Fragment
from polyreel.errors import SpecError
from polyreel.openapi.documents import Document
from polyreel.openapi.methods import METHODS
from polyreel.openapi.names import camel, pascal

_OPERATION = re.compile(rf"^`({'|'.join(METHODS).upper()}) (/\S*)`$", re.MULTILINE)
_CURL = re.compile(r"\bcurl\s[^\n]*?(https?://[^\s\"'\\]+)")
_STATUS = re.compile(r"[1-5](?:\d\d|XX)|default")


def looks_like(page: DocPage) -> bool:
    """Say whether the page names an operation in backticks above reference sections."""
    return (
        page.text.lstrip("\ufeff \r\n").startswith("# ")
        and _OPERATION.search(page.text) is not None
        and re.search(r"^## (Parameters|Request Body|Responses|Returns)$", page.text, re.MULTILINE)
        is not None
    )


def read(page: DocPage) -> Fragment:
    """Read the one operation of a page.

    Raises:
        SpecError: Several operations, no responses, or a bullet or section that isn't understood.
    """
    found = _OPERATION.findall(page.text)
    if len(found) != 1:
        raise SpecError(f"{page.name}: {len(found)} operations on one page; one was expected")
    method, path = found[0]
    sections = _sections(page.text, 2)
    title = page.text.lstrip("\ufeff \r\n").splitlines()[0].removeprefix("# ").strip()
    operation: Document = {
        "operationId": camel(title),
        "tags": [pascal(_resource(path))],
        "summary": title,
        "description": _introduction(page.text, found[0]),
    }
    if "Parameters" in sections:
        operation["parameters"] = [
            _parameter(bullet, page.name)
            for bullet in read_bullets(sections["Parameters"], page.name)
        ]
    body_title = next((name for name in sections if name.lower().startswith("request body")), None)
    if body_title:
        operation["requestBody"] = {
            "content": _content(sections[body_title], 3, page.name),
            "required": "required" in body_title.lower(),
        }
    _check_whole(page, sections)
    operation["responses"] = _responses(sections["Responses"], page.name)
    document: Document = {"openapi": "3.1.0", "info": {"title": title, "version": "0"}}
    _add_server(document, page.text, path)
    document["paths"] = {_below_version(path): {method.lower(): operation}}
    return Fragment(source=page.name, document=document, rank=1)


def _check_whole(page: DocPage, sections: dict[str, str]) -> None:
    """Refuse a page that is cut off: every whole one goes on after its responses."""
    after = {"Returns", "Examples"} & set(sections)
    fences = re.findall(r"^\s*```", page.text, re.MULTILINE)
    if "Responses" not in sections or not after or len(fences) % 2:
        raise SpecError(
            f"{page.name}: the page is cut off; '## Responses', and '## Returns' or '## Examples' "
            "after it, were expected whole"
        )


def _sections(text: str, level: int) -> dict[str, str]:
    """Split text at its headings of a level; fenced code is never a heading."""
    mark = "#" * level + " "
    sections: dict[str, list[str]] = {}
    lines: list[str] = []
    fenced = False
    for line in text.splitlines():
        fenced ^= line.lstrip().startswith("```")
        if line.startswith(mark) and not fenced:
            lines = sections.setdefault(line.removeprefix(mark).strip(), [])
        else:
            lines.append(line)
    return {title: "\n".join(body).strip() for title, body in sections.items()}


def _introduction(text: str, operation: tuple[str, str]) -> str:
    after = text.split(f"`{' '.join(operation)}`", 1)[1]
    return re.split(r"^## ", after, maxsplit=1, flags=re.MULTILINE)[0].strip()


def _resource(path: str) -> str:
    """Name the resource that a path is about: ``videos`` for ``/v1/videos/{id}/content``."""
    segments = [part for part in _below_version(path).split("/") if part and part[0] != "{"]
    return segments[0] if segments else "default"


def _below_version(path: str) -> str:
    """Take the API's version off a path; it belongs to the base URL, where SDK pages have it too."""
    return re.sub(r"^/v\d+(?=/)", "", path)


def _add_server(document: Document, text: str, path: str) -> None:
    """Take the base URL and the bearer token from the curl example, where there is one."""
    version = path.removesuffix(_below_version(path))
    urls = _CURL.findall(text)
    origin = re.match(r"https?://[^/]+", urls[0]) if urls else None
    base = (origin[0] if origin else "") + version
    if base:
        document["servers"] = [{"url": base}]
    if re.search(r"Authorization: Bearer", text):
        document["security"] = [{"bearerAuth": []}]
        scheme = {"type": "http", "scheme": "bearer"}
        document["components"] = {"securitySchemes": {"bearerAuth": scheme}}


def _parameter(bullet: Bullet, where: str) -> Document:
    member = member_of(bullet, where)
    traits = traits_of(member["traits"])
    if traits[0] not in {"query", "path", "header", "cookie"} or len(traits) < 3:
        raise SpecError(
            f"{where}: the parameter {member['name']!r} has no place in ({member['traits']})"
        )
    schema = schema_of(", ".join(traits[1:-1]), member["text"], bullet, where)
    return {
        "name": member["name"],
        "in": traits[0],
        "required": traits[-1] == "required",
        "description": schema.pop("description"),
        "schema": schema,
    }


def _responses(text: str, where: str) -> Document:
    responses: Document = {}
    for status, body in _sections(text, 3).items():
        if not _STATUS.fullmatch(status):
            raise SpecError(f"{where}: the response {status!r} is no HTTP status")
        phrase = HTTPStatus(int(status)).phrase if status.isdigit() else status
        responses[status] = {"description": phrase}
        if content := _content(body, 4, where):
            responses[status]["content"] = content
    if not responses:
        raise SpecError(f"{where}: '## Responses' names no status")
    return responses


def _content(text: str, level: int, where: str) -> Document:
    return {
        media_type: {"schema": body_of(body, where)}
        for media_type, body in _sections(text, level).items()
    }
