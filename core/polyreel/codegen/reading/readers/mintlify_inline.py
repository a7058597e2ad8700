"""Mintlify's inline form of an operation, as the OpenAPI document that it was made from.

The form has no version and one operation: ``paths.path``, ``paths.method``, parameters by place and name, and
``schemaArray`` for every body, whose objects say ``requiredProperties`` instead of ``required``.
"""

from __future__ import annotations

import re
from typing import Any

from polyreel.errors import SpecError
from polyreel.openapi.documents import Document, pointer_parts
from polyreel.openapi.methods import METHODS

_NOTHING = "_mintlify/placeholder"


def is_inline(document: Document) -> bool:
    """Say whether a document is of the inline form."""
    paths = document.get("paths")
    return (
        "openapi" not in document
        and isinstance(paths, dict)
        and isinstance(paths.get("path"), str)
        and isinstance(paths.get("method"), str)
    )


def to_openapi(document: Document, where: str) -> Document:
    """Write a document of the inline form as OpenAPI.

    Args:
        document: The inline form.
        where: The page's name, for messages.

    Raises:
        SpecError: A part is missing, or isn't of the form.
    """
    return _Inline(document, where).document()


class _Inline:
    def __init__(self, document: Document, where: str) -> None:
        self._where = where
        self._paths: Document = document["paths"]
        components = document.get("components")
        named = components.get("schemas") if isinstance(components, dict) else None
        self._schemas: Document = dict(named) if isinstance(named, dict) else {}
        self._schemes: Document = {}

    def document(self) -> Document:
        path, method = self._paths["path"], self._paths["method"].lower()
        if method not in METHODS or not path.startswith("/"):
            raise SpecError(f"{self._where}: {method} {path} is no operation")
        if not self._paths.get("response"):
            raise SpecError(
                f"{self._where}: the inline form has no response, so the page is cut off"
            )
        request = self._part(self._paths, "request")
        operation: Document = {
            "parameters": self._parameters(self._part(request, "parameters")),
            "responses": {
                status: self._response(status, self._part(responses, status))
                for responses in [self._part(self._paths, "response")]
                for status in responses
            },
        }
        if body := self._content(self._part(request, "body")):
            operation["requestBody"] = {"content": body}
        if self._paths.get("deprecated") is True:
            operation["deprecated"] = True
        if security := self._security(request.get("security", [])):
            operation["security"] = security
        return {
            "openapi": "3.1.0",
            "info": {"title": "", "version": "0"},
            "servers": self._paths.get("servers", []),
            "paths": {path: {method: operation}},
            "components": {"schemas": self._schemas, "securitySchemes": self._schemes},
        }

    def _part(self, node: Document, key: str) -> Document:
        part = node.get(key)
        if part is None:
            return {}
        if not isinstance(part, dict):
            raise SpecError(f"{self._where}: {key!r} of the inline form has to be a mapping")
        return part

    def _parameters(self, places: Document) -> list[Document]:
        found = []
        for place in places:
            for name, parameter in self._part(places, place).items():
                listed = parameter.get("schema") if isinstance(parameter, dict) else None
                schemas = [each for each in _list(listed) if isinstance(each, dict)]
                if not schemas:
                    raise SpecError(f"{self._where}: the {place} parameter {name!r} has no schema")
                kept: Document = {"name": name, "in": place}
                kept |= {key: parameter[key] for key in ("style", "explode") if key in parameter}
                kept["required"] = any(each.get("required") is True for each in schemas)
                if all(each.get("deprecated") is True for each in schemas):
                    kept["deprecated"] = True
                if isinstance(text := schemas[0].get("description"), str):
                    kept["description"] = text
                own = {"required", "deprecated", "description"}
                plain = [
                    {
                        key: each[key]
                        for key in each
                        if key not in own or (key == "required" and _list(each[key]))
                    }
                    for each in schemas
                ]
                kept["schema"] = self._one_of([self._schema(each) for each in plain])
                found.append(kept)
        return found

    def _response(self, status: str, media_types: Document) -> Document:
        response: Document = {"description": status}
        if content := self._content(media_types):
            response["content"] = content
        return response

    def _content(self, media_types: Document) -> Document:
        content = {}
        for media_type in media_types:
            if media_type == _NOTHING:
                continue
            media = self._part(media_types, media_type)
            schemas = [self._schema(each) for each in _list(media.get("schemaArray"))]
            content[media_type] = {"schema": self._one_of(schemas)} if schemas else {}
        return content

    def _one_of(self, schemas: list[Any]) -> Any:
        return schemas[0] if len(schemas) == 1 else {"oneOf": schemas}

    def _schema(self, raw: Any) -> Any:
        """Rewrite a schema, and the schemas in it, without what only the inline form has."""
        if isinstance(raw, list):
            return [self._schema(each) for each in raw]
        if not isinstance(raw, dict):
            return raw
        schema: Document = {}
        for key, value in raw.items():
            if key in {"properties", "patternProperties"} and isinstance(value, dict):
                schema[key] = {name: self._schema(below) for name, below in value.items()}
            elif key in {"items", "additionalProperties", "not", "allOf", "anyOf", "oneOf"}:
                schema[key] = self._schema(value)
            elif key == "requiredProperties":
                schema["required"] = value
            elif key == "type" and isinstance(value, str):
                schema |= _type(value)
            elif key not in {"refIdentifier", "isOneOf", "$circularRef"}:
                schema[key] = value
        return self._named(schema, raw.get("refIdentifier"))

    def _named(self, schema: Document, ref: Any) -> Document:
        """Refer to a schema by the name that it had, unless another schema has that name."""
        parts = pointer_parts(ref) if isinstance(ref, str) and ref.startswith("#/") else []
        if parts[:2] != ["components", "schemas"] or len(parts) != 3:
            return schema
        known = self._schemas.setdefault(parts[2], schema)
        return {"$ref": ref} if known == schema else schema

    def _security(self, raw: Any) -> list[Document]:
        requirements = []
        for each in _list(raw):
            parameters = self._part(each, "parameters") if isinstance(each, dict) else {}
            requirement: Document = {}
            for place in ("header", "query", "cookie"):
                for name, scheme in self._part(parameters, place).items():
                    title = str(each.get("title") or name)
                    key = re.sub(
                        r"[^A-Za-z0-9._-]+", "_", title if not requirement else f"{title}_{name}"
                    )
                    self._schemes[key] = self._scheme(scheme, place, name)
                    requirement[key] = []
            requirements.append(requirement)
        return requirements

    def _scheme(self, raw: Any, place: str, name: str) -> Document:
        kind = raw.get("type") if isinstance(raw, dict) else None
        if kind == "http":
            return {"type": "http", "scheme": str(raw.get("scheme", "bearer"))}
        if kind == "oauth2":
            return {"type": "oauth2", "flows": {}}
        if kind == "apiKey":
            return {"type": "apiKey", "in": place, "name": name}
        raise SpecError(f"{self._where}: the security of the {place} {name!r} is of no known type")


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _type(name: str) -> Document:
    """Write a type of the inline form, such as ``enum<string>``, as OpenAPI's."""
    if match := re.fullmatch(r"enum<(\w+)>", name):
        return {"type": match[1]}
    if name == "file":
        return {"type": "string", "format": "binary"}
    return {} if name == "any" else {"type": name}
