"""One document of several: what an OpenAPI document refers to in other documents is put into it."""

from __future__ import annotations

import json
import posixpath
import re
from collections import deque
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote, urljoin

from polyreel.errors import SpecError
from polyreel.openapi.documents import Document, load_yaml
from polyreel.openapi.methods import METHODS

Load = Callable[[str], str]
"""Gives the text of a document by its place: a path relative to the main document, or a URL."""

MOST_DOCUMENTS = 500
MOST_CHARACTERS = 20_000_000

_ELSEWHERE = re.compile(r"""\$ref["']?\s{0,9}:\s{0,9}["']?(?!["'#\s])""")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_DATA = frozenset(
    {"example", "examples", "default", "enum", "const"}
)  # where nothing is a reference


def refers_elsewhere(text: str) -> bool:
    """Say whether a document may refer to others."""
    return _ELSEWHERE.search(text) is not None


def bundle(file: str, text: str, load: Load) -> str:
    """Put what an OpenAPI document refers to elsewhere into the document.

    Args:
        file: The document's file name.
        text: The document, in YAML or JSON.
        load: Gives the others.

    Returns:
        One document in JSON that refers to itself alone; the text as it is where that refers to no other.

    Raises:
        SpecError: A document can't be had, has nothing at the place that is referred to, or there are too
            many of them.
    """
    return json.dumps(_Bundle(file, text, load).made()) if refers_elsewhere(text) else text


class _Bundle:
    def __init__(self, main: str, text: str, load: Load) -> None:
        self._main = main
        self._load = load
        self._left = MOST_CHARACTERS
        self._documents: dict[str, Any] = {main: load_yaml(text, where=main)}
        self._places: dict[tuple[str, str], str] = {}
        self._components: dict[str, dict[str, Any]] = {}
        self._queue: deque[tuple[str, str, Any, str]] = deque()

    def made(self) -> Document:
        """Return the whole document."""
        document = self._documents[self._main]
        if not isinstance(document, dict):
            raise SpecError(f"{self._main} is no OpenAPI document")
        components = document.get("components")
        for section, named in components.items() if isinstance(components, dict) else ():
            self._components[section] = dict(named) if isinstance(named, dict) else {}
        for section, named in self._components.items():
            self._queue.extend(self._component(section, name, node) for name, node in named.items())
        whole = {
            key: self._paths(each) if key == "paths" else self._rewritten(each, self._main)
            for key, each in document.items()
            if key != "components"
        }
        while self._queue:
            section, name, node, file = self._queue.popleft()
            self._components[section][name] = self._rewritten(node, file)
        return whole | ({"components": self._components} if self._components else {})

    def _component(self, section: str, name: str, node: Any) -> tuple[str, str, Any, str]:
        """Plan to copy a component; what it only names of another document has its name from now on."""
        if isinstance(node, dict) and node.keys() == {"$ref"} and isinstance(node["$ref"], str):
            place = self._place(node["$ref"], self._main)
            if place[0] != self._main and place not in self._places:
                self._places[place] = f"#/components/{section}/{name}"
                return section, name, self._at(*place), place[0]
        return section, name, node, self._main

    def _paths(self, paths: Any) -> Any:
        """Copy the paths; one that stands in another document is put in its place."""
        if not isinstance(paths, dict):
            return paths
        return {path: self._rewritten(*self._followed(item)) for path, item in paths.items()}

    def _followed(self, item: Any) -> tuple[Any, str]:
        """Return a path's operations and the document that they stand in."""
        file, seen = self._main, set()
        while isinstance(item, dict) and isinstance(ref := item.get("$ref"), str):
            if (file, ref) in seen:
                raise SpecError(f"{file}: {ref!r} leads to itself")
            seen.add((file, ref))
            file, pointer = self._place(ref, file)
            item = self._at(file, pointer)
        return item, file

    def _rewritten(self, node: Any, file: str, key: str = "") -> Any:
        """Copy a node, with its references as they are from the main document."""
        if isinstance(node, list):
            return [self._rewritten(each, file, key) for each in node]
        if not isinstance(node, dict):
            return node
        copy = {
            name: each if name in _DATA else self._rewritten(each, file, str(name))
            for name, each in node.items()
            if name != "$ref"
        }
        ref = node.get("$ref")
        if isinstance(ref, str):
            copy["$ref"] = self._reference(ref, file, key)
        elif "$ref" in node:
            copy["$ref"] = self._rewritten(ref, file)
        return copy

    def _reference(self, ref: str, file: str, key: str) -> str:
        there, pointer = self._place(ref, file)
        if there == self._main and (pointer.startswith("/components/") or file == self._main):
            return f"#{pointer}"
        known = self._places.get((there, pointer))
        return known or self._taken_in(there, pointer, key)

    def _taken_in(self, file: str, pointer: str, key: str) -> str:
        """Plan to put a part of another document among the components; return its place there."""
        node = self._at(file, pointer)
        keys = _keys(pointer)
        section = _section(keys, node, key)
        named = self._components.setdefault(section, {})
        stem = keys[-1] if keys else posixpath.basename(file).partition(".")[0]
        name = stem = re.sub(r"[^A-Za-z0-9._-]", "-", stem) or "Part"
        while name in named:
            name += "_"
        place = self._places[file, pointer] = f"#/components/{section}/{name}"
        named[name] = {}
        self._queue.append((section, name, node, file))
        return place

    def _place(self, ref: str, file: str) -> tuple[str, str]:
        """Return the document and the place in it that a reference leads to."""
        where, _, pointer = ref.partition("#")
        if not where:
            return file, pointer
        if _SCHEME.match(where) or _SCHEME.match(file):
            return urljoin(file, where), pointer
        return posixpath.normpath(posixpath.join(posixpath.dirname(file), unquote(where))), pointer

    def _at(self, file: str, pointer: str) -> Any:
        node = self._document(file)
        for key in _keys(pointer):
            if isinstance(node, list) and key.isdecimal() and int(key) < len(node):
                node = node[int(key)]
            else:
                node = node.get(key) if isinstance(node, dict) else None
        if node is None:
            raise SpecError(f"{file} has nothing at {pointer!r}, to which {self._main} refers")
        return node

    def _document(self, file: str) -> Any:
        if file not in self._documents:
            if len(self._documents) > MOST_DOCUMENTS:
                raise SpecError(f"{self._main} refers to more than {MOST_DOCUMENTS} documents")
            text = self._load(file)
            self._left -= len(text)
            if self._left < 0:
                raise SpecError(f"{self._main} and what it refers to are too large to be read")
            self._documents[file] = load_yaml(text, where=file)
        return self._documents[file]


def _keys(pointer: str) -> list[str]:
    said = [each.replace("~1", "/").replace("~0", "~") for each in pointer.split("/")[1:]]
    return [unquote(each) for each in said]


def _section(keys: list[str], node: Any, key: str) -> str:
    """Say in which section of components a node belongs: by where it stood, what it is, and what refers."""
    if len(keys) > 2 and keys[0] == "components":
        return keys[1]
    if isinstance(node, dict) and {"name", "in"} <= node.keys():
        return "parameters"
    if key == "requestBody":
        return "requestBodies"
    if isinstance(node, dict) and {*METHODS} & node.keys():
        return "pathItems"
    return "responses" if isinstance(node, dict) and "content" in node else "schemas"
