"""OpenAPI documents with names and shapes that people really publish, and some that nobody should."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

Document = dict[str, Any]

_ODD_NAMES = st.sampled_from(
    ["Video", "video", "type_a:Video", "Größe", "视频", "🎬", "a b", "a/b", "a'b", 'a"b', "a\\b", "UNSET",
     "Unset", "cast", "Response", "None", "class", "1st", "x-y", "x_y", "X", "$id", "@type", "{x}", "[a]",
     "Page«Video»", "params", "headers", "quote", "self", "T", "datetime", "id", "ID", "page[limit]"]
)  # fmt: skip
_CHARACTERS = st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"])
NAMES = _ODD_NAMES | st.text(_CHARACTERS, min_size=1, max_size=8)

_PATHS = st.sampled_from(
    ["/videos", "/videos/{id}", "/videos/{video id}", "/größe", "/a.b/{x}-{y}", "videos2",
     "/v1/{params}", "/{größe}", "/x?y=1", "/responses", "/files"]
)  # fmt: skip
_SCALARS: st.SearchStrategy[Document] = st.sampled_from(
    [{"type": "string"}, {"type": "integer"}, {"type": "boolean"}, {}, {"type": ["string", "null"]},
     {"type": "string", "format": "date-time"}, {"type": "string", "enum": ["a", "b"]},
     {"type": "integer", "nullable": True}, {"type": "null"}, {"const": "x"}]
)  # fmt: skip
_ENUMS = st.lists(
    NAMES | st.integers(-3, 3) | st.none() | st.booleans(), min_size=1, max_size=4
).map(lambda values: {"enum": values})
_SIBLINGS: st.SearchStrategy[Document] = st.sampled_from(
    [{}, {"default": "a"}, {"nullable": True}, {"properties": {"more": {"type": "string"}}}]
)
_MEDIA_TYPES = st.sampled_from(
    [
        "application/json",
        "multipart/form-data",
        "text/plain",
        "*/*",
        'application/json; charset="utf-8"',
    ]
)


def _schemas(names: list[str]) -> st.SearchStrategy[Document]:
    escaped = [name.replace("~", "~0").replace("/", "~1") for name in names]
    refs = st.builds(
        lambda name, beside: {"$ref": f"#/components/schemas/{name}", **beside},
        st.sampled_from(escaped),
        _SIBLINGS,
    )
    return st.recursive(
        _SCALARS | _ENUMS | refs,
        lambda inner: st.one_of(
            inner.map(lambda schema: {"type": "array", "items": schema}),
            inner.map(lambda schema: {"type": "object", "additionalProperties": schema}),
            st.dictionaries(NAMES, inner, max_size=3).map(
                lambda members: {"properties": members, "required": list(members)[:1]}
            ),
            st.builds(
                lambda union, options: {union: options},
                st.sampled_from(["anyOf", "oneOf", "allOf"]),
                st.lists(inner, min_size=1, max_size=3),
            ),
        ),
        max_leaves=5,
    )


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Draw a document whose references all lead somewhere."""
    names = draw(st.lists(NAMES, min_size=1, max_size=4, unique=True))
    schemas = _schemas(names)
    paths: Document = {}
    for path in draw(st.lists(_PATHS, min_size=1, max_size=3, unique=True)):
        paths[path] = {draw(st.sampled_from(["get", "post"])): draw(_operations(schemas))}
    return {
        "openapi": draw(st.sampled_from(["3.1.0", "3.0.3"])),
        "info": {"title": "t", "version": "1"},
        "servers": [{"url": "https://api.example.com"}],
        "paths": paths,
        "components": {"schemas": {name: draw(schemas) for name in names}},
    }


@st.composite
def _operations(draw: st.DrawFn, schemas: st.SearchStrategy[Document]) -> Document:
    operation: Document = {
        "operationId": draw(NAMES),
        "tags": draw(st.lists(NAMES, max_size=2)),
        "parameters": [
            {"name": draw(NAMES), "in": place, "schema": draw(schemas)}
            for place in draw(
                st.lists(st.sampled_from(["query", "header", "cookie", "path"]), max_size=3)
            )
        ],
        "responses": {
            status: {"description": "", "content": {draw(_MEDIA_TYPES): {"schema": draw(schemas)}}}
            for status in draw(
                st.lists(st.sampled_from(["200", "2XX", "default"]), min_size=1, max_size=2)
            )
        },
    }
    if draw(st.booleans()):
        operation["requestBody"] = {"content": {draw(_MEDIA_TYPES): {"schema": draw(schemas)}}}
    return operation
