"""Mintlify pages: what the fence says counts, and a fence that isn't whole counts for nothing."""

from __future__ import annotations

import pytest
from attrs import evolve
from polyreel.codegen.reading.read import read_pages
from polyreel.codegen.reading.readers import DocPage, operations, read_page
from polyreel.errors import SpecError

_DOCUMENT = """\
openapi: 3.1.0
info: {title: Clips, version: '2'}
servers: [{url: 'https://api.example.com'}]
paths:
  /v1/clips:
    get:
      parameters:
        - {in: query, name: limit, schema: {type: integer}, description: How many. Default is 10.}
      responses:
        '200': {description: OK}
"""
_JSON = '{"openapi": "3.1.0", "paths": {"/v1/clips": {"get": {"responses": {"200": {}}}}}}\n'


def page(fence: str, *, heading: str = "# List clips", after: str = "\n") -> DocPage:
    text = f"> ## Index\n> A file lists all pages.\n\n{heading}\n\n> All clips.\n\n## OpenAPI\n\n"
    return DocPage("clips.md", f"{text}{fence}{after}Built with a tool.\n")


def fence(info: str, content: str = _DOCUMENT, marks: str = "````") -> str:
    return f"{marks}{info}\n{content}\n{marks}\n"


@pytest.mark.parametrize(
    "info",
    [
        "yaml get /v1/clips",
        "yaml GET /v1/clips",
        "yaml openapi.yaml get /v1/clips",
        "yaml https://api.example.com/openapi.yaml get /v1/clips",
        "yml /folder/with-dash/openapi.yml get /v1/clips",
        "yaml",
    ],
)
def test_the_fence_is_found_however_its_first_line_is_written(info: str) -> None:
    fragment = read_page(page(fence(info)))

    assert operations(fragment.document) == [("GET", "/v1/clips")]
    assert fragment.source == "clips.md"


@pytest.mark.parametrize("marks", ["```", "````", "~~~~"])
def test_a_fence_may_have_any_marks(marks: str) -> None:
    fragment = read_page(page(fence("yaml get /v1/clips", marks=marks)))

    assert operations(fragment.document) == [("GET", "/v1/clips")]


def test_a_fence_may_hold_json() -> None:
    fragment = read_page(page(fence("json get /v1/clips", _JSON)))

    assert operations(fragment.document) == [("GET", "/v1/clips")]


def test_other_fences_on_the_page_are_not_taken_for_it() -> None:
    other = '```json\n{"id": 1}\n```\n\n```bash\ncurl https://api.example.com\n```\n\n'
    fragment = read_page(page(other + fence("yaml get /v1/clips")))

    assert operations(fragment.document) == [("GET", "/v1/clips")]


def test_a_fence_inside_of_a_description_is_prose() -> None:
    inner = _DOCUMENT.replace(
        "responses:",
        "description: |\n        ```yaml get /other\n        openapi: 3.1.0\n        ```\n      responses:",
    )
    fragment = read_page(page(fence("yaml get /v1/clips", inner)))

    assert operations(fragment.document) == [("GET", "/v1/clips")]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("````yaml get /v1/clips\n" + _DOCUMENT, "cut off"),
        ("````yaml get /v1/clips\n" + _DOCUMENT[:90], "cut off"),
        ("````yaml get /v1/clips\n" + _DOCUMENT + "```\n", "cut off"),
        (fence("yaml get /v1/films"), "announces GET /v1/films, but .* holds GET /v1/clips"),
        (fence("yaml post /v1/clips"), "announces POST /v1/clips, but .* holds GET /v1/clips"),
        (fence("yaml get /v1/clips", ""), "holds no mapping"),
        (fence("yaml get /v1/clips", "a: b: c"), "clips.md, its OpenAPI fence.*not valid YAML"),
        (fence("yaml get /v1/clips", _DOCUMENT.replace("3.1.0", "4.0.0")), "only 3.0 to 3.2"),
        (fence("yaml get /v1/clips", "swagger: '2.0'\npaths: {}"), "Swagger 2.0"),
        (fence("yaml get /v1/clips", "paths:\n  path: /v1/clips\n  method: get"), "has no response"),
        (fence("yaml get /v1/clips", "openapi: 3.1.0\npaths: {}"), "holds none"),
        (fence("yaml get /v1/clips", "openapi: 3.1.0\ninfo: {}"), "without paths"),
    ],
)  # fmt: skip
def test_a_fence_that_is_not_the_whole_operation_is_refused(text: str, problem: str) -> None:
    with pytest.raises(SpecError, match=problem):
        read_page(page(text, after=""))


def test_a_second_operation_on_the_page_is_refused_rather_than_dropped() -> None:
    two = _DOCUMENT + "  /v1/films:\n    get: {responses: {'200': {description: OK}}}\n"

    with pytest.raises(SpecError, match="holds GET /v1/clips, GET /v1/films"):
        read_page(page(fence("yaml get /v1/clips", two)))
    with pytest.raises(SpecError, match="one operation was expected"):
        read_page(page(fence("yaml", two)))


