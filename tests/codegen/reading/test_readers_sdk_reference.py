"""The rendered SDK reference: nesting comes back from counts, and a count that isn't met is refused."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, strategies as st
from polyreel.codegen.reading.readers import DocPage, read_page
from polyreel.codegen.reading.readers.sdk_types import (
    AnyString,
    Literal,
    Members,
    Named,
    SdkUnion,
    parse_type,
)
from polyreel.errors import SpecError

_PAGE = """\
Skip to content
List clips

client.clips.list(ClipListParams { after, limit, order } query?): ClipPage<Clip { id, error, mood, 5 more } >
GET/clips

Every clip there is.

ParametersExpand Collapse
query: ClipListParams { after, limit, order }
after?: string

The one before.

limit?: number

minimum0
maximum100
order?: "asc" | "desc"

One of the following:
"asc"
"desc"
ReturnsExpand Collapse
Clip { id, error, mood, 5 more }

A short film.

id: string

Note: it never changes.

formatuuid
error: ClipError { code, cause } | null

Why it failed: see the code.

code: string
cause?: Cause { text }

text: string
mood: ClipMood

One of the following:
(string & {})
"merry" | "sad" | 1 more
"merry"
"sad"
"grim"
object: "clip"

seconds: (string & {}) | ClipSeconds

One of the following:
(string & {})
ClipSeconds = "4" | "8"
One of the following:
"4"
"8"
size: ClipSize

One of the following:
"small"
"large"
tags: Array<string> | null

parts: Array<Part { name, length }>

name: string
length: number | null

List clips

