"""From pages to one document of facts: normal spelling, stable names, no prose, whatever the order."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator
from polyreel.codegen.reading.read import DocPage, Reading, read_pages
from polyreel.errors import SpecError
from polyreel.openapi.documents import dump_yaml
from polyreel.openapi.view import SchemaView
from support.acme import ref

Schema = dict[str, Any]


def document(operations: str, *, version: str = "3.0.3", more: str = "") -> str:
    return f"openapi: {version}\ninfo: {{title: Clips, version: '2'}}\n{more}paths:\n{operations}"


def read(text: str, **options: Any) -> Reading:
    reading = read_pages([DocPage("api.yaml", text)], **options)
    assert list(OpenAPIV31SpecValidator(reading.document).iter_errors()) == []
    return reading


def field(schema: str, *, version: str = "3.0.3", more: str = "") -> Schema:
    """Read one field of a response, given as YAML in flow style."""
    found = read(_answering(f"{{type: object, properties: {{it: {schema}}}}}", version, more))
    (item,) = found.document["components"]["schemas"]["Clip"]["properties"].values()
    return dict(item)


def _answering(schema: str, version: str = "3.0.3", more: str = "") -> str:
    operation = (
        "  /clips/{id}:\n"
        "    get:\n"
        "      parameters: [{in: path, name: id, required: true, schema: {type: string}}]\n"
        f"      responses: {{'200': {{content: {{application/json: {{schema: {schema}}}}}}}}}\n"
    )
    return document(operation, version=version, more=more)


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("{type: string, nullable: true}", {"type": ["string", "null"]}),
        ("{type: [string, 'null']}", {"type": ["string", "null"]}),
        ("{type: ['null', string]}", {"type": ["string", "null"]}),
        ("{anyOf: [{type: string}, {type: 'null'}]}", {"type": ["string", "null"]}),
        ("{oneOf: [{type: 'null'}, {type: integer, minimum: 1}]}",
         {"type": ["integer", "null"], "minimum": 1}),
        ("{type: string, nullable: true, enum: [a]}", {"type": ["string", "null"], "enum": ["a", None]}),
        ("{type: [string]}", {"type": "string"}),
        ("{const: a}", {"type": "string", "enum": ["a"]}),
        ("{enum: [a, b, a]}", {"type": "string", "enum": ["a", "b"]}),
        ("{oneOf: [{const: a}, {const: b}]}", {"type": "string", "enum": ["a", "b"]}),
        ("{anyOf: [{type: string}, {type: string, enum: [a, b]}]}",
         {"type": "string", "x-extensible-enum": ["a", "b"]}),
        ("{allOf: [{type: string}], nullable: true}", {"type": ["string", "null"]}),
        ("{type: integer, minimum: 0, exclusiveMinimum: true}", {"type": "integer", "exclusiveMinimum": 0}),
        ("{type: integer, minimum: 0, exclusiveMinimum: false}", {"type": "integer", "minimum": 0}),
        ("{items: {type: string}}", {"type": "array", "items": {"type": "string"}}),
        ("{type: string, title: T, description: D, example: E, x-other: 1}", {"type": "string"}),
        ("{}", {}),
        ("true", {}),
    ],
)  # fmt: skip
def test_a_fact_has_one_spelling(written: str, normal: Schema) -> None:
    assert field(written) == normal


def test_a_reference_to_a_schema_stays_and_others_are_written_out() -> None:
    more = (
        "components:\n"
        "  schemas:\n"
        "    Why: {type: object, properties: {code: {type: string}}}\n"
        "    Unused: {type: string}\n"
        "  parameters: {limit: {in: query, name: limit, schema: {type: integer}}}\n"
        "  responses: {Ok: {content: {application/json: {schema: {$ref: '#/components/schemas/Why'}}}}}\n"
    )
    operations = (
        "  /clips:\n"
        "    parameters: [{$ref: '#/components/parameters/limit'}]\n"
        "    get: {responses: {'200': {$ref: '#/components/responses/Ok'}}}\n"
    )
    found = read(document(operations, more=more)).document

    (limit,) = found["paths"]["/clips"]["get"]["parameters"]
    assert limit == {"name": "limit", "in": "query", "schema": {"type": "integer"}}
    assert list(found["components"]["schemas"]) == ["Why"]
    assert field("{nullable: true, allOf: [{$ref: '#/components/schemas/Why'}]}", more=more) == {
        "anyOf": [{"$ref": "#/components/schemas/Why"}, {"type": "null"}]
    }


def test_a_schema_that_contains_itself_stays_as_it_is() -> None:
    more = (
        "components: {schemas: {Tree: {type: object, properties: {"
        "children: {type: array, items: {$ref: '#/components/schemas/Tree'}}}}}}\n"
    )
    found = read(_answering("{$ref: '#/components/schemas/Tree'}", more=more)).document

    assert found["components"]["schemas"]["Tree"]["properties"]["children"]["items"] == {
        "$ref": "#/components/schemas/Tree"
    }


@pytest.mark.parametrize(
    ("schema", "problem"),
    [
        ("{$ref: 'other.yaml#/Clip'}", "leads out of the document"),
        ("{$ref: 'file:///etc/passwd'}", "leads out of the document"),
        ("{$ref: 'http://127.0.0.1/a.yaml'}", "leads out of the document"),
        ("{$ref: '#/components/schemas/Nothing'}", "points at nothing"),
        ("{$ref: 7}", "is no text"),
        ("{type: film}", "'film' isn't known"),
        ("[string]", "a schema was expected"),
        ("{type: string, enum: a}", "an enum that is no list"),
        ('{type: object, properties: {"a\\u202eb": {type: string}}}', "can't be printed"),
        ('{type: object, properties: {"a\\nb": {type: string}}}', "can't be printed"),
    ],
)
def test_a_schema_that_is_none_is_refused_with_its_place(schema: str, problem: str) -> None:
    with pytest.raises(SpecError, match=f"api.yaml: GET /clips/{{id}} 200.*{problem}"):
        read(_answering(schema))


def test_a_recursion_through_nameless_places_is_refused() -> None:
    more = "x: {a: {type: object, properties: {b: {$ref: '#/x/a'}}}}\n"

    with pytest.raises(SpecError, match="never ends"):
        read(_answering("{$ref: '#/x/a'}", more=more))


def test_references_that_multiply_are_refused_in_time() -> None:
    refs = {n: ", ".join([f"{{$ref: '#/x/a{n + 1}'}}"] * 9) for n in range(15)}
    lines = [f"  a{n}: {{anyOf: [{refs[n]}]}}" for n in refs]
    more = "x:\n" + "\n".join(lines) + "\n  a15: {type: string}\n"

    with pytest.raises(SpecError, match="more than 300,000 schemas"):
        read(_answering("{$ref: '#/x/a0'}", more=more))


_LIST = """\
  /v1/clips:
    get:
      parameters:
        - {in: query, name: page, schema: {type: integer}, description: Which page (0-indexed).}
      responses:
        '200':
          content:
            application/json:
              schema:
                type: object
                properties:
                  data:
                    type: array
                    items:
                      type: object
                      properties:
                        id: {type: string}
                        status: {type: string, description: 'How it is. Possible values: on, off.'}
                        maker: {type: object, properties: {name: {type: string}}}
                  total: {type: integer}
        '401': {content: {application/json: {schema: {type: object, properties: {message: {type: string}}}}}}
        '429': {description: Slow down}
