"""What a document must not contain before anything is generated from it.

Specs are read from pages that somebody else writes, and the generator turns their names and strings
into file names and Python. Its own escaping is one wall; this is the one before it. References stay
inside the document, so nothing that it asks for is fetched or opened; text can be read by a person,
so no look-alike passes a review; names are of the plain kind that APIs use.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from polyreel.codegen.reading.legal_names import (
    COMPONENT,
    KEY,
    MOST,
    OPERATION,
    PARAMETER,
    PATH,
    SERVER,
    TAG,
    TAKEN_BY_FUNCTIONS,
    plain,
)
from polyreel.errors import SpecError
from polyreel.openapi.documents import Document
from polyreel.openapi.references import References

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")

_MAX_TEXT = 20_000

_REF = re.compile(r"#/components/[A-Za-z]+/[A-Za-z0-9_.-]+")
_CODE = re.compile(r"[^\"'`\\\n\t]*")
_PROSE = re.compile(r'(?!.*""")[^\\]*', re.DOTALL)
_STATUS = re.compile(r"[1-5](\d\d|XX)|default")

# Keywords that make references lead elsewhere, or that name another document.
_AWAY = frozenset(
    {"$id", "$schema", "$anchor", "$dynamicRef", "$dynamicAnchor", "$recursiveRef"}
    | {"jsonSchemaDialect", "externalValue", "operationRef"}
)
_WORDS = ("description", "summary", "title")
_VALUES = ("enum", "default", "const")


def check_content(document: Document, *, where: str) -> None:
    """Refuse references that lead out of a document, and text that isn't what it looks like.

    Needs no valid OpenAPI, and comes before anything that follows references.

    Args:
        document: The whole spec, overlay applied.
        where: Its name in messages.

    Raises:
        SpecError: The first thing that can't be accepted, and its place.
    """
    references = References(document)
    for place, key, value in _values(document):
        at = f"{where}, {place}"
        if not KEY.fullmatch(key) or len(key) > MOST * 2:
            raise SpecError(f"{at}: the key {key!r} holds more than plain ASCII, or is too long")
        if isinstance(value, str):
            _check_text(key, value, at)
        if key in _AWAY and isinstance(value, str):
            raise SpecError(f"{at}: {key} makes references lead out of the document")
        if key == "$ref" and isinstance(value, str):
            if not _REF.fullmatch(value):
                raise SpecError(f"{at}: $ref {value!r}; only '#/components/…/NAME' is followed")
            _check_resolves(references, value, at)
        if key in _VALUES:
            for text in value if isinstance(value, list) else [value]:
                if isinstance(text, str) and not _CODE.fullmatch(text):
                    raise SpecError(f"{at}: the value {text!r} holds quotes or a backslash")


def check_names(document: Document, *, where: str) -> None:
    """Refuse names that can't safely become those of files, classes and functions.

    Args:
        document: A valid OpenAPI document, overlay applied.
        where: Its name in messages.

    Raises:
        SpecError: The first name that can't be accepted, or two that become the same.
    """
    for server in document.get("servers", ()):
        _check_name("the server URL", server["url"], SERVER, where, 300)
    components = document.get("components", {})
    for kind in ("schemas", "parameters", "responses", "requestBodies"):
        for name in components.get(kind, {}):
            _check_name("the component", name, COMPONENT, where)
    _check_distinct(components.get("schemas", {}), "components", where)
    for parameter in components.get("parameters", {}).values():
        _check_parameter(parameter, f"{where}, components")
    modules = []
    for path, item in document.get("paths", {}).items():
        _check_name("the path", path, PATH, where, 300)
        if "$ref" in item:
            raise SpecError(f"{where}, {path}: a $ref for a whole path is not supported")
        for parameter in item.get("parameters", ()):
            _check_parameter(parameter, f"{where}, {path}")
        for method in METHODS:
            if method in item:
                at = f"{where}, {method.upper()} {path}"
                modules.append(_check_operation(item[method], at))
    _check_distinct(modules, "operations", where)


def _values(document: Document) -> Iterator[tuple[str, str, Any]]:
    """Every value of every mapping: its place, its key and itself."""
    rest: list[tuple[str, Any]] = [("", document)]
    while rest:
        place, node = rest.pop()
        if isinstance(node, dict):
            for key, value in node.items():
                inner = f"{place}/{key}" if place else key
                yield inner, key, value
                rest.append((inner, value))
        elif isinstance(node, list):
            for number, value in enumerate(node):
                if isinstance(value, str):
                    yield f"{place}/{number}", str(number), value
                rest.append((f"{place}/{number}", value))


def _check_resolves(references: References, ref: str, at: str) -> None:
    try:
        references.followed({"$ref": ref})
    except SpecError as error:
        raise SpecError(f"{at}: {error}") from error


def _check_text(key: str, text: str, at: str) -> None:
    for character in text:
        if not character.isascii() or character < " ":
            kind = unicodedata.category(character)
            if (kind[0] == "C" and character not in "\n\t") or kind in ("Zl", "Zp"):
                name = unicodedata.name(character, f"U+{ord(character):04X}")
                raise SpecError(f"{at}: holds an invisible character ({name})")
    if len(text) > _MAX_TEXT:
        raise SpecError(f"{at}: a text of {len(text):,} characters")
    if key in _WORDS and not _PROSE.fullmatch(text):
        raise SpecError(f"{at}: a docstring can't hold a backslash or three quotes")


def _check_operation(operation: Document, at: str) -> str:
    """Check an operation's names; return that of its module, tag included."""
    name = operation.get("operationId")
    if name is None:
        raise SpecError(f"{at}: has no operationId; give it one in the overlay")
    _check_name("the operationId", name, OPERATION, at)
    tags = operation.get("tags") or ["default"]
    for tag in tags:
        _check_name("the tag", tag, TAG, at)
    for parameter in operation.get("parameters", ()):
        _check_parameter(parameter, at)
    for status in operation.get("responses", {}):
        _check_name("the status", status, _STATUS, at)
    return f"{tags[0]}/{name}"


def _check_parameter(parameter: Document, at: str) -> None:
    if "$ref" in parameter:
        return
    name = parameter["name"]
    _check_name("the parameter", name, PARAMETER, at)
    if plain(name) in TAKEN_BY_FUNCTIONS:
        raise SpecError(f"{at}: a parameter named {name!r} breaks the generated function")


def _check_name(what: str, name: Any, allowed: re.Pattern[str], at: str, most: int = 0) -> None:
    most = most or MOST
    if not isinstance(name, str) or len(name) > most or not allowed.fullmatch(name):
        shown = repr(name)[: 2 * MOST]
        raise SpecError(
            f"{at}: {what} {shown} is not of the plain kind that can be generated from; "
            "give it another in the overlay"
        )


def _check_distinct(names: Any, what: str, where: str) -> None:
    """Names that differ in case or punctuation alone would be written to the same file."""
    seen: dict[str, str] = {}
    for name in names:
        other = seen.setdefault(plain(name), name)
        if other is not name:
            raise SpecError(f"{where}: the {what} {other!r} and {name!r} become the same module")
