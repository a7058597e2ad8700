"""From an OpenAPI document as a page has it to its facts alone, in one spelling.

What is kept is on a list, so that nothing that a page invents slips through: no prose, no examples, no
links, no vendor extensions. Parameters, bodies and responses are written out where they are used; only
schemas keep names of their own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from attrs import frozen

from polyreel.codegen.reading.findings import Conflict, UnreadSentence
from polyreel.codegen.reading.normalise_schemas import SchemaNormaliser
from polyreel.codegen.reading.readers.doc_page import METHODS, Fragment
from polyreel.errors import SpecError
from polyreel.openapi.documents import Document
from polyreel.openapi.places import Place
from polyreel.openapi.references import References

# Without bearerFormat: a hint in words, of any length.
_SCHEME_KEYWORDS = ("type", "in", "name", "scheme", "flows", "openIdConnectUrl")
_USUAL_STYLE = {"query": ("form", True), "cookie": ("form", True), "path": ("simple", False)}
_STATUS = re.compile(r"[1-5](?:\d\d|XX)|default")


@frozen
class Facts:
    """What one page, or several merged ones, say.

    Attributes:
        source: The page's name.
        document: An OpenAPI 3.1 document in normal spelling, without prose.
        prose: Place to the texts that stand there; for digests, never stored.
        conflicts: Contradictions that were decided.
        unread_sentences: Sentences that were not understood.
    """

    source: str
    document: Document
    prose: Mapping[str, list[str]]
    conflicts: tuple[Conflict, ...]
    unread_sentences: tuple[UnreadSentence, ...]


def normalise(fragment: Fragment) -> Facts:
    """Reduce a fragment to its facts.

    Raises:
        SpecError: A part of the document isn't what OpenAPI says it is, or refers to nothing.
    """
    return _Normaliser(fragment).facts()


class _Normaliser:
    def __init__(self, fragment: Fragment) -> None:
        self._source = fragment.source
        self._raw = fragment.document
        self._references = References(fragment.document)
        self._distiller = SchemaNormaliser(fragment.document, fragment.source)

    def facts(self) -> Facts:
        raw = self._raw
        document: Document = {"openapi": "3.1.0", "info": self._info()}
        if servers := self._servers(raw.get("servers")):
            document["servers"] = servers
        document["paths"] = {
            _printable(path, self._source): self._path_item(path, self._object(item, path))
            for path, item in self._object(raw["paths"], "paths").items()
            if path.startswith("/")
        }
        components = {
            "schemas": self._schemas(),
            "securitySchemes": self._security_schemes(document),
        }
        if kept := {kind: named for kind, named in components.items() if named}:
            document["components"] = kept
        found = self._distiller
        return Facts(
            self._source,
            document,
            found.prose,
            tuple(found.conflicts),
            tuple(found.unread_sentences),
        )

    def _info(self) -> Document:
        info = self._raw.get("info")
        info = info if isinstance(info, dict) else {}
        version = info.get("version", "0")
        return {"title": str(info.get("title", "")), "version": str(version)}

    def _servers(self, raw: Any) -> list[Document]:
        servers = []
        for each in raw if isinstance(raw, list) else []:
            server = self._object(each, "servers")
            kept: Document = {"url": str(server.get("url", "/")).rstrip("/") or "/"}
            if isinstance(variables := server.get("variables"), dict):
                kept["variables"] = {
                    name: {key: variable[key] for key in ("default", "enum") if key in variable}
                    for name, variable in variables.items()
                    if isinstance(variable, dict)
                }
            servers.append(kept)
        return servers

    def _path_item(self, path: str, item: Document) -> Document:
        if "$ref" in item:
            item = self._object(self._references.followed(item), path)
        shared = item.get("parameters", [])
        return {
            method: self._operation(method, path, self._object(item[method], path), shared)
            for method in METHODS
            if method in item
        }

    def _operation(self, method: str, path: str, raw: Document, shared: Any) -> Document:
        head = f"{method.upper()} {path}"
        operation: Document = {}
        if isinstance(raw.get("operationId"), str):
            operation["operationId"] = _printable(raw["operationId"], self._source)
        if isinstance(raw.get("tags"), list):
            operation["tags"] = [_printable(str(tag), self._source) for tag in raw["tags"]]
        said = self._said_of_operation(raw, Place(head))
        if raw.get("deprecated", said.get("deprecated")) is True:
            operation["deprecated"] = True
        if sunset := raw.get("x-sunset", said.get("x-sunset")):
            operation["x-sunset"] = str(sunset)
        security = raw.get("security", self._raw.get("security"))
        if isinstance(security, list):
            operation["security"] = security
        if servers := self._servers(raw.get("servers")):
            operation["servers"] = servers
        if parameters := self._parameters(head, shared, raw.get("parameters", [])):
            operation["parameters"] = parameters
        if "requestBody" in raw:
            operation["requestBody"] = self._request_body(head, raw["requestBody"])
        operation["responses"] = self._responses(head, raw.get("responses"))
        return operation

    def _said_of_operation(self, raw: Document, place: Place) -> dict[str, Any]:
        texts = [raw[key] for key in ("summary", "description") if isinstance(raw.get(key), str)]
        said: dict[str, Any] = {}
        for text in dict.fromkeys(text.strip() for text in texts):
            said |= self._distiller.described(text, {}, place, "operation")[1]
        if said.get("deprecated") and raw.get("deprecated") is False:
            self._distiller.contradiction(place, "deprecated", False, True)
        return said

    def _parameters(self, head: str, *lists: Any) -> list[Document]:
        """Read path-level and operation-level parameters; the latter win."""
        found: dict[tuple[str, str], Document] = {}
        for raw in (each for raws in lists if isinstance(raws, list) for each in raws):
            parameter = self._parameter(head, self._deref(raw, head))
            found[parameter["in"], parameter["name"]] = parameter
        return list(found.values())

    def _parameter(self, head: str, raw: Document) -> Document:
        name, where = raw.get("name"), raw.get("in")
        if not isinstance(name, str) or where not in ("query", "path", "header", "cookie"):
            raise SpecError(f"{self._source}: {head}: a parameter without a name or a known 'in'")
        place = Place(f"{head} {where} {_printable(name, self._source)}")
        parameter: Document = {"name": name, "in": where}
        schema = self._distiller.schema(raw["schema"], place) if "schema" in raw else None
        schema, said = self._distiller.described(
            raw.get("description"), {} if schema is None else schema, place, "parameter"
        )
        if self._needed(raw, said, place) or where == "path":
            parameter["required"] = True
        if raw.get("deprecated", said.get("deprecated")) is True:
            parameter["deprecated"] = True
        usual_style, usual_explode = _USUAL_STYLE.get(where, ("simple", False))
        if raw.get("style", usual_style) != usual_style:
            parameter["style"] = raw["style"]
        if raw.get("explode", usual_explode) != usual_explode:
            parameter["explode"] = raw["explode"]
        if (base := raw.get("x-index-base", said.get("x-index-base"))) in (0, 1):
            parameter["x-index-base"] = base
        if "content" in raw:
            parameter["content"] = self._content(raw["content"], place)
        else:
            parameter["schema"] = schema
        return parameter

    def _needed(self, raw: Document, said: Mapping[str, Any], place: Place) -> bool:
        if "required" not in raw:
            return said.get("required") is True
        if (needed := said.get("required")) is not None and needed != raw["required"]:
            self._distiller.contradiction(place, "required", raw["required"], needed)
        return raw["required"] is True

    def _request_body(self, head: str, raw: Any) -> Document:
        body = self._deref(raw, head)
        place = Place(f"{head} body")
        kept: Document = {"required": True} if body.get("required") is True else {}
        self._distiller.described(body.get("description"), {}, place, "property")
        return kept | {"content": self._content(body.get("content", {}), place)}

    def _responses(self, head: str, raw: Any) -> Document:
        responses: Document = {}
        for status, each in self._object(raw or {}, head).items():
            if status.startswith("x-"):
                continue
            if not _STATUS.fullmatch(status):
                raise SpecError(f"{self._source}: {head}: {status!r} is no HTTP status")
            response = self._deref(each, head)
            kept: Document = {"description": _phrase(status)}
            if headers := self._headers(f"{head} {status} header", response.get("headers")):
                kept["headers"] = headers
            if content := self._content(response.get("content", {}), Place(f"{head} {status}")):
                kept["content"] = content
            responses[status] = kept
        if not responses:
            raise SpecError(f"{self._source}: {head} has no responses, so the page is not whole")
        return responses

    def _headers(self, head: str, raw: Any) -> Document:
        headers: Document = {}
        for name, each in raw.items() if isinstance(raw, dict) else ():
            header = self._deref(each, head)
            kept: Document = {"required": True} if header.get("required") is True else {}
            schema = self._distiller.schema(header.get("schema", {}), Place(f"{head} {name}"))
            headers[_printable(name, self._source)] = kept | {"schema": schema}
        return headers

    def _content(self, raw: Any, place: Place) -> Document:
        content: Document = {}
        for media_type, each in self._object(raw, str(place)).items():
            media = self._object(each, str(place))
            content[_printable(media_type, self._source)] = (
                {"schema": self._distiller.schema(media["schema"], place)}
                if "schema" in media
                else {}
            )
        return content

    def _schemas(self) -> Document:
        """Read the named schemas that something refers to, and those that they refer to."""
        schemas: Document = {}
        raw = self._raw.get("components", {}).get("schemas", {})
        while missing := [name for name in self._distiller.wanted if name not in schemas]:
            for name in missing:
                place = Place(_printable(name, self._source), joint=".")
                schemas[name] = self._distiller.schema(raw[name], place)
        return schemas

    def _security_schemes(self, document: Document) -> Document:
        used = {
            name
            for item in document["paths"].values()
            for operation in item.values()
            for requirement in operation.get("security", [])
            for name in self._object(requirement, "security")
        }
        components = self._object(self._raw.get("components", {}), "components")
        schemes = self._object(components.get("securitySchemes", {}), "components.securitySchemes")
        if missing := sorted(used - set(schemes)):
            raise SpecError(f"{self._source}: the security scheme {missing[0]!r} isn't described")
        return {
            name: {key: scheme[key] for key in _SCHEME_KEYWORDS if key in scheme}
            for name, raw in schemes.items()
            if name in used and (scheme := self._deref(raw, f"the security scheme {name}"))
        }

    def _deref(self, raw: Any, where: str) -> Document:
        node = self._object(raw, where)
        if isinstance(node.get("$ref"), str):
            try:
                node = self._object(self._references.followed(node), where)
            except SpecError as error:
                raise SpecError(f"{self._source}: {where}: {error}") from error
        return node

    def _object(self, raw: Any, where: str) -> Document:
        if not isinstance(raw, dict):
            raise SpecError(
                f"{self._source}: {where}: a mapping was expected, not {str(raw)[:60]!r}"
            )
        return raw


def _phrase(status: str) -> str:
    """Give HTTP's own words for a status; OpenAPI asks for a description."""
    try:
        return HTTPStatus(int(status)).phrase
    except ValueError:
        return f"{status} response"


def _printable(name: str, where: str) -> str:
    if not name.isprintable() or not name:
        raise SpecError(f"{where}: the name {name!r} can't be printed")
    return name
