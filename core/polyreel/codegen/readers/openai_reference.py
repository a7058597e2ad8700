"""OpenAI's API reference in Markdown: one operation per page, its schemas as nested bullets.

A page goes: a title, a ``Source:`` line, the operation in backticks, ``## Parameters``,
``## Request Body``, ``## Responses`` with a heading per status and media type, ``## Examples``. A bullet
is "- `name` (type, required): prose Enum: 'a', 'b'. Default: `a`.", indented by its depth; a bullet
inside of prose looks otherwise and stays prose. The base URL and the bearer token are in the curl example.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from attrs import define, field

from polyreel.codegen.documents import Document
from polyreel.codegen.names import camel, pascal
from polyreel.codegen.readers.page import METHODS, Fragment, Page
from polyreel.errors import SpecError

_OPERATION = re.compile(rf"^`({'|'.join(METHODS).upper()}) (/\S*)`$", re.MULTILINE)
_MEMBER = re.compile(
    r"`(?P<name>[^`]+)` \((?P<traits>[^()]*)\)(?::\s*|\s+|$)(?P<text>.*)", re.DOTALL
)
_VARIANT = re.compile(r"Variant \((?P<type>[^()]*)\):?\s*(?P<text>.*)", re.DOTALL)
_ENUM = re.compile(r"\bEnum: (?P<values>'[^']*'(?:, '[^']*')*)\.\s*")
_DEFAULT = re.compile(r"\bDefault: `(?P<value>[^`]*)`\.\s*")
_CURL = re.compile(r"\bcurl\s[^\n]*?(https?://[^\s\"'\\]+)")
_STATUS = re.compile(r"[1-5](?:\d\d|XX)|default")
_TYPES = {"string", "integer", "number", "boolean", "object", "array", "null"}


def looks_like(page: Page) -> bool:
    """Say whether the page names an operation in backticks above reference sections."""
    return (
        page.text.lstrip("\ufeff \r\n").startswith("# ")
        and _OPERATION.search(page.text) is not None
        and re.search(r"^## (Parameters|Request Body|Responses|Returns)$", page.text, re.MULTILINE)
        is not None
    )


def read(page: Page) -> Fragment:
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
            _parameter(bullet, page.name) for bullet in _bullets(sections["Parameters"], page.name)
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


def _check_whole(page: Page, sections: dict[str, str]) -> None:
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


@define
class _Bullet:
    """One list item, with the deeper items that belong to it."""

    depth: int
    text: str
    children: list[_Bullet] = field(factory=list)


def _bullets(text: str, where: str) -> list[_Bullet]:
    """Read nested bullets; what isn't a member, ``Items:`` or a variant continues the prose."""
    roots: list[_Bullet] = []
    open_: list[_Bullet] = []
    for line in text.splitlines():
        content = line.strip()
        bullet = re.match(r"( *)- (.*)", line)
        if bullet and _is_structure(bullet[2]):
            while open_ and open_[-1].depth >= len(bullet[1]):
                open_.pop()
            new = _Bullet(len(bullet[1]), bullet[2].strip())
            (open_[-1].children if open_ else roots).append(new)
            open_.append(new)
        elif content and open_:
            open_[-1].text += "\n" + content
        elif content:
            raise SpecError(
                f"{where}: expected a bullet such as '- `name` (type, …)', not {content!r}"
            )
    return roots


def _is_structure(text: str) -> bool:
    if text.strip() == "Items:" or _VARIANT.fullmatch(text):
        return True
    member = _MEMBER.fullmatch(text)
    return member is not None and bool({"required", "optional"} & set(_traits(member["traits"])))


def _traits(text: str) -> list[str]:
    return [part.strip() for part in text.split(",")]


def _parameter(bullet: _Bullet, where: str) -> Document:
    member = _member(bullet, where)
    traits = _traits(member["traits"])
    if traits[0] not in {"query", "path", "header", "cookie"} or len(traits) < 3:
        raise SpecError(
            f"{where}: the parameter {member['name']!r} has no place in ({member['traits']})"
        )
    schema = _schema(", ".join(traits[1:-1]), member["text"], bullet, where)
    return {
        "name": member["name"],
        "in": traits[0],
        "required": traits[-1] == "required",
        "description": schema.pop("description"),
        "schema": schema,
    }


def _member(bullet: _Bullet, where: str) -> re.Match[str]:
    member = _MEMBER.fullmatch(bullet.text)
    if member is None:
        raise SpecError(
            f"{where}: {bullet.text.splitlines()[0]!r} stands where a member was expected"
        )
    return member


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
        media_type: {"schema": _body(body, where)}
        for media_type, body in _sections(text, level).items()
    }


def _body(text: str, where: str) -> Document:
    if bare := re.fullmatch(r"- Schema type: `([^`]+)`", text):
        return _of_type(bare[1], where)
    bullets = _bullets(text, where)
    if bullets and _VARIANT.fullmatch(bullets[0].text):
        return {"anyOf": [_variant(bullet, where) for bullet in bullets]}
    return _object(bullets, where)


