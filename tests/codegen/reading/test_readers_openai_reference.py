"""The OpenAI reference in Markdown: nesting by indentation, and prose that looks like structure."""

from __future__ import annotations

from typing import Any

import pytest
from polyreel.codegen.reading.readers import DocPage, read_page
from polyreel.errors import SpecError

_HEAD = """\
# List clips

Source: https://example.com/docs/api-reference/clips/list

`GET /v1/clips`

Every clip there is.

"""
_PARAMETERS = """\
## Parameters
- `limit` (query, integer, optional): How many. Default: `20`.
- `order` (query, string, optional): Which first.
  - `asc`: the oldest first
  - `desc`: the newest first Enum: 'asc', 'desc'.
- `kinds` (query, array<string>, optional): Only these. Enum: 'a', 'b'.
- `shelf` (path, string, required)

"""
_RESPONSES = """\
## Responses
### 200
Success
#### application/json
- `object` (string, required): What it is, `list`. Enum: 'list'. Default: `list`.
- `data` (array<object>, required): The clips, of which
  there can be none.
  - Items:
    - `id` (string, required): Its name.
    - `length` (integer | null, required)
    - `tags` (array<array<integer>>, optional)
    - `error` (object | null, required)
      - Variant (object):
        - `code` (string, required): Why (in short).
        - `retry` (boolean, optional): Whether it's worth it. Default: `false`.
    - `source` (string | object, required): Where it is from.
      - Variant (string): An address.
      - Variant (object):
        - `file` (string, required)
    - `ratio` (number, required): Default: `0.5`.
- `next` (string | null, required)
- `has_more` (boolean, required): Whether there are more.

## Returns
A list.

## Examples
### Example
#### Request (curl)
```bash
curl https://api.example.com/v1/clips \\
  -H "Authorization: Bearer $KEY"
```
"""


def read(text: str = _HEAD + _PARAMETERS + _RESPONSES) -> dict[str, Any]:
    return read_page(DocPage("clips.md", text)).document


def operation(text: str = _HEAD + _PARAMETERS + _RESPONSES) -> dict[str, Any]:
    (item,) = read(text)["paths"].values()
    (found,) = item.values()
    return found


def envelope() -> dict[str, Any]:
    return operation()["responses"]["200"]["content"]["application/json"]["schema"]


def test_what_follows_a_nested_list_at_the_outermost_level_belongs_to_the_envelope() -> None:
    assert list(envelope()["properties"]) == ["object", "data", "next", "has_more"]
    assert envelope()["required"] == ["object", "data", "next", "has_more"]


def test_items_nullable_objects_and_variants_are_nested_as_they_are_indented() -> None:
    item = envelope()["properties"]["data"]["items"]["properties"]

    assert list(item) == ["id", "length", "tags", "error", "source", "ratio"]
    assert item["length"]["type"] == ["integer", "null"]
    assert item["tags"]["items"] == {"type": "array", "items": {"type": "integer"}}
    error, null = item["error"]["anyOf"]
    assert (list(error["properties"]), error["required"], null) == (
        ["code", "retry"], ["code"], {"type": "null"},
    )  # fmt: skip
    assert [option["type"] for option in item["source"]["anyOf"]] == ["string", "object"]


def test_enums_and_defaults_are_taken_off_the_prose_and_typed() -> None:
    properties = envelope()["properties"]
    item = properties["data"]["items"]["properties"]

    assert (properties["object"]["enum"], properties["object"]["default"]) == (["list"], "list")
    assert properties["object"]["description"] == "What it is, `list`."
    assert item["ratio"]["default"] == 0.5
    assert item["error"]["anyOf"][0]["properties"]["retry"]["default"] is False


def test_bullets_in_prose_stay_prose() -> None:
    limit, order, kinds, shelf = operation()["parameters"]

    assert (limit["schema"], limit["required"]) == ({"type": "integer", "default": 20}, False)
    assert order["schema"]["enum"] == ["asc", "desc"]
    assert "the oldest first" in order["description"]
    assert kinds["schema"]["items"]["enum"] == ["a", "b"]
    assert (shelf["in"], shelf["required"]) == ("path", True)


def test_the_base_url_and_the_key_come_from_the_curl_example() -> None:
    document = read()

    assert document["servers"] == [{"url": "https://api.example.com/v1"}]
    assert list(document["paths"]) == ["/clips"]
    scheme = document["components"]["securitySchemes"]["bearerAuth"]
    assert (document["security"], scheme) == (
        [{"bearerAuth": []}], {"type": "http", "scheme": "bearer"},
    )  # fmt: skip


def test_without_an_example_the_version_is_all_that_is_known_of_the_base_url() -> None:
    text = _HEAD + _RESPONSES.split("## Examples", maxsplit=1)[0]

    assert read(text)["servers"] == [{"url": "/v1"}]


def test_a_request_body_is_read_by_media_type() -> None:
    body = "## Request body\n### multipart/form-data\n- `file` (string, required)\n\n"
    found = operation(_HEAD.replace("GET", "POST") + body + _RESPONSES)["requestBody"]["content"]

    assert found["multipart/form-data"]["schema"]["required"] == ["file"]


def test_a_body_that_has_only_a_type_is_of_that_type() -> None:
    bare = "## Responses\n### 200\nOK\n#### video/mp4\n- Schema type: `string`\n\n## Returns\nIt.\n"

    assert operation(_HEAD + bare)["responses"]["200"]["content"] == {
        "video/mp4": {"schema": {"type": "string"}}
    }


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (_HEAD + _PARAMETERS, "cut off"),
        ((_HEAD + _PARAMETERS + _RESPONSES).split("    - `source`")[0], "cut off"),
        (_HEAD + _RESPONSES.removesuffix("```\n"), "cut off"),
        (_HEAD + "`POST /v1/clips`\n\n" + _RESPONSES, "2 operations"),
        (_HEAD + _RESPONSES.replace("### 200", "### Success"), "no HTTP status"),
        (_HEAD + _RESPONSES.replace("  - Items:\n", ""), "has members but is no object"),
        (_HEAD + _RESPONSES.replace("(array<object>,", "(string,"), "no array"),
        (_HEAD + _RESPONSES.replace("`next` (string | null", "`next` (text | null"), "'text' isn't known"),
        (_HEAD + _RESPONSES.replace("`next`", "`data`"), "'data' stands twice"),
        (_HEAD + _PARAMETERS.replace("(query, integer, optional)", "(integer, optional)") + _RESPONSES,
         "'limit' has no place"),
        (_HEAD + _RESPONSES.replace("#### application/json\n", "#### application/json\nSome text\n"),
         "expected a bullet"),
    ],
)  # fmt: skip
def test_a_page_that_is_not_understood_in_whole_is_refused(text: str, problem: str) -> None:
    with pytest.raises(SpecError, match=rf"^clips\.md: .*{problem}"):
        read_page(DocPage("clips.md", text))
