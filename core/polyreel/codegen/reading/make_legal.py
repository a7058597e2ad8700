"""A merged document in which every name and value can become a part of a client.

So that whatever is read can also be generated from: what is not legal is renamed, put right or left out,
and each such change is a warning with its place.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from typing import Any

from polyreel.codegen.reading.legal_names import (
    PARAMETER,
    PATH,
    SERVER,
    TAKEN_BY_FUNCTIONS,
    UPSTREAM_NAME,
    legal_components,
    legal_operation,
    legal_placeholders,
    legal_schemes,
    legal_tag,
    plain,
)
from polyreel.codegen.reading.legal_schemas import LegalSchemas
from polyreel.codegen.reading.media_types import can_be_sent
from polyreel.codegen.reading.merge_schemas import rename_refs
from polyreel.errors import SpecError
from polyreel.openapi.documents import Document


def make_operations_legal(
    document: Document, wanted: Collection[str] = ()
) -> tuple[Document, list[str]]:
    """Put the operations of a document right: paths, names, tags, parameters, values.

    Args:
        document: A merged document in normal spelling. It isn't changed.
        wanted: The operations that must stay, such as ``GET /v2/videos``.

    Returns:
        The document, and what was changed, each with its place.

    Raises:
        SpecError: A wanted operation, or the only one, can't be had without what isn't legal.
    """
    return _Operations(document, wanted).document()


def make_schemas_legal(document: Document) -> tuple[Document, list[str]]:
    """Rename the schemas and security schemes of a document whose names aren't legal.

    Returns:
        The document, and what was changed.
    """
    components = document.get("components", {})
    schemas = components.get("schemas", {})
    schemes = components.get("securitySchemes", {})
    renamed, keys = legal_components(schemas), legal_schemes(schemes)
    warnings = [f"the schema {old!r} is called {new!r}" for old, new in renamed.items()]
    warnings += [f"the security scheme {old!r} is called {new!r}" for old, new in keys.items()]
    if renamed:
        document = rename_refs(document, renamed)
        named = {
            renamed.get(name, name): schema
            | ({UPSTREAM_NAME: name} if _keeps(name, schema) else {})
            if name in renamed
            else schema
            for name, schema in document["components"]["schemas"].items()
        }
        document["components"]["schemas"] = dict(sorted(named.items()))
    if keys:
        document = json.loads(json.dumps(document))
        document["components"]["securitySchemes"] = {
            keys.get(name, name): scheme for name, scheme in schemes.items()
        }
        for item in document["paths"].values():
            for operation in item.values():
                if "security" in operation:
                    operation["security"] = [
                        {keys.get(name, name): scopes for name, scopes in each.items()}
                        for each in operation["security"]
                    ]
    return document, warnings


def _keeps(name: str, schema: Document) -> bool:
    return name.isprintable() and "$ref" not in schema


class _Operations:
    def __init__(self, document: Document, wanted: Collection[str]) -> None:
        self._source = document
        self._wanted = wanted
        self._warnings: list[str] = []
        self._schemas = LegalSchemas(self._warnings)

    def document(self) -> tuple[Document, list[str]]:
        source = self._source
        document = dict(source)
        if servers := self._servers(source.get("servers", []), "the API"):
            document["servers"] = servers
        else:
            document.pop("servers", None)
        document["paths"] = {}
        failed: list[SpecError] = []
        for raw_path, item in source["paths"].items():
            path, placeholders = legal_placeholders(raw_path)
            for method, operation in item.items():
                head = f"{method.upper()} {raw_path}"
                try:
                    legal = self._operation(head, path, placeholders, operation)
                except SpecError as error:
                    if head in self._wanted:
                        raise
                    failed.append(error)
                    self._warnings.append(f"{error}; left out for it: {head}")
                else:
                    document["paths"].setdefault(path, {})[method] = legal
            if placeholders and path in document["paths"]:
                self._warnings.append(f"the path {raw_path!r} is written as {path!r}")
        if failed and not document["paths"]:
            raise failed[0]
        components = dict(source.get("components", {}))
        if "schemas" in components:
            components["schemas"] = {
                name: self._schemas.schema(schema, name)
                for name, schema in components["schemas"].items()
            }
            document["components"] = components
        return document, list(dict.fromkeys(self._warnings))

    def _servers(self, servers: list[Document], where: str) -> list[Document]:
        """Keep base URLs, with the usual value for what may vary in them."""
        kept = []
        for server in servers:
            url = server["url"]
            for name, variable in server.get("variables", {}).items():
                url = url.replace(f"{{{name}}}", str(variable.get("default", "")))
            if url != server["url"]:
                self._warnings.append(f"{where}: the base URL {server['url']!r} is read as {url!r}")
            if len(url) <= 300 and SERVER.fullmatch(url) and "{" not in url:
                kept.append({"url": url})
            else:
                self._warnings.append(
                    f"{where}: {url!r} is no whole base URL and left out; state it as 'server' in "
                    "sources.toml"
                )
        return kept

    def _operation(self, head: str, path: str, placeholders: Any, operation: Document) -> Document:
        if len(path) > 300 or not PATH.fullmatch(path):
            raise SpecError(f"{head}: the path {path[:80]!r} can't be asked for by a client")
        legal: Document = self._name(head, operation) | {
            key: value
            for key, value in operation.items()
            if key not in {"operationId", "tags", "servers"}
        }
        if servers := self._servers(operation.get("servers", []), head):
            legal["servers"] = servers
        legal["parameters"] = self._parameters(head, path, placeholders, operation)
        if not legal["parameters"]:
            del legal["parameters"]
        if "requestBody" in operation:
            body = operation["requestBody"]
            if body.get("required") and not any(map(can_be_sent, body["content"])):
                kinds = ", ".join(body["content"]) or "nothing"
                raise SpecError(f"{head}: a client can't send a body of {kinds}")
            legal["requestBody"] = body | {
                "content": self._content(body["content"], f"{head} body")
            }
        legal["responses"] = {
            status: self._response(response, f"{head} {status}")
            for status, response in operation["responses"].items()
        }
        return legal

    def _name(self, head: str, operation: Document) -> Document:
        """Return an operation's name and tags."""
        legal: Document = {}
        if name := operation.get("operationId"):
            if new := legal_operation(name):
                legal["operationId"] = new
            if new != name:
                self._warnings.append(
                    f"{head}: the operation {name!r} is called {new or 'otherwise'!r}"
                )
                legal |= {UPSTREAM_NAME: name} if name.isprintable() else {}
        tags = {tag: legal_tag(tag) for tag in operation.get("tags", [])}
        for tag, new in tags.items():
            if new != tag:
                how = f"read as {new!r}" if new else "left out: it can't become a package's name"
                self._warnings.append(f"{head}: the tag {tag!r} is {how}")
        if kept := [tag for tag in dict.fromkeys(tags.values()) if tag]:
            legal["tags"] = kept
        return legal

    def _parameters(
        self, head: str, path: str, placeholders: Any, operation: Document
    ) -> list[Document]:
        kept: list[Document] = []
        names: set[tuple[str, str]] = set()
        for parameter in operation.get("parameters", []):
            name, where = parameter["name"], parameter["in"]
            place = f"{head} {where} {name}"
            if where == "path":
                name = placeholders.get(name, name)
                if f"{{{name}}}" not in path:
                    self._warnings.append(f"{place}: it is not in the path and left out")
                    continue
            problem = self._problem(name, where, names)
            if problem and (parameter.get("required") or where == "path"):
                raise SpecError(f"{place}: {problem}, and the operation can't do without it")
            if problem:
                self._warnings.append(f"{place}: {problem}, so the parameter is left out")
                continue
            names.add((where, plain(name)))
            legal = parameter | {"name": name}
            if "schema" in parameter:
                legal["schema"] = self._schemas.schema(parameter["schema"], place)
            else:
                legal = {key: value for key, value in legal.items() if key != "content"}
                media: Document = next(iter(parameter.get("content", {}).values()), {})
                legal["schema"] = self._schemas.schema(media.get("schema", {}), place)
                self._warnings.append(f"{place}: it is sent in an encoding of its own, as text")
            kept.append(legal)
        for name in re.findall(r"\{([^{}]*)\}", path):
            if ("path", plain(name)) not in names:
                if head in self._wanted:
                    raise SpecError(
                        f"{head}: {{{name}}} of the path isn't described, so this is not valid OpenAPI"
                    )
                self._warnings.append(
                    f"{head}: {{{name}}} of the path isn't described; read as text"
                )
                kept.append(
                    {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
                )
                names.add(("path", plain(name)))
        return kept

    def _problem(self, name: str, where: str, names: Collection[tuple[str, str]]) -> str | None:
        if len(name) > 100 or not PARAMETER.fullmatch(name):
            return f"the name {name[:80]!r} can't become a part of a client"
        if plain(name) in TAKEN_BY_FUNCTIONS:
            return f"the name {name!r} breaks the generated function"
        if not plain(name) or (where, plain(name)) in names:
            return f"the name {name!r} is that of another parameter, in small letters"
        return None

    def _response(self, response: Document, place: str) -> Document:
        legal = dict(response)
        if "headers" in response:
            legal["headers"] = {
                name: header
                | {"schema": self._schemas.schema(header.get("schema", {}), f"{place} {name}")}
                for name, header in response["headers"].items()
                if self._schemas.is_key(name, place, "the header")
            }
        if "content" in response:
            legal["content"] = self._content(response["content"], place)
        return legal

    def _content(self, content: Document, place: str) -> Document:
        return {
            re.sub(r"[\"'`\\]", "", media_type): {
                "schema": self._schemas.schema(media["schema"], place)
            }
            if "schema" in media
            else media
            for media_type, media in content.items()
            if self._schemas.is_key(re.sub(r"[\"'`\\]", "", media_type), place, "the media type")
        }
