"""What reading costs: work in proportion to a document's size, counted in calls and not in seconds."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

import pytest
from polyreel.codegen.reading.read import DocPage, read_pages
from polyreel.errors import SpecError

Document = dict[str, Any]
_TEXT: Document = {"type": "string"}


def ref(name: str) -> Document:
    return {"$ref": f"#/components/schemas/{name}"}


def members(schemas: Document) -> Document:
    return {"type": "object", "properties": schemas}


def document(answer: Document, schemas: Document | None = None) -> str:
    content = {"application/json": {"schema": answer}}
    operation = {"responses": {"200": {"description": "OK", "content": content}}}
    return json.dumps(
        {
            "openapi": "3.1.0",
            "info": {"title": "Clips", "version": "1"},
            "servers": [{"url": "https://api.example.com"}],
            "paths": {"/clip": {"get": operation}},
            "components": {"schemas": schemas or {}},
        }
    )


GROWING: dict[str, Callable[[int], str]] = {
    "references to references": lambda n: document(
        members({"x": ref("S0")}), {f"S{i}": ref(f"S{i + 1}") for i in range(n)} | {f"S{n}": _TEXT}
    ),
    "objects in objects by name": lambda n: document(
        ref("S0"),
        {f"S{i}": members({"next": ref(f"S{i + 1}")}) for i in range(n)} | {f"S{n}": _TEXT},
    ),
    "values": lambda n: document(members({"x": {"enum": [f"v{i}" for i in range(n)]}})),
    "members": lambda n: document(
        members({f"p{i}": _TEXT for i in range(n)}) | {"required": [f"p{i}" for i in range(n)]}
    ),
    "alternatives": lambda n: document(
        {"oneOf": [members({f"k{i}": _TEXT, "x": members({"y": _TEXT})}) for i in range(n)]}
    ),
    "described members": lambda n: document(
        members(
            {f"p{i}": {**_TEXT, "description": "One of `a`, `b`. Default: `a`."} for i in range(n)}
        )
    ),
}


def calls(text: str) -> int:
    """Count the calls of Python functions while a document is read."""
    count = 0

    def seen(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(seen)
    try:
        read_pages([DocPage("clips.json", text)])
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("kind", GROWING)
def test_a_document_four_times_as_large_costs_four_times_as_much(kind: str) -> None:
    small, large = GROWING[kind](200), GROWING[kind](800)
    calls(small)  # what is loaded and compiled once counts for neither

    assert calls(large) / calls(small) < 1.2 * len(large) / len(small)


def test_values_are_compared_with_each_other_by_what_they_are_and_not_pair_by_pair() -> None:
    """A hundred thousand values are read while a test waits; pair by pair they took minutes."""
    text = document(members({"x": {"enum": [f"v{i}" for i in range(100_000)]}}))

    schemas = read_pages([DocPage("clips.json", text)]).document["components"]["schemas"]

    assert len(schemas["Clip"]["properties"]["x"]["enum"]) == 100_000


def test_a_chain_of_eight_thousand_references_is_what_it_ends_in() -> None:
    text = GROWING["references to references"](8_000)

    schemas = read_pages([DocPage("clips.json", text)]).document["components"]["schemas"]

    assert schemas["Clip"]["properties"]["x"] == {"$ref": "#/components/schemas/S8000"}


def test_what_has_no_end_is_refused_with_what_is_wrong() -> None:
    circle = document(members({"x": ref("A")}), {"A": ref("B"), "B": ref("A")})
    nested = {f"S{i}": {"allOf": [ref(f"S{i + 1}")], "x": 1} for i in range(100)} | {"S100": _TEXT}

    with pytest.raises(SpecError, match="is made of itself"):
        read_pages([DocPage("clips.json", circle)])
    wrapped = {name: schema | {"minLength": 1} for name, schema in nested.items()}
    with pytest.raises(SpecError, match="made of more than 60 schemas"):
        read_pages([DocPage("clips.json", document(members({"x": ref("S0")}), wrapped))])
