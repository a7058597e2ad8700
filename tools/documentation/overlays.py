"""docs/plugins.md: the reference of annotations, from the classes that read them."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin, get_type_hints

import attrs
from polyreel.openapi.annotations import FIELDS, Annotation, Paging


def with_reference(now: str) -> str:
    """Return a text whose reference of annotations is written anew."""
    begin, end = "<!-- annotations: written by make docs -->\n", "<!-- /annotations -->"
    before, _, rest = now.partition(begin)
    lines = [
        *_table("x-polyreel, at an operation", Annotation),
        "",
        *_table("paging, in x-polyreel", Paging),
        "",
        "| of a field of an item | what it says |",
        "| --- | --- |",
        *(f"| `{name}` | {said} |" for name, said in FIELDS.items()),
    ]
    return "".join([before, begin, "\n".join(lines), "\n", end, rest.partition(end)[2]])


def _table(title: str, cls: type[Any]) -> Iterator[str]:
    yield f"| {title} | usually | what it says |"
    yield "| --- | --- | --- |"
    about, types = _attributes(cls), get_type_hints(cls)
    for each in attrs.fields(cls):
        values = get_args(types[each.name]) if get_origin(types[each.name]) is Literal else ()
        known = f" One of {', '.join(f'`{value}`' for value in values)}." if values else ""
        yield f"| `{each.name}` | {_default(each.default)} | {about[each.name]}{known} |"


def _default(value: Any) -> str:
    if value is attrs.NOTHING:
        return "needed"
    return "–" if value in (None, "", ()) else f"`{value}`"


def _attributes(cls: type[Any]) -> dict[str, str]:
    """Read the section Attributes of a class's docstring."""
    said = inspect.getdoc(cls) or ""
    found = re.findall(
        r"^    (\w+): (.*(?:\n        .*)*)", said.partition("Attributes:")[2], re.MULTILINE
    )
    return {name: re.sub(r"\s+", " ", text).replace("``", "`") for name, text in found}
