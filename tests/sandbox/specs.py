"""Specs of providers that don't exist, one for each way to page, and how to install them for a test."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from polyreel import Bearer, Lifecycle, Provider, Resource

SIZES = (1, 3, 10)

# style → its x-polyreel paging, the parameter's schema and the envelope's own fields
STYLES: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, Any]]] = {
    "page from 0": (
        {"style": "page", "parameter": "page", "first": 0, "total": "total_count"},
        {"type": "integer"},
        {"total_count": {"type": "integer"}},
    ),
    "page from 1": (
        {"style": "page", "parameter": "page", "first": 1, "total": "total", "more": "more"},
        {"type": "integer"},
        {"total": {"type": "integer"}, "more": {"type": "boolean"}, "page": {"type": "integer"}},
    ),
    "offset": (
        {"style": "offset", "parameter": "offset", "next": "nextOffset"},
        {"type": "integer"},
        {"nextOffset": {"type": "integer"}},
    ),
    "token": (
        {"style": "token", "parameter": "token", "next": "next_token", "more": "has_more"},
        {"type": "string"},
        {"next_token": {"type": ["string", "null"]}, "has_more": {"type": "boolean"}},
    ),
    "last_id": (
        {"style": "last_id", "parameter": "after", "more": "has_more", "last_id": "last_id"},
        {"type": "string"},
        {"last_id": {"type": ["string", "null"]}, "has_more": {"type": "boolean"}},
    ),
    "next_url": (
        {"style": "next_url", "parameter": "cursor", "next": "next"},
        {"type": "string"},
        {"next": {"anyOf": [{"type": "string", "format": "uri"}, {"type": "null"}]}},
    ),
}


def in_envelope(spec: dict[str, Any]) -> dict[str, Any]:
    """Return the spec with the list, and what is said of its pages, under ``data``."""
    operation = spec["paths"]["/v1/films"]["get"]
    body = operation["responses"]["200"]["content"]["application/json"]
    envelope = {"type": "object", "required": ["data"], "properties": {"data": body["schema"]}}
    body["schema"] = envelope
    said = operation["x-polyreel"]
    said["items"] = f"data.{said['items']}"
    for name in {"total", "more", "next", "first_id", "last_id"} & said["paging"].keys():
        said["paging"][name] = f"data.{said['paging'][name]}"
    return spec


def acme(style: str = "page from 0") -> dict[str, Any]:
    """Return a spec with videos and files; its items have a field of every kind that roles know."""
    paging, parameter, envelope = STYLES[style]
    error = {"$ref": "#/components/responses/Problem"}
    size = {"type": "integer", "minimum": 1, "maximum": 50}
    one = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Acme", "version": "1"},
        "security": [{"bearer": []}],
        "paths": {
            "/v1/films": {
                "get": {
                    "x-polyreel": {
                        "kind": "videos",
                        "role": "list",
                        "items": "films",
                        "id": "filmId",
                        "paging": {"size": "limit", "default_size": 4, "max_size": 50, **paging},
                    },
                    "parameters": [
                        {"name": "limit", "in": "query", "schema": size},
                        {"name": paging["parameter"], "in": "query", "schema": parameter},
                        {"name": "sort", "in": "query", "schema": {"enum": ["asc", "desc"]}},
                        {"name": "shape", "in": "query", "schema": {"type": "string"}},
                        {"name": "filmIds", "in": "query", "schema": {"type": "string"}},
                        {"name": "full", "in": "query", "schema": {"type": "boolean"}},
                    ],
                    "responses": {
                        "200": _json(
                            {
                                "type": "object",
                                "required": ["films"],
                                "properties": {
                                    "films": {
                                        "type": "array",
                                        "items": {"$ref": "#/components/schemas/Film"},
                                    },
                                    **envelope,
                                },
                            }
                        ),
                        "422": error,
                        "401": error,
                    },
                }
            },
            "/v1/films/{id}": {
                "parameters": [one],
                "get": {
                    "x-polyreel": {"kind": "videos", "role": "get"},
                    "responses": {
                        "200": _json(
                            {
                                "type": "object",
                                "required": ["film"],
                                "properties": {"film": {"$ref": "#/components/schemas/Film"}},
                            }
                        ),
                        "4XX": error,
                    },
                },
            },
            "/v1/films/{id}/file": {
                "parameters": [one],
                "get": {
                    "x-polyreel": {"kind": "videos", "role": "download"},
                    "responses": {"200": {"content": {"video/mp4": {}}}, "404": error},
                },
            },
            "/v1/untold": {"get": {"responses": {"200": {}}}},
        },
        "components": {
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
            "responses": {"Problem": _json({"$ref": "#/components/schemas/Problem"})},
            "schemas": {
                "Problem": {
                    "type": "object",
                    "required": ["status", "title", "detail"],
                    "properties": {
                        "status": {"type": "integer"},
                        "title": {"type": "string"},
                        "detail": {
                            "type": "array",
                            "items": {
                                "type": "object",
                                "required": ["message", "code"],
                                "properties": {
                                    "message": {"type": "string"},
                                    "code": {"type": "string"},
                                    "hint": {"type": ["string", "null"]},
                                },
                            },
                        },
                    },
                },
                "Film": {
                    "allOf": [
                        {
                            "type": "object",
                            "required": ["filmId", "state", "progress"],
                            "properties": {
                                "filmId": {"type": "string", "format": "uuid"},
                                "state": {
                                    "type": "string",
                                    "enum": [
                                        "waiting",
                                        "simmering",
                                        "processing",
                                        "done",
                                        "failed",
                                    ],
                                },
                            },
                        },
                        {
                            "properties": {
                                "progress": {"type": "number", "minimum": 0, "maximum": 1},
                                "videoUrl": {"type": "string", "format": "uri"},
                                "pageUrl": {"type": ["string", "null"]},
                                "createdAt": {"type": "string", "format": "date-time"},
                                "day": {"type": "string", "format": "date"},
                                "title": {"type": "string", "maxLength": 9},
                                "durationSeconds": {"type": "number", "maximum": 6},
                                "width": {"type": "integer"},
                                "shape": {"type": "string", "x-extensible-enum": ["wide", "tall"]},
                                "public": {"type": "boolean"},
                                "mood": {"type": "string", "x-polyreel-sample": ["calm", "wild"]},
                                "internals": {
                                    "type": "object",
                                    "x-polyreel-when": "full",
                                    "properties": {"node": {"type": "string"}},
                                },
                                "failure": {
                                    "oneOf": [
                                        {"type": "null"},
                                        {
                                            "type": "object",
                                            "required": ["code", "message"],
                                            "properties": {
                                                "code": {"type": "string"},
                                                "message": {"type": "string"},
                                            },
                                        },
                                    ]
                                },
                                "parts": {
                                    "type": "array",
                                    "items": {"$ref": "#/components/schemas/Film"},
                                },
                            }
                        },
                    ]
                },
            },
        },
    }


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": "", "content": {"application/json": {"schema": schema}}}


def install(
    spec: object, folder: Path, monkeypatch: pytest.MonkeyPatch, name: str = "acme"
) -> Provider:
    """Put a spec into a client package that can be imported, and describe its provider."""
    package = f"sandbox_client_{folder.name}_{name}"
    (folder / package).mkdir()
    (folder / package / "__init__.py").touch()
    (folder / package / "openapi.json").write_text(json.dumps(spec))
    monkeypatch.syspath_prepend(folder)
    return Provider(
        name=name,
        title=name.title(),
        base_url="https://api.example/v1",
        auth=Bearer(),
        resources={"videos": Resource()},
        lifecycle=Lifecycle(retrieved=date(2026, 11, 1)),
        client=package,
        docs="https://api.example/docs",
    )
