"""Types as Fern's Markdown reference writes them, read into schemas."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from polyreel.codegen.reading.readers.outline import OutlineBullet, read_outline
from polyreel.errors import SpecError
from polyreel.openapi.documents import Document, pointer

_MEMBER = re.compile(
    r"`(?P<name>[^`]+)` \((?P<traits>.*?\b(?:required|optional)\b.*?)\)(?:\s+—\s*(?P<text>.*))?"
)
_ALLOWED = re.compile(r"Allowed values: (?P<values>`[^`]*`(?:, `[^`]*`)*)")
_VALUES_IN_TEXT = re.compile(r"(?:^|\s)Allowed values: (?P<values>`[^`]*`(?:, `[^`]*`)*)\s*$")
_BARE_TYPE = re.compile(r"`(?P<type>[^`]+)`")
_LABEL = re.compile(r"[\w.-]+(?: [\w.-]+)*")
_NAME = re.compile(r"[A-Za-z_][\w.:-]*")
_PLAIN: Mapping[str, Document] = {
    "string": {"type": "string"},
    "integer": {"type": "integer"},
    "long": {"type": "integer", "format": "int64"},
    "uint": {"type": "integer", "minimum": 0},
    "uint64": {"type": "integer", "minimum": 0},
    "double": {"type": "number", "format": "double"},
    "float": {"type": "number", "format": "float"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "datetime": {"type": "string", "format": "date-time"},
    "uuid": {"type": "string", "format": "uuid"},
    "base64": {"type": "string", "format": "byte"},
    "file": {"type": "string", "format": "binary"},
    "enum": {"type": "string"},
    "object": {"type": "object"},
    "any": {},
    "unknown": {},
    "null": {"type": "null"},
}
_BOUNDS = {
    "min": "minimum",
    "max": "maximum",
    "min length": "minLength",
    "max length": "maxLength",
    "min items": "minItems",
    "max items": "maxItems",
    "pattern": "pattern",
    "format": "format",
}
_DEEPEST = 40


def describes(head: str) -> bool:
    """Say whether a bullet describes a member, a type, its values, or an alternative."""
    patterns = (_MEMBER, _ALLOWED, _BARE_TYPE, _LABEL)
    return any(pattern.fullmatch(head.strip()) for pattern in patterns)


class FernTypes:
    """Reads the types of one page.

    Args:
        where: The page's name, for messages.
        named: The sections below ``## Types``: name to bullets.

    Attributes:
        notes: What a person should know: types that are ambiguous as they are written, or not explained.
    """

    def __init__(self, where: str, named: Mapping[str, str]) -> None:
        self._where = where
        self._named = {name: text for name, text in named.items() if name}
        self._read: Document = {}
        self._depth = 0
        self.notes: list[str] = []

    def schemas(self) -> Document:
        """Return the named types that something refers to."""
        return self._read

    def body(self, bullets: list[OutlineBullet]) -> Document:
        """Read the bullets of a body, which are its members, or one bullet with its type.

        Raises:
            SpecError: They are something else.
        """
        if len(bullets) == 1 and (bare := _BARE_TYPE.fullmatch(bullets[0].head.strip())):
            return self._schema(bare["type"], bullets[0].children, "the body")
        if bullets and all(_MEMBER.fullmatch(each.head.strip()) for each in bullets):
            return self._object(bullets, "the body")
        return self._variants(bullets, "the body") if bullets else {"type": "object"}

    def member(self, bullet: OutlineBullet) -> tuple[str, bool, Document]:
        """Read a member: its name, whether it is required, and its schema.

        Raises:
            SpecError: The bullet is no member, or its type isn't understood.
        """
        match = _MEMBER.fullmatch(bullet.head.strip())
        if match is None:
            raise self._error(f"{bullet.head[:80]!r} stands where a member was expected")
        name = match["name"]
        type_, need, facts, nullable = self._traits(match["traits"], name)
        text = "\n".join(filter(None, [match["text"] or "", bullet.text]))
        children = list(bullet.children)
        if (said := _VALUES_IN_TEXT.search(text)) and type_ == "enum":
            text = text[: said.start()]
            children.append(OutlineBullet(bullet.indent + 2, f"Allowed values: {said['values']}"))
        schema = self._schema(type_, children, name)
        default = facts.pop("default", None)
        if default is not None:
            facts["default"] = _typed(default, schema)
        if facts:
            schema = {"allOf": [schema], **facts} if "$ref" in schema else schema | facts
        if nullable:
            schema = {"anyOf": [schema, {"type": "null"}]}
        return name, need, schema | ({"description": text} if text.strip() else {})

    def _traits(self, traits: str, name: str) -> tuple[str, bool, Document, bool]:
        """Split what stands in a member's parentheses: type, need, facts, and whether null is allowed."""
        type_, need, rest = re.split(r", (required|optional)\b", traits, maxsplit=1)
        facts: Document = {}
        nullable = False
        for part in filter(None, (each.strip() for each in rest.split(", "))):
            key, colon, value = part.partition(": ")
            if part == "nullable":
                nullable = True
            elif part == "deprecated":
                facts["deprecated"] = True
            elif colon and key == "default":
                facts["default"] = value
            elif colon and key in _BOUNDS:
                facts[_BOUNDS[key]] = (
                    value if key in {"pattern", "format"} else self._number(value, name)
                )
            else:
                raise self._error(f"{name}: {part!r} isn't understood")
        return type_.strip(), need == "required", facts, nullable

    def _number(self, text: str, name: str) -> int | float:
        if not re.fullmatch(r"-?\d{1,18}(?:\.\d{1,18})?", text):
            raise self._error(f"{name}: {text!r} is no number")
        return float(text) if "." in text else int(text)

    def _schema(self, text: str, children: list[OutlineBullet], owner: str) -> Document:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._error("types are nested too deeply")
        schema = self._typed_schema(text, children, owner)
        self._depth -= 1
        return schema

    def _typed_schema(self, text: str, children: list[OutlineBullet], owner: str) -> Document:
        if text.endswith(" or null"):
            return {
                "anyOf": [
                    self._schema(text.removesuffix(" or null"), children, owner),
                    {"type": "null"},
                ]
            }
        if text.startswith("list of ") and " or " not in text:
            items = text.removeprefix("list of ")
            items = "object" if items == "objects" else items
            return {"type": "array", "items": self._schema(items, children, owner)}
        if text.startswith("list of ") and set(text.removeprefix("list of ").split(" or ")) == {
            "object"
        }:
            return {"type": "array", "items": self._variants(children, owner)}
        if text.startswith("map from string to ") and " or " not in text:
            values = self._schema(text.removeprefix("map from string to "), children, owner)
            return {"type": "object", "additionalProperties": values}
        if " or " in text:
            return self._union(text, children, owner)
        return self._single(text, children, owner)

    def _union(self, text: str, children: list[OutlineBullet], owner: str) -> Document:
        """Read alternatives; where a list or map is among them, nobody can tell how far it reaches."""
        parts = text.split(" or ")
        if any(part.startswith(("list of ", "map from ")) for part in parts):
            self.notes.append(
                f"{self._where}: {owner}: the type {text!r} can be read in two ways, so it is left open"
            )
            return {}
        if "object" in parts:
            plain = [part for part in parts if part != "object"]
            options = [self._single(part, [], owner) for part in plain]
            return {"anyOf": [*self._variants(children, owner)["anyOf"], *options]}
        return {"anyOf": [self._single(part, [], owner) for part in parts]}

    def _variants(self, children: list[OutlineBullet], owner: str) -> Document:
        """Read alternatives that are objects, each below a bullet with its name."""
        options = []
        for child in children:
            if not _LABEL.fullmatch(child.head.strip()):
                raise self._error(f"{owner}: {child.head[:80]!r} stands between alternatives")
            options.append(self._object(child.children, owner))
        return {"anyOf": options or [{"type": "object"}]}

    def _single(self, text: str, children: list[OutlineBullet], owner: str) -> Document:
        children = [
            each for each in children if each.children or not _LABEL.fullmatch(each.head.strip())
        ]
        allowed = [match for each in children if (match := _ALLOWED.fullmatch(each.head.strip()))]
        members = [each for each in children if _MEMBER.fullmatch(each.head.strip())]
        if len(allowed) + len(members) != len(children) or (allowed and members):
            raise self._error(f"{owner}: what stands below it doesn't fit the type {text!r}")
        if members:
            if text != "object" and not _NAME.fullmatch(text):
                raise self._error(f"{owner} has members, but is {text!r}")
            return self._object(members, owner)
        if text in _PLAIN:
            schema = dict(_PLAIN[text])
            if allowed:
                values = re.findall(r"`([^`]*)`", allowed[0]["values"])
                whole = text in {"enum", "integer", "long"} and all(
                    re.fullmatch(r"-?\d{1,18}", value) for value in values
                )
                schema = {"type": "integer" if whole else "string"}
                schema["enum"] = [int(value) for value in values] if whole else values
            return schema
        if text in self._named:
            return self._reference(text)
        if _NAME.fullmatch(text):
            self.notes.append(
                f"{self._where}: {owner}: the type {text} isn't explained on the page"
            )
            return {}
        raise self._error(f"{owner}: the type {text!r} isn't known")

    def _reference(self, name: str) -> Document:
        if name not in self._read:
            self._read[name] = {}
            bullets, text = read_outline(self._named[name], describes)
            self._read[name] = self.body(bullets) | ({"description": text} if text else {})
        return {"$ref": pointer("components", "schemas", name)}

    def _object(self, bullets: list[OutlineBullet], owner: str) -> Document:
        schema: Document = {"type": "object", "properties": {}, "required": []}
        for bullet in bullets:
            name, required, member = self.member(bullet)
            if name in schema["properties"]:
                raise self._error(f"{owner} lists {name!r} twice")
            schema["properties"][name] = member
            if required:
                schema["required"].append(name)
        return schema

    def _error(self, problem: str) -> SpecError:
        return SpecError(f"{self._where}: {problem}")


def _typed(text: str, schema: Document) -> Any:
    """Read a default as the type of its schema; as text where that isn't known."""
    types = schema.get("type")
    if types == "boolean" and text in {"true", "false"}:
        return text == "true"
    if types in ("integer", "number") and re.fullmatch(r"-?\d{1,18}(?:\.\d{1,18})?", text):
        return float(text) if "." in text else int(text)
    return text.strip("`\"'")
