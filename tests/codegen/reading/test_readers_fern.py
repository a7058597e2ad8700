"""Fern's reference in Markdown: bullets with types become schemas, and what is ambiguous stays open."""

from __future__ import annotations

from typing import Any

import pytest
from polyreel.codegen.reading.read import DocPage, read_pages
from polyreel.errors import SpecError

FILMS = """\
> For the index, fetch https://docs.acme.example/llms.txt.

# List films

GET https://api.acme.example/v1/shelves/{shelf}/films
Content-Type: application/json

All films of a shelf.

Reference: https://docs.acme.example/list

## Authentication

- `x-key` header (required) — The key.

## Servers

- `https://api.acme.example` (Production, default)
- `http://localhost:3001` (local)

## Request

### Path parameters

- `shelf` (string, required) — Which one.

### Query parameters

- `size` (integer, optional, default: 30, min: 1, max: 100) — How many.
- `kind` (enum, optional) — Which kind.
  - Allowed values: `short`, `long`

## Response

### 200

What was found.

- `films` (list of Film, required)
- `next` (string or null, optional)
- `more` (boolean, optional, nullable)
- `labels` (map from string to string, required)
- `owner` (object, optional)
  - `name` (string, required)
- `source` (object or object, optional) — Where it is from.
  - Upload
    - `file` (string, required)
  - Link
    - `url` (string, required)
- `odd` (list of string or integer, optional)

## Errors

### 404 Not Found Error

- `message` (string, optional)

## Types

### Film

- `id` (string, required)
- `length` (double, optional)
- `part_of` (Film, optional)

## Examples

```json
{}
```
"""


def read(text: str = FILMS) -> Any:
    return read_pages([DocPage("films.md", text)])


def test_a_page_is_read_whole() -> None:
    reading = read()
    document = reading.document
    operation = document["paths"]["/v1/shelves/{shelf}/films"]["get"]

    assert document["servers"] == [{"url": "https://api.acme.example"}]
    assert document["components"]["securitySchemes"]["x-key"]["in"] == "header"
    assert {each["name"]: each["schema"] for each in operation["parameters"]} == {
        "shelf": {"type": "string"},
        "size": {"type": "integer", "default": 30, "minimum": 1, "maximum": 100},
        "kind": {"type": "string", "enum": ["short", "long"]},
    }
    schemas = document["components"]["schemas"]
    found = schemas["FilmList"]
    assert found["required"] == ["films", "labels"]
    assert found["properties"]["films"]["items"] == {"$ref": "#/components/schemas/Film"}
    assert found["properties"]["next"] == {"type": ["string", "null"]}
    assert found["properties"]["more"] == {"type": ["boolean", "null"]}
    assert found["properties"]["labels"]["additionalProperties"] == {"type": "string"}
    assert len(found["properties"]["source"]["anyOf"]) == 2
    assert schemas["Film"]["properties"]["part_of"] == {"$ref": "#/components/schemas/Film"}
    assert list(operation["responses"]) == ["200", "404"]


def test_a_type_that_can_be_read_in_two_ways_is_left_open_with_a_note() -> None:
    reading = read()

    assert reading.document["components"]["schemas"]["FilmList"]["properties"]["odd"] == {}
    assert any("odd: the type 'list of string or integer'" in note for note in reading.notes)


def test_a_bare_type_is_the_whole_body() -> None:
    text = FILMS.replace("- `films` (list of Film, required)\n", "- `list of Film`\n")
    start, end = text.index("- `next`"), text.index("## Errors")

    body = read(text[:start] + text[end:]).document["paths"]["/v1/shelves/{shelf}/films"]["get"][
        "responses"
    ]
    schema = body["200"]["content"]["application/json"]["schema"]
    assert schema == {"type": "array", "items": {"$ref": "#/components/schemas/Film"}}


@pytest.mark.parametrize(
    ("whole", "changed", "problem"),
    [
        (
            "(integer, optional, default: 30",
            "(integer, optional, sometimes",
            "'sometimes' isn't understood",
        ),
        ("(double, optional)", "(a double, optional)", "the type 'a double' isn't known"),
        ("### 404 Not Found Error", "### When lost", "is no HTTP status"),
        ("- `x-key` header (required) — The key.", "- a signature", "isn't understood"),
        ("## Response\n", "## Afterwards\n", "cut off"),
    ],
)
def test_what_is_not_understood_is_refused_with_its_place(
    whole: str, changed: str, problem: str
) -> None:
    with pytest.raises(SpecError, match=f"^films.md: .*{problem}"):
        read(FILMS.replace(whole, changed))