"""
_GET = """\
  /v1/clips/{id}:
    get:
      parameters: [{in: path, name: id, required: true, schema: {type: string}}]
      responses:
        '200':
          content:
            application/json:
              schema:
                type: object
                properties:
                  id: {type: string}
                  made_at: {type: string}
                  maker: {type: object, properties: {name: {type: string}}}
        '401': {content: {application/json: {schema: {type: object, properties: {message: {type: string}}}}}}
"""
_SERVER = "servers: [{url: 'https://api.clips.example/'}]\n"


def test_unnamed_shapes_get_names_that_can_be_read() -> None:
    schemas = read(document(_LIST + _GET)).document["components"]["schemas"]

    assert list(schemas) == [
        "Clip",
        "ClipList",
        "ClipMaker",
        "GetClipResponse",
        "UnauthorizedError",
    ]
    assert schemas["ClipList"]["properties"]["data"]["items"] == {
        "$ref": "#/components/schemas/Clip"
    }


def test_a_second_shape_of_one_thing_is_kept_as_its_page_has_it() -> None:
    found = read(document(_LIST + _GET)).document

    single = found["components"]["schemas"]["GetClipResponse"]
    assert list(single["properties"]) == ["id", "made_at", "maker"]
    assert list(found["components"]["schemas"]["Clip"]["properties"]) == ["id", "status", "maker"]


def test_one_shape_of_one_thing_has_one_name() -> None:
    same = _GET.replace(
        "made_at: {type: string}", "status: {type: string, x-extensible-enum: ['on', 'off']}"
    )
    schemas = read(document(_LIST + same)).document["components"]["schemas"]

    assert list(schemas) == ["Clip", "ClipList", "ClipMaker", "UnauthorizedError"]


def test_operations_without_a_name_get_one() -> None:
    found = read(document(_LIST + _GET)).document["paths"]

    assert found["/v1/clips"]["get"]["operationId"] == "listClips"
    assert found["/v1/clips/{id}"]["get"]["operationId"] == "getClip"


def test_sentences_become_facts_and_no_sentence_is_kept() -> None:
    reading = read(document(_LIST))
    get = reading.document["paths"]["/v1/clips"]["get"]

    assert get["parameters"][0]["x-index-base"] == 0
    assert reading.document["components"]["schemas"]["Clip"]["properties"]["status"] == {
        "type": "string",
        "x-extensible-enum": ["on", "off"],
    }
    text = dump_yaml(reading.document)
    assert "Which page" not in text
    assert "Slow down" not in text
    assert get["responses"]["429"] == {"description": "Too Many Requests"}


def test_prose_leaves_a_digest_that_white_space_does_not_change() -> None:
    prose = read(document(_LIST)).prose
    spaced = read(document(_LIST.replace("Which page", "Which   page"))).prose
    changed = read(document(_LIST.replace("Which page", "What page"))).prose

    assert set(prose) == {"GET /v1/clips query page", "GET /v1/clips 200 data[].status"}
    assert all(len(digest) == 16 for digest in prose.values())
    assert spaced == prose
    assert changed["GET /v1/clips query page"] != prose["GET /v1/clips query page"]


def test_a_sentence_never_overrides_the_structure_and_the_contradiction_is_told() -> None:
    text = _LIST.replace("schema: {type: integer}, description: Which page (0-indexed).",
                         "schema: {type: integer, default: 5}, description: Default is 1.")  # fmt: skip
    reading = read(document(text))

    assert reading.document["paths"]["/v1/clips"]["get"]["parameters"][0]["schema"]["default"] == 5
    (conflict,) = reading.conflicts
    assert (conflict.fact, conflict.kept, conflict.other) == ("default", 5, 1)


def test_a_default_that_its_own_type_rules_out_is_left_out_and_told() -> None:
    reading = read(_answering("{type: object, properties: {it: {type: string, default: null}}}"))

    assert reading.document["components"]["schemas"]["Clip"]["properties"]["it"] == {
        "type": "string"
    }
    assert "default None" in reading.unread_sentences[0].sentence


def test_the_title_is_the_providers_or_else_its_hosts() -> None:
    assert (
        read(document(_LIST, more=_SERVER), title="Clips").document["info"]["title"] == "Clips API"
    )
    assert read(document(_LIST, more=_SERVER)).document["info"] == {
        "title": "api.clips.example API",
        "version": "2",
    }


@pytest.mark.parametrize(
    ("stated", "base", "server", "path"),
    [
        (None, "https://x.example/v1", "https://x.example/v1", "/clips"),
        ("https://x.example", "https://x.example/v1", "https://x.example/v1", "/clips"),
        ("/v1", "https://x.example/v1", "https://x.example/v1", "/v1/clips"),
        ("https://other.example", "https://x.example/v1", "https://other.example", "/v1/clips"),
        ("https://x.example", "https://x.example", "https://x.example", "/v1/clips"),
    ],
)
def test_a_stated_base_url_fills_what_a_page_leaves_out(
    stated: str | None, base: str, server: str, path: str
) -> None:
    more = f"servers: [{{url: '{stated}'}}]\n" if stated else ""
    found = read(document(_LIST, more=more), server=base).document

    assert (found["servers"][0]["url"], list(found["paths"])) == (server, [path])


def test_security_that_is_the_same_everywhere_is_said_once() -> None:
    more = "security: [{key: []}]\ncomponents: {securitySchemes: {key: {type: http, scheme: bearer}}}\n"
    found = read(document(_LIST + _GET, more=more)).document

    assert found["security"] == [{"key": []}]
    assert "security" not in found["paths"]["/v1/clips"]["get"]


def test_a_security_scheme_comes_without_its_words() -> None:
    said = "{type: http, scheme: bearer, bearerFormat: 'Send the token, please.', description: How}"
    more = f"security: [{{key: []}}]\ncomponents: {{securitySchemes: {{key: {said}}}}}\n"
    found = read(document(_LIST, more=more)).document

    assert found["components"]["securitySchemes"] == {"key": {"type": "http", "scheme": "bearer"}}


def test_only_the_operations_that_are_wanted_are_taken() -> None:
    page = DocPage("api.yaml", document(_LIST + _GET), operations=("GET /v1/clips",))

    assert list(read_pages([page]).document["paths"]) == ["/v1/clips"]


def test_a_page_without_a_wanted_operation_is_refused_or_told() -> None:
    page = DocPage("api.yaml", document(_LIST), operations=("GET /v1/films",))

    with pytest.raises(
        SpecError, match=r"api\.yaml: GET /v1/films is not on the page, which has GET /v1/c"
    ):
        read_pages([page])
    reading = read_pages([page], complete=False)
    assert list(reading.document["paths"]) == ["/v1/clips"]
    assert "GET /v1/films is not on the page" in reading.notes[0]


_SDK = """\
List clips
client.clips.list(ClipListParams { after } query?): ClipPage<Clip { id, mood } >
GET/clips
ParametersExpand Collapse
query: ClipListParams { after }
after?: string
ReturnsExpand Collapse
Clip { id, mood }
id: string
mood: (string & {}) | "merry" | "sad"
One of the following:
(string & {})
"merry"
"sad"
List clips
"""
_REFERENCE = """\
# List clips

