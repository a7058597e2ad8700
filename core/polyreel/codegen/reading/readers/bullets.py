"""Nested bullets of the OpenAI reference, read into schemas.

A bullet is "- `name` (type, required): prose Enum: 'a', 'b'. Default: `a`.", "- Items:" or
"- Variant (type):", and belongs to the nearest one above that is indented less. A bullet that looks
otherwise stands in prose and stays prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from attrs import define, field

from polyreel.errors import SpecError
from polyreel.openapi.documents import Document

_MEMBER = re.compile(
    r"`(?P<name>[^`]+)` \((?P<traits>[^()]*)\)(?::\s*|\s+|$)(?P<text>.*)", re.DOTALL
)
_VARIANT = re.compile(r"Variant \((?P<type>[^()]*)\):?\s*(?P<text>.*)", re.DOTALL)
_ENUM = re.compile(r"\bEnum: (?P<values>'[^']*'(?:, '[^']*')*)\.\s*")
_DEFAULT = re.compile(r"\bDefault: `(?P<value>[^`]*)`\.\s*")
_TYPES = {"string", "integer", "number", "boolean", "object", "array", "null"}


@define
class Bullet:
    """One list item, with the deeper items that belong to it."""

    depth: int
    text: str
    children: list[Bullet] = field(factory=list)


def read_bullets(text: str, where: str) -> list[Bullet]:
    """Read nested bullets; what isn't a member, ``Items:`` or a variant continues the prose."""
    roots: list[Bullet] = []
    open_: list[Bullet] = []
    for line in text.splitlines():
        content = line.strip()
        bullet = re.match(r"( *)- (.*)", line)
        if bullet and _is_structure(bullet[2]):
            while open_ and open_[-1].depth >= len(bullet[1]):
                open_.pop()
            new = Bullet(len(bullet[1]), bullet[2].strip())
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
    return member is not None and bool({"required", "optional"} & set(traits_of(member["traits"])))


def traits_of(text: str) -> list[str]:
    """Split what stands in a bullet's parentheses: place, type and need, as far as they are there."""
    return [part.strip() for part in text.split(",")]


def member_of(bullet: Bullet, where: str) -> re.Match[str]:
    """Read a bullet as a member with its ``name``, ``traits`` and ``text``.

    Raises:
        SpecError: It is another kind of bullet.
    """
    member = _MEMBER.fullmatch(bullet.text)
    if member is None:
        raise SpecError(
            f"{where}: {bullet.text.splitlines()[0]!r} stands where a member was expected"
        )
    return member


def body_of(text: str, where: str) -> Document:
    """Read all bullets of a body into its schema.

    Raises:
        SpecError: A bullet isn't understood.
    """
    if bare := re.fullmatch(r"- Schema type: `([^`]+)`", text):
        return _of_type(bare[1], where)
    bullets = read_bullets(text, where)
    if bullets and _VARIANT.fullmatch(bullets[0].text):
        return {"anyOf": [_variant(bullet, where) for bullet in bullets]}
    return _object(bullets, where)


def _object(bullets: list[Bullet], where: str) -> Document:
    schema: Document = {"type": "object", "properties": {}, "required": []}
    for bullet in bullets:
        member = member_of(bullet, where)
        name = member["name"]
        if name in schema["properties"]:
            raise SpecError(f"{where}: the property {name!r} stands twice in one object")
        *types, need = traits_of(member["traits"])
        schema["properties"][name] = schema_of(", ".join(types), member["text"], bullet, where)
        if need == "required":
            schema["required"].append(name)
    return schema


def schema_of(type_: str, text: str, bullet: Bullet, where: str) -> Document:
    """Build a schema from a bullet's type, its prose, and the bullets below it.

    Raises:
        SpecError: A type isn't known, or the bullets below don't fit it.
    """
    schema, rest = _trailing_facts(_of_type(type_, where), text)
    items = [child for child in bullet.children if child.text == "Items:"]
    variants = [child for child in bullet.children if _VARIANT.fullmatch(child.text)]
    members = [child for child in bullet.children if _MEMBER.fullmatch(child.text)]
    if len([kind for kind in (items, variants, members) if kind]) > 1 or len(items) > 1:
        raise SpecError(f"{where}: {bullet.text.splitlines()[0]!r} has parts of several kinds")
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


def _children(bullets: list[Bullet], where: str) -> Document:
    if bullets and _VARIANT.fullmatch(bullets[0].text):
        return {"anyOf": [_variant(child, where) for child in bullets]}
    return _object(bullets, where)


def _variant(bullet: Bullet, where: str) -> Document:
    variant = _VARIANT.fullmatch(bullet.text)
    if variant is None:
        raise SpecError(f"{where}: {bullet.text.splitlines()[0]!r} stands between variants")
    return schema_of(variant["type"], variant["text"], bullet, where)


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
    """Take "Enum: …" and "Default: …" off the prose; what isn't of the type stays there to be seen."""
    target = schema["items"] if schema.get("type") == "array" and schema.get("items") else schema
    text += " "
    if match := _ENUM.search(text):
        values = [_typed(value, target) for value in re.findall(r"'([^']*)'", match["values"])]
        if _UNREADABLE not in values:
            target["enum"] = values
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