_SECOND = _DOCUMENT.replace("/v1/clips", "/v1/films")


def test_each_fence_of_a_page_is_an_operation_of_its_own() -> None:
    both = page(fence("yaml get /v1/clips") + "\n" + fence("yaml", _SECOND))

    assert list(read_pages([both]).document["paths"]) == ["/v1/clips", "/v1/films"]


def test_what_is_wanted_of_a_page_chooses_its_fence() -> None:
    wanted = evolve(
        page(fence("yaml get /v1/clips") + "\n" + fence("yaml", _SECOND)),
        operations=("GET /v1/films",),
    )

    assert list(read_pages([wanted]).document["paths"]) == ["/v1/films"]


def test_a_broken_fence_refuses_only_what_stands_in_it() -> None:
    text = fence("yaml get /v1/clips", "openapi: [") + "\n" + fence("yaml", _SECOND)

    reading = read_pages([evolve(page(text), operations=("GET /v1/films",))])

    assert list(reading.document["paths"]) == ["/v1/films"]
    assert any("not valid YAML" in note for note in reading.notes)
    with pytest.raises(SpecError, match="not valid YAML"):
        read_pages([evolve(page(text), operations=("GET /v1/clips",))])
    with pytest.raises(SpecError, match="not valid YAML"):
        read_pages([page(text)])


_INLINE = """\
paths:
  path: /clips/{id}
  method: get
  servers: [{url: 'https://api.example.com/v1'}]
  request:
    security:
      - title: key
        parameters: {query: {}, header: {X-Key: {type: apiKey}}, cookie: {}}
    parameters:
      path: {id: {schema: [{type: string, required: true}]}}
      query:
        size:
          schema:
            - {type: enum<string>, enum: [small, large], default: small, description: How large.}
      header: {}
      cookie: {}
    body: {}
  response:
    '200':
      application/json:
        schemaArray:
          - type: object
            refIdentifier: '#/components/schemas/Clip'
            properties:
              id: {allOf: [{type: string}]}
              parts: {allOf: [{type: array, items: {$ref: '#/components/schemas/Part'}}]}
            requiredProperties: [id]
        description: OK
    '204': {_mintlify/placeholder: {schemaArray: [{type: any}]}}
  deprecated: true
  type: path
components:
  schemas:
    Part: {type: object, properties: {url: {type: string, nullable: true}}}
"""


def test_the_inline_form_says_what_the_openapi_document_said() -> None:
    document = read_pages([page(fence("yaml get /clips/{id}", _INLINE))]).document

    operation = document["paths"]["/clips/{id}"]["get"]
    assert document["servers"] == [{"url": "https://api.example.com/v1"}]
    assert document["security"] == [{"key": []}]
    assert document["components"]["securitySchemes"]["key"]["name"] == "X-Key"
    assert operation["deprecated"] is True
    assert operation["parameters"] == [
        {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
        {
            "name": "size",
            "in": "query",
            "schema": {"type": "string", "enum": ["small", "large"], "default": "small"},
        },
    ]
    clip = document["components"]["schemas"]["Clip"]
    assert clip["required"] == ["id"]
    assert clip["properties"]["parts"]["items"] == {"$ref": "#/components/schemas/Part"}
    assert "content" not in operation["responses"]["204"]


def test_an_inline_form_without_a_response_is_refused() -> None:
    cut = _INLINE[: _INLINE.index("  response:")]

    with pytest.raises(SpecError, match="no response, so the page is cut off"):
        read_pages([page(fence("yaml get /clips/{id}", cut))])


@pytest.mark.parametrize(
    "named", ['openapi: "POST /room"', "openapi: post /room", "openapi: 'api.yaml POST /room'"]
)
def test_the_source_of_a_page_that_only_names_an_operation_says_where_it_is_described(named):
    page = DocPage(
        "room.mdx", f"---\r\ntitle: Make a room\r\n{named}\r\n---\r\n\r\nMore on rooms.\r\n"
    )
    with pytest.raises(SpecError, match=r"it only names POST /room, .*docs\.json or mint\.json"):
        read_page(page)


def test_a_fence_of_schemas_alone_takes_nothing_from_the_operations_beside_it() -> None:
    schemas = fence("json", '{"openapi": "3.1.0", "components": {"schemas": {"Clip": {}}}}')
    reading = read_pages([page(fence("json", _JSON), after=f"\n## Models\n\n{schemas}")])

    assert operations(reading.document) == [("GET", "/v1/clips")]
    assert (
        "clips.md: an OpenAPI document without paths, so without operations; not read"
        in reading.notes
    )


def test_a_page_of_schemas_alone_is_refused() -> None:
    schemas = fence("json", '{"openapi": "3.1.0", "components": {"schemas": {"Clip": {}}}}')

    with pytest.raises(SpecError, match="without paths, so without operations"):
        read_pages([page(schemas)])
