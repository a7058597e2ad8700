"""One document of several: what an OpenAPI document refers to in other files is put into it."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Mapping
from typing import Any

from polyreel.errors import SpecError
from polyreel.openapi.documents import Document, load_yaml

_ELSEWHERE = re.compile(r"""\$ref["']?\s*:\s*["']?(?!["'#\s])""")


def bundled(pages: Mapping[str, str]) -> dict[str, str]:
    """Put together documents that refer to each other.

    Args:
        pages: Texts by file name. Where one refers to ``./schemas.yaml#/Video``, the file
            ``schemas.yaml`` has to be among them.

    Returns:
        The pages that aren't only parts of others, each referring to itself alone.

    Raises:
        SpecError: A document refers to one that isn't given; says which.
    """
    mains = {file for file, text in pages.items() if _ELSEWHERE.search(text) and _has_paths(text)}
    if not mains:
        return dict(pages)
    parts: set[str] = set()
    found: dict[str, str] = {}
    for file in mains:
        bundle = _Bundle(file, pages)
        found[file] = json.dumps(bundle.made())
        parts |= bundle.used
    rest = {file: text for file, text in pages.items() if file not in found | dict.fromkeys(parts)}
    return found | rest


def _has_paths(text: str) -> bool:
    return re.search(r"""(?m)(^|[{,])\s*["']?(paths|openapi)["']?\s*:""", text) is not None


class _Bundle:
    def __init__(self, main: str, pages: Mapping[str, str]) -> None:
        self.used: set[str] = set()
        self._main = main
        self._pages = pages
        self._documents: dict[str, Document] = {}
        self._places: dict[tuple[str, str], str] = {}
        self._components: dict[str, dict[str, Any]] = {}

    def made(self) -> Document:
        document = self._document(self._main)
        for section, named in document.get("components", {}).items():
            self._components[section] = dict(named) if isinstance(named, dict) else {}
        own = {section: list(named) for section, named in self._components.items()}
        rest = {key: each for key, each in document.items() if key != "components"}
        whole: Document = self._rewritten(rest, self._main)
        for section, names in own.items():
            for name in names:
                node = self._components[section][name]
                self._components[section][name] = self._rewritten(node, self._main)
        return whole | {"components": self._components}

    def _rewritten(self, node: Any, file: str) -> Any:
        """Copy a node, with its references as they are from the main document."""
        if isinstance(node, list):
            return [self._rewritten(each, file) for each in node]
        if not isinstance(node, dict):
            return node
        copy = {key: self._rewritten(each, file) for key, each in node.items() if key != "$ref"}
        ref = node.get("$ref")
        if isinstance(ref, str):
            copy["$ref"] = self._reference(ref, file)
        elif "$ref" in node:
            copy["$ref"] = self._rewritten(ref, file)
        return copy

    def _reference(self, ref: str, file: str) -> str:
        where, _, pointer = ref.partition("#")
        there = posixpath.basename(where) or file
        if there == self._main:
            return f"#{pointer}"
        if there not in self._pages:
            raise SpecError(
                f"{file} refers to {ref!r}, which is another document: give it with a second --spec"
            )
        self.used.add(there)
        place = self._places.get((there, pointer))
        return place or self._taken_in(there, pointer)

    def _taken_in(self, file: str, pointer: str) -> str:
        node: Any = self._document(file)
        keys = [each.replace("~1", "/").replace("~0", "~") for each in pointer.split("/")[1:]]
        for key in keys:
            node = node.get(key) if isinstance(node, dict) else None
        if node is None:
            raise SpecError(f"{file} has nothing at {pointer!r}, to which {self._main} refers")
        named = self._components.setdefault(_section(keys, node), {})
        stem = (
            re.sub(r"[^A-Za-z0-9._-]", "-", keys[-1] if keys else file.partition(".")[0]) or "Part"
        )
        name = stem
        while name in named:
            name += "_"
        place = f"#/components/{_section(keys, node)}/{name}"
        self._places[file, pointer] = place
        named[name] = {}  # its place, so that it may refer to itself
        named[name] = self._rewritten(node, file)
        return place

    def _document(self, file: str) -> Document:
        if file not in self._documents:
            said = load_yaml(self._pages[file], where=file)
            if not isinstance(said, dict):
                raise SpecError(f"{file} is no document that can be referred to")
            self._documents[file] = said
        return self._documents[file]


def _section(keys: list[str], node: Any) -> str:
    """Say in which section of components a node belongs."""
    if len(keys) > 2 and keys[0] == "components":
        return keys[1]
    if isinstance(node, dict) and {"name", "in"} <= node.keys():
        return "parameters"
    return "responses" if isinstance(node, dict) and "content" in node else "schemas"
