"""From one operation as a page has it to its facts alone: parameters, bodies, responses, headers.

What is kept is on a list, so that nothing that a page invents slips through: no prose, no examples, no
links, no vendor extensions. Parameters, bodies and responses are written out where they are used.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from polyreel.codegen.reading.normalise_schemas import SchemaNormaliser
from polyreel.errors import SpecError
from polyreel.openapi.documents import Document
from polyreel.openapi.places import Place
from polyreel.openapi.references import References
from polyreel.openapi.yaml12 import UNREADABLE

_USUAL_STYLE = {"query": ("form", True), "cookie": ("form", True), "path": ("simple", False)}
_STATUS = re.compile(r"[1-5](?:\d\d|XX)|default")

# Media types that some frameworks write where they answer JSON.
_ANYTHING = ("*/*", "application/*")
_JSON = "application/json"


class OperationNormaliser:
    """Reads the operations of one page.

    Args:
        document: The page's whole document, in which references are looked up.
        schemas: Reads the schemas, and keeps what it finds on the way.
        source: The page's name.
    """

    def __init__(self, document: Document, schemas: SchemaNormaliser, source: str) -> None:
        self._raw = document
        self._references = References(document)
        self._schemas = schemas
        self._source = source

    def operation(self, head: str, raw: Document, item: Document) -> Document:
        """Read one operation.

        Args:
            head: Its method and path, such as ``GET /v2/videos``.
            raw: The operation.
            item: The path item that it is in, whose parameters and servers are its own too.

        Raises:
            SpecError: A part of it isn't what OpenAPI says it is, or refers to nothing.
        """
        operation: Document = {}
        if isinstance(raw.get("operationId"), str):
            operation["operationId"] = raw["operationId"]
        if tags := self._tags(head, raw.get("tags")):
            operation["tags"] = tags
        said = self._said_of_operation(raw, Place(head))
        if raw.get("deprecated", said.get("deprecated")) is True:
            operation["deprecated"] = True
        if sunset := raw.get("x-sunset", said.get("x-sunset")):
            operation["x-sunset"] = str(sunset)
        security = raw.get("security", self._raw.get("security"))
        if isinstance(security, list):
            operation["security"] = security
        servers = raw.get("servers") or item.get("servers")
        if servers := servers_of(servers, f"{self._source}: {head}", self._schemas.warnings):
            operation["servers"] = servers
        shared = item.get("parameters", [])
        if parameters := self._parameters(head, shared, raw.get("parameters", [])):
            operation["parameters"] = parameters
        if "requestBody" in raw:
            operation["requestBody"] = self._request_body(head, raw["requestBody"])
        operation["responses"] = self._responses(head, raw.get("responses"))
        return operation

    def _tags(self, head: str, raw: Any) -> list[str]:
        """Read the tags; a list in the list counts by what is in it, and an empty one is left out."""
        tags: list[str] = []
        rest = list(raw) if isinstance(raw, list) else []
        while rest:
            tag = rest.pop(0)
            if isinstance(tag, list):
                rest = tag + rest
                self._warn(f"{head}: a list among the tags is read as the tags in it")
            elif tag is None or isinstance(tag, dict) or not str(tag).strip():
                self._warn(f"{head}: the tag {tag!r} is left out")
            else:
                tags.append(str(tag))
        return tags

    def _warn(self, warning: str) -> None:
        self._schemas.warnings.append(f"{self._source}: {warning}")

    def _said_of_operation(self, raw: Document, place: Place) -> dict[str, Any]:
        texts = [raw[key] for key in ("summary", "description") if isinstance(raw.get(key), str)]
        said: dict[str, Any] = {}
        for text in dict.fromkeys(text.strip() for text in texts):
            said |= self._schemas.described(text, {}, place, "operation")[1]
        if said.get("deprecated") and raw.get("deprecated") is False:
            self._schemas.contradiction(place, "deprecated", False, True)
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
        place = Place(f"{head} {where} {_printable(name, f'{self._source}: {head}')}")
        parameter: Document = {"name": name, "in": where}
        schema = self._schemas.schema(raw["schema"], place) if "schema" in raw else None
        schema, said = self._schemas.described(
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
            self._schemas.contradiction(place, "required", raw["required"], needed)
        return raw["required"] is True

    def _request_body(self, head: str, raw: Any) -> Document:
        body = self._deref(raw, head)
        place = Place(f"{head} body")
        kept: Document = {"required": True} if body.get("required") is True else {}
        self._schemas.described(body.get("description"), {}, place, "property")
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
            schema = self._schemas.schema(header.get("schema", {}), Place(f"{head} {name}"))
            headers[_printable(name, f"{self._source}: {head}")] = kept | {"schema": schema}
        return headers

    def _content(self, raw: Any, place: Place) -> Document:
        content: Document = {}
        for media_type, each in self._object(raw, str(place)).items():
            media = self._object(each, str(place))
            name = _JSON if media_type in _ANYTHING and _JSON not in raw else media_type
            content[_printable(name, f"{self._source}: {place}")] = (
                {"schema": self._schemas.schema(media["schema"], place)}
                if "schema" in media
                else {}
            )
        return content

    def _deref(self, raw: Any, where: str) -> Document:
        node = self._object(raw, where)
        if isinstance(node.get("$ref"), str):
            try:
                node = self._object(self._references.followed(node), where)
            except SpecError as error:
                raise SpecError(f"{self._source}: {where}: {error}") from error
        return node

    def _object(self, raw: Any, where: str) -> Document:
        return mapping_of(raw, f"{self._source}: {where}")


def _phrase(status: str) -> str:
    """Return HTTP's own words for a status; OpenAPI asks for a description."""
    try:
        return HTTPStatus(int(status)).phrase
    except ValueError:
        return f"{status} response"


def _printable(name: str, where: str) -> str:
    if not name.isprintable() or not name:
        raise SpecError(f"{where}: the name {name!r} can't be printed")
    return name


def servers_of(raw: Any, where: str, warnings: list[str]) -> list[Document]:
    """Read base URLs; one that is no server object is left out, and named among the warnings."""
    servers = []
    for each in raw if isinstance(raw, list) else []:
        if not isinstance(each, dict):
            shown = repr(str(each)[:60])
            warnings.append(f"{where}: the server {shown} is left out, for it is no mapping")
            continue
        kept: Document = {"url": str(each.get("url", "/")).rstrip("/") or "/"}
        if isinstance(variables := each.get("variables"), dict):
            kept["variables"] = {
                name: {key: variable[key] for key in ("default", "enum") if key in variable}
                for name, variable in variables.items()
                if isinstance(variable, dict)
            }
        servers.append(kept)
    return servers


def mapping_of(raw: Any, where: str) -> Document:
    """Return a part of a page's document, which has to be a mapping that could be read.

    Raises:
        SpecError: It is none, or something in it can't be kept.
    """
    if not isinstance(raw, dict):
        raise SpecError(f"{where}: a mapping was expected, not {str(raw)[:60]!r}")
    if UNREADABLE in raw:
        raise SpecError(f"{where}: {raw[UNREADABLE]}")
    return raw
