"""Swagger 2.0 says what OpenAPI 3 says, elsewhere."""

from __future__ import annotations

import json
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV30SpecValidator
from polyreel.codegen.reading.read import DocPage, read_pages
from polyreel.codegen.reading.readers import read_page

TEXT = {"type": "string"}
VIDEO = {"type": "object", "properties": {"id": TEXT, "title": TEXT | {"x-nullable": True}}}


def swagger(operation: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "swagger": "2.0",
        "info": {"title": "Acme", "version": "1"},
        "host": "api.acme.example",
        "basePath": "/v1",
        "schemes": ["http", "https"],
        "produces": ["application/json"],
        "paths": {"/videos": {"get": {"responses": {"200": {"description": ""}}} | operation}},
        "definitions": {"Video": VIDEO},
    } | more


def converted(operation: dict[str, Any], **more: Any) -> dict[str, Any]:
    document = read_page(DocPage("any", json.dumps(swagger(operation, **more)))).document
    OpenAPIV30SpecValidator(document).validate()
    return document


def test_a_list_is_read_as_from_openapi() -> None:
    rows = {"type": "array", "items": {"$ref": "#/definitions/Video"}}
    limit = {"name": "limit", "in": "query", "type": "integer", "maximum": 50, "default": 10}
    made = converted(
        {"parameters": [limit], "responses": {"200": {"description": "", "schema": rows}}}
    )
    assert made["servers"] == [{"url": "https://api.acme.example/v1"}]
    operation = made["paths"]["/videos"]["get"]
    assert operation["parameters"] == [
        {
            "name": "limit",
            "in": "query",
            "schema": {"type": "integer", "maximum": 50, "default": 10},
        }
    ]
    content = operation["responses"]["200"]["content"]
    assert content == {
        "application/json": {
            "schema": {"type": "array", "items": {"$ref": "#/components/schemas/Video"}}
        }
    }
    assert made["components"]["schemas"]["Video"]["properties"]["title"] == {
        "type": "string", "nullable": True,
    }  # fmt: skip


def test_bodies_and_forms_are_request_bodies_wherever_they_are_described() -> None:
    shared = {"name": "body", "in": "body", "required": True, "schema": VIDEO}
    asked = {"parameters": [{"$ref": "#/parameters/Search"}]}
    made = converted(asked, parameters={"Search": shared})
    assert list(made["paths"]["/videos"]["get"]["requestBody"]["content"]) == ["application/json"]
    assert "parameters" not in made["paths"]["/videos"]["get"]
    form = {"name": "file", "in": "formData", "type": "file", "required": True}
    made = converted({"parameters": [form], "consumes": ["multipart/form-data"]})
    [(media, said)] = made["paths"]["/videos"]["get"]["requestBody"]["content"].items()
    assert media == "multipart/form-data"
    assert said["schema"]["properties"]["file"] == {"type": "string", "format": "binary"}
    assert said["schema"]["required"] == ["file"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"type": "basic"}, {"type": "http", "scheme": "basic"}),
        ({"type": "apiKey", "in": "header", "name": "k"}, {"type": "apiKey", "in": "header", "name": "k"}),
        (
            {"type": "oauth2", "flow": "accessCode", "authorizationUrl": "https://a.example",
             "tokenUrl": "https://t.example", "scopes": {}},
            {"type": "oauth2", "flows": {"authorizationCode": {
                "authorizationUrl": "https://a.example", "tokenUrl": "https://t.example", "scopes": {}}}},
        ),
    ],
)  # fmt: skip
def test_security_schemes_are_those_of_openapi(old: dict[str, Any], new: dict[str, Any]) -> None:
    assert converted({}, securityDefinitions={"it": old})["components"]["securitySchemes"] == {
        "it": new
    }


@pytest.mark.parametrize(
    ("form", "said"),
    [("multi", {"style": "form", "explode": True}), ("csv", {"style": "form", "explode": False})],
)
def test_a_list_in_the_query_is_sent_as_it_was(form: str, said: dict[str, Any]) -> None:
    tags = {
        "name": "tags",
        "in": "query",
        "type": "array",
        "items": {"type": "string"},
        "collectionFormat": form,
    }
    [made] = converted({"parameters": [tags]})["paths"]["/videos"]["get"]["parameters"]
    assert said.items() <= made.items()


def test_what_is_read_is_the_same_document_as_from_openapi() -> None:
    rows = {"type": "array", "items": {"$ref": "#/definitions/Video"}}
    old = swagger({"responses": {"200": {"description": "", "schema": rows}}})
    new = json.loads(json.dumps(read_page(DocPage("any", json.dumps(old))).document))
    documents = [read_pages([DocPage("any", json.dumps(each))]).document for each in (old, new)]
    assert documents[0] == documents[1]


def test_openapi_3_2_is_read() -> None:
    new = read_page(DocPage("any", json.dumps(swagger({})))).document | {"openapi": "3.2.0"}
    assert read_page(DocPage("any", json.dumps(new))).document["paths"] == new["paths"]
