"""YAML and JSON documents as plain data, read with bounds and written one way.

Every page and spec is untrusted input, so reading is strict where YAML is generous: the core schema
of YAML 1.2 only (``on`` stays text, and so does a timestamp), no tags, no merge keys, no key twice,
few aliases, and limits on size, depth and number of values. What comes out are dicts with text
keys, lists, strings, finite numbers, booleans and None, with nothing shared between two places.
"""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn
from urllib.parse import unquote

from polyreel.errors import SpecError
from polyreel.openapi.document_size import MAX_DEPTH, MAX_VALUES

Document = dict[str, Any]
"""A whole OpenAPI document, or a part of one."""

MAX_CHARACTERS = 10_000_000


def load_document(text: str, *, where: str, notes: list[str] | None = None) -> Document:
    """Read YAML or JSON, whichever the text looks like.

    Args:
        text: The document.
        where: Its name in messages, such as a file or a page.
        notes: Where it is given, what YAML 1.2 doesn't have is noted instead of refused: see `yaml12.parse`.

    Raises:
        SpecError: As `load_yaml` and `load_json` do.
    """
    looks_like_json = text.lstrip("\ufeff \t\r\n").startswith("{")
    return (
        load_json(text, where=where)
        if looks_like_json
        else load_yaml(text, where=where, notes=notes)
    )


def load_yaml(text: str, *, where: str, notes: list[str] | None = None) -> Document:
    """Read one YAML document whose root is a mapping.

    Args:
        text: The document.
        where: Its name in messages, such as a file or a page.
        notes: Where it is given, what YAML 1.2 doesn't have is noted instead of refused: see `yaml12.parse`.

    Raises:
        SpecError: Not valid YAML, not a mapping, or outside of what this module's text allows.
    """
    _check_size(text, where)
    from polyreel.openapi import yaml12  # needs PyYAML, which the sandbox is installed without

    return _mapping(yaml12.parse(text.removeprefix("\ufeff"), where, notes), where)


def load_json(text: str, *, where: str) -> Document:
    """Read one JSON document whose root is an object.

    Args:
        text: The document.
        where: Its name in messages, such as a file or a page.

    Raises:
        SpecError: Not valid JSON, not an object, or outside of what this module's text allows.
    """
    _check_size(text, where)

    def pairs(items: list[tuple[str, Any]]) -> Document:
        found = dict(items)
        if len(found) < len(items):
            seen: set[str] = set()
            twice = next(name for name, _ in items if name in seen or seen.add(name))  # type: ignore[func-returns-value]
            raise SpecError(f"{where}: the key {twice!r} stands twice in one object")
        return found

    def constant(name: str) -> NoReturn:
        raise SpecError(f"{where}: {name} is not a number that JSON can hold")

    try:
        document = json.loads(
            text.removeprefix("\ufeff"), object_pairs_hook=pairs, parse_constant=constant
        )
    except json.JSONDecodeError as error:
        raise SpecError(f"{where}, line {error.lineno}: not valid JSON: {error.msg}") from error
    except ValueError as error:
        raise SpecError(f"{where}: holds a number of thousands of digits") from error
    except RecursionError as error:
        raise SpecError(f"{where}: nested deeper than {MAX_DEPTH} levels") from error
    _check_values(document, where)
    return _mapping(document, where)


def dump_yaml(document: Document) -> str:
    """Write a document as YAML in block style, keys in the order given, without aliases.

    The same document always gives the same text, and `load_yaml` of it gives the same document.
    """
    from polyreel.openapi import yaml12

    return yaml12.dump(document)


def dump_json(document: Document) -> str:
    """Write a document as indented JSON, keys in the order given."""
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def pointer(*parts: str | int) -> str:
    """Join parts into a local reference: ``pointer("paths", "/a")`` is ``#/paths/~1a``."""
    return "#" + "".join("/" + _escaped(str(part)) for part in parts)


def pointer_parts(ref: str) -> list[str]:
    """Split a local reference into its parts, unescaped; the reverse of `pointer`.

    It is a part of a URL, so that a colon may be written as ``%3A``.

    Raises:
        SpecError: The reference leads out of the document, which is never followed.
    """
    if ref != "#" and not ref.startswith("#/"):
        raise SpecError(f"$ref {ref!r} leads out of the document; only '#/…' is followed")
    parts = unquote(ref).split("/")[1:] if "%" in ref else ref.split("/")[1:]
    return [part.replace("~1", "/").replace("~0", "~") for part in parts]


def _escaped(part: str) -> str:
    return part.replace("~", "~0").replace("/", "~1").replace("%", "%25")


def _check_size(text: str, where: str) -> None:
    if len(text) > MAX_CHARACTERS:
        raise SpecError(f"{where}: longer than {MAX_CHARACTERS:,} characters")


def _mapping(document: Any, where: str) -> Document:
    if not isinstance(document, dict):
        raise SpecError(f"{where}: holds no mapping, so it is no OpenAPI or overlay document")
    return document


def _check_values(root: Any, where: str) -> None:
    """Hold what came from JSON to the limits that are set for YAML, level by level."""
    level = [root]
    count = 0
    for _ in range(MAX_DEPTH + 1):
        count += len(level)
        if count > MAX_VALUES:
            raise SpecError(f"{where}: more than {MAX_VALUES:,} values")
        for value in level:
            _check_scalar(value, where)
        lists = [value for value in level if isinstance(value, list)]
        dicts = [value for value in level if isinstance(value, dict)]
        level = [item for items in lists for item in items]
        level += [item for items in dicts for pair in items.items() for item in pair]
        if not level:
            return
    raise SpecError(f"{where}: nested deeper than {MAX_DEPTH} levels")


def _check_scalar(value: Any, where: str) -> None:
    if isinstance(value, float) and not math.isfinite(value):
        raise SpecError(f"{where}: holds a number too large for JSON")
    if isinstance(value, str) and not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise SpecError(f"{where}: {value!r} holds half of a character") from error
