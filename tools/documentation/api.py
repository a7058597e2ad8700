"""docs/api.md: every public name, from the docstrings of the modules where it is defined."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import griffe
import polyreel

ROOT = Path(__file__).resolve().parents[2]

# Public names by the module that defines them, in the order in which a reader needs them.
_SECTIONS = {
    "hub": "Hubs",
    "listing": "Listings",
    "models": "Items and pages",
    "accounts": "Accounts",
    "http": "Timeouts and retries",
    "errors": "Errors",
    "provider": "For plugins: describing a provider",
    "auth": "For plugins: how a key travels",
    "hookspecs": "For plugins: hooks",
    "request": "For plugins: requests and responses",
    "fields": "For plugins: field maps",
    "files": "For plugins: files",
    "paging": "For plugins: page styles",
    "registry": "For plugins: the registry",
}

_INTRODUCTION = """\
# The Python API

<!-- Written by make docs, from the docstrings in core/polyreel -->

Every name on this page is imported from `polyreel`. Times are aware UTC `datetime`s, durations are seconds,
sizes are pixels; a field that the provider didn't send, or sent in a shape that can't be read, is `None`.
"""

_ROLE = re.compile(r":\w+:`~?(?:[\w.]*\.)?(\w+)`")


def page() -> str:
    """Return the page.

    Raises:
        ValueError: A public name has no docstring, or no section to stand in.
    """
    logging.getLogger("griffe").setLevel(logging.ERROR)  # it knows nothing of attrs classes
    package = griffe.load(
        "polyreel", search_paths=[str(ROOT / "core")], docstring_parser="google",
        resolve_aliases=True,
    )  # fmt: skip
    sections: dict[str, list[Any]] = {name: [] for name in _SECTIONS}
    for name in vars(polyreel)["__all__"]:
        if name.startswith("__"):
            continue
        found = package[name]
        found = found.final_target if found.is_alias else found
        home = found.path.split(".")[1]
        if home not in sections:
            raise ValueError(f"{found.path}: docs/api.md has no section for polyreel.{home}")
        sections[home] += _functions(found) if found.is_module else [found]
    lines = [_INTRODUCTION]
    for home, title in _SECTIONS.items():
        if sections[home]:
            lines += [f"## {title}\n", *_sections_of(home, sections[home])]
    return "\n".join(lines).rstrip() + "\n"


def _functions(module: Any) -> list[Any]:
    return [
        one
        for one in module.members.values()
        if not one.is_alias and one.is_function and one.name[0] != "_"
    ]


def _sections_of(home: str, found: list[Any]) -> Iterator[str]:
    if home == "errors":
        tree = (found[0].module.docstring or griffe.Docstring("")).value.partition("::")[2]
        yield "```text\n" + _dedented(tree).strip("\n") + "\n```\n"
    for each in sorted(found, key=lambda one: one.lineno):
        yield from _entry(each)


def _entry(found: Any) -> Iterator[str]:
    """Yield one public name: how it is called, what its docstring says, its methods and fields."""
    if found.docstring is None and found.is_class:
        raise ValueError(f"{found.path} has no docstring")
    yield f"### `{found.name}`\n"
    signature = _signature(found)
    if signature:
        yield f"```python\n{signature}\n```\n"
    yield from _docstring(found)
    if found.is_class:
        yield from _fields(found)
        for member in _members(found):
            if member.is_function and not member.name.startswith("_"):
                yield f"#### `{found.name}.{member.name}`\n"
                yield f"```python\n{_signature(member)}\n```\n"
                yield from _docstring(member)


def _members(found: Any) -> list[Any]:
    """Return the members of a class, and before them those of its private bases."""
    inherited = {
        name: member
        for base in found.resolved_bases
        if base.name.startswith("_")
        for name, member in base.members.items()
    }
    return [*(inherited | found.members).values()]


def _fields(found: Any) -> Iterator[str]:
    """Yield the attributes that have docstrings of their own, and the properties."""
    shown = False
    for member in _members(found):
        if member.is_attribute and not member.name.startswith("_") and member.docstring:
            what = f" ({_code(member.annotation)})" if member.annotation else ""
            yield f"* `{member.name}`{what}: {_flowing(member.docstring.value)}"
            shown = True
    if shown:
        yield ""


def _signature(found: Any) -> str:
    if found.is_attribute:
        return f"{found.name} = {found.value}".replace("'", '"')
    parameters = [one for one in found.parameters if one.name not in {"self", "cls"}]
    if found.is_class and (not parameters or not _documents_arguments(found)):
        return ""  # callers are given one, and make none themselves
    shown, keyword_only = [], False
    for one in parameters:
        kind = str(one.kind.value)
        stars = {"variadic positional": "*", "variadic keyword": "**"}.get(kind, "")
        if kind == "keyword-only" and not keyword_only:
            keyword_only = True
            shown.append("*")
        annotation = f": {one.annotation}" if one.annotation else ""
        default = f" = {one.default}" if one.default is not None and not stars else ""
        shown.append(f"{stars}{one.name}{annotation}{default}")
    returns = f" -> {found.returns}" if found.is_function and found.returns else ""
    prefix = "async " if found.is_function and "async" in found.labels else ""
    one_line = f"{prefix}{found.name}({', '.join(shown)}){returns}"
    if len(one_line) <= 90:
        return one_line
    return f"{prefix}{found.name}(\n" + "".join(f"    {each},\n" for each in shown) + f"){returns}"


def _documents_arguments(found: Any) -> bool:
    return any(section.kind.value == "parameters" for section in found.docstring.parsed)


def _docstring(found: Any) -> Iterator[str]:
    if found.docstring is None:
        return
    for section in found.docstring.parsed:
        match section.kind.value:
            case "text":
                yield _prose(section.value) + "\n"
            case "parameters" | "attributes":
                yield from _list(section.value, named=True)
            case "raises":
                yield "Raises:\n"
                yield from _list(section.value, named=False)
            case "returns" | "yields":
                title = section.kind.value.capitalize()
                told = " ".join(_flowing(each.description) for each in section.value)
                yield f"{title}: {told}\n"
            case "examples":
                yield "\n".join(text for _, text in section.value) + "\n"
            case other:
                raise ValueError(f"{found.path}: docs/api.md can't show a section of {other}")


def _list(values: Iterable[Any], *, named: bool) -> Iterator[str]:
    for each in values:
        name = each.name if named else str(each.annotation)
        yield f"* `{name}`: {_flowing(each.description)}"
    yield ""


def _prose(text: str) -> str:
    """Turn a docstring's text into Markdown: cross references into code, literal blocks into fences."""
    paragraphs = re.split(r"\n\n(?=\S)", _ROLE.sub(r"`\1`", text).replace("``", "`"))
    shown = []
    for paragraph in paragraphs:
        head, colons, block = paragraph.partition("::\n\n")
        if colons:
            shown.append(f"{head.strip()}:\n\n```python\n{_dedented(block).strip()}\n```")
        else:
            shown.append(paragraph)
    return "\n\n".join(shown)


def _dedented(text: str) -> str:
    from textwrap import dedent

    return dedent(text.strip("\n"))


def _code(annotation: object) -> str:
    return f"`{annotation}`"


def _flowing(text: str) -> str:
    return " ".join(_ROLE.sub(r"`\1`", text).replace("``", "`").split())
