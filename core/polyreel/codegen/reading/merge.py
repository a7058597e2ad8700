"""Several pages of one provider as one document.

The order of the pages decides contradictions and nothing else: facts that don't contradict each other are
the same in any order.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Any

from polyreel.codegen.reading.findings import Conflict
from polyreel.codegen.reading.merge_schemas import SchemaMerger, rename_refs
from polyreel.codegen.reading.normalise import Facts
from polyreel.errors import SpecError
from polyreel.openapi.documents import Document
from polyreel.openapi.places import Place


def merge(pages: Sequence[Facts]) -> Facts:
    """Merge what pages say into one document; the earlier page wins where two contradict each other.

    Args:
        pages: One or more, in the order in which they are believed.

    Raises:
        SpecError: There is no page.
    """
    if not pages:
        raise SpecError("no page to read; name at least one")
    return reduce(_merged, pages)


def _merged(one: Facts, two: Facts) -> Facts:
    merger = _Merger(one, two)
    document = merger.document()
    prose = dict(one.prose)
    for place, texts in two.prose.items():
        prose[place] = [*prose.get(place, []), *texts]
    return Facts(
        source=f"{one.source}, {two.source}"
        if two.source not in one.source.split(", ")
        else one.source,
        document=document,
        prose=prose,
        conflicts=(*one.conflicts, *two.conflicts, *merger.conflicts),
        unread_sentences=(*one.unread_sentences, *two.unread_sentences),
        warnings=(*one.warnings, *two.warnings),
        values={**two.values, **one.values},
    )


class _Merger:
    """Merges two documents in normal spelling; one use."""

    def __init__(self, one: Facts, two: Facts) -> None:
        self._one, self._two = one.document, two.document
        schemas = dict(_components(self._one, "schemas"))
        self._merger = SchemaMerger(
            schemas, _components(self._two, "schemas"), first=one.source, second=two.source
        )

    @property
    def conflicts(self) -> list[Conflict]:
        return list({str(each): each for each in self._merger.conflicts}.values())

    def document(self) -> Document:
        one, two, merger = self._one, self._two, self._merger
        document: Document = {"openapi": "3.1.0", "info": one["info"]}
        if servers := self._either("the API", "servers", one.get("servers"), two.get("servers")):
            document["servers"] = servers
        document["paths"] = dict(one["paths"])
        for path, item in two["paths"].items():
            document["paths"][path] = self._path_item(path, one["paths"].get(path, {}), item)
        for name, schema in merger.others.items():
            if name in merger.schemas:
                merger.same(name, name)
            elif name not in merger.renamed:
                merger.schemas[name] = schema
        schemes = dict(_components(one, "securitySchemes"))
        for name, scheme in _components(two, "securitySchemes").items():
            known = schemes.get(name)
            schemes[name] = self._either(f"the security scheme {name}", "content", known, scheme)
        components = {"schemas": merger.schemas, "securitySchemes": schemes}
        if kept := {kind: named for kind, named in components.items() if named}:
            document["components"] = kept
        renamed: Document = rename_refs(document, merger.renamed)
        return renamed

    def _either(self, place: str, fact: str, one: Any, two: Any) -> Any:
        """Take what is said; where both say it differently, the first."""
        if one is not None and two is not None and one != two:
            self._merger.conflict(Place(place), fact, one, two)
        return two if one is None else one

    def _needed(self, place: str, one: Document, two: Document) -> Document:
        needed_one, needed_two = one.get("required", False), two.get("required", False)
        if needed_one != needed_two:
            self._merger.conflict(Place(place), "required", needed_one, needed_two)
        return {"required": True} if needed_one else {}

    def _path_item(self, path: str, one: Document, two: Document) -> Document:
        item = dict(one)
        for method, operation in two.items():
            head = f"{method.upper()} {path}"
            item[method] = (
                self._operation(head, one[method], operation) if method in one else operation
            )
        return item

    def _operation(self, head: str, one: Document, two: Document) -> Document:
        operation: Document = {}
        for key in (
            "operationId",
            "tags",
            "deprecated",
        ):  # names: another page's are no contradiction
            if key in one or key in two:
                operation[key] = one.get(key, two.get(key))
        for key in ("x-sunset", "security", "servers"):
            value = self._either(head, key, one.get(key), two.get(key))
            if value is not None:
                operation[key] = value
        parameters = {(each["in"], each["name"]): each for each in one.get("parameters", [])}
        for each in two.get("parameters", []):
            name = each["in"], each["name"]
            known = parameters.get(name)
            parameters[name] = self._parameter(head, known, each) if known else each
        self._note_absent(head, one.get("parameters", []), two.get("parameters", []))
        if parameters:
            operation["parameters"] = list(parameters.values())
        bodies = [page["requestBody"] for page in (one, two) if "requestBody" in page]
        if bodies:
            operation["requestBody"] = (
                self._body(f"{head} body", *bodies) if len(bodies) == 2 else bodies[0]
            )
        operation["responses"] = dict(one["responses"])
        for status, response in two["responses"].items():
            known = one["responses"].get(status)
            operation["responses"][status] = (
                self._response(f"{head} {status}", known, response) if known else response
            )
        return operation

    def _note_absent(self, head: str, one: list[Document], two: list[Document]) -> None:
        merger = self._merger
        mine, theirs = (
            [f"{head} {each['in']} {each['name']}" for each in page] for page in (one, two)
        )
        for place in mine:
            if place not in theirs:
                merger.only(Place(place), merger.first, merger.second)
        for place in theirs:
            if place not in mine:
                merger.only(Place(place), merger.second, merger.first)

    def _parameter(self, head: str, one: Document, two: Document) -> Document:
        place = f"{head} {one['in']} {one['name']}"
        parameter: Document = {"name": one["name"], "in": one["in"]}
        parameter |= self._needed(place, one, two)
        if one.get("deprecated") or two.get("deprecated"):
            parameter["deprecated"] = True
        for key in ("style", "explode", "x-index-base", "content"):
            value = self._either(place, key, one.get(key), two.get(key))
            if value is not None:
                parameter[key] = value
        if "content" not in parameter:
            parameter["schema"] = self._merger.merge(one["schema"], two["schema"], Place(place))
        return parameter

    def _body(self, place: str, one: Document, two: Document) -> Document:
        return self._needed(place, one, two) | {
            "content": self._content(place, one["content"], two["content"])
        }

    def _response(self, place: str, one: Document, two: Document) -> Document:
        response: Document = {"description": one["description"]}
        headers = dict(one.get("headers", {}))
        for name, header in two.get("headers", {}).items():
            headers[name] = self._either(
                f"{place} header {name}", "content", headers.get(name), header
            )
        if headers:
            response["headers"] = headers
        if content := self._content(place, one.get("content", {}), two.get("content", {})):
            response["content"] = content
        return response

    def _content(self, place: str, one: Document, two: Document) -> Document:
        content = dict(one)
        for media_type, media in two.items():
            known = content.get(media_type)
            if not known:
                content[media_type] = media
            elif "schema" in media:
                schema = self._merger.merge(known["schema"], media["schema"], Place(place))
                content[media_type] = {"schema": schema}
        return content


def _components(document: Document, kind: str) -> Document:
    named: Document = document.get("components", {}).get(kind, {})
    return named
