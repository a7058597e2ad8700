"""The type tree of a rendered SDK reference, whose nesting is lost in the text and is recovered here.

Each line is a member ("id: string"), a type, an option of a union, a bound ("maximum100"), or prose. How
lines nest follows from what types say of themselves: "Video { id, status, 10 more }" has twelve
members, "2 more" are two values listed below. Where a count isn't met, the page is refused.
"""

from __future__ import annotations

import re

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
    Members,
    Named,
    SdkType,
    SdkUnion,
    parse_type,
)
from polyreel.errors import SpecError
from polyreel.openapi.documents import Document, pointer
from polyreel.openapi.names import pascal

_ONE_OF = re.compile(r"(?:One of|Accepts one of) the following:")
_DEEPEST = 30


class TypeTree:
    """Reads the lines of one section.

    Attributes:
        schemas: The named objects read so far.
        notes: Types that the page names and doesn't explain.
    """

    def __init__(self, lines: list[str], where: str, schemas: Document) -> None:
        self._lines = lines
        self._where = where
        self._at = 0
        self._depth = 0
        self.schemas = schemas
        self.notes: list[str] = []

    def next_member(self) -> tuple[str, bool, SdkType] | None:
        """Skip prose up to the next member and take it: its name, whether it's optional, its type."""
        while self._at < len(self._lines):
            member = _member(self._line())
            if member:
                self._at += 1
                return member
            if parse_type(self._line()) is not None or _ONE_OF.fullmatch(self._line()):
                raise self._error(f"{self._line()!r} stands where a member was expected")
            self._at += 1
        return None

    def next_type(self) -> SdkType | None:
        """Take the type that a section begins with; None where it begins otherwise."""
        found = parse_type(self._line()) if self._lines else None
        self._at += found is not None
        return found

    def end(self) -> None:
        """Make sure that nothing but prose is left.

        Raises:
            SpecError: There are more members than the types above announced.
        """
        if member := self.next_member():
            raise self._error(f"the member {member[0]!r} belongs to no type on the page")

    def schema(self, type_: SdkType, owner: str) -> Document:
        """Read what follows a type's line (prose, bounds, options, members) into its schema."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._error("types are nested too deeply")
        texts, extra = self._prose()
        if self._at < len(self._lines) and self._begins_options(type_):
            schema = self._from_options(type_, owner)
        else:
            schema = self._from_type(type_, owner)
        self._depth -= 1
        if extra:
            schema = schema | extra if "$ref" not in schema else {"allOf": [schema], **extra}
        if texts:
            schema = schema | {"description": "\n".join(texts)}
        return schema

    def members(self, declared: Members, owner: str) -> Document:
        """Read as many members as were declared into an object.

        Raises:
            SpecError: The page has fewer, or others.
        """
        schema: Document = {"type": "object", "properties": {}, "required": []}
        for at in range(declared.count):
            member = self.next_member()
            if member is None:
                raise self._error(
                    f"{owner} has {declared.count} members by its own account, but the page lists "
                    f"only {at}; it is cut off or collapsed"
                )
            name, optional, type_ = member
            if at < len(declared.names) and name != declared.names[at]:
                raise self._error(
                    f"{owner} was to go on with {declared.names[at]!r}, but the page goes on with {name!r}"
                )
            if name in schema["properties"]:
                raise self._error(f"{owner} lists {name!r} twice")
            schema["properties"][name] = self.schema(type_, owner + pascal(name))
            if not optional:
                schema["required"].append(name)
        return schema

    def _line(self) -> str:
        return self._lines[self._at]

    def _prose(self) -> tuple[list[str], Document]:
        """Take prose and bounds up to the next line of structure."""
        texts: list[str] = []
        extra: Document = {}
        while self._at < len(self._lines):
            line = self._line()
            if facts := facts_of(line):
                extra |= facts
            elif _is_structure(line):
                break
            else:
                texts.append(line)
            self._at += 1
        return texts, extra

    def _begins_options(self, type_: SdkType) -> bool:
        line = self._line()
        if _ONE_OF.fullmatch(line):
            self._at += 1
            return True
        if _member(line) is not None:
            return False
        if isinstance(type_, Literal) and parse_type(line) == type_:
            self._at += 1  # a single constant, listed once more
            return False
        return isinstance(type_, SdkUnion) or (isinstance(type_, Named) and type_.members is None)

    def _from_options(self, type_: SdkType, owner: str) -> Document:
        """Read the options listed below a type, and hold them to what the type says of itself."""
        options: list[Document] = []
        while self._at < len(self._lines) and _member(self._line()) is None:
            line = self._line()
            alias = ALIAS.fullmatch(line)
            option = parse_type(alias["type"] if alias else line)
            self._at += 1
            if option is None:
                continue  # prose about the option before
            if isinstance(option, SdkUnion) and all(
                isinstance(each, Literal) for each in option.options
            ):
                options += self._listed_values(option)
            else:
                options.append(self.schema(option, alias["name"] if alias else owner))
            if self._at < len(self._lines) and _ONE_OF.fullmatch(self._line()):
                raise self._error("a list of options that belongs to nothing")
        self._hold_to(type_, options)
        nullable = isinstance(type_, SdkUnion) and Literal(None) in type_.options
        null = [{"type": "null"}] if nullable and {"type": "null"} not in options else []
        return {"anyOf": [*options, *null]}

    def _listed_values(self, union: SdkUnion) -> list[Document]:
        """Read the values of ``"4" | "8" | 1 more``, each on a line of its own below it."""
        if self._at < len(self._lines) and _ONE_OF.fullmatch(self._line()):
            self._at += 1
        values: list[Literal] = []
        while len(values) < union.count and self._at < len(self._lines):
            value = parse_type(self._line())
            if not isinstance(value, Literal):
                break
            values.append(value)
            self._at += 1
        if len(values) != union.count or tuple(values[: len(union.options)]) != union.options:
            raise self._error(f"{union.count} values were announced, and {len(values)} are listed")
        return [constant(value.value) for value in values]

    def _hold_to(self, type_: SdkType, options: list[Document]) -> None:
        if not isinstance(type_, SdkUnion):
            return
        constants = [option for option in type_.options if isinstance(option, Literal)]
        missing = [
            each.value
            for each in constants
            if each.value is not None and constant(each.value) not in options
        ]
        few = len(options) < type_.count - (Literal(None) in type_.options)
        if missing or few:
            raise self._error(
                f"{type_.count} options were announced, and {len(options)} are listed"
                + (f", without {missing[0]!r}" if missing else "")
            )

    def _from_type(self, type_: SdkType, owner: str) -> Document:
        """Build a schema from a type without listed options; its members follow."""
        if isinstance(type_, Literal):
            return constant(type_.value)
        if isinstance(type_, AnyString):
            return {"type": "string"}
        if isinstance(type_, SdkUnion):
            if type_.more:
                raise self._error(f"{type_.more} more options were announced, but none is listed")
            return {"anyOf": [self._from_type(option, owner) for option in type_.options]}
        assert isinstance(type_, Named)  # there are no other shapes
        return self._from_name(type_, owner)

    def _from_name(self, type_: Named, owner: str) -> Document:
        if type_.name == "Array" and len(type_.arguments) == 1:
            return {"type": "array", "items": self._from_type(type_.arguments[0], owner)}
        if type_.name == "Record" and len(type_.arguments) == 2:
            values = self._from_type(type_.arguments[1], owner)
            return {"type": "object", "additionalProperties": values}
        if type_.members is not None:
            return self._object(type_.name, type_.members, owner)
        if type_.name in BUILT_IN:
            return dict(BUILT_IN[type_.name])
        if type_.name in self.schemas:
            return {"$ref": pointer("components", "schemas", type_.name)}
        self.notes.append(f"{self._where}: the type {type_.name} isn't explained on the page")
        return {}

    def _object(self, name: str, members: Members, owner: str) -> Document:
        known = name in self.schemas
        if known and self._repeats_nothing(members):
            return {"$ref": pointer("components", "schemas", name)}
        name = name or owner
        self.schemas.setdefault(name, {})
        schema = self.members(members, name)
        if known and self.schemas[name] != schema:
            name = owner
        self.schemas[name] = schema
        return {"$ref": pointer("components", "schemas", name)}

    def _repeats_nothing(self, members: Members) -> bool:
        """Say whether a type that was explained before is only mentioned here."""
        following = _member(self._line()) if self._at < len(self._lines) else None
        return following is None or following[0] not in members.names[:1]

    def _error(self, problem: str) -> SpecError:
        return SpecError(f"{self._where}: {problem}")


def _member(line: str) -> tuple[str, bool, SdkType] | None:
    """Read a line as a member; API fields begin with a small letter, "Note: …" is prose."""
    return None if line[:1].isupper() else member_of(line)


def _is_structure(line: str) -> bool:
    """Say whether a line can be nothing but a member, a list of options, or one of them."""
    if _member(line) or _ONE_OF.fullmatch(line):
        return True
    alias = ALIAS.fullmatch(line)
    type_ = parse_type(alias["type"] if alias else line)
    if isinstance(type_, Named):
        return type_.members is not None or type_.name in BUILT_IN or bool(type_.arguments)
    return type_ is not None
