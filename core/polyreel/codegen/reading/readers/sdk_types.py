"""TypeScript types as the SDK reference abbreviates them: ``Video { id, status, 10 more } | null``."""

from __future__ import annotations

import re

from attrs import frozen

_TOKEN = re.compile(
    r"""\s*(?:(?P<open>\(\s*string\s*&\s*\{\s*\}\s*\))|(?P<string>"[^"]*"|'[^']*')|(?P<number>-?\d+(?:\.\d+)?)"""
    r"""|(?P<name>[A-Za-z_$][\w$.]*)|(?P<mark>\[\]|[{}<>|,()]))"""
)
_MOST_TOKENS = 2000
_DEEPEST = 20


@frozen
class Members:
    """The members that a type shows: some names, and how many more it has."""

    names: tuple[str, ...]
    more: int = 0

    @property
    def count(self) -> int:
        """How many there are altogether."""
        return len(self.names) + self.more


@frozen
class SdkType:
    """Base of the shapes that a type can have."""


@frozen
class Literal(SdkType):
    """One constant; None is null."""

    value: str | int | float | bool | None


@frozen
class AnyString(SdkType):
    """``(string & {})``: any string besides the constants that stand next to it."""


@frozen
class Named(SdkType):
    """A named type, or a built-in one such as ``string``, with what it shows of itself."""

    name: str
    arguments: tuple[SdkType, ...] = ()
    members: Members | None = None


@frozen
class SdkUnion(SdkType):
    """Several options, and how many more there are."""

    options: tuple[SdkType, ...]
    more: int = 0

    @property
    def count(self) -> int:
        """How many options there are altogether."""
        return len(self.options) + self.more


def parse_type(text: str) -> SdkType | None:
    """Read a type; None where the text is anything else, such as prose."""
    tokens: list[tuple[str, str]] = []
    at = 0
    text = text.strip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or len(tokens) > _MOST_TOKENS:
            return None
        tokens.append((match.lastgroup or "", match[match.lastgroup or 0]))
        at = match.end()
    parser = _Parser(tokens)
    try:
        found = parser.union()
    except _NoType:
        return None
    return found if parser.done() else None


class _NoType(Exception):
    """The tokens are no type."""


class _Parser:
    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def done(self) -> bool:
        return self._at == len(self._tokens)

    def union(self) -> SdkType:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _NoType
        options: list[SdkType] = []
        more = 0
        while True:
            if (count := self._more()) is not None:
                more += count
            else:
                options.append(self._single())
            if not self._take("|"):
                break
        self._depth -= 1
        return options[0] if len(options) == 1 and not more else SdkUnion(tuple(options), more)

    def _more(self) -> int | None:
        following = self._tokens[self._at : self._at + 2]
        if [kind for kind, _ in following] == ["number", "name"] and following[1][1] == "more":
            self._at += 2
            return int(following[0][1])
        return None

    def _single(self) -> SdkType:
        kind, text = self._next()
        found: SdkType
        if kind == "open":
            found = AnyString()
        elif kind == "string":
            found = Literal(text[1:-1])
        elif kind == "number":
            found = Literal(float(text) if "." in text else int(text))
        elif kind == "name":
            found = self._named(text)
        elif text == "(":
            found = self.union()
            self._expect(")")
        elif text == "{":
            self._at -= 1
            found = Named("", members=self._members())
        else:
            raise _NoType
        while self._take("[]"):
            found = Named("Array", (found,))
        return found

    def _named(self, name: str) -> SdkType:
        if name in {"null", "true", "false"}:
            return Literal({"null": None, "true": True, "false": False}[name])
        arguments: list[SdkType] = []
        if self._take("<"):
            arguments.append(self.union())
            while self._take(","):
                arguments.append(self.union())
            self._expect(">")
        return Named(name, tuple(arguments), self._members())

    def _members(self) -> Members | None:
        if not self._take("{"):
            return None
        names: list[str] = []
        more = 0
        while not self._take("}"):
            if (count := self._more()) is not None:
                more += count
            else:
                kind, text = self._next()
                if kind not in {"name", "string"}:
                    raise _NoType
                names.append(text.strip("\"'"))
            self._take(",")
        return Members(tuple(names), more)

    def _next(self) -> tuple[str, str]:
        if self.done():
            raise _NoType
        self._at += 1
        return self._tokens[self._at - 1]

    def _take(self, mark: str) -> bool:
        if not self.done() and self._tokens[self._at] == ("mark", mark):
            self._at += 1
            return True
        return False

    def _expect(self, mark: str) -> None:
        if not self._take(mark):
            raise _NoType