import Clips from 'clips';
{
  "data": [
    {
      "id": "1",
      "object": "clip"
    }
  ]
}
"""


def read(text: str = _PAGE) -> dict[str, Any]:
    return read_page(DocPage("clips.txt", text)).document


def schemas(text: str = _PAGE) -> dict[str, Any]:
    return read(text)["components"]["schemas"]


def operation(text: str = _PAGE) -> dict[str, Any]:
    (item,) = read(text)["paths"].values()
    (found,) = item.values()
    return found


def values(schema: dict[str, Any]) -> list[Any]:
    """Flatten a union of constants; None stands for "any string"."""
    return [option.get("enum", [None])[0] for option in schema["anyOf"]]


def test_members_go_to_the_type_that_counts_them() -> None:
    found = schemas()

    assert list(found["Clip"]["properties"]) == [
        "id", "error", "mood", "object", "seconds", "size", "tags", "parts",
    ]  # fmt: skip
    assert list(found["ClipError"]["properties"]) == ["code", "cause"]
    assert list(found["Cause"]["properties"]) == ["text"]
    assert list(found["Part"]["properties"]) == ["name", "length"]


def test_a_question_mark_is_what_makes_a_member_optional() -> None:
    found = schemas()

    assert found["ClipError"]["required"] == ["code"]
    assert len(found["Clip"]["required"]) == 8
    assert [parameter["required"] for parameter in operation()["parameters"]] == [False] * 3


def test_null_and_arrays_are_kept() -> None:
    clip = schemas()["Clip"]["properties"]

    assert clip["error"]["anyOf"] == [{"$ref": "#/components/schemas/ClipError"}, {"type": "null"}]
    assert clip["tags"]["anyOf"] == [
        {"type": "array", "items": {"type": "string"}},
        {"type": "null"},
    ]
    assert clip["parts"]["items"] == {"$ref": "#/components/schemas/Part"}


def test_any_string_besides_constants_leaves_an_enum_open() -> None:
    clip = schemas()["Clip"]["properties"]

    assert values(clip["mood"]) == [None, "merry", "sad", "grim"]
    assert values(clip["seconds"]) == [None, "4", "8"]
    assert values(clip["size"]) == ["small", "large"]
    assert clip["object"]["enum"] == ["clip"]


def test_bounds_and_formats_belong_to_the_member_above() -> None:
    _, limit, order = operation()["parameters"]

    assert limit["schema"] == {"type": "number", "minimum": 0, "maximum": 100}
    assert values(order["schema"]) == ["asc", "desc"]
    assert schemas()["Clip"]["properties"]["id"]["format"] == "uuid"


def test_prose_with_a_colon_is_no_member() -> None:
    assert schemas()["Clip"]["properties"]["id"]["description"] == "Note: it never changes."


def test_a_page_class_is_an_envelope_of_which_only_the_items_are_known() -> None:
    schema = operation()["responses"]["200"]["content"]["application/json"]["schema"]

    assert list(schema["properties"]) == ["data"]
    assert schema["x-partial"] is True


def test_the_call_names_the_operation() -> None:
    assert (operation()["operationId"], operation()["tags"]) == ("listClips", ["Clips"])


_MARKDOWN = r"""
[Skip to content](#_top)

# Get a part

client.clips.parts.retrieve(stringpartID, Params { clip\_id } params): [Part](/ref#(a)(b)) { id, made\_at }

GET/clips/{clip\_id}/parts/{part\_id}

##### ParametersExpand Collapse

partID: string

params: Params { clip\_id }

clip\_id: string

The clip's id.

##### ReturnsExpand Collapse

[Part](/ref#(schema)) { id, made\_at }

id: string

made\_at: number

### Get a part

200 example
"""


def test_what_is_left_of_markdown_is_taken_off() -> None:
    found = operation(_MARKDOWN)

    assert [(each["name"], each["in"], each["required"]) for each in found["parameters"]] == [
        ("part_id", "path", True),
        ("clip_id", "path", True),
    ]
    assert list(schemas(_MARKDOWN)["Part"]["properties"]) == ["id", "made_at"]
    assert found["operationId"] == "getPart"


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("tags: Array<string> | null\n", "", "has 8 members .* lists only 7"),
        (
            "tags: Array<string> | null\n",
            "tags: Array<string> | null\nmore: string\n",
            "'parts' belongs",
        ),
        ("5 more", "6 more", "has 9 members .* lists only 8"),
        ("id: string\n", "", "was to go on with 'id', but the page goes on with 'error'"),
        ('"grim"\n', "", "3 values were announced, and 2 are listed"),
        ('"asc"\n"desc"\n', '"asc"\n', "2 options were announced, and 1 are listed"),
        ('One of the following:\n"4"\n"8"\n', "", "2 values were announced, and 0 are listed"),
        ("code: string\ncause?: Cause { text }\n\ntext: string\n", "", "was to go on with 'code'"),
        ("Clip { id, error, mood, 5 more }\n\nA short", "A short", "returns another type"),
    ],
)
def test_a_page_whose_counts_are_not_met_is_refused(before: str, after: str, problem: str) -> None:
    assert before in _PAGE

    with pytest.raises(SpecError, match=rf"^clips\.txt: .*{problem}"):
        read(_PAGE.replace(before, after))


@pytest.mark.parametrize("lines", range(12, 60, 3))
def test_a_page_that_is_cut_off_anywhere_above_its_example_is_refused(lines: int) -> None:
    with pytest.raises(SpecError):
        read("\n".join(_PAGE.splitlines()[:lines]))


@pytest.mark.parametrize(
    ("signature", "problem"),
    [
        ("client.clips.list(**kwargs: ClipListParams) -> SyncCursorPage[Clip]", "Python or Ruby"),
        ("clips.list(**kwargs) -> CursorPage<Clip { id, 9 more } >", "Python or Ruby"),
        ("client.Clips.List(ctx, query) (*ClipPage[Clip], error)", "Go flavour"),
        ("ClipListPage clips().list(ClipListParams params = ClipListParams.none(), x)", "Java"),
        ("", "this flavour"),
    ],
)
def test_flavours_that_do_not_count_are_refused_by_name(signature: str, problem: str) -> None:
    lines = [signature if line.startswith("client.") else line for line in _PAGE.splitlines()]

    with pytest.raises(SpecError, match=problem):
        read("\n".join(lines))


def test_the_http_flavour_is_refused_by_name() -> None:
    with pytest.raises(SpecError, match="HTTP flavour"):
        read(_PAGE.replace("ParametersExpand", "Query ParametersExpand"))


def test_sections_of_parameters_alone_make_no_sdk_reference() -> None:
    page = "# Clips\n\n`GET /clips`\n\n### Query Parameters\n\n- `limit` (integer): How many.\n"

    with pytest.raises(SpecError, match="an operation is named on the page, but not described"):
        read(page)


def test_a_request_body_is_refused_because_its_encoding_is_not_said() -> None:
    text = _PAGE.replace("query: Clip", "body: Clip").replace("GET/clips", "POST/clips")

    with pytest.raises(SpecError, match="doesn't say how it is sent"):
        read(text)


def test_a_type_that_the_page_does_not_explain_is_noted() -> None:
    fragment = read_page(
        DocPage("clips.txt", _PAGE.replace("tags: Array<string> | null", "tags: Labels"))
    )

    assert fragment.notes == ("clips.txt: the type Labels isn't explained on the page",)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("string", Named("string")),
        ('"a" | 2 more', SdkUnion((Literal("a"),), 2)),
        ("(string & {}) | null", SdkUnion((AnyString(), Literal(None)))),
        ("A { b, c, 3 more }", Named("A", members=Members(("b", "c"), 3))),
        ("Array<A<B> | C>", Named("Array", (SdkUnion((Named("A", (Named("B"),)), Named("C"))),))),
        ("A[]", Named("Array", (Named("A"),))),
        ("{ b }", Named("", members=Members(("b",)))),
        ("4 | 8.5 | true", SdkUnion((Literal(4), Literal(8.5), Literal(True)))),
    ],
)
def test_types_are_parsed(text: str, found: object) -> None:
    assert parse_type(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a b",
        "it is so.",
        "A {",
        "A { b",
        "Array<",
        '"a" |',
        "(a",
        "<" * 50,
        "Array<" * 50,
        "a, b",
        "3 more b",
    ],
)
def test_prose_is_no_type(text: str) -> None:
    assert parse_type(text) is None


@given(st.text(alphabet='ab"|<>{}[](),& ?:=13', max_size=60))
def test_any_line_is_a_type_or_prose(text: str) -> None:
    parse_type(text)


@given(st.lists(st.sampled_from(_PAGE.splitlines()), max_size=60))
def test_any_lines_are_read_or_refused(lines: list[str]) -> None:
    with suppress(SpecError):
        assert read("\n".join(lines))["paths"]
