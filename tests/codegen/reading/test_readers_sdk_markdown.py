"""The SDK reference as Markdown: its TypeScript flavour is read whole, and everything else is refused."""

from __future__ import annotations

from typing import Any

import pytest
from polyreel.codegen.reading.read import DocPage, read_pages
from polyreel.errors import SpecError

LIST = """\
## List

`client.films.list(FilmListParamsparams?, RequestOptionsoptions?): CursorPage<Film>`

**get** `/v1/films`

Gives the films that were made.

### Parameters

- `params: FilmListParams`

  - `after?: string`

    Query param: The film that a page begins after.

  - `limit?: number`

    Query param: The number of films.

    Defaults to `20`. Ranges from `1` to `100`.

  - `order?: "up" | "down"`

    Query param

    - `"up"`

    - `"down"`

  - `betas?: Array<string>`

    Header param: What to try.

### Returns

- `Film`

  One film.

  - `id: string`

  - `done_at: number | null`

    When it was done:

    - never, for one that failed
    - `soon`

  - `error: FilmError | null`

    - `code: string`

  - `maker: (string & {}) | FilmMaker`

    - `(string & {})`

    - `FilmMaker = "one" | "two" | 1 more`

      - `"one"`

      - `"two"`

      - `"three"`

  - `parts?: Array<FilmPart> | null`

    - `length: number`

      minimum: 0, format: float

  - `tree?: Node`

    - `children: Array<Node>`

  - `kind: "film"`

    - `"film"`

### Example

```typescript
for await (const film of client.films.list()) {
  console.log(film.id);
}
```
"""
GET = """\
## Retrieve

`client.films.retrieve(stringfilmID, RequestOptionsoptions?): Film`

**get** `/v1/films/{film_id}`

### Parameters

- `filmID: string`

### Returns

- `Film`

  - `id: string`

### Example

```typescript
await client.films.retrieve('film_id');
```
"""


def read(text: str, *operations: str) -> Any:
    return read_pages([DocPage("films.md", text, operations=operations)])


def test_a_list_is_read_whole() -> None:
    reading = read(LIST)

    operation = reading.document["paths"]["/v1/films"]["get"]
    assert operation["operationId"] == "listFilms"
    assert {each["name"]: each["schema"] for each in operation["parameters"]} == {
        "after": {"type": "string"},
        "limit": {"type": "number", "default": 20, "minimum": 1, "maximum": 100},
        "order": {"type": "string", "enum": ["up", "down"]},
    }
    schemas = reading.document["components"]["schemas"]
    assert schemas["FilmList"]["properties"]["data"]["items"] == {
        "$ref": "#/components/schemas/Film"
    }
    film = schemas["Film"]
    assert film["required"] == ["id", "done_at", "error", "maker", "kind"]
    assert film["properties"]["done_at"] == {"type": ["number", "null"]}
    assert film["properties"]["maker"] == {
        "type": "string",
        "x-extensible-enum": ["one", "two", "three"],
    }
    assert film["properties"]["parts"]["type"] == ["array", "null"]
    assert schemas["FilmPart"]["properties"]["length"] == {
        "type": "number",
        "format": "float",
        "minimum": 0,
    }
    assert schemas["Node"]["properties"]["children"]["items"] == {
        "$ref": "#/components/schemas/Node"
    }


@pytest.mark.parametrize("name", ["FilmPage", "PageCursor", "PaginatedCursor", "PaginatedFilms"])
def test_a_list_stands_where_the_example_shows_it_and_what_is_beside_it_is_noted(name: str) -> None:
    shown = '{"next": "b", "films": [{"id": "a", "parts": []}]}'
    example = f"#### Response\n\n```json\n{shown}\n```\n"
    reading = read(LIST.replace("CursorPage<", f"{name}<") + example)

    assert list(reading.document["components"]["schemas"]["FilmList"]["properties"]) == ["films"]
    assert any("what stands beside the list 'films'" in note for note in reading.notes)


def test_an_optional_header_is_left_out_with_a_note_since_its_name_is_not_on_the_page() -> None:
    assert any("'betas' is left out" in note for note in read(LIST).notes)
    with pytest.raises(SpecError, match="the header 'betas' is required"):
        read(LIST.replace("betas?:", "betas:"))


def test_a_page_of_several_operations_has_all_of_them_or_the_one_that_is_wanted() -> None:
    both = f"# Films\n\n{LIST}\n{GET}"

    assert list(read(both).document["paths"]) == ["/v1/films", "/v1/films/{film_id}"]
    alone = read(both, "GET /v1/films/{film_id}").document["paths"]
    assert list(alone) == ["/v1/films/{film_id}"]
    assert alone["/v1/films/{film_id}"]["get"]["parameters"][0]["name"] == "film_id"


@pytest.mark.parametrize(
    ("call", "problem"),
    [
        ("client.films.list(**kwargs) -> SyncPage[Film]", "Python or Ruby"),
        ("client.Films.List(ctx, query) (*DocPage[Film], error)", "Go"),
        (
            "FilmListPage films().list(FilmListParamsparams = FilmListParams.none())",
            "Java or Kotlin",
        ),
    ],
)
def test_other_languages_are_refused_with_their_reason(call: str, problem: str) -> None:
    first = "`client.films.list(FilmListParamsparams?, RequestOptionsoptions?): CursorPage<Film>`"

    with pytest.raises(SpecError, match=f"the {problem} flavour"):
        read(LIST.replace(first, f"`{call}`"))


def test_a_body_is_refused_because_its_encoding_is_not_said() -> None:
    with pytest.raises(SpecError, match="doesn't say how it is sent"):
        read(
            LIST.replace("**get**", "**post**").replace(
                "Query param: The number", "Body param: The number"
            )
        )


@pytest.mark.parametrize(
    ("cut", "problem"),
    [
        ("### Example", "cut off"),
        ("### Returns", "cut off"),
        ('      - `"three"`', "cut off"),
    ],
)
def test_a_page_that_ends_early_is_refused(cut: str, problem: str) -> None:
    with pytest.raises(SpecError, match=problem):
        read(LIST[: LIST.index(cut)])


@pytest.mark.parametrize(
    ("whole", "changed", "problem"),
    [
        ('      - `"three"`\n', "", "announces 3 options, and 2 are listed"),
        ("- `Film`\n", "- `Reel`\n", "returns another type"),
        ("maker: (string & {}) | FilmMaker", "maker: string", "is a string, but has options"),
        ("error: FilmError | null", "error: FilmError | Other | null", "may be several things"),
    ],
)
def test_what_does_not_fit_together_is_refused(whole: str, changed: str, problem: str) -> None:
    with pytest.raises(SpecError, match=problem):
        read(LIST.replace(whole, changed))