def _object(bullets: list[_Bullet], where: str) -> Document:
    schema: Document = {"type": "object", "properties": {}, "required": []}
    for bullet in bullets:
        member = _member(bullet, where)
        name = member["name"]
        if name in schema["properties"]:
            raise SpecError(f"{where}: the property {name!r} stands twice in one object")
        *types, need = _traits(member["traits"])
        schema["properties"][name] = _schema(", ".join(types), member["text"], bullet, where)
        if need == "required":
            schema["required"].append(name)
    return schema


def _schema(type_: str, text: str, bullet: _Bullet, where: str) -> Document:
    """Build a schema from a bullet's type, its prose, and the bullets below it."""
    schema, rest = _trailing_facts(_of_type(type_, where), text)
    items = [child for child in bullet.children if child.text == "Items:"]
    variants = [child for child in bullet.children if _VARIANT.fullmatch(child.text)]
    members = [child for child in bullet.children if _MEMBER.fullmatch(child.text)]
    if items:
        _array_of(schema, where)["items"] = _children(items[0].children, where)
    elif variants:
        schema = _union(schema, [_variant(child, where) for child in variants])
    elif members:
        types = schema.get("type", [])
        if "object" not in ([types] if isinstance(types, str) else types):
            raise SpecError(
                f"{where}: {bullet.text.splitlines()[0]!r} has members but is no object"
            )
        schema |= _object(members, where) | {"type": types}
    schema["description"] = rest
    return schema


def _children(bullets: list[_Bullet], where: str) -> Document:
    if bullets and _VARIANT.fullmatch(bullets[0].text):
        return {"anyOf": [_variant(child, where) for child in bullets]}
    return _object(bullets, where)


def _variant(bullet: _Bullet, where: str) -> Document:
    variant = _VARIANT.fullmatch(bullet.text)
    if variant is None:
        raise SpecError(f"{where}: {bullet.text.splitlines()[0]!r} stands between variants")
    return _schema(variant["type"], variant["text"], bullet, where)


def _union(schema: Document, variants: list[Document]) -> Document:
    """Unite the variants listed below a member with what its type says besides, such as null."""
    types = schema.get("type", [])
    union: Document = {"anyOf": list(variants)}
    if "null" in ([types] if isinstance(types, str) else types):
        union["anyOf"].append({"type": "null"})
    return union


def _array_of(schema: Document, where: str) -> Document:
    types = schema.get("type", [])
    if "array" not in ([types] if isinstance(types, str) else types):
        raise SpecError(f"{where}: 'Items:' below something that is no array")
    return schema


def _trailing_facts(schema: Document, text: str) -> tuple[Document, str]:
    """Take "Enum: …" and "Default: …" off the prose."""
    target = schema["items"] if schema.get("type") == "array" and schema.get("items") else schema
    text += " "
    if match := _ENUM.search(text):
        values = re.findall(r"'([^']*)'", match["values"])
        typed = [_typed(value, target) for value in values]
        if _UNREADABLE not in typed:
            target["enum"] = typed
        text = text.replace(match[0], "")
    if match := _DEFAULT.search(text):
        value = _typed(match["value"], schema)
        if value is not _UNREADABLE:
            schema["default"] = value
        text = text.replace(match[0], "")
    return schema, text.strip()


_UNREADABLE: Any = object()


def _typed(text: str, schema: Document) -> Any:
    """Read a value as the type of its schema; `_UNREADABLE` where it can't be of that type."""
    types = schema.get("type", "string")
    for type_ in [types] if isinstance(types, str) else types:
        if type_ == "integer" and re.fullmatch(r"-?\d{1,18}", text):
            return int(text)
        if type_ == "number" and re.fullmatch(r"-?\d{1,18}(\.\d{1,18})?", text):
            return float(text) if "." in text else int(text)
        if type_ == "boolean" and text in {"true", "false"}:
            return text == "true"
        if type_ == "null" and text == "null":
            return None
        if type_ == "string":
            return text
    return _UNREADABLE


def _of_type(text: str, where: str) -> Document:
    """Read a type such as ``string | null`` or ``array<array<integer>>``."""
    alternatives = [_single_type(part, where) for part in _alternatives(text)]
    if len(alternatives) == 1:
        return alternatives[0]
    if all(set(alternative) == {"type"} for alternative in alternatives):
        return {"type": [alternative["type"] for alternative in alternatives]}
    names = [alternative.get("type") for alternative in alternatives]
    if len(alternatives) == 2 and "null" in names:
        other = alternatives[1 - names.index("null")]
        return (
            other | {"type": [other["type"], "null"]}
            if "type" in other
            else {"anyOf": alternatives}
        )
    return {"anyOf": alternatives}


def _alternatives(text: str) -> Iterator[str]:
    depth = start = 0
    for at, character in enumerate(text):
        depth += (character == "<") - (character == ">")
        if character == "|" and depth == 0:
            yield text[start:at].strip()
            start = at + 1
    yield text[start:].strip()


def _single_type(text: str, where: str) -> Document:
    if match := re.fullmatch(r"array<(.*)>", text):
        return {"type": "array", "items": _of_type(match[1], where)}
    if text in {"any", "unknown"}:
        return {}
    if text not in _TYPES:
        raise SpecError(f"{where}: the type {text!r} isn't known")
    return {"type": text}
