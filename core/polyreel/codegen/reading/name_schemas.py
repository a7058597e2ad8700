"""Names for the shapes that pages leave unnamed.

Every object with properties becomes a named schema, so that what is generated from it has a stable and
readable name. A list's envelope is ``VideoList``, its item and the item's own resource ``Video``, what
is nested is named after its parent and property, an error after its status. Where one thing has two
shapes (a list's item, and the item got alone), both are kept as the pages have them, and the second is
named after its operation: to read both with one class is for the overlay to say.
"""

from __future__ import annotations

import re
from http import HTTPStatus

from polyreel.codegen.reading.legal_names import plain
from polyreel.openapi.documents import Document, pointer
from polyreel.openapi.methods import METHODS
from polyreel.openapi.names import camel, pascal, singular
from polyreel.openapi.schemas import UNIONS, types, with_null, without_null

_VERBS = {"get": "get", "post": "create", "put": "replace", "patch": "update", "delete": "delete"}

_BESIDE_DATA = ("code", "message", "error", "success", "status", "request_id")


def name_schemas(document: Document) -> Document:
    """Move a merged document's unnamed objects to ``components/schemas``.

    Returns:
        A new document; the same again for one that has nothing unnamed.
    """
    return _SchemaNamer(document).document()


class _SchemaNamer:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._operation_ids: set[str] = set()
        self._schemas: Document = {}

    def document(self) -> Document:
        document = dict(self._document)
        named = self._document.get("components", {}).get("schemas", {})
        self._schemas = dict(named)
        for name, schema in named.items():
            self._schemas[name] = self._inside(schema, name, name)
        document["paths"] = {
            path: {
                method: self._operation(method, path, item[method])
                for method in METHODS
                if method in item
            }
            for path, item in sorted(document["paths"].items())
        }
        components = dict(document.pop("components", {}))
        if self._schemas:
            components["schemas"] = dict(sorted(self._schemas.items()))
        if components:
            document["components"] = dict(sorted(components.items()))
        return document

    def _operation(self, method: str, path: str, operation: Document) -> Document:
        name = self._operation_id(method, path, operation)
        operation = {"operationId": name, **operation}
        operation["operationId"] = name
        own = pascal(operation["operationId"])
        thing = _thing(path)
        listing = method == "get" and not path.endswith("}")
        if "parameters" in operation:
            operation["parameters"] = [
                parameter
                | {"schema": self._move(parameter["schema"], own + pascal(parameter["name"]))}
                if "schema" in parameter
                else parameter
                for parameter in operation["parameters"]
            ]
        if "requestBody" in operation:
            body = operation["requestBody"]
            operation["requestBody"] = body | {
                "content": self._content(body["content"], f"{own}Request")
            }
        operation["responses"] = {
            status: self._response(status, response, own, thing, listing)
            for status, response in operation["responses"].items()
        }
        return operation

    def _operation_id(self, method: str, path: str, operation: Document) -> str:
        """Keep the page's name of an operation, or derive one such as ``listVideos``."""
        thing = _thing(path)
        verb = _VERBS.get(method, method)
        if method == "get" and not path.endswith("}"):
            verb, thing = "list", pascal(_resource(path)) or thing
        name: str = operation.get("operationId") or verb + thing
        number = 1
        chosen = name
        while plain(chosen) in self._operation_ids:
            long = camel(f"{method} {path}")
            chosen = long if number == 1 else f"{long}{number}"
            number += 1
        self._operation_ids.add(plain(chosen))
        return chosen

    def _content(self, content: Document, name: str) -> Document:
        return {
            media_type: {"schema": self._move(media["schema"], name)}
            if "schema" in media
            else media
            for media_type, media in content.items()
        }

    def _response(
        self, status: str, response: Document, own: str, thing: str, listing: bool
    ) -> Document:
        if "content" not in response:
            return response
        if status[0] in "45" or status == "default":
            content = self._content(response["content"], _error_name(status))
        else:
            content = {
                media_type: {"schema": self._result(media["schema"], own, thing, listing)}
                if "schema" in media
                else media
                for media_type, media in response["content"].items()
            }
        return response | {"content": content}

    def _result(self, schema: Document, own: str, thing: str, listing: bool) -> Document:
        """Name what an operation answers: an envelope around things, or a thing."""
        variant = f"{own}Response"
        plain, _ = without_null(schema)
        inner = _enveloped(plain, listing)
        if inner is None:
            return self._move(schema, thing, variant)
        inside = dict(plain["properties"])
        below, nullable = without_null(inside[inner])
        if "array" in types(below):
            listed = dict(below, items=self._move(below["items"], thing, f"{variant}Item"))
            name = f"{thing}List"
        else:
            listed = self._move(below, thing, f"{variant}{pascal(inner)}")
            name = variant
        inside[inner] = with_null(listed) if nullable else listed
        return self._move(schema | {"properties": inside}, name, variant)

    def _move(self, schema: Document, name: str, variant: str | None = None) -> Document:
        """Name a schema if it is an object with properties, and everything nested in it."""
        plain, nullable = without_null(schema)
        if "array" in types(plain) and isinstance(plain.get("items"), dict):
            items = self._move(plain["items"], singular(name), variant)
            named = dict(plain, items=items)
        elif "$ref" in plain or not plain.get("properties"):
            named = self._inside(plain, name, variant or name)
        else:
            named = self._named(plain, name, variant)
        return with_null(named) if nullable else named

    def _named(self, plain: Document, name: str, variant: str | None) -> Document:
        shape = self._inside(plain, name, variant or name)
        if name in self._schemas and self._schemas[name] != shape:
            name = self._free(variant or name, shape)
        self._schemas[name] = shape
        return {"$ref": pointer("components", "schemas", name)}

    def _free(self, name: str, shape: Document) -> str:
        """Find a name that is free, or that stands for the same shape already."""
        number = 1
        free = name
        while free in self._schemas and self._schemas[free] != shape:
            number += 1
            free = f"{name}{number}"
        return free

    def _inside(self, schema: Document, name: str, variant: str) -> Document:
        """Name the objects nested in a schema, but not itself."""
        schema = {keyword: value for keyword, value in schema.items() if keyword != "x-partial"}
        if "properties" in schema:
            schema["properties"] = {
                key: self._move(below, name + pascal(key), variant + pascal(key))
                for key, below in schema["properties"].items()
            }
        for keyword, suffix in (("items", "Item"), ("additionalProperties", "Value")):
            if isinstance(schema.get(keyword), dict):
                schema[keyword] = self._move(schema[keyword], name + suffix, variant + suffix)
        for keyword in UNIONS:
            if keyword in schema:
                schema[keyword] = [
                    self._move(option, f"{name}Option{at}", f"{variant}Option{at}")
                    for at, option in enumerate(schema[keyword], 1)
                ]
        return schema