`GET /v1/clips`

## Parameters
- `after` (query, string, optional): The one before.

## Responses
### 200
OK
#### application/json
- `data` (array<object>, required)
  - Items:
    - `id` (string, required): Its name.
    - `mood` (string, required): How it is. Enum: 'merry', 'sad'.
- `next` (string | null, required)

## Examples
```bash
curl https://api.clips.example/v1/clips -H "Authorization: Bearer $KEY"
```
"""


def test_the_kind_of_page_decides_whatever_the_order_of_arguments() -> None:
    pages = [DocPage("a.md", _REFERENCE), DocPage("b.txt", _SDK)]

    forth, back = read_pages(pages), read_pages(pages[::-1])

    assert (forth.document, forth.prose) == (back.document, back.prose)
    assert forth.document["components"]["schemas"]["Clip"]["properties"]["mood"] == {
        "type": "string",
        "x-extensible-enum": ["merry", "sad"],
    }
    assert [str(conflict) for conflict in forth.conflicts] == [
        'Clip.mood: enum is "open" by b.txt, but "closed" by a.md; kept the former'
    ]


def test_in_order_the_first_page_is_believed() -> None:
    pages = [DocPage("a.md", _REFERENCE), DocPage("b.txt", _SDK)]
    mood = read_pages(pages, in_order=True).document["components"]["schemas"]["Clip"]["properties"][
        "mood"
    ]

    assert mood == {"type": "string", "enum": ["merry", "sad"]}


def test_a_server_that_is_none_is_left_out_by_name() -> None:
    more = "servers: ['https://a.example', {url: 'https://api.clips.example'}]\n"
    found = read(document(_LIST, more=more))

    assert found.document["servers"] == [{"url": "https://api.clips.example"}]
    assert any("the server 'https://a.example' is left out" in note for note in found.notes)


def test_pages_complete_each_other() -> None:
    found = read_pages([DocPage("a.md", _REFERENCE), DocPage("b.txt", _SDK)]).document

    assert found["servers"] == [{"url": "https://api.clips.example/v1"}]
    assert found["security"] == [{"bearerAuth": []}]
    assert list(found["components"]["schemas"]["ClipList"]["properties"]) == ["data", "next"]


def test_a_page_read_twice_is_read_once() -> None:
    pages = [
        DocPage("a.md", _REFERENCE),
        DocPage("b.txt", _SDK),
        DocPage("api.yaml", document(_LIST + _GET)),
    ]

    for page in pages:
        once, twice = read_pages([page]), read_pages([page, page])

        assert (once.document, once.prose) == (twice.document, twice.prose)
        assert twice.conflicts == once.conflicts


def test_pages_on_different_operations_read_the_same_in_any_order() -> None:
    pages = [
        DocPage("list.yaml", document(_LIST)),
        DocPage("get.yaml", document(_GET)),
        DocPage("film.yaml", document(_LIST.replace("clips", "films"))),
    ]
    readings = [read_pages(each) for each in itertools.permutations(pages)]

    assert all(dump_yaml(each.document) == dump_yaml(readings[0].document) for each in readings)
    assert all(each.prose == readings[0].prose for each in readings)


def test_what_was_read_can_be_read_again() -> None:
    stored = read(document(_LIST + _GET, more=_SERVER), title="Clips").document

    assert read(dump_yaml(stored), title="Clips").document == stored


def test_a_deprecated_operation_and_the_day_it_ends_are_facts() -> None:
    text = _LIST.replace(
        "    get:\n",
        "    get:\n      description: Deprecated. This API will shut down on May 1, 2027.\n",
    )
    get = read(document(text)).document["paths"]["/v1/clips"]["get"]

    assert (get["deprecated"], get["x-sunset"]) == (True, "2027-05-01")


def test_without_pages_there_is_nothing_to_read() -> None:
    with pytest.raises(SpecError, match="name at least one"):
        read_pages([])


# What YAML 1.2 doesn't have

ODD_YAML = """\
x-shared: &shared
  type: integer
  maximum: 9
