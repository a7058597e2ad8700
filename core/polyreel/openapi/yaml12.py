"""YAML 1.2 to plain data and back, with bounds: what `documents` is made of.

The parser's events are turned into data here, rather than by a YAML library's constructor, because
that is where tags, aliases, keys that stand twice and endless documents are refused as they come.
"""

from __future__ import annotations

import copy
import math
import re
from collections.abc import Iterator
from typing import Any

import yaml  # type: ignore[import-untyped]  # its stubs would be a dependency for this one module

from polyreel.errors import SpecError
from polyreel.openapi.document_size import MAX_DEPTH, MAX_VALUES

MAX_ALIASES = 100
MAX_ALIASED_VALUES = 10_000

_CONSTANTS = {
    **dict.fromkeys(("null", "Null", "NULL", "~", "")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INT = re.compile(r"[-+]?[0-9]+")
_BASED_INT = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")

UNREADABLE = "x-unreadable"
"""The key of the mapping that takes the place of a node that isn't read, with the reason as its value."""

_CORE_TAGS = {
    f"tag:yaml.org,2002:{name}": name
    for name in ("str", "int", "float", "bool", "null", "seq", "map")
}

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C parser is ten times as fast


def parse(text: str, where: str, notes: list[str] | None = None) -> Any:
    """Turn one YAML document into plain data; None for an empty text.

    Args:
        text: The document.
        where: Its name in messages.
        notes: Where it is given, what YAML 1.2's core schema doesn't have is no error: a plain tag and a
            merge key are followed, another tag's node is replaced by a mapping with `UNREADABLE`, and
            each is noted here with its place.

    Raises:
        SpecError: Not valid YAML, or outside of the limits above.
    """
    try:
        return _Composer(yaml.parse(text, Loader=_Loader), where, notes).compose()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable"
        raise SpecError(f"{where}{line}: not valid YAML: {problem}") from error


def dump(value: Any) -> str:
    """Write plain data as YAML, so that `parse` gives the same data again."""
    text: str = yaml.dump(
        value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100, indent=2
    )
    return text


class _Composer:
    """Builds plain data from a parser's events; one use."""

    def __init__(self, events: Iterator[Any], where: str, notes: list[str] | None) -> None:
        self._events = events
        self._where = where
        self._notes = notes
        self._anchors: dict[str, Any] = {}
        self._depth = self._values = self._aliases = self._aliased = 0

    def compose(self) -> Any:
        root = None
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._error(event, "more than one YAML document")
            elif isinstance(event, yaml.NodeEvent):
                root = self._node(event)
        return root

    def _node(self, event: Any) -> Any:
        self._check(event)
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        value: Any
        if isinstance(event, yaml.ScalarEvent):
            by_form = event.implicit[0] or _CORE_TAGS.get(event.tag or "", "str") != "str"
            value = self._scalar(event) if by_form else event.value
        else:
            self._depth += 1
            if self._depth > MAX_DEPTH:
                raise self._error(event, f"nested deeper than {MAX_DEPTH} levels")
            sequence = isinstance(event, yaml.SequenceStartEvent)
            value = self._sequence() if sequence else self._mapping()
            self._depth -= 1
        if event.tag is not None and event.tag not in _CORE_TAGS:
            value = {UNREADABLE: f"the YAML tag {event.tag!r} isn't allowed"}
        if event.anchor is not None:
            self._anchors[event.anchor] = value
        return value

    def _check(self, event: Any) -> None:
        self._values += 1
        if self._values > MAX_VALUES:
            raise self._error(event, f"more than {MAX_VALUES:,} values")
        if (tag := getattr(event, "tag", None)) is not None:
            if tag not in _CORE_TAGS and "/" in tag.removeprefix("tag:yaml.org,2002:"):
                raise self._error(event, f"the YAML tag {tag!r} names an object of a program")
            what = (
                "not needed"
                if tag in _CORE_TAGS
                else "not allowed, so what it stands at is not read"
            )
            self._tolerate(
                event, f"the YAML tag {tag!r} isn't allowed", f"the YAML tag {tag!r} is {what}"
            )

    def _sequence(self) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(event))
        return items

    def _mapping(self) -> dict[str, Any]:
        """Read a mapping; keys are the text that they are: ``200:`` and ``'200':`` are the same."""
        mapping: dict[str, Any] = {}
        merged: list[Any] = []
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            self._check(event)
            if not isinstance(event, yaml.ScalarEvent):
                raise self._error(event, "a key that isn't plain text")
            key = event.value
            if key in mapping:
                raise self._error(event, f"the key {key!r} stands twice in one mapping")
            if key == "<<" and event.implicit[0]:
                said = "the merge key '<<' is not part of YAML 1.2"
                self._tolerate(event, said, f"{said}; what it names is merged")
                below = self._node(next(self._events))
                merged += below if isinstance(below, list) else [below]
                continue
            mapping[key] = self._node(next(self._events))
        for other in merged:  # what stands in the mapping itself counts, and then the first
            mapping = (other if isinstance(other, dict) else {}) | mapping
        return mapping

    def _tolerate(self, event: Any, problem: str, note: str) -> None:
        """Refuse what YAML 1.2 doesn't have, or note it."""
        if self._notes is None:
            raise self._error(event, problem)
        self._notes.append(f"{self._where}, line {event.start_mark.line + 1}: {note}")

    def _alias(self, event: Any) -> Any:
        if event.anchor not in self._anchors:
            raise self._error(event, f"the alias *{event.anchor} refers to nothing before it")
        value = self._anchors[event.anchor]
        self._aliases += 1
        self._aliased += _count(value, MAX_ALIASED_VALUES)
        if self._aliases > MAX_ALIASES or self._aliased > MAX_ALIASED_VALUES:
            raise self._error(event, "YAML aliases repeat too much")
        return copy.deepcopy(value)

    def _scalar(self, event: Any) -> Any:
        """Read a plain scalar by the core schema of YAML 1.2."""
        text = event.value
        if text in _CONSTANTS:
            return _CONSTANTS[text]
        try:
            if _INT.fullmatch(text):
                return int(text)
        except ValueError as error:  # thousands of digits
            raise self._error(event, f"a number of {len(text)} digits") from error
        if _BASED_INT.fullmatch(text):
            return int(text, 0)
        if _FLOAT.fullmatch(text) and math.isfinite(number := float(text)):
            return number
        if _FLOAT.fullmatch(text) or _NOT_FINITE.fullmatch(text):
            raise self._error(event, f"{text} is not a number that JSON can hold")
        return text

    def _error(self, event: Any, problem: str) -> SpecError:
        return SpecError(f"{self._where}, line {event.start_mark.line + 1}: {problem}")


def _count(value: Any, most: int) -> int:
    """Count the values in a tree, giving up just past ``most``."""
    rest, count = [value], 0
    while rest and count <= most:
        node = rest.pop()
        count += 1
        if isinstance(node, dict):
            rest.extend(node.values())
        elif isinstance(node, list):
            rest.extend(node)
    return count


class _Dumper(yaml.SafeDumper):  # type: ignore[misc]  # the library has no types
    """Writes plain data so that YAML 1.1 and 1.2 readers both see the same values."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        """Write a value that stands in two places twice."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        """Indent lists in mappings, as people write them."""
        super().increase_indent(flow, False)


def _text(dumper: Any, text: str) -> Any:
    """Write text with unusual line ends in double quotes, where they are escaped and so survive."""
    style = '"' if any(end in text for end in "\r\x85\u2028\u2029") else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)

# Text that the core schema would read as a number has to be quoted, also where YAML 1.1 wouldn't.
for _tag, _pattern in (("int", _BASED_INT), ("int", _INT), ("float", _FLOAT)):
    _Dumper.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}",
        re.compile(f"(?:{_pattern.pattern})\\Z"),
        list("-+.0123456789"),
    )
