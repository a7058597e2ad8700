"""What a ``$ref`` leads to, with what stands beside it, however long the way is."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import quote

import pytest
from polyreel.errors import SpecError
from polyreel.openapi.documents import pointer, pointer_parts
from polyreel.openapi.references import References, resolve


def test_resolve_follows_references_through_escapes_lists_and_other_references() -> None:
    document = {
        "paths": {"/a/{b}": {"get": [{"x": 1}]}},
        "c": {"$ref": "#/paths/~1a~1{b}/get/0"},
    }

    assert resolve(document, "#/c") == {"x": 1}


@pytest.mark.parametrize("name", ["a:b", "a b", "50%", "a%3Ab", "ä/~"])
def test_a_reference_is_a_part_of_a_url_with_its_escapes(name: str) -> None:
    document = {"schemas": {name: {"x": 1}}}

    assert pointer_parts(pointer("schemas", name)) == ["schemas", name]
    assert resolve(document, f"#{quote(pointer('schemas', name)[1:], safe='/%')}") == {"x": 1}
    assert resolve({"schemas": {"a:b": {"x": 1}}}, "#/schemas/a%3Ab") == {"x": 1}


@pytest.mark.parametrize(
    ("ref", "problem"),
    [
        ("other.yaml#/a", "leads out of the document"),
        ("https://example.com/a.yaml", "leads out of the document"),
        ("/etc/passwd", "leads out of the document"),
        ("#/nowhere", "points at nothing"),
        ("#/list/7", "points at nothing"),
        ("#/list/٠", "points at nothing"),
        ("#/round", "leads in a circle"),
    ],
)
def test_a_reference_that_leads_elsewhere_is_refused(ref: str, problem: str) -> None:
    document = {"list": [1], "round": {"$ref": "#/about"}, "about": {"$ref": "#/round"}}

    with pytest.raises(SpecError, match=problem):
        resolve(document, ref)


def chain(length: int, **beside: Any) -> dict[str, Any]:
    """Components that each refer to the next one, the last of which is a text."""
    links: dict[str, Any] = {
        f"S{n}": {"$ref": f"#/components/schemas/S{n + 1}", **beside} for n in range(length)
    }
    return {"components": {"schemas": {**links, f"S{length}": {"type": "string"}}}}


def test_a_reference_with_prose_beside_it_is_a_mere_reference() -> None:
    document = chain(3, description="One of many.")

    found = References(document).schema({"$ref": "#/components/schemas/S0", "title": "It"})
    assert found == {"type": "string"}


def test_a_reference_with_a_fact_beside_it_is_a_schema_of_its_own() -> None:
    document = chain(3)
    document["components"]["schemas"]["S2"]["maxLength"] = 5

    found = References(document).schema({"$ref": "#/components/schemas/S0"})
    assert found == {"$ref": "#/components/schemas/S3", "maxLength": 5}


def test_what_stands_beside_the_reference_of_a_parameter_says_nothing() -> None:
    document = {"p": {"$ref": "#/q", "required": True}, "q": {"name": "page", "in": "query"}}

    assert References(document).followed({"$ref": "#/p"}) == {"name": "page", "in": "query"}


def test_all_links_of_a_long_chain_are_followed_in_time_in_proportion_to_its_length() -> None:
    def took(length: int) -> float:
        document = chain(length)
        references = References(document)
        started = time.perf_counter()
        for n in range(length):
            assert references.schema({"$ref": f"#/components/schemas/S{n}"}) == {"type": "string"}
        return time.perf_counter() - started

    took(100)
    assert took(8_000) < 40 * took(1_000) + 0.5