openapi: 3.1.0
info: {title: Clips, version: '1'}
servers: [{url: 'https://api.example.com'}]
paths:
  /clips:
    get:
      parameters:
        - {name: size, in: query, schema: {<<: *shared, maximum: 5}}
        - {name: share, in: query, schema: {type: number, default: !!float 1}}
      responses: {'200': {description: OK}}
  /films:
    get:
      responses: !Ours {'200': {description: OK}}
"""


def test_plain_tags_and_merge_keys_are_followed_and_said_with_their_line() -> None:
    reading = read_pages([DocPage("a.yaml", ODD_YAML)])

    size, share = reading.document["paths"]["/clips"]["get"]["parameters"]
    assert size["schema"] == {"type": "integer", "maximum": 5}
    assert share["schema"]["default"] == 1
    notes = "\n".join(reading.notes)
    assert "a.yaml, line 11: the merge key '<<'" in notes
    assert "a.yaml, line 12: the YAML tag" in notes


def test_a_tag_of_somebodys_own_costs_only_the_operation_that_it_stands_in() -> None:
    reading = read_pages([DocPage("a.yaml", ODD_YAML)])

    assert list(reading.document["paths"]) == ["/clips"]
    assert any(
        "the YAML tag '!Ours' isn't allowed; left out for it: GET /films" in note
        for note in reading.notes
    )
    with pytest.raises(SpecError, match="GET /films: the YAML tag '!Ours' isn't allowed"):
        read_pages([DocPage("a.yaml", ODD_YAML, operations=("GET /films",))])


def test_what_nobody_says_of_keys_is_said() -> None:
    reading = read_pages([DocPage("a.yaml", ODD_YAML)])

    assert any("no page says how GET /clips is authenticated" in note for note in reading.notes)


BASE = """components:
  schemas:
    Base:
      description: What all have.
      type: object
      properties: {kind: {type: string}}
      oneOf: [{$ref: '#/components/schemas/Film'}, {$ref: '#/components/schemas/Still'}]
      discriminator: {propertyName: kind}
    Film:
      allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties: {seconds: {type: number}}}]
    Still: {allOf: [{$ref: '#/components/schemas/Base'}], properties: {width: {type: integer}}}
