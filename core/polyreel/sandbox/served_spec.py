"""What a server needs to know of a provider's spec: its operations and how each is served."""

from __future__ import annotations

import importlib.resources
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import evolve, field, frozen

from polyreel.errors import SpecError
from polyreel.models import Kind
from polyreel.openapi.annotations import Annotation, Paging, Role, annotation
from polyreel.openapi.documents import Document
from polyreel.openapi.operations import KeyScheme, Operation, operations, path_parameters
from polyreel.openapi.shapes import Shape
from polyreel.openapi.view import SchemaView
from polyreel.provider import Provider
from polyreel.request import join
from polyreel.sandbox.fabricate import Gap, fabricate
from polyreel.sandbox.object_forms import fields, item_place


@frozen(kw_only=True, eq=False)
class ServedOperation:
    """One operation that the sandbox serves; made from its ``x-polyreel`` and what stands around it.

    Attributes:
        path: With ``{parameters}``.
        method: In upper case; a list may be asked for by POST.
        kind: What it lists, gets or downloads.
        role: Which of these it does.
        collection: Which of the provider's several lists of the kind it is about, or "".
        items: The keys that lead from a list's envelope to its items.
        id: The field that holds an item's id: the one that the path's parameter is called after,
            where items have it, else the one that ``x-polyreel`` names.
        place: The keys that lead to the item in what a get answers, as the documentation has it.
        paging: How a list is read in parts; None if it comes whole.
        query: The schemas of its query parameters, or of its body's fields, flattened, by name.
        required: Those of them that must be given.
        asks_for: The query parameter that takes an item's id, where the path doesn't, or "".
        headers: The schemas of the headers that must be given, flattened, by name.
        responses: Media types and their schemas, by status (``200``, ``4XX``, ``default``).
        security: Alternatives, each a list of security schemes; empty when it is open to all.
    """

    path: str
    method: str
    kind: Kind
    role: Role
    collection: str = ""
    items: tuple[str, ...] = ()
    id: str = "id"
    place: tuple[str, ...] = ()
    paging: Paging | None = None
    query: Mapping[str, Shape] = field(factory=dict)
    required: frozenset[str] = frozenset()
    asks_for: str = ""
    headers: Mapping[str, Shape] = field(factory=dict)
    responses: Mapping[str, Mapping[str, Any]] = field(factory=dict)
    security: tuple[tuple[Mapping[str, Any], ...], ...] = ()

    @property
    def belongs_to(self) -> str:
        """The name of the items that it is about: ``videos``, or ``videos/talks``."""
        return f"{self.kind}/{self.collection}" if self.collection else self.kind

    @property
    def schema(self) -> Any:
        """The schema of what it answers with success, as JSON; empty if it answers otherwise."""
        return self.response("200") or {}

    def response(self, status: str) -> Any | None:
        """Return the schema of the JSON that a status comes with, or None."""
        for media, schema in self.responses.get(status, {}).items():
            if media.partition(";")[0].strip().endswith("json"):
                return schema
        return None

    def item_schema(self, view: SchemaView) -> Any:
        """Return the schema of one item: of a list's rows, or of what a get answers.

        It stands as it is in the document, with its alternatives.
        """
        schema = self.schema
        for key in self.place or self.items:
            schema = view.chosen(schema).properties.get(key)
        inside = view.chosen(schema)
        return inside.items if self.role == "list" or "array" in inside.named_types else schema


@frozen(kw_only=True, eq=False)
class Spec:
    """A provider and the operations of its spec that say what they are for.

    Attributes:
        provider: As its plugin describes it.
        document: The OpenAPI document that responses are made by.
        view: Its schemas.
        operations: Those with ``x-polyreel``.
    """

    provider: Provider
    document: Document
    view: SchemaView
    operations: tuple[ServedOperation, ...]

    def operation(self, role: Role, kind: Kind, collection: str = "") -> ServedOperation | None:
        """Return the operation that does this with that kind, or None.

        Args:
            role: What it does.
            kind: With what.
            collection: Which of several lists it is about; "" for the usual one, or else any.
        """
        found = [one for one in self.operations if (one.role, one.kind) == (role, kind)]
        exact = [one for one in found if one.collection == collection]
        return next(iter(exact or ([] if collection else found)), None)

    def route(self, operation: ServedOperation) -> str:
        """Return where an operation is served, such as ``/openai/v1/videos/{video_id}``."""
        return join(prefix(self.provider), operation.path)


def prefix(provider: Provider) -> str:
    """Return the path of a provider's base URL in the sandbox, such as ``/openai/v1``."""
    path = re.sub(r"^\w+://[^/]*", "", provider.base_url).rstrip("/")
    return f"/{provider.name}{path}"


