"""Swagger 2.0 documents, written as OpenAPI 3.0: the same facts, each in the place that it has there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from polyreel.openapi.documents import Document
from polyreel.openapi.methods import METHODS

_JSON = "application/json"
_PLACES = {
    "#/definitions/": "#/components/schemas/",
    "#/parameters/": "#/components/parameters/",
    "#/responses/": "#/components/responses/",
}
# What a parameter or a header says beside its name; in OpenAPI 3 its schema says it.
_TYPED = {
    "type", "format", "items", "default", "enum", "pattern", "minimum", "maximum", "exclusiveMinimum",
    "exclusiveMaximum", "minLength", "maxLength", "minItems", "maxItems", "uniqueItems", "multipleOf",
}  # fmt: skip
_FLOWS = {"application": "clientCredentials", "accessCode": "authorizationCode"}
_FORM = "application/x-www-form-urlencoded"


def to_openapi(swagger: Document) -> Document:
    """Write a Swagger 2.0 document as OpenAPI 3.0.

    Bodies, forms, media types, servers and security schemes move; references follow them. What is no Swagger
    stays where it is, for readers to refuse.
    """
    return _Converter(swagger).document()


class _Converter:
    def __init__(self, swagger: Document) -> None:
        self._swagger = swagger

    def document(self) -> Document:
        said = self._swagger
        kept: Document = {
            key: said[key] for key in ("info", "security", "tags", "externalDocs") if key in said
        }
        components = {
            "schemas": {name: _schema(each) for name, each in _of(said, "definitions").items()},
            "parameters": {
                name: self._parameter(each)
                for name, each in _of(said, "parameters").items()
                if not _is_body(each)
            },
            "responses": {
                name: self._response(each, said) for name, each in _of(said, "responses").items()
            },
            "securitySchemes": {
                name: _scheme(each) for name, each in _of(said, "securityDefinitions").items()
            },
        }
        paths = said.get("paths")
        if isinstance(paths, dict):
            paths = {path: self._path(item) for path, item in paths.items()}
        return {"openapi": "3.0.3", **kept, "servers": self._servers(), "paths": paths,
                "components": {name: each for name, each in components.items() if each}}  # fmt: skip

    def _servers(self) -> list[Document]:
        host, base = self._swagger.get("host"), str(self._swagger.get("basePath") or "/")
        schemes = self._swagger.get("schemes")
        schemes = schemes if isinstance(schemes, list) else []
        scheme = "https" if "https" in schemes or not schemes else schemes[0]
        return [{"url": f"{scheme}://{host}{base}".rstrip("/") if host else base}]

    def _path(self, item: Any) -> Any:
        if not isinstance(item, dict):
            return item
        shared = item.get("parameters")
        shared = shared if isinstance(shared, list) else []
        return {
            key: self._operation(each, shared)
            if key in METHODS and isinstance(each, dict)
            else each
            for key, each in item.items()
            if key != "parameters"
        }

    def _operation(self, operation: Document, shared: list[Any]) -> Document:
        own = operation.get("parameters")
        own = own if isinstance(own, list) else []
        named = {self._name(each) for each in own}
        asked = [each for each in shared if self._name(each) not in named] + own
        moved = ("parameters", "responses", "consumes", "produces", "schemes")
        made = {key: each for key, each in operation.items() if key not in moved}
        parameters = [self._parameter(each) for each in asked if not _is_body(self._followed(each))]
        if parameters:
            made["parameters"] = parameters
        sent = [body for each in asked if _is_body(body := self._followed(each))]
        if sent:
            made["requestBody"] = self._body(sent, operation)
        responses = operation.get("responses")
        if isinstance(responses, dict):
            made["responses"] = {
                str(status): self._response(each, operation) for status, each in responses.items()
            }
        return made

    def _name(self, parameter: Any) -> tuple[Any, Any]:
        said = self._followed(parameter)
        return said.get("in"), said.get("name")

    def _followed(self, parameter: Any) -> Document:
        said = parameter if isinstance(parameter, dict) else {}
        ref = str(said.get("$ref", ""))
        found = _of(self._swagger, "parameters").get(ref.removeprefix("#/parameters/"), said)
        return found if isinstance(found, dict) else {}

    def _parameter(self, parameter: Any) -> Any:
        if not isinstance(parameter, dict) or "$ref" in parameter:
            return _moved(parameter)
        made = _with_schema(parameter)
        form = made.pop("collectionFormat", "csv")
        if parameter.get("type") == "array" and parameter.get("in") == "query":
            style = {"ssv": "spaceDelimited", "pipes": "pipeDelimited"}.get(form, "form")
            made |= {"style": style, "explode": form == "multi"}
        return made

    def _body(self, sent: list[Document], operation: Document) -> Document:
        body = next((each for each in sent if each["in"] == "body"), None)
        media = self._media("consumes", operation)
        if body is not None:
            schema = _schema(body.get("schema", {}))
            return {
                "required": body.get("required") is True,
                "content": {each: {"schema": schema} for each in media or (_JSON,)},
            }
        schema = {
            "type": "object",
            "properties": {
                str(each.get("name")): _with_schema(each).get("schema", {}) for each in sent
            },
            "required": [str(each.get("name")) for each in sent if each.get("required") is True],
        }
        forms = [each for each in media if "form" in each] or [_FORM]
        return {"content": {each: {"schema": schema} for each in forms}}

    def _response(self, response: Any, operation: Document) -> Any:
        if not isinstance(response, dict) or "$ref" in response:
            return _moved(response)
        made = {key: each for key, each in response.items() if key not in {"schema", "examples"}}
        if isinstance(headers := response.get("headers"), dict):
            made["headers"] = {name: _with_schema(each) for name, each in headers.items()}
        if "schema" in response:
            media = self._media("produces", operation) or (_JSON,)
            content = {"schema": _schema(response["schema"])}
            made["content"] = dict.fromkeys(map(str, media), content)
        return made

    def _media(self, key: str, operation: Document) -> tuple[str, ...]:
        said = operation.get(key, self._swagger.get(key))
        return tuple(map(str, said)) if isinstance(said, list) else ()


def _is_body(parameter: Any) -> bool:
    return isinstance(parameter, dict) and parameter.get("in") in {"body", "formData"}


def _of(document: Document, key: str) -> Mapping[str, Any]:
    found = document.get(key)
    return found if isinstance(found, dict) else {}


def _with_schema(said: Any) -> Any:
    """Move what is said of the values of a parameter or a header into a schema."""
    if not isinstance(said, dict):
        return said
    made = {key: each for key, each in said.items() if key not in _TYPED}
    schema = {key: each for key, each in said.items() if key in _TYPED}
    return made | {"schema": _schema(schema)}


def _schema(said: Any) -> Any:
    """Write a schema as OpenAPI 3.0 has it, and all that it holds."""
    if isinstance(said, list):
        return [_schema(each) for each in said]
    if not isinstance(said, dict):
        return said
    made = {
        key: each if key in {"enum", "default", "example"} else _schema(each)
        for key, each in _moved(said).items()
    }
    if made.get("type") == "file":
        made |= {"type": "string", "format": "binary"}
    if isinstance(made.get("discriminator"), str):
        made["discriminator"] = {"propertyName": made["discriminator"]}
    if made.pop("x-nullable", None) is True:
        made["nullable"] = True
    return made


def _moved(said: Any) -> Any:
    """Let a reference lead to where its target stands in OpenAPI 3."""
    ref = said.get("$ref") if isinstance(said, dict) else None
    if isinstance(ref, str):
        for old, new in _PLACES.items():
            if ref.startswith(old):
                return said | {"$ref": new + ref.removeprefix(old)}
    return said


def _scheme(said: Any) -> Any:
    if not isinstance(said, dict):
        return said
    if said.get("type") == "basic":
        return {"type": "http", "scheme": "basic"}
    if said.get("type") != "oauth2":
        return said
    flow = {key: said[key] for key in ("authorizationUrl", "tokenUrl", "scopes") if key in said}
    named = str(said.get("flow"))
    return {"type": "oauth2", "flows": {_FLOWS.get(named, named): {"scopes": {}} | flow}}
