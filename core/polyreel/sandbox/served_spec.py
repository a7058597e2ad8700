"""What a server needs to know of a provider's spec: its operations and how each is served."""

from __future__ import annotations

import importlib.resources
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, get_args

from attrs import evolve, field, frozen, validators

from polyreel.errors import SpecError
from polyreel.models import Kind
from polyreel.provider import Provider
from polyreel.request import join
from polyreel.sandbox.fabricate import Gap, fabricate
from polyreel.sandbox.schemas import Schema, plain, resolve
from polyreel.sandbox.variants import fields, item_place

Role = Literal["list", "get", "download"]
Style = Literal["page", "offset", "token", "last_id", "next_url"]


@frozen(kw_only=True)
class Paging:
    """How a list is read in parts; names are those of query parameters and envelope fields.

    Attributes:
        style: What tells one page from the next.
        parameter: The query parameter that does.
        size: The query parameter for the items per page, or None.
        first: The first page's number, in the style ``page``.
        default_size: Items per page when the caller doesn't say.
        max_size: The most that can be asked for, or None.
        total: The field with the number of all items.
        more: The field that tells whether a page follows.
        next: The field that leads to the next page.
        first_id: The field with the id of the page's first item.
        last_id: The field with the id of the page's last item.
    """

    style: Style = field(validator=validators.in_(get_args(Style)))
    parameter: str
    size: str | None = None
    first: int = 1
    default_size: int = 20
    max_size: int | None = None
    total: str | None = None
    more: str | None = None
    next: str | None = None
    first_id: str | None = None
    last_id: str | None = None


@frozen(kw_only=True, eq=False)
class Operation:
    """One operation that the sandbox serves; made from its ``x-polyreel`` and what stands around it.

    Attributes:
        path: With ``{parameters}``.
        kind: What it lists, gets or downloads.
        role: Which of these it does.
        items: The keys that lead from a list's envelope to its items.
        id: The field that holds an item's id: the one that the path's parameter is called after,
            where items have it, else the one that ``x-polyreel`` names.
        place: The keys that lead to the item in what a get answers, as the documentation has it.
        paging: How a list is read in parts; None if it comes whole.
        query: The schemas of its query parameters, flattened, by name.
        required: The query parameters that must be given.
        headers: The schemas of the headers that must be given, flattened, by name.
        responses: Media types and their schemas, by status (``200``, ``4XX``, ``default``).
        security: Alternatives, each a list of security schemes; empty when it is open to all.
    """

    path: str
    kind: Kind = field(validator=validators.in_(get_args(Kind)))
    role: Role = field(validator=validators.in_(get_args(Role)))
    items: tuple[str, ...] = ()
    id: str = "id"
    place: tuple[str, ...] = ()
    paging: Paging | None = None
    query: Mapping[str, Schema] = field(factory=dict)
    required: frozenset[str] = frozenset()
    headers: Mapping[str, Schema] = field(factory=dict)
    responses: Mapping[str, Mapping[str, Schema]] = field(factory=dict)
    security: tuple[tuple[Mapping[str, Any], ...], ...] = ()

    @property
    def schema(self) -> Schema:
        """The schema of what it answers with success, as JSON; empty if it answers otherwise."""
        return self.response("200") or {}

    def response(self, status: str) -> Schema | None:
        """Give the schema of the JSON that a status comes with, or None."""
        for media, schema in self.responses.get(status, {}).items():
            if media.partition(";")[0].strip().endswith("json"):
                return schema
        return None

    def item_schema(self, document: Mapping[str, Any]) -> Schema:
        """Give the schema of one item: of a list's rows, or of what a get answers.

        It stands as it is in the document, with its alternatives.
        """
        schema: Schema = self.schema
        for key in self.place or self.items:
            schema = plain(document, schema).get("properties", {}).get(key, {})
        return plain(document, schema).get("items", {}) if self.role == "list" else schema


@frozen(kw_only=True, eq=False)
class Spec:
    """A provider and the operations of its spec that say what they are for.

    Attributes:
        provider: As its plugin describes it.
        document: The OpenAPI document that responses are made by.
        operations: Those with ``x-polyreel``.
    """

    provider: Provider
    document: Mapping[str, Any]
    operations: tuple[Operation, ...]

    def operation(self, role: Role, kind: Kind) -> Operation | None:
        """Give the operation that does this with that kind, or None."""
        found = (one for one in self.operations if (one.role, one.kind) == (role, kind))
        return next(found, None)

    def route(self, operation: Operation) -> str:
        """Give where an operation is served, such as ``/openai/v1/videos/{video_id}``."""
        return join(prefix(self.provider), operation.path)