def load(provider: Provider) -> Spec:
    """Read the spec that travels in a provider's client package.

    Where the client's overlay changes the documentation, ``documented.json`` lies beside
    ``openapi.json``: responses are served as it has them, requests are understood as the client
    makes them.

    Raises:
        SpecError: There is none, or it can't be used.
    """
    where = f"openapi.json of {provider.client}"
    try:
        package = importlib.resources.files(provider.client)
        asked = json.loads((package / "openapi.json").read_text("utf-8"))
        said = package / "documented.json"
        document = json.loads(said.read_text("utf-8")) if said.is_file() else asked
        if not isinstance(document["paths"], dict):
            raise TypeError("its paths are no mapping")
        view = SchemaView(document)
        served = _as_documented(view, tuple(_operations(document, view, asked)))
        _rehearse(view, served)
    except (ImportError, OSError) as error:
        raise SpecError(f"{where} can't be read: {error}", provider=provider.name) from error
    except SpecError as error:
        raise SpecError(f"{where}: {error}", provider=provider.name) from error
    except (LookupError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise SpecError(
            f"{where} isn't an OpenAPI document that can be served: {type(error).__name__}: {error}",
            provider=provider.name,
        ) from error
    return Spec(provider=provider, document=document, view=view, operations=served)


def _operations(document: Document, view: SchemaView, asked: Document) -> Iterator[ServedOperation]:
    documented = {one.name: one for one in operations(document, view.references)}
    asked_view = SchemaView(asked)
    for one in operations(asked, asked_view.references):
        said = annotation(one)
        if said is not None:
            yield _operation(documented[one.name], view, said, one, asked_view)


def _as_documented(
    view: SchemaView, operations: tuple[ServedOperation, ...]
) -> tuple[ServedOperation, ...]:
    """Find each kind's id and a get's item by what the documentation says of them."""
    lists = {one.belongs_to: one for one in operations if one.role == "list"}
    gets = {one.belongs_to: one for one in operations if one.role == "get"}
    found = []
    for one in operations:
        name = one.belongs_to
        item = fields(view, (lists.get(name) or one).item_schema(view))
        named = lists[name].id if name in lists else one.id
        if name in gets:
            parameters = re.findall(r"\{([^}]*)\}", gets[name].path)
            called = parameters[-1] if parameters else ""
            listed = view.chosen(gets[name].item_schema(view)).properties.get(called)
            retired = isinstance(listed, dict) and listed.get("deprecated") is True
            named = called if called in item and not retired else named
        like = item.keys() if name in lists else {named}
        place = item_place(view, one.schema, like) if one.role == "get" else ()
        found.append(evolve(one, id=named, place=place))
    return tuple(found)


def _rehearse(view: SchemaView, served: Iterable[ServedOperation]) -> None:
    """Make every response body once, so that one that can't be made fails at the start."""

    def suggest(_path: tuple[str, ...], shape: Shape) -> Any:
        return Gap.BUILD if {"object", "array"} & shape.named_types else Gap.OMIT

    for one in served:
        for content in one.responses.values():
            for schema in content.values():
                fabricate(view, schema, suggest)


def _operation(
    operation: Operation,
    view: SchemaView,
    said: Annotation,
    asked: Operation,
    asked_view: SchemaView,
) -> ServedOperation:
    headers = [one for one in operation.parameters() if one.location == "header" and one.required]
    query = [one for one in asked.parameters() if one.location == "query"]
    fields = {one.name: asked_view.chosen(one.schema) for one in query}
    required = {one.name for one in query if one.required}
    if (body := asked.request_body()) is not None and body.json is not None:
        shape = asked_view.chosen(body.json)
        fields |= {name: asked_view.chosen(each) for name, each in shape.properties.items()}
        required |= shape.required
    alone = said.role == "get" and not path_parameters(operation.path)
    return ServedOperation(
        path=operation.path,
        method=operation.method.upper(),
        kind=said.kind,
        role=said.role,
        collection=said.collection,
        items=said.items,
        id=said.id,
        paging=said.paging,
        query=fields,
        required=frozenset(required),
        asks_for=next(iter(sorted(required)), "") if alone else "",
        headers={one.name: view.chosen(one.schema) for one in headers},
        responses={
            status: {
                media: {} if schema is True else schema for media, schema in body.content.items()
            }
            for status, body in operation.responses().items()
        },
        security=tuple(tuple(map(_scheme, way)) for way in operation.security()),
    )


def _scheme(scheme: KeyScheme) -> Mapping[str, Any]:
    if not scheme.written:
        raise SpecError(f"the security scheme {scheme.name!r} isn't described")
    return scheme.written