def _resource(path: str) -> str:
    """Name what a path is about: its last segment that is no parameter."""
    segments = [part for part in path.split("/") if part and "{" not in part]
    return re.sub(r"\W+", " ", segments[-1]) if segments else "result"


def _thing(path: str) -> str:
    name = pascal(singular(_resource(path)))
    return name if name[:1].isalpha() else f"Item{name}"


def _enveloped(schema: Document, listing: bool) -> str | None:
    """Find the property of an envelope that holds the things, if the schema is one.

    A listing's envelope has exactly one list of objects; any other one a lone object named ``data``.
    """
    properties: Document = schema.get("properties", {})
    lists = [name for name, below in properties.items() if _lists_objects(below)]
    if listing and len(lists) == 1:
        return lists[0]
    data = without_null(properties.get("data", {}))[0]
    alone = set(properties) <= {"data", *_BESIDE_DATA}
    return "data" if alone and ("properties" in data or "$ref" in data) else None


def _lists_objects(schema: Document) -> bool:
    items = without_null(schema)[0].get("items", {})
    return "properties" in items or "$ref" in items


def _error_name(status: str) -> str:
    if not status.isdigit():
        return {"4XX": "ClientError", "5XX": "ServerError"}.get(status, "Error")
    try:
        name = pascal(HTTPStatus(int(status)).phrase)
    except ValueError:
        return f"Error{status}"
    return name if name.endswith("Error") else f"{name}Error"
