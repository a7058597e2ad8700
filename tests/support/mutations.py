"""A realistic spec, and changes to it with what a diff must say of each."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from functools import cache
from typing import Any

from attrs import frozen
from polyreel.openapi.documents import load_yaml

Doc = dict[str, Any]

SPEC = """
openapi: 3.1.0
info: {title: Reelhouse API, version: '1'}
servers: [{url: https://api.reelhouse.example}, {url: https://spare.reelhouse.example}]
security: [{key: []}]
paths:
  /v1/videos:
    get:
      operationId: listVideos
      tags: [Videos]
      parameters:
        - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 100, default: 20}}
        - {name: page, in: query, x-index-base: 1, schema: {type: integer, default: 1}}
        - {name: order, in: query, schema: {type: string, enum: [asc, desc]}}
        - {name: state, in: query, schema: {type: string, x-extensible-enum: [queued, ready]}}
        - {name: ids, in: query, schema: {type: array, items: {type: string}, maxItems: 50}}
        - {name: since, in: query, schema: {type: string, format: date-time}}
        - {name: owner, in: query, schema: {type: string, pattern: '^u_'}}
        - {name: X-Workspace, in: header, required: true, schema: {type: string}}
      responses:
        '200':
          description: OK
          headers:
            X-Request-Id: {required: true, schema: {type: string}}
            X-Cost: {schema: {type: number}}
          content: {application/json: {schema: {$ref: '#/components/schemas/VideoList'}}}
        '401': {$ref: '#/components/responses/Refused'}
    post:
      operationId: createVideo
      x-sunset: '2027-06-30'
      security: [{key: []}, {token: []}]
      tags: [Videos]
      requestBody:
        required: true
        content:
          application/json: {schema: {$ref: '#/components/schemas/NewVideo'}}
          multipart/form-data: {schema: {type: object}}
      responses:
        '201':
          description: Created
          content: {application/json: {schema: {$ref: '#/components/schemas/Video'}}}
        '401': {$ref: '#/components/responses/Refused'}
  /v1/videos/{video_id}:
    parameters:
      - {name: video_id, in: path, required: true, schema: {type: string}}
    get:
      operationId: getVideo
      tags: [Videos]
      parameters:
        - {name: verbose, in: query, schema: {type: boolean}}
      responses:
        '200':
          description: OK
          content: {application/json: {schema: {$ref: '#/components/schemas/Video'}}}
        '404': {$ref: '#/components/responses/Refused'}
    patch:
      operationId: changeVideo
      tags: [Videos]
      requestBody: {content: {application/json: {schema: {type: object}}}}
      responses: {'204': {description: No Content}}
    delete:
      operationId: deleteVideo
      deprecated: true
      security: []
      tags: [Videos]
      responses: {'204': {description: No Content}}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: x-api-key}
    token: {type: http, scheme: bearer}
  responses:
    Refused:
      description: Unauthorized
      content: {application/json: {schema: {$ref: '#/components/schemas/Problem'}}}
  schemas:
    Problem: {type: object, required: [message], properties: {message: {type: string}}}
    VideoList:
      type: object
      required: [data, has_more]
      properties:
        data: {type: array, items: {$ref: '#/components/schemas/Video'}}
        has_more: {type: boolean}
        total_count: {type: integer}
        next_token: {type: [string, 'null']}
    Video:
      allOf:
        - $ref: '#/components/schemas/Identified'
        - type: object
          required: [status, title, progress]
          properties:
            status: {type: string, enum: [queued, ready, failed]}
            quality: {type: string, x-extensible-enum: [low, high]}
            title: {type: [string, 'null']}
            progress: {type: integer, minimum: 0, maximum: 100}
            length: {type: number}
            url: {type: string, format: uri}
            made_at: {type: integer, format: int32}
            tags: {type: array, items: {type: string}}
            error: {anyOf: [{$ref: '#/components/schemas/VideoError'}, {type: 'null'}]}
            labels: {type: object, additionalProperties: {type: string}}
            parent: {$ref: '#/components/schemas/Video'}
            source: {oneOf: [{$ref: '#/components/schemas/Upload'}, {$ref: '#/components/schemas/Script'}]}
    Identified:
      type: object
      required: [id, object]
      properties:
        id: {type: string}
        object: {type: string, const: video}
    VideoError:
      type: object
      required: [code]
      additionalProperties: false
      properties: {code: {type: string}, hint: {type: string}}
    Upload: {type: object, required: [kind], properties: {kind: {const: upload}, file: {type: string}}}
    Script: {type: object, required: [kind], properties: {kind: {const: script}, text: {type: string}}}
    NewVideo:
      type: object
      additionalProperties: false
      required: [prompt]
      properties:
        prompt: {type: string, maxLength: 500}
        model: {type: string, enum: [fast, fine], default: fast}
        seconds: {type: integer, exclusiveMinimum: 0}
        volume: {type: number, multipleOf: 0.5}
        seed: {type: [integer, 'null']}
        callback: {type: string, format: uri}
        replica: {$ref: '#/components/schemas/Upload'}
        scenes:
          type: array
          minItems: 1
          items:
            type: object
            required: [text]
            properties: {text: {type: string}, pause: {type: number}}
        voice: {oneOf: [{$ref: '#/components/schemas/Upload'}, {$ref: '#/components/schemas/Script'}]}
