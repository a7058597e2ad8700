"""The operations of a document, with what they share with their path and with the whole document."""

from __future__ import annotations

from typing import Any

import pytest
from polyreel.errors import SpecError
from polyreel.openapi.documents import load_yaml
from polyreel.openapi.operations import Operation, operations

DOCUMENT = """
openapi: 3.1.0
servers: [{url: 'https://{region}.example.com/', variables: {region: {default: eu}}}]
security: [{key: []}, {}]
paths:
  x-notes: {}
  /videos:
    parameters:
      - {$ref: '#/components/parameters/Limit'}
      - {name: page, in: query, schema: {type: integer}}
    get:
      parameters:
        - {name: page, in: query, required: true, content: {application/json: {schema: {type: string}}}}
      responses:
        default: {$ref: '#/components/responses/Refused'}
        2xx: {content: {'Application/JSON; charset=utf-8': {schema: {type: array}}, text/csv: {}}}
    post:
      servers: [{url: https://upload.example.com}]
      security: []
      requestBody: {$ref: '#/components/requestBodies/New'}
      responses: {'202': {headers: {X-Cost: {$ref: '#/components/headers/Cost'}}}}
  /videos/{id}: {$ref: '#/components/pathItems/Video'}
components:
  parameters: {Limit: {name: limit, in: query}}
  responses: {Refused: {content: {application/problem+json: {schema: {type: object}}}}}
  requestBodies: {New: {required: true, content: {application/json: {schema: {type: object}}}}}
  headers: {Cost: {required: true}}
  pathItems: {Video: {delete: {security: [{unknown: [a, b]}], responses: {}}}}
  securitySchemes:
    key: {$ref: '#/components/securitySchemes/real'}
    real: {type: http, scheme: bearer}
"""


@pytest.fixture
def found() -> dict[str, Operation]:
    return {each.name: each for each in operations(load_yaml(DOCUMENT, where="it"))}


def test_all_operations_are_listed_those_of_a_path_elsewhere_too(
    found: dict[str, Operation],
) -> None:
    assert list(found) == ["GET /videos", "POST /videos", "DELETE /videos/{id}"]


def test_an_operations_own_parameter_takes_the_place_of_its_paths(
    found: dict[str, Operation],
) -> None:
    limit, page = found["GET /videos"].parameters()
    assert (limit.place, limit.required, limit.schema) == ("query limit", False, True)
    assert (page.place, page.required, page.schema) == ("query page", True, {"type": "string"})


def test_media_types_and_statuses_are_known_whatever_their_spelling(
    found: dict[str, Operation],
) -> None:
    responses = found["GET /videos"].responses()
    assert responses.keys() == {"default", "2XX"}
    assert responses["2XX"].content == {"application/json": {"type": "array"}, "text/csv": True}
    assert responses["default"].json == {"type": "object"}


def test_the_result_of_an_operation_is_its_success_or_what_is_said_of_any(
    found: dict[str, Operation],
) -> None:
    listed, created = found["GET /videos"].result(), found["POST /videos"].result()
    assert listed is not None
    assert created is not None
    assert listed.json == {"type": "array"}
    assert found["POST /videos"].headers(created) == {"x-cost": {"required": True}}
    assert found["DELETE /videos/{id}"].result() is None


def test_a_request_body_is_found_where_it_is_described(found: dict[str, Operation]) -> None:
    body = found["POST /videos"].request_body()
    assert body is not None
    assert (body.required, body.json) == (True, {"type": "object"})
    assert found["GET /videos"].request_body() is None


def test_keys_and_servers_are_the_documents_unless_the_operation_has_its_own(
    found: dict[str, Operation],
) -> None:
    [[key], anybody] = found["GET /videos"].security()
    assert (key.written, anybody) == ({"type": "http", "scheme": "bearer"}, ())
    assert found["GET /videos"].servers() == ["https://eu.example.com"]
    assert found["POST /videos"].security() == []
    assert found["POST /videos"].servers() == ["https://upload.example.com"]
    [[unknown]] = found["DELETE /videos/{id}"].security()
    assert (unknown.name, unknown.written, unknown.scopes) == ("unknown", {}, {"a", "b"})


@pytest.mark.parametrize(
    ("paths", "problem"),
    [
        ([], "'paths' is list"),
        ({"/a": 1}, "/a is int"),
        ({"/a": {"get": []}}, "/a: 'get' is list"),
        ({"/a": {"$ref": "#/nowhere"}}, "points at nothing"),
    ],
)
def test_what_is_no_operation_is_refused_with_its_place(paths: Any, problem: str) -> None:
    with pytest.raises(SpecError, match=problem):
        operations({"paths": paths})