def prefix(provider: Provider) -> str:
    """Give the path of a provider's base URL in the sandbox, such as ``/openai/v1``."""
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
        operations = _as_documented(document, tuple(_operations(document, asked)))
        _rehearse(document, operations)
    except (ImportError, OSError) as error:
        raise SpecError(f"{where} can't be read: {error}", provider=provider.name) from error
    except SpecError as error:
        raise SpecError(f"{where}: {error}", provider=provider.name) from error
    except (LookupError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise SpecError(
            f"{where} isn't an OpenAPI document that can be served: {type(error).__name__}: {error}",
            provider=provider.name,
        ) from error
    return Spec(provider=provider, document=document, operations=operations)


def _operations(document: dict[str, Any], asked: dict[str, Any]) -> Iterator[Operation]:
    for path, entry in asked["paths"].items():
        operation = entry.get("get", {})
        if "x-polyreel" in operation:
            try:
                query = _parameters(asked, path, "query")
                yield _operation(document, path, operation["x-polyreel"], query)
            except (TypeError, ValueError) as error:
                raise SpecError(f"x-polyreel of GET {path}: {error}") from error


def _as_documented(
    document: dict[str, Any], operations: tuple[Operation, ...]
) -> tuple[Operation, ...]:
    """Find each kind's id and a get's item by what the documentation says of them."""
    lists = {one.kind: one for one in operations if one.role == "list"}
    gets = {one.kind: one for one in operations if one.role == "get"}
    found = []
    for one in operations:
        item = fields(document, (lists.get(one.kind) or one).item_schema(document))
        named = lists[one.kind].id if one.kind in lists else one.id
        if one.kind in gets:
            parameters = re.findall(r"\{([^}]*)\}", gets[one.kind].path)
            named = parameters[-1] if parameters and parameters[-1] in item else named
        like = item.keys() if one.kind in lists else {named}
        place = item_place(document, one.schema, like) if one.role == "get" else ()
        found.append(evolve(one, id=named, place=place))
    return tuple(found)


def _rehearse(document: Mapping[str, Any], operations: Iterable[Operation]) -> None:
    """Make every body once, so that what can't be made is known before anybody asks for it."""

    def suggest(_path: tuple[str, ...], schema: Schema) -> Any:
        return Gap.BUILD if {"object", "array"} & set(schema["type"]) else Gap.OMIT

    for one in operations:
        for content in one.responses.values():
            for schema in content.values():
                fabricate(document, schema, suggest)


def _operation(
    document: dict[str, Any], path: str, said: dict[str, Any], query: Mapping[str, Any]
) -> Operation:
    about = dict(said)
    paging = about.pop("paging", None)
    operation = document["paths"][path]["get"]
    headers = _parameters(document, path, "header")
    return Operation(
        path=path,
        items=tuple(about.pop("items", ())),
        paging=Paging(**paging) if paging else None,
        query={name: plain(document, one.get("schema", {})) for name, one in query.items()},
        required=frozenset(name for name, one in query.items() if one.get("required")),
        headers={
            name: plain(document, one.get("schema", {}))
            for name, one in headers.items()
            if one.get("required")
        },
        responses={
            str(status).upper() if status != "default" else status: {
                media: content.get("schema", {})
                for media, content in resolve(document, response).get("content", {}).items()
            }
            for status, response in operation["responses"].items()
        },
        security=_security(document, operation.get("security", document.get("security", []))),
        **about,
    )


def _parameters(document: dict[str, Any], path: str, place: str) -> dict[str, dict[str, Any]]:
    """Give the parameters of a path's get operation that are sent in one place, by name."""
    entry = document["paths"][path]
    given = [*entry.get("parameters", ()), *entry["get"].get("parameters", ())]
    found = [resolve(document, one) for one in given]
    return {one["name"]: one for one in found if one["in"] == place}


def _security(
    document: dict[str, Any], alternatives: list[dict[str, Any]]
) -> tuple[tuple[dict[str, Any], ...], ...]:
    schemes = document.get("components", {}).get("securitySchemes", {})
    return tuple(
        tuple(resolve(document, schemes[name]) for name in alternative)
        for alternative in alternatives
    )
