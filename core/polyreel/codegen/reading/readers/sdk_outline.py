"""TypeScript types as nested bullets in code, read into schemas."""

from __future__ import annotations

import re

from polyreel.codegen.reading.readers.outline import OutlineBullet
from polyreel.codegen.reading.readers.sdk_lines import (
    ALIAS,
    BUILT_IN,
    constant,
    facts_of,
    member_of,
)
from polyreel.codegen.reading.readers.sdk_types import (
    AnyString,
    Literal,
    Named,
    SdkType,
    SdkUnion,
    parse_type,
)
from polyreel.errors import SpecError
from polyreel.openapi.documents import Document, pointer
from polyreel.openapi.names import pascal

_CODE = re.compile(r"`([^`]+)`")
_DEEPEST = 40


def code_of(bullet: OutlineBullet) -> str:
    """Return what stands in code in a bullet's head; empty where the head is anything else."""
    code = _CODE.fullmatch(bullet.head.strip())
    return code[1].strip() if code else ""


def is_type(head: str) -> bool:
    """Say whether a bullet's head is one piece of code that is a member, a type or a named type."""
    code = _CODE.fullmatch(head.strip())
    return code is not None and (member_of(code[1].strip()) or _option_of(code[1])) is not None


def _option_of(code: str) -> tuple[str, SdkType] | None:
    """Read a type, or ``Name = type``: its name, if it has one of its own, and the type."""
    alias = ALIAS.fullmatch(code.strip())
    plain = code.strip().removeprefix("interface ").removeprefix("type ")
    type_ = parse_type(alias["type"] if alias else plain)
    return None if type_ is None else (alias["name"] if alias else "", type_)


