"""Pages with tables: read where nobody can take them in two ways."""

from __future__ import annotations

from typing import Any

import pytest
from polyreel.codegen.reading.read import DocPage, read_pages
from polyreel.errors import SpecError

FILMS = """\
# List films

`GET https://api.acme.example/v1/shelves/{shelf}/films`

## Path parameters

| Name | Type | Description |
| --- | --- | --- |
| `shelf` | string | Which shelf. |

## Query parameters

| Parameter | Type | Required | Default | Description |
|-----------|------|----------|---------|-------------|
| `limit` | integer | No | 20 | How many. Maximum: 100. |
| `since` | string | Yes |  | A day. |

## Response 200

| Field | Type | Description |
| --- | --- | --- |
| films | array | What was found. |
| films[].id | string | Its id. |
| films[].tags | string[] | Words. |
| films[].maker | object | Who made it. |
| films[].maker.name | string \\| null | A name. |
| next | string | Where to go on. |
"""


def read(text: str = FILMS) -> Any:
    return read_pages([DocPage("films.md", text)])


def test_tables_are_read_whole() -> None:
    document = read().document
    operation = document["paths"]["/v1/shelves/{shelf}/films"]["get"]

    assert {
        each["name"]: (each["in"], each.get("required", False)) for each in operation["parameters"]
    } == {
        "shelf": ("path", True),
        "limit": ("query", False),
        "since": ("query", True),
    }
    assert operation["parameters"][1]["schema"] == {
        "type": "integer",
        "default": 20,
        "maximum": 100,
    }
    schemas = document["components"]["schemas"]
    assert list(schemas["FilmList"]["properties"]) == ["films", "next"]
    assert schemas["Film"]["properties"]["tags"] == {"type": "array", "items": {"type": "string"}}
    assert schemas["FilmMaker"]["properties"]["name"] == {"type": ["string", "null"]}


def test_columns_are_known_with_what_they_are_of() -> None:
    text = FILMS.replace("| Name |", "| Path parameter |").replace("| Required |", "| Required? |")

    assert read(text.replace("| Parameter |", "| Query Parameter |")).document == read().document


def test_an_operation_in_code_above_a_response_is_no_page_of_another_form() -> None:
    text = FILMS.replace("`GET https", "```http\nGET https").replace("films`\n", "films\n```\n")

    assert read(text.replace("## Response 200", "## Response")).document == read().document


def test_a_response_without_a_table_is_left_open_with_a_note() -> None:
    reading = read(FILMS[: FILMS.index("## Response")])

    (content,) = reading.document["paths"]["/v1/shelves/{shelf}/films"]["get"]["responses"]["200"][
        "content"
    ].values()
    assert content == {"schema": {}}
    assert any("no table describes the response" in note for note in reading.notes)


@pytest.mark.parametrize(
    ("whole", "changed", "problem"),
    [
        (
            "| integer |",
            "| a number of sorts |",
            "the type 'a number of sorts' of 'limit' isn't known",
        ),
        ("| No |", "| It depends |", "whether 'limit' is required isn't understood"),
        ("films[].id", "shows[].id", "which no row above describes"),
        ("| Name | Type |", "| Name | Sort |", "columns for the name and the type were expected"),
    ],
)
def test_what_is_not_understood_is_refused(whole: str, changed: str, problem: str) -> None:
    with pytest.raises(SpecError, match=f"^films.md: .*{problem}"):
        read(FILMS.replace(whole, changed))


def test_a_parameter_that_may_be_sent_in_two_ways_is_refused() -> None:
    text = FILMS.replace("GET https", "POST https").replace("## Query parameters", "## Parameters")

    with pytest.raises(SpecError, match="in the query or the body"):
        read(text)