"""

LIST, CREATE = "GET /v1/videos", "POST /v1/videos"
GET, DELETE = "GET /v1/videos/{video_id}", "DELETE /v1/videos/{video_id}"
CHANGE = "PATCH /v1/videos/{video_id}"


@frozen
class Mutation:
    """A change to the spec and what a diff must say of it: (rule, operation, place) each."""

    name: str
    apply: Callable[[Doc], Any]
    expected: set[tuple[str, str, str]]


@cache
def _spec() -> Doc:
    return load_yaml(SPEC, where="the spec")


def spec() -> Doc:
    """The spec before any change; each call gives a copy."""
    return copy.deepcopy(_spec())


# Where things are in the document -----------------------------------------------------------------


def operation(doc: Doc, name: str) -> Doc:
    method, path = name.split(" ")
    return doc["paths"][path][method.lower()]


def parameters(doc: Doc, name: str = LIST) -> list[Doc]:
    return operation(doc, name)["parameters"]


def parameter(doc: Doc, name: str) -> Doc:
    return next(p for p in parameters(doc) if p["name"] == name)


def query(doc: Doc, name: str) -> Doc:
    return parameter(doc, name)["schema"]


def component(doc: Doc, name: str) -> Doc:
    return doc["components"]["schemas"][name]


def video(doc: Doc) -> Doc:
    return component(doc, "Video")["allOf"][1]


def field(doc: Doc, name: str) -> Doc:
    return video(doc)["properties"][name]


def body(doc: Doc) -> Doc:
    return component(doc, "NewVideo")


def sent(doc: Doc, name: str) -> Doc:
    return body(doc)["properties"][name]


def ok(doc: Doc, name: str = LIST, status: str = "200") -> Doc:
    return operation(doc, name)["responses"][status]


# What is expected ---------------------------------------------------------------------------------


def at(rule: str, place: str, operation: str = LIST) -> set[tuple[str, str, str]]:
    return {(rule, operation, place)}


def paging(rule: str, place: str) -> set[tuple[str, str, str]]:
    return at(rule, place) | at("pagination-touched", place)


def in_video(rule: str, path: str) -> set[tuple[str, str, str]]:
    """The three places where a video is returned."""
    return {
        (rule, LIST, f"200 data[].{path}"),
        (rule, CREATE, f"201 {path}"),
        (rule, GET, f"200 {path}"),
    }


def in_body(rule: str, path: str) -> set[tuple[str, str, str]]:
    return {(rule, CREATE, f"request body .{path}")}


def security(rule: str, *operations: str) -> set[tuple[str, str, str]]:
    return {(rule, name, "security") for name in operations}


def put(part: Doc, **values: Any) -> None:
    part.update({key.replace("__", "-"): value for key, value in values.items()})


def rename(part: Doc, old: str, new: str) -> None:
    part[new] = part.pop(old)


def share(item: Doc) -> None:
    shared = item.pop("parameters")
    for method in item.values():
        method["parameters"] = [*method.get("parameters", []), *shared]


def rename_component(doc: Doc, old: str, new: str) -> None:
    text = json.dumps(doc).replace(f'schemas/{old}"', f'schemas/{new}"')
    doc.update(json.loads(text))
    rename(doc["components"]["schemas"], old, new)


def drop(items: list[Any], wanted: Callable[[Any], bool]) -> None:
    items[:] = [item for item in items if not wanted(item)]


M = Mutation
CATALOGUE = [
    # operations
    M("operation added", lambda d: put(d["paths"], **{"/v1/voices": {"get": {"responses": {}}}}),
      at("operation-added", "", "GET /v1/voices")),
    M("operation removed", lambda d: d["paths"]["/v1/videos/{video_id}"].pop("get"),
      at("operation-removed", "", GET)),
    M("deprecated operation removed", lambda d: d["paths"]["/v1/videos/{video_id}"].pop("delete"),
      at("operation-removed-after-deprecation", "", DELETE)),
    M("path moved", lambda d: rename(d["paths"], "/v1/videos", "/v2/videos"),
      {("operation-removed", LIST, ""), ("operation-removed", CREATE, ""),
       ("operation-added", "GET /v2/videos", ""), ("operation-added", "POST /v2/videos", "")}),
    M("operation deprecated", lambda d: put(operation(d, LIST), deprecated=True),
      at("operation-deprecated", "")),
    M("operation undeprecated", lambda d: operation(d, DELETE).pop("deprecated"),
      at("operation-undeprecated", "", DELETE)),
    M("end of an operation", lambda d: put(operation(d, GET), x__sunset="2027-01-31"),
      at("sunset-announced", "", GET)),
    M("end of the service", lambda d: put(d["info"], x__sunset="2027-01-31"),
      at("sunset-announced", "info", "*")),
    M("end of an operation put off", lambda d: put(operation(d, CREATE), x__sunset="2028-06-30"),
      at("sunset-announced", "", CREATE)),
    M("end of an operation withdrawn", lambda d: operation(d, CREATE).pop("x-sunset"),
      at("sunset-withdrawn", "", CREATE)),
    # generated symbols
    M("operationId", lambda d: put(operation(d, GET), operationId="fetchVideo"),
      at("symbol-renamed", "operationId", GET)),
    M("tag", lambda d: put(operation(d, GET), tags=["Clips"]),
      at("symbol-renamed", "tags", GET)),
    M("component renamed", lambda d: rename_component(d, "Video", "Clip"),
      {("symbol-renamed", LIST, "200 data[]"), ("symbol-renamed", CREATE, "201"),
       ("symbol-renamed", GET, "200")}),
    M("path parameter renamed",
      lambda d: (rename(d["paths"], "/v1/videos/{video_id}", "/v1/videos/{id}"),
                 put(d["paths"]["/v1/videos/{id}"]["parameters"][0], name="id")),
      {("symbol-renamed", "GET /v1/videos/{id}", "path id"),
       ("symbol-renamed", "PATCH /v1/videos/{id}", "path id"),
       ("symbol-renamed", "DELETE /v1/videos/{id}", "path id")}),
    # parameters
    M("required parameter added",
      lambda d: parameters(d).append({"name": "team", "in": "query", "required": True, "schema": {}}),
      at("parameter-added-required", "query team")),
    M("optional parameter added",
      lambda d: parameters(d).append({"name": "team", "in": "query", "schema": {"type": "string"}}),
      at("parameter-added-optional", "query team")),
    M("paging parameter added",
      lambda d: parameters(d).append({"name": "after", "in": "query", "schema": {"type": "string"}}),
      paging("parameter-added-optional", "query after")),
    M("parameter removed", lambda d: drop(parameters(d), lambda p: p["name"] == "owner"),
      at("parameter-removed", "query owner")),
    M("paging parameter removed", lambda d: drop(parameters(d), lambda p: p["name"] == "page"),
      paging("parameter-removed", "query page")),
    M("parameter moved", lambda d: put(parameter(d, "owner"), **{"in": "header"}),
      at("parameter-moved", "header owner")),
    M("parameter became required", lambda d: put(parameter(d, "owner"), required=True),
      at("parameter-became-required", "query owner")),
    M("parameter became optional", lambda d: put(parameter(d, "X-Workspace"), required=False),
      at("parameter-became-optional", "header X-Workspace")),
    M("parameter deprecated", lambda d: put(parameter(d, "owner"), deprecated=True),
      at("parameter-deprecated", "query owner")),
    M("list written otherwise", lambda d: put(parameter(d, "ids"), explode=False),
      at("parameter-serialization-changed", "query ids")),
    M("parameter type changed", lambda d: put(query(d, "since"), type="integer"),
      at("request-type-changed", "query since")),
    M("parameter type widened", lambda d: put(query(d, "owner"), type=["string", "integer"]),
      at("request-type-widened", "query owner")),
    M("parameter enum narrowed", lambda d: put(query(d, "order"), enum=["asc"]),
      paging("request-enum-value-removed", "query order")),
    M("parameter enum widened", lambda d: put(query(d, "order"), enum=["desc", "asc", "random"]),
      paging("request-enum-value-added", "query order")),
    M("parameter enum opened",
      lambda d: put(parameter(d, "order"), schema={"type": "string", "x-extensible-enum": ["asc", "desc"]}),
      paging("request-enum-opened", "query order")),
    M("parameter enum closed",
      lambda d: put(parameter(d, "state"), schema={"type": "string", "enum": ["queued", "ready"]}),
      at("request-enum-closed", "query state")),
    M("known value removed", lambda d: put(query(d, "state"), x__extensible__enum=["ready"]),
      at("request-known-value-removed", "query state")),
    M("known value added",
      lambda d: put(query(d, "state"), x__extensible__enum=["ready", "queued", "gone"]),
      at("request-known-value-added", "query state")),
    M("parameter bound tightened", lambda d: put(query(d, "limit"), maximum=50),
      paging("request-bound-tightened", "query limit")),
    M("parameter bound loosened", lambda d: put(query(d, "limit"), maximum=500),
      paging("request-bound-loosened", "query limit")),
    M("parameter bound gone", lambda d: query(d, "limit").pop("maximum"),
      paging("request-bound-loosened", "query limit")),
    M("parameter bound set", lambda d: put(query(d, "page"), minimum=1),
      paging("request-bound-set", "query page")),
    M("list bound tightened", lambda d: put(query(d, "ids"), maxItems=10),
      at("request-bound-tightened", "query ids")),
    M("items of a parameter", lambda d: put(query(d, "ids")["items"], maxLength=9),
      at("request-bound-set", "query ids[]")),
    M("parameter default changed", lambda d: put(query(d, "limit"), default=10),
      paging("request-default-changed", "query limit")),
    M("parameter default gone", lambda d: query(d, "limit").pop("default"),
      paging("request-default-changed", "query limit")),
    M("counts from 0", lambda d: put(parameter(d, "page"), x__index__base=0),
      paging("index-base-changed", "query page")),
    M("start of counting unsaid", lambda d: parameter(d, "page").pop("x-index-base"),
      set()),
    M("start of counting said", lambda d: put(parameter(d, "limit"), x__index__base=0),
      paging("index-base-stated", "query limit")),
    M("format changed", lambda d: put(query(d, "since"), format="date"),
      at("request-format-changed", "query since")),
    M("format gone", lambda d: query(d, "since").pop("format"),
      at("request-format-widened", "query since")),
    M("pattern set", lambda d: put(query(d, "state"), pattern="^[a-z]+$"),
      at("request-pattern-set", "query state")),
    M("pattern changed", lambda d: put(query(d, "owner"), pattern="^user_"),
      at("request-pattern-changed", "query owner")),
    M("pattern gone", lambda d: query(d, "owner").pop("pattern"),
      at("request-pattern-removed", "query owner")),
    M("parameter nullable", lambda d: put(query(d, "owner"), type=["string", "null"]),
      at("request-became-nullable", "query owner")),
    # request bodies
    M("body became optional", lambda d: operation(d, CREATE)["requestBody"].pop("required"),
      at("request-body-became-optional", "request body", CREATE)),
    M("body gone", lambda d: operation(d, CREATE).pop("requestBody"),
      at("request-body-removed", "request body", CREATE)),
    M("required body added",
      lambda d: put(operation(d, DELETE), requestBody={"required": True, "content": {}}),
      at("request-body-added-required", "request body", DELETE)),
    M("body became required", lambda d: put(operation(d, CHANGE)["requestBody"], required=True),
      at("request-body-became-required", "request body", CHANGE)),
    M("optional body added", lambda d: put(operation(d, DELETE), requestBody={"content": {}}),
      at("request-body-added-optional", "request body", DELETE)),
    M("media type accepted",
      lambda d: put(operation(d, CREATE)["requestBody"]["content"], **{"text/plain": {}}),
      at("request-media-type-added", "request body", CREATE)),
    M("constant of a variant", lambda d: put(component(d, "Upload")["properties"]["kind"], const="file"),
      in_body("request-const-changed", "replica.kind")
      | in_video("response-const-changed", "source.kind")),
    M("media type no longer accepted",
      lambda d: operation(d, CREATE)["requestBody"]["content"].pop("multipart/form-data"),
      at("request-media-type-removed", "request body", CREATE)),
    M("required property added",
      lambda d: (put(body(d)["properties"], title={"type": "string"}), body(d)["required"].append("title")),
      in_body("request-property-added-required", "title")),
    M("optional property added", lambda d: put(body(d)["properties"], title={"type": "string"}),
      in_body("request-property-added-optional", "title")),
    M("property refused", lambda d: body(d)["properties"].pop("seed"),
      in_body("request-property-refused", "seed")),
    M("property gone", lambda d: sent(d, "scenes")["items"]["properties"].pop("pause"),
      in_body("request-property-removed", "scenes[].pause")),
    M("property became required", lambda d: put(body(d), required=["seconds", "prompt"]),
      in_body("request-property-became-required", "seconds")),
    M("property became optional", lambda d: put(body(d), required=[]),
      in_body("request-property-became-optional", "prompt")),
    M("property deprecated", lambda d: put(sent(d, "seed"), deprecated=True),
      in_body("request-property-deprecated", "seed")),
    M("nested property became required",
      lambda d: put(sent(d, "scenes")["items"], required=["text", "pause"]),
      in_body("request-property-became-required", "scenes[].pause")),
    M("no longer nullable", lambda d: put(sent(d, "seed"), type="integer"),
      in_body("request-became-not-nullable", "seed")),
    M("number must be whole", lambda d: put(sent(d, "volume"), type="integer"),
      in_body("request-type-changed", "volume")),
    M("number need not be whole", lambda d: put(sent(d, "seed"), type=["number", "null"]),
      in_body("request-type-widened", "seed")),
    M("length tightened", lambda d: put(sent(d, "prompt"), maxLength=400),
      in_body("request-bound-tightened", "prompt")),
    M("least number loosened", lambda d: put(sent(d, "scenes"), minItems=0),
      in_body("request-bound-loosened", "scenes")),
    M("excluded bound tightened", lambda d: put(sent(d, "seconds"), exclusiveMinimum=3),
      in_body("request-bound-tightened", "seconds")),
    M("step loosened", lambda d: put(sent(d, "volume"), multipleOf=0.25),
      in_body("request-bound-loosened", "volume")),
    M("unique items demanded", lambda d: put(sent(d, "scenes"), uniqueItems=True),
      in_body("request-bound-set", "scenes")),
    M("default of a property", lambda d: put(sent(d, "model"), default="fine"),
      in_body("request-default-changed", "model")),
    M("model no longer offered", lambda d: put(sent(d, "model"), enum=["fast"]),
      in_body("request-enum-value-removed", "model")),
    M("any model accepted", lambda d: sent(d, "model").pop("enum"),
      in_body("request-enum-opened", "model")),
    M("variant no longer accepted", lambda d: sent(d, "voice")["oneOf"].pop(),
      in_body("request-variant-removed", "voice")),
    M("variant accepted",
      lambda d: sent(d, "voice")["oneOf"].append({"type": "string"}),
      in_body("request-variant-added", "voice")),
    M("extra properties allowed", lambda d: body(d).pop("additionalProperties"),
      at("request-extra-properties-allowed", "request body", CREATE)),
    M("extra properties refused",
      lambda d: put(sent(d, "scenes")["items"], additionalProperties=False),
      in_body("request-extra-properties-refused", "scenes[]")),
    M("unjudged condition", lambda d: put(body(d), dependentRequired={"seed": ["model"]}),
      at("request-constraint-changed", "request body", CREATE)),
    # responses
    M("success status replaced",
      lambda d: rename(operation(d, CREATE)["responses"], "201", "202"),
      {("success-status-removed", CREATE, "201"), ("success-status-added", CREATE, "202")}),
    M("error status gone", lambda d: operation(d, LIST)["responses"].pop("401"),
      at("error-status-removed", "401")),
    M("error status added",
      lambda d: put(operation(d, LIST)["responses"], **{"429": {"description": "Too Many Requests"}}),
      at("error-status-added", "429")),
    M("media type replaced",
      lambda d: rename(ok(d)["content"], "application/json", "application/xml"),
      {("response-media-type-removed", LIST, "200"), ("response-media-type-added", LIST, "200")}),
    M("header gone", lambda d: ok(d)["headers"].pop("X-Cost"),
      at("response-header-removed", "200 header x-cost")),
    M("required header gone", lambda d: ok(d)["headers"].pop("X-Request-Id"),
      at("response-required-header-removed", "200 header x-request-id")),
    M("header added", lambda d: put(ok(d)["headers"], **{"X-Left": {"schema": {"type": "integer"}}}),
      at("response-header-added", "200 header x-left")),
    M("header may be missing", lambda d: ok(d)["headers"]["X-Request-Id"].pop("required"),
      at("response-header-became-optional", "200 header x-request-id")),
    M("header always comes", lambda d: put(ok(d)["headers"]["X-Cost"], required=True),
      at("response-header-became-required", "200 header x-cost")),
    M("property returned too", lambda d: put(video(d)["properties"], size={"type": "string"}),
      in_video("response-property-added", "size")),
    M("optional property gone", lambda d: video(d)["properties"].pop("length"),
      in_video("response-optional-property-removed", "length")),
    M("required property gone",
      lambda d: (video(d)["properties"].pop("progress"), put(video(d), required=["status", "title"])),
      in_video("response-required-property-removed", "progress")),
    M("required property of the list gone",
      lambda d: (component(d, "VideoList")["properties"].pop("has_more"),
                 put(component(d, "VideoList"), required=["data"])),
      paging("response-required-property-removed", "200 has_more")),
    M("total no longer told", lambda d: component(d, "VideoList")["properties"].pop("total_count"),
      paging("response-optional-property-removed", "200 total_count")),
    M("next token may not be null",
      lambda d: put(component(d, "VideoList")["properties"], next_token={"type": "string"}),
      paging("response-became-not-nullable", "200 next_token")),
    M("returned property became optional",
      lambda d: put(video(d), required=["title", "progress"]),
      in_video("response-property-became-optional", "status")),
    M("returned property became required",
      lambda d: put(video(d), required=["title", "progress", "status", "url"]),
      in_video("response-property-became-required", "url")),
    M("returned property deprecated", lambda d: put(field(d, "url"), deprecated=True),
      in_video("response-property-deprecated", "url")),
    M("became nullable", lambda d: put(field(d, "url"), type=["string", "null"]),
      in_video("response-became-nullable", "url")),
    M("never null now", lambda d: put(field(d, "title"), type="string"),
      in_video("response-became-not-nullable", "title")),
    M("error no longer null",
      lambda d: put(video(d)["properties"], error={"$ref": "#/components/schemas/VideoError"}),
      in_video("response-became-not-nullable", "error")),
    M("inside what may be null", lambda d: put(component(d, "VideoError"), required=["code", "hint"]),
      in_video("response-property-became-required", "error.hint")),
    M("returned type changed", lambda d: put(field(d, "made_at"), type="string"),
      in_video("response-type-changed", "made_at")),
    M("returned type generalised", lambda d: put(field(d, "progress"), type="number"),
      in_video("response-type-changed", "progress")),
    M("returned type narrowed", lambda d: put(field(d, "length"), type="integer"),
      in_video("response-type-narrowed", "length")),
    M("type of items", lambda d: put(field(d, "tags")["items"], type="integer"),
      in_video("response-type-changed", "tags[]")),
    M("type of further properties",
      lambda d: put(field(d, "labels")["additionalProperties"], type="integer"),
      in_video("response-type-changed", "labels.*")),
    M("new status", lambda d: field(d, "status")["enum"].append("deleted"),
      in_video("response-enum-value-added", "status")),
    M("status never comes", lambda d: field(d, "status")["enum"].remove("queued"),
      in_video("response-enum-value-removed", "status")),
    M("any status", lambda d: field(d, "status").pop("enum"),
      in_video("response-enum-opened", "status")),
    M("known status", lambda d: field(d, "quality")["x-extensible-enum"].append("huge"),
      in_video("response-known-value-added", "quality")),
    M("known value gone", lambda d: field(d, "quality")["x-extensible-enum"].remove("low"),
      in_video("response-known-value-removed", "quality")),
    M("more may come", lambda d: component(d, "VideoError").pop("additionalProperties"),
      in_video("response-extra-properties-allowed", "error")),
    M("no more may come", lambda d: put(component(d, "VideoList"), additionalProperties=False),
      at("response-extra-properties-refused", "200")),
    M("unjudged condition of what comes", lambda d: put(component(d, "VideoList"), minContains=1),
      at("response-constraint-changed", "200")),
    M("list of values closed",
      lambda d: put(video(d)["properties"], quality={"type": "string", "enum": ["low", "high"]}),
      in_video("response-enum-closed", "quality")),
    M("constant changed", lambda d: put(component(d, "Identified")["properties"]["object"], const="clip"),
      in_video("response-const-changed", "object")),
    M("in what is taken over", lambda d: put(component(d, "Identified")["properties"]["id"], type="integer"),
      in_video("response-type-changed", "id")),
    M("returned bound loosened", lambda d: put(field(d, "progress"), maximum=200),
      in_video("response-bound-loosened", "progress")),
    M("returned bound tightened", lambda d: put(field(d, "progress"), minimum=1),
      in_video("response-bound-tightened", "progress")),
    M("returned format gone", lambda d: field(d, "url").pop("format"),
      in_video("response-format-changed", "url")),
    M("returned format wider", lambda d: put(field(d, "made_at"), format="int64"),
      in_video("response-format-changed", "made_at")),
    M("returned format set", lambda d: put(field(d, "title"), format="html"),
      in_video("response-format-narrowed", "title")),
    M("returned pattern", lambda d: put(field(d, "url"), pattern="^https:"),
      in_video("response-pattern-changed", "url")),
    M("returned default", lambda d: put(field(d, "length"), default=8),
      in_video("response-default-changed", "length")),
    M("returned variant added",
      lambda d: field(d, "source")["oneOf"].append({"$ref": "#/components/schemas/Problem"}),
      in_video("response-variant-added", "source")),
    M("returned variant gone", lambda d: field(d, "source")["oneOf"].pop(0),
      in_video("response-variant-removed", "source")),
    M("inside a variant", lambda d: component(d, "Script")["required"].append("text"),
      in_video("response-property-became-required", "source.text")
      | in_body("request-property-became-required", "voice.text")),
    M("error body", lambda d: component(d, "Problem")["properties"].update(code={"type": "integer"}),
      {("response-property-added", LIST, "401 code"), ("response-property-added", CREATE, "401 code"),
       ("response-property-added", GET, "404 code")}),
    # access
    M("another key", lambda d: put(d["components"]["securitySchemes"]["key"], name="authorization"),
      security("security-changed", LIST, GET, CHANGE)
      | security("security-alternative-removed", CREATE)
      | security("security-alternative-added", CREATE)),
    M("another scheme", lambda d: put(d, security=[{"token": []}]),
      security("security-changed", LIST, GET, CHANGE)),
    M("another scheme too", lambda d: put(d, security=[{"key": []}, {"token": []}]),
      security("security-alternative-added", LIST, GET, CHANGE)),
    M("both keys needed", lambda d: put(operation(d, GET), security=[{"key": [], "token": []}]),
      at("security-changed", "security", GET)),
    M("closed", lambda d: operation(d, DELETE).pop("security"),
      at("security-added", "security", DELETE)),
    M("one key less is enough", lambda d: put(operation(d, CREATE), security=[{"token": []}]),
      at("security-alternative-removed", "security", CREATE)),
    M("opened", lambda d: put(operation(d, GET), security=[]), at("security-removed", "security", GET)),
    M("server moved", lambda d: put(d["servers"][0], url="https://eu.reelhouse.example"),
      at("server-changed", "servers", "*")),
    M("server gone", lambda d: d["servers"].pop(), at("server-removed", "servers", "*")),
    M("server added", lambda d: d["servers"].append({"url": "https://eu.reelhouse.example"}),
      at("server-added", "servers", "*")),
]  # fmt: skip


def one_schema(doc: Doc) -> Doc:
    """The video, with what it takes over written into it."""
    whole, taken = video(doc), component(doc, "Identified")
    return {
        "type": "object",
        "required": [*whole["required"], *taken["required"]],
        "properties": {**whole["properties"], **taken["properties"]},
    }


def share_page_parameter(doc: Doc) -> None:
    doc["components"]["parameters"] = {"Page": parameters(doc)[1]}
    parameters(doc)[1] = {"$ref": "#/components/parameters/Page"}


TEXT, NULL = {"type": "string"}, {"type": "null"}

SAME = [
    M("order of required", lambda d: video(d)["required"].reverse(), set()),
    M("order of an enum", lambda d: field(d, "status")["enum"].reverse(), set()),
    M("order of parameters", lambda d: parameters(d).reverse(), set()),
    M("order of variants", lambda d: field(d, "source")["oneOf"].reverse(), set()),
    M("null as a union", lambda d: put(video(d)["properties"], title={"anyOf": [TEXT, NULL]}), set()),
    M("null as a flag", lambda d: put(video(d)["properties"], title={**TEXT, "nullable": True}), set()),
    M("null first", lambda d: put(video(d)["properties"], title={"oneOf": [NULL, TEXT]}), set()),
    M("constant as a list",
      lambda d: put(component(d, "Identified")["properties"], object={**TEXT, "enum": ["video"]}), set()),
    M("excluded bound as a flag",
      lambda d: put(sent(d, "seconds"), minimum=0, exclusiveMinimum=True), set()),
    M("excluded bound of whole numbers",
      lambda d: put(body(d)["properties"], seconds={"type": "integer", "minimum": 1}), set()),
    M("parts put together",
      lambda d: put(d["components"]["schemas"], Video=one_schema(d)), set()),
    M("written inline",
      lambda d: put(field(d, "source"), oneOf=[component(d, "Upload"), component(d, "Script")]), set()),
    M("scheme renamed",
      lambda d: d.update(json.loads(json.dumps(d).replace('"key":', '"apiKey":'))), set()),
    M("header in lower case", lambda d: put(parameter(d, "X-Workspace"), name="x-workspace"), set()),
    M("shared parameter", share_page_parameter, set()),
    M("parameter of each operation", lambda d: share(d["paths"]["/v1/videos/{video_id}"]), set()),
    M("style stated", lambda d: put(parameter(d, "ids"), style="form", explode=True), set()),
    M("anything else may come", lambda d: put(video(d), additionalProperties=True), set()),
    M("sentences", lambda d: put(field(d, "url"), description="Where it is.", example="x"), set()),
    M("slash after the server",
      lambda d: put(d["servers"][0], url="https://api.reelhouse.example/"), set()),
]  # fmt: skip


def mutated(mutation: Mutation) -> Doc:
    document = spec()
    mutation.apply(document)
    return document


def older(node: Any) -> Any:
    """Spell a document as OpenAPI 3.0 does."""
    if isinstance(node, list):
        return [older(item) for item in node]
    if not isinstance(node, dict):
        return node
    node = {key: older(value) for key, value in node.items()}
    types = node.get("type")
    if isinstance(types, list):
        others = [name for name in types if name != "null"]
        node["nullable"] = "null" in types
        node.pop("type")
        node |= (
            {"type": others[0]} if len(others) == 1 else {"anyOf": [{"type": t} for t in others]}
        )
    if "const" in node:
        node["enum"] = [node.pop("const")]
    if isinstance(node.get("exclusiveMinimum"), int) and node["exclusiveMinimum"] is not True:
        node |= {"minimum": node["exclusiveMinimum"], "exclusiveMinimum": True}
    for key in ("anyOf", "oneOf"):
        if {"type": "null"} in node.get(key, []):
            node["nullable"] = True
            node[key] = [member for member in node[key] if member != {"type": "null"}]
    if node.get("openapi"):
        node["openapi"] = "3.0.3"
    return node