class OutlineTypes:
    """Reads the types of one page.

    Attributes:
        schemas: The named objects read so far.
        notes: What a person should know: types that the page names and doesn't explain.
    """

    def __init__(self, where: str) -> None:
        self._where = where
        self._depth = 0
        self.schemas: Document = {}
        self.notes: list[str] = []

    def member(self, type_: SdkType, bullet: OutlineBullet, owner: str) -> Document:
        """Read the type of a member, with the prose, bounds, options and members below it.

        Raises:
            SpecError: What stands below doesn't fit the type, or is cut off.
        """
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._error("types are nested too deeply")
        facts: Document = {}
        texts = []
        for line in bullet.texts:
            if found := facts_of(line):
                facts |= found
            else:
                texts.append(line)
        schema = self._schema(type_, self._below(type_, bullet), owner)
        self._depth -= 1
        if facts:
            schema = schema | facts if "$ref" not in schema else {"allOf": [schema], **facts}
        return schema | {"description": "\n".join(texts)} if texts else schema

    def returned(self, type_: SdkType, bullet: OutlineBullet) -> Document:
        """Read the type of a result, which stands in a bullet of its own.

        Raises:
            SpecError: The bullet is of another type than the call returns.
        """
        shown = _option_of(code_of(bullet))
        if shown is None or (_bare(shown[1]) != _bare(type_) and shown[0] != _bare(type_)):
            raise self._error(
                f"the call returns another type than {code_of(bullet)!r} below 'Returns'"
            )
        type_ = shown[1] if isinstance(shown[1], SdkUnion) or shown[0] else type_
        return self.member(type_, bullet, shown[0] or "Result")

    def _below(self, type_: SdkType, bullet: OutlineBullet) -> list[OutlineBullet]:
        """Leave out bullets that are prose after all: words in code below what has no options."""
        if not _is_plain(type_):
            return bullet.children
        return [each for each in bullet.children if not _is_word(code_of(each))]

    def _schema(self, type_: SdkType, below: list[OutlineBullet], owner: str) -> Document:
        members = [each for each in below if member_of(code_of(each)) is not None]
        if not below:
            return self._alone(type_, owner)
        if not members:
            return self._of_options(type_, below, owner)
        if len(members) != len(below):
            raise self._error(f"{owner} has both members and options below it")
        return self._of_members(type_, members, owner)

    def _alone(self, type_: SdkType, owner: str) -> Document:
        """Read a type with nothing below it."""
        if isinstance(type_, Literal):
            return constant(type_.value)
        if isinstance(type_, AnyString):
            return {"type": "string"}
        if isinstance(type_, SdkUnion):
            if type_.more:
                raise self._error(
                    f"{owner} announces {type_.more} more options, but none is listed"
                )
            return {"anyOf": [self._alone(option, owner) for option in type_.options]}
        assert isinstance(type_, Named)  # there are no other shapes
        if type_.members is not None and type_.members.count:
            raise self._error(f"{owner} has members, but none is listed; the page is cut off")
        if type_.name == "Array" and len(type_.arguments) == 1:
            return {"type": "array", "items": self._alone(type_.arguments[0], owner)}
        if type_.name == "Record" and len(type_.arguments) == 2:
            values = self._alone(type_.arguments[1], owner)
            return {"type": "object", "additionalProperties": values}
        if type_.name in BUILT_IN:
            return dict(BUILT_IN[type_.name])
        if type_.name in self.schemas:
            return {"$ref": pointer("components", "schemas", type_.name)}
        self.notes.append(f"{self._where}: the type {type_.name} isn't explained on the page")
        return {}

    def _of_members(self, type_: SdkType, members: list[OutlineBullet], owner: str) -> Document:
        """Read members into the one object that a type contains, be it in an array, a map or beside null."""
        if isinstance(type_, SdkUnion):
            objects = [each for each in type_.options if _has_members(each)]
            if len(objects) != 1 or type_.more:
                raise self._error(f"{owner} may be several things, and its members belong to one")
            return {
                "anyOf": [
                    self._of_members(each, members, owner)
                    if each is objects[0]
                    else self._alone(each, owner)
                    for each in type_.options
                ]
            }
        if not isinstance(type_, Named) or not _has_members(type_):
            raise self._error(f"{owner} has members, but is no object")
        if type_.name == "Array":
            return {"type": "array", "items": self._of_members(type_.arguments[0], members, owner)}
        if type_.name == "Record" and len(type_.arguments) == 2:
            values = self._of_members(type_.arguments[1], members, owner)
            return {"type": "object", "additionalProperties": values}
        return self._object(type_, members, owner)

    def _object(self, type_: Named, members: list[OutlineBullet], owner: str) -> Document:
        declared = type_.members
        listed = [member_of(code_of(each)) for each in members]
        if declared is not None and declared.count != len(listed):
            raise self._error(
                f"{type_.name or owner} has {declared.count} members by its own account, but the page lists "
                f"{len(listed)}; it is cut off or collapsed"
            )
        name = type_.name if type_.name not in {"", "object"} else owner
        known = name in self.schemas
        self.schemas.setdefault(name, {})
        schema: Document = {"type": "object", "properties": {}, "required": []}
        for bullet, member in zip(members, listed, strict=True):
            assert member is not None  # the bullets were chosen by this
            key, optional, inner = member
            if key in schema["properties"]:
                raise self._error(f"{name} lists {key!r} twice")
            schema["properties"][key] = self.member(inner, bullet, name + pascal(key))
            if not optional:
                schema["required"].append(key)
        if known and self.schemas[name] not in ({}, schema):
            name = owner
        self.schemas[name] = schema
        return {"$ref": pointer("components", "schemas", name)}

    def _of_options(self, type_: SdkType, below: list[OutlineBullet], owner: str) -> Document:
        """Read the options of a union, and hold them to what the type says of itself."""
        if isinstance(type_, Literal):
            self._hold_to(SdkUnion((type_,)), [self._option(each, owner) for each in below], owner)
            return constant(type_.value)
        if isinstance(type_, Named) and type_.name == "Array" and len(type_.arguments) == 1:
            return {"type": "array", "items": self._of_options(type_.arguments[0], below, owner)}
        if isinstance(type_, Named) and type_.name == "Record" and len(type_.arguments) == 2:
            values = self._of_options(type_.arguments[1], below, owner)
            return {"type": "object", "additionalProperties": values}
        if isinstance(type_, Named) and type_.name in BUILT_IN:
            raise self._error(f"{owner} is a {type_.name}, but has options below it")
        options = [self._option(each, owner) for each in below]
        nullable = isinstance(type_, SdkUnion) and Literal(None) in type_.options
        if isinstance(type_, SdkUnion):
            others = [each for each in type_.options if each != Literal(None)]
            if len(others) == 1 and _contains_others(others[0]) and not type_.more:
                # "Array<A | B> | null"
                return {"anyOf": [self._of_options(others[0], below, owner), {"type": "null"}]}
            self._hold_to(type_, options, owner)
        null = [{"type": "null"}] if nullable and {"type": "null"} not in options else []
        return {"anyOf": [*options, *null]}

    def _option(self, bullet: OutlineBullet, owner: str) -> Document:
        found = _option_of(code_of(bullet))
        if found is None:
            raise self._error(f"{bullet.head!r} stands where an option of {owner} was expected")
        name, type_ = found
        schema = self.member(type_, bullet, name or owner)
        schema.pop("description", None)  # of one option, which says nothing of the others
        return schema

    def _hold_to(self, type_: SdkUnion, options: list[Document], owner: str) -> None:
        options = [each for option in options for each in option.get("anyOf", [option])]
        constants = [each for each in type_.options if isinstance(each, Literal)]
        missing = [
            each.value
            for each in constants
            if each.value is not None and constant(each.value) not in options
        ]
        if missing or len(options) < type_.count - (Literal(None) in type_.options):
            raise self._error(
                f"{owner} announces {type_.count} options, and {len(options)} are listed"
                + (f", without {missing[0]!r}" if missing else "")
            )

    def _error(self, problem: str) -> SpecError:
        return SpecError(f"{self._where}: {problem}")


def _bare(type_: SdkType) -> SdkType | str:
    """Return the name by which two mentions of a type are known to be the same."""
    return type_.name if isinstance(type_, Named) and not type_.arguments else type_


def _is_plain(type_: SdkType) -> bool:
    """Say whether a type is text, a number or the like, with or without null."""
    if isinstance(type_, SdkUnion):
        return not type_.more and all(map(_is_plain, type_.options))
    return type_ == Literal(None) or (
        isinstance(type_, Named) and type_.name in {"string", "number", "boolean"}
    )


def _is_word(code: str) -> bool:
    """Say whether a piece of code is one word that names no type of TypeScript's own."""
    found = None if member_of(code) else _option_of(code)
    type_ = found[1] if found and not found[0] else None
    return isinstance(type_, Named) and not type_.arguments and type_.name not in BUILT_IN


def _contains_others(type_: SdkType) -> bool:
    return isinstance(type_, Named) and type_.name in {"Array", "Record"} and bool(type_.arguments)


def _has_members(type_: SdkType) -> bool:
    if not isinstance(type_, Named):
        return False
    if type_.name in {"Array", "Record"} and type_.arguments:
        return _has_members(type_.arguments[-1])
    return type_.name not in BUILT_IN or type_.name == "object"
