"""Lines that both forms of the SDK reference have: members, options, bounds, and TypeScript's own types."""

from __future__ import annotations

import re
from typing import Any

from polyreel.codegen.reading.readers.sdk_types import SdkType, parse_type
from polyreel.openapi.documents import Document

ALIAS = re.compile(r"(?:type )?(?P<name>[A-Za-z_$][\w$.]*) = (?P<type>.+)")
BUILT_IN: dict[str, Document] = {
    "string": {"type": "string"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "unknown": {},
    "any": {},
    "object": {"type": "object"},
    "Record": {"type": "object"},
}

_MEMBER = re.compile(r"""(?P<name>[A-Za-z_$][\w$.-]*|"[^"]+")(?P<optional>\?)?: (?P<type>.+)""")
_BOUND = re.compile(
    r"(?P<keyword>minimum|maximum|exclusiveMinimum|exclusiveMaximum|minLength|maxLength|minItems|maxItems)"
    r"(?:: | ?)(?P<value>-?\d+(?:\.\d+)?)"
)
_FORMAT = re.compile(
    r"format(?:: | ?)(?P<value>uuid|date-time|date|time|duration|uri|email|hostname|ipv4|ipv6|byte|binary"
    r"|int32|int64|float|double|unixtime|password)"
)


def member_of(line: str) -> tuple[str, bool, SdkType] | None:
    """Read ``name?: type``: the name, whether it is optional, and the type; None for anything else."""
    match = _MEMBER.fullmatch(line)
    type_ = parse_type(match["type"]) if match else None
    if match is None or type_ is None:
        return None
    return match["name"].strip('"'), bool(match["optional"]), type_


def facts_of(line: str) -> Document | None:
    """Read a line of bounds and formats, such as ``maximum: 100, minimum: 1``; None for prose."""
    facts: Document = {}
    for part in line.split(", "):
        if bound := _BOUND.fullmatch(part):
            number = float(bound["value"])
            facts[bound["keyword"]] = int(number) if number.is_integer() else number
        elif named := _FORMAT.fullmatch(part):
            facts["format"] = named["value"]
        else:
            return None
    return facts


def constant(value: Any) -> Document:
    """Return the schema of a single value."""
    if value is None:
        return {"type": "null"}
    kind = {str: "string", bool: "boolean", int: "integer", float: "number"}[type(value)]
    return {"type": kind, "enum": [value]}
