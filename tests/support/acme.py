"""Small OpenAPI documents of a provider that nobody has, one for each way to page."""

from __future__ import annotations

from typing import Any

VIDEO: dict[str, Any] = {
    "type": "object",
    "required": ["video_id"],
    "properties": {
        "video_id": {"type": "string"},
        "name": {"type": "string"},
        "script": {"type": "string"},
        "status": {"type": "string", "enum": ["queued", "rendering-now", "completed", "failed"]},
        "progress": {"type": "number", "maximum": 1},
        "createdAt": {"type": "string", "format": "date-time"},
        "length_seconds": {"type": "number"},
        "files": {"type": "object", "properties": {"mp4_url": {"type": "string", "format": "uri"}}},
        "thumbnail": {"type": "string", "format": "uri"},
        "failure": {"type": "object", "properties": {"message": {"type": "string"}}},
    },
}

# For each style: the parameters beside "limit", and the fields beside the items.
STYLES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "page": (
        {"page": {"type": "integer", "minimum": 0}},
        {"total_count": {"type": "integer"}},
    ),
    "offset": (
        {"offset": {"type": "integer"}},
        {"has_more": {"type": "boolean"}},
    ),
    "token": (
        {"pageToken": {"type": "string"}},
        {"nextPageToken": {"type": ["string", "null"]}},
    ),
    "last_id": (
        {
            "starting_after": {"type": "string"},
            "order": {"type": "string", "enum": ["asc", "desc"]},
        },
        {"has_more": {"type": "boolean"}, "last_id": {"type": ["string", "null"]}},
    ),
    "next_url": ({}, {"next": {"type": ["string", "null"], "format": "uri"}}),
    "whole": ({}, {}),
}


def document(style: str = "page", **changes: Any) -> dict[str, Any]:
    """Return the document of a provider whose list pages in this style.

    Args:
        style: One of `STYLES`.
        changes: Parts of the document to replace.
    """
    parameters, around = STYLES[style]
    if style != "whole":
        parameters = {"limit": {"type": "integer", "minimum": 1, "maximum": 50}, **parameters}
    envelope = {
        "type": "object",
        "properties": {"videos": {"type": "array", "items": ref("Clip")}, **around},
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Acme API", "version": "1"},
        "servers": [{"url": "https://api.acme.example/v1"}],
        "security": [{"key": []}],
        "paths": {
            "/videos": {"get": get(envelope, query=parameters) | {"operationId": "listVideos"}},
            "/videos/{video_id}": {
                "get": get({"type": "object", "properties": {"video": ref("Clip")}}, "video_id")
            },
            "/voices": {"get": get({"type": "array", "items": ref("Voice")})},
        },
        "components": {
            "schemas": {
                "Clip": VIDEO,
                "Voice": {"type": "object", "properties": {"id": {"type": "string"}}},
            },
            "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "x-acme-key"}},
        },
    } | changes


def ref(name: str) -> dict[str, str]:
    """Refer to a component."""
    return {"$ref": f"#/components/schemas/{name}"}


def get(
    schema: dict[str, Any], path: str = "", query: dict[str, dict[str, Any]] | None = None
) -> dict[str, Any]:
    """Return a GET operation that answers with this schema.

    Args:
        schema: What it answers.
        path: The name of its path parameter, if it has one.
        query: The schemas of its query parameters.
    """
    parameters = [
        {"name": name, "in": "query", "schema": each} for name, each in (query or {}).items()
    ]
    if path:
        parameters.append(
            {"name": path, "in": "path", "required": True, "schema": {"type": "string"}}
        )
    refused = {"description": "Refused", "content": {"application/json": {"schema": _ERROR}}}
    return {
        "parameters": parameters,
        "responses": {
            "200": {"description": "OK", "content": {"application/json": {"schema": schema}}},
            "401": refused,
        }
        | ({"404": refused} if path else {}),
    }


_ERROR = {"type": "object", "properties": {"message": {"type": "string"}}}
