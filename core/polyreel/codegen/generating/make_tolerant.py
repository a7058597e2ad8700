"""From the strict spec to what the generator reads: a tolerant reader of responses.

What callers send stays strict; what is received is made tolerant (see `tolerant_schemas`), so
that one surprising field can never lose a caller a whole page. The strict spec is still what is
stored, compared and served by the sandbox; this document exists only between two steps of
`polyreel.codegen.generating.generate`.

It is built anew from the few keywords that the generator understands, rather than by taking
keywords away, so that nothing else of an upstream page reaches the generator.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Set as AbstractSet
from typing import Any

from polyreel.codegen.generating.tolerant_schemas import REF, TolerantSchemas, reference
from polyreel.codegen.reading.media_types import can_be_sent
from polyreel.errors import SpecError
from polyreel.openapi.documents import Document
from polyreel.openapi.references import References, siblings_as_all_of

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")

# Without "default": a generated function would send it, although the server knows its own better.
_STRICT_KEYWORDS = ("type", "format", "enum", "const", "required", "description")


def make_tolerant(document: Document, untyped: Collection[str] = ()) -> Document:
    """Build the document that the generator reads.

    Args:
        document: A valid OpenAPI 3.1 document that `polyreel.codegen.generating.checks.check_document` has
            passed. It isn't changed.
        untyped: Operations, such as ``POST /v2/videos``, and components of the document that is returned,
            such as ``Video``, whose types the generator can't express: they are of any type then.

    Returns:
        A document with the same operations, where every value in a successful response may be
        missing, null or unknown. Error responses, bodies that aren't JSON, and components that
        nothing uses any more are gone. A component that is both sent and received comes twice;
        the sent one is named ``…Input``.

    Raises:
        SpecError: The generator would leave out a parameter, or schemas are nested too deeply.
    """
    try:
        return _Tolerant(siblings_as_all_of(document), frozenset(untyped)).document()
    except RecursionError as error:
        raise SpecError("the schemas lead to one another too deeply to be generated") from error


class _Tolerant:
    """One run over one document."""

    def __init__(self, document: Document, untyped: AbstractSet[str]) -> None:
        self._source = document
        self._references = References(document)
        self._untyped = untyped
        self._paths: Mapping[str, Any] = document.get("paths", {})
        self._schemas: Mapping[str, Any] = document.get("components", {}).get("schemas", {})
        self._tolerance = TolerantSchemas(self._schemas)
        self._sent = self._components_of(self._sent_schemas())
        received = self._components_of(self._received_schemas())
        self._received = {
            name: None for name in received if not self._tolerance.is_plain({"$ref": REF + name})
        }
        self._input_names = self._name_inputs()

    def document(self) -> Document:
        info = self._source["info"]
        return {
            "openapi": "3.1.0",
            "info": {"title": info["title"], "version": info["version"]},
            "paths": {path: self._path_item(path, item) for path, item in self._paths.items()},
            "components": {"schemas": self._components()},
        }

    def _components(self) -> Document:
        components: Document = {}
        for name, schema in self._schemas.items():
            if name in self._received:
                components[name] = self._tolerance.make_tolerant(schema)
            if name in self._sent:
                components[self._input_names.get(name, name)] = self._strict(schema)
        return components | {name: {} for name in components if name in self._untyped}

    # Which component belongs to which half

    def _operations(self) -> Iterator[tuple[Document, Document]]:
        for path, item in self._paths.items():
            for method in METHODS:
                if method in item and f"{method.upper()} {path}" not in self._untyped:
                    yield item, item[method]

    def _received_schemas(self) -> Iterator[Any]:
        for _, operation in self._operations():
            for response in self._successes(operation).values():
                yield _json_schema(response)

    def _sent_schemas(self) -> Iterator[Any]:
        for item, operation in self._operations():
            for parameter in [*item.get("parameters", ()), *operation.get("parameters", ())]:
                yield self._deref(parameter).get("schema")
            for media in self._deref(operation.get("requestBody", {})).get("content", {}).values():
                yield media.get("schema")

    def _components_of(self, schemas: Iterable[Any]) -> dict[str, None]:
        """The components that schemas lead to, in an order that is the same on every run."""
        rest = list(schemas)
        names: dict[str, None] = {}  # a set that keeps its order
        while rest:
            for name in _references(rest.pop()):
                if name not in names:
                    names[name] = None
                    rest.append(self._schemas[name])
        return names

    def _name_inputs(self) -> dict[str, str]:
        taken = set(self._schemas)
        names: dict[str, str] = {}
        for name in filter(self._sent.__contains__, self._received):
            choices = (f"{name}Input{number}" for number in ("", *range(2, len(taken) + 3)))
            names[name] = next(choice for choice in choices if choice not in taken)
            taken.add(names[name])
        return names

    # Operations

    def _path_item(self, path: str, item: Document) -> Document:
        tolerant: Document = {
            "parameters": [self._parameter(raw, path) for raw in item.get("parameters", ())]
        }
        for method in METHODS:
            if method in item:
                tolerant[method] = self._operation(item[method], f"{method.upper()} {path}")
        return tolerant

    def _operation(self, operation: Document, where: str) -> Document:
        tolerant = _pick(operation, ("operationId", "summary", "description", "security"))
        tolerant["tags"] = operation.get("tags", ["default"])[:1]
        tolerant["parameters"] = [
            self._parameter(raw, where) for raw in operation.get("parameters", ())
        ]
        if "requestBody" in operation:
            body = self._request_body(self._deref(operation["requestBody"]), where)
            if body["content"] or body.get("required"):
                tolerant["requestBody"] = body
        tolerant["responses"] = {
            status: self._response(response, where)
            for status, response in self._successes(operation).items()
        }
        return tolerant

    def _parameter(self, raw: Document, where: str) -> Document:
        parameter = self._deref(raw)
        if "schema" not in parameter:
            raise SpecError(
                f"{where}: the parameter {parameter['name']!r} has no schema, so the client would "
                "come without it; give it one in the overlay"
            )
        tolerant = _pick(parameter, ("name", "in", "required", "description"))
        if where in self._untyped:
            return tolerant | {"schema": {} if parameter["in"] == "query" else {"type": "string"}}
        return tolerant | {"schema": self._strict(parameter["schema"])}

    def _request_body(self, body: Document, where: str) -> Document:
        kinds = list(body.get("content", {}))
        if not body.get("required") or any(map(can_be_sent, kinds)):
            kinds = [kind for kind in kinds if can_be_sent(kind)]
        content = {
            kind: {
                "schema": {}
                if where in self._untyped
                else self._strict(body["content"][kind].get("schema"))
            }
            for kind in kinds
        }
        return _pick(body, ("required",)) | {"content": content}

    def _successes(self, operation: Document) -> dict[str, Document]:
        """Every 2xx response; where there is none, what is said of all responses."""
        responses = operation.get("responses", {})
        wanted = [status for status in responses if status.startswith("2")] or ["default"]
        return {status: self._deref(responses[status]) for status in wanted if status in responses}

    def _response(self, response: Document, where: str) -> Document:
        tolerant: Document = {"description": response.get("description", "")}
        schema = _json_schema(response)
        if schema is not None:
            untyped = where in self._untyped
            content = {"schema": {} if untyped else self._tolerance.make_tolerant(schema)}
            tolerant["content"] = {"application/json": content}
        return tolerant

    def _strict(self, schema: Any) -> Document:
        """Copy the schema of what is sent: the generator's keywords, and references to its half."""
        if not isinstance(schema, dict):
            return {}
        if (name := reference(schema)) is not None:
            return {"$ref": REF + self._input_names.get(name, name)}
        kept = _pick(schema, _STRICT_KEYWORDS)
        for keyword in ("allOf", "anyOf", "oneOf"):
            if keyword in schema:
                kept[keyword] = [self._strict(member) for member in schema[keyword]]
        if "properties" in schema:
            kept["properties"] = {
                name: self._strict(value) for name, value in schema["properties"].items()
            }
        extra = schema.get("additionalProperties", True)
        if extra is not True:
            kept["additionalProperties"] = extra and self._strict(extra)
        if "items" in schema or schema.get("type") == "array":
            kept["items"] = self._strict(schema.get("items"))
        return kept

    def _deref(self, node: Document) -> Document:
        found: Document = self._references.followed(node)
        return found


def _pick(mapping: Mapping[str, Any], names: Iterable[str]) -> Document:
    return {name: mapping[name] for name in names if name in mapping}


def _json_schema(response: Document) -> Any:
    """The schema of a response's JSON body, or None where it has none."""
    for kind, media in response.get("content", {}).items():
        subtype = kind.partition(";")[0].strip().lower()
        if subtype == "application/json" or subtype.endswith("+json"):
            return media.get("schema")
    return None


def _references(schema: Any) -> Iterator[str]:
    """The names of the components that a schema refers to, anywhere in it."""
    if isinstance(schema, list):
        for member in schema:
            yield from _references(member)
    elif isinstance(schema, dict):
        if (name := reference(schema)) is not None:
            yield name
        for value in schema.values():
            yield from _references(value)
