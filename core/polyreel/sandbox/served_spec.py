"""What a server needs to know of a provider's spec: its operations and how each is served."""

from __future__ import annotations

import importlib.resources
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, get_args

from attrs import evolve, field, frozen, validators

from polyreel.errors import SpecError
from polyreel.http.urls import join
from polyreel.models import Kind
from polyreel.provider import Provider
from polyreel.sandbox.fabricate import Gap, fabricate
from polyreel.sandbox.schemas import Schema, plain, properties, resolve

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
        id: The field that holds an item's id.
        paging: How a list is read in parts; None if it comes whole.
        query: The schemas of its query parameters, flattened, by name.
        required: The query parameters that must be given.
        responses: Media types and their schemas, by status (``200``, ``4XX``, ``default``).
        security: Alternatives, each a list of security schemes; empty when it is open to all.
    """

    path: str
    kind: Kind = field(validator=validators.in_(get_args(Kind)))
    role: Role = field(validator=validators.in_(get_args(Role)))
    items: tuple[str, ...] = ()
    id: str = "id"
    paging: Paging | None = None
    query: Mapping[str, Schema] = field(factory=dict)
    required: frozenset[str] = frozenset()
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
        """Give the schema of one item: of a list's rows, or of what a get answers."""
        schema = plain(document, self.schema)
        for key in self.items:
            schema = properties(document, schema).get(key, {})
        return plain(document, schema.get("items", {})) if self.role == "list" else schema


@frozen(kw_only=True, eq=False)
class Spec:
    """A provider and the operations of its spec that say what they are for.

    Attributes:
        provider: As its plugin describes it.
        document: The overlaid OpenAPI document.
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

    Raises:
        SpecError: There is none, or it can't be used.
    """
    where = f"openapi.json of {provider.client}"
    try:
        text = (importlib.resources.files(provider.client) / "openapi.json").read_text("utf-8")
        document = json.loads(text)
        operations = _with_ids(tuple(_operations(document)))
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


def _operations(document: dict[str, Any]) -> Iterator[Operation]:
    for path, entry in document["paths"].items():
        operation = entry.get("get", {})
        if "x-polyreel" in operation:
            try:
                yield _operation(document, path, entry, operation)
            except (TypeError, ValueError) as error:
                raise SpecError(f"x-polyreel of GET {path}: {error}") from error


def _with_ids(operations: tuple[Operation, ...]) -> tuple[Operation, ...]:
    """Let gets and downloads know the field that holds the id; only lists need to state it."""
    fields = {one.kind: one.id for one in operations if one.role == "list"}
    return tuple(evolve(one, id=fields.get(one.kind, one.id)) for one in operations)


def _rehearse(document: Mapping[str, Any], operations: Iterable[Operation]) -> None:
    """Make every body once, so that what can't be made is known before anybody asks for it."""

    def suggest(_name: str, schema: Schema) -> Any:
        return Gap.BUILD if {"object", "array"} & set(schema["type"]) else Gap.OMIT

    for one in operations:
        for content in one.responses.values():
            for schema in content.values():
                fabricate(document, schema, suggest)


def _operation(
    document: dict[str, Any], path: str, entry: dict[str, Any], operation: dict[str, Any]
) -> Operation:
    about = dict(operation["x-polyreel"])
    paging = about.pop("paging", None)
    parameters = [
        resolve(document, one)
        for one in [*entry.get("parameters", ()), *operation.get("parameters", ())]
    ]
    query = {one["name"]: one for one in parameters if one["in"] == "query"}
    return Operation(
        path=path,
        items=tuple(about.pop("items", ())),
        paging=Paging(**paging) if paging else None,
        query={name: plain(document, one.get("schema", {})) for name, one in query.items()},
        required=frozenset(name for name, one in query.items() if one.get("required")),
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


def _security(
    document: dict[str, Any], alternatives: list[dict[str, Any]]
) -> tuple[tuple[dict[str, Any], ...], ...]:
    schemes = document.get("components", {}).get("securitySchemes", {})
    return tuple(
        tuple(resolve(document, schemes[name]) for name in alternative)
        for alternative in alternatives
    )