"""


def test_a_variant_takes_over_what_its_base_says_and_not_the_union_that_the_base_is() -> None:
    answers = _answering("{$ref: '#/components/schemas/Base'}", more=BASE)
    schemas = read(answers).document["components"]["schemas"]
    assert [each["$ref"].rpartition("/")[2] for each in schemas["Base"]["oneOf"]] == [
        "Film",
        "Still",
    ]
    film, still = (
        SchemaView({"components": {"schemas": schemas}}).of(ref(name)) for name in ("Film", "Still")
    )
    assert set(film.properties) == {"kind", "seconds"}
    assert set(still.properties) == {"kind", "width"}


@pytest.mark.parametrize(
    ("scheme", "problem"),
    [
        (
            "{type: apiKey, in: body, name: key}",
            "its key stands in 'body', not in query, header, cookie",
        ),
        ("{type: apiKey, in: header}", "its 'name' is missing"),
        ("{type: http}", "its 'scheme' is missing"),
        ("{type: basic}", "its type is 'basic', not one of"),
        ("{type: openIdConnect}", "its 'openIdConnectUrl' is missing"),
    ],
)
def test_what_is_no_security_scheme_is_left_out_and_said(scheme: str, problem: str) -> None:
    more = f"components: {{securitySchemes: {{odd: {scheme}, good: {{type: http, scheme: bearer}}}}}}\n"
    text = _answering("{type: object, properties: {id: {type: string}}}", more=more)
    for security, kept in (("[{odd: []}]", None), ("[{odd: []}, {good: []}]", [{"good": []}])):
        reading = read(f"security: {security}\n{text}")
        assert reading.document.get("security") == kept
        assert any(
            f"the security scheme 'odd' is left out: {problem}" in note for note in reading.notes
        )


def test_a_flow_that_does_not_say_where_tokens_come_from_costs_only_itself() -> None:
    flows = "{password: {}, clientCredentials: {tokenUrl: 'https://a.example/token'}}"
    schemes = f"{{o: {{type: oauth2, flows: {flows}}}}}"
    more = f"security: [{{o: []}}]\ncomponents: {{securitySchemes: {schemes}}}\n"
    text = _answering("{type: object, properties: {id: {type: string}}}", more=more)
    [scheme] = read(text).document["components"]["securitySchemes"].values()
    assert scheme["flows"] == {
        "clientCredentials": {"tokenUrl": "https://a.example/token", "scopes": {}}
    }


def test_what_a_scheme_says_that_its_type_does_not_have_is_left_out() -> None:
    more = "components: {securitySchemes: {k: {type: http, scheme: bearer, in: header, name: X}}}\n"
    text = _answering("{type: object, properties: {id: {type: string}}}", more=more)
    reading = read(f"security: [{{k: []}}]\n{text}")
    assert reading.document["components"]["securitySchemes"] == {
        "k": {"type": "http", "scheme": "bearer"}
    }


def test_an_object_as_default_that_may_be_one_of_several_is_left_out_and_said() -> None:
    forms = "oneOf: [{type: object, properties: {a: {}}}, {type: object, properties: {b: {}}}]"
    reading = read(
        _answering(f"{{type: object, properties: {{it: {{{forms}, default: {{a: x}}}}}}}}")
    )
    [clip] = [
        each for name, each in reading.document["components"]["schemas"].items() if name == "Clip"
    ]
    assert "default" not in clip["properties"]["it"]
    assert "the default {'a': 'x'} is not of the type" in reading.unread_sentences[0].sentence


def test_an_operation_of_which_nobody_says_how_it_is_authenticated_stays_apart_and_is_named() -> (
    None
):
    answer = "responses: {'200': {content: {application/json: {schema: {type: object}}}}}"
    operations = (
        f"  /a: {{get: {{security: [{{k: []}}], {answer}}}}}\n"
        f"  /b: {{get: {{{answer}}}}}\n  /c: {{get: {{security: [{{k: []}}], {answer}}}}}\n"
    )
    more = "components: {securitySchemes: {k: {type: http, scheme: bearer}}}\n"
    reading = read(document(operations, more=more))
    assert "security" not in reading.document
    paths = reading.document["paths"]
    assert [paths[path]["get"].get("security") for path in ("/a", "/b", "/c")] == [
        [{"k": []}], None, [{"k": []}]
    ]  # fmt: skip
    assert any("no page says how GET /b is authenticated" in note for note in reading.notes)
