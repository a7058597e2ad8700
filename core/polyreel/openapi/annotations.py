"""What an operation's ``x-polyreel`` says: what it is for, and how its list is read in parts.

An overlay writes it; the sandbox serves by it, and a diff knows from it what a plugin uses.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args

from attrs import field, frozen, validators

from polyreel.errors import SpecError
from polyreel.models import Kind
from polyreel.openapi.documents import Document
from polyreel.openapi.operations import Operation, is_success, operations
from polyreel.openapi.view import SchemaView

Role = Literal["list", "get", "download"]
"""What an operation does with a kind of thing."""

FIELDS: Mapping[str, str] = {
    "x-polyreel-sample": "Values for the sandbox, where the schema doesn't say what stands there.",
    "x-polyreel-when": "The parameter without which the field doesn't come.",
}
"""What an overlay may say of a field of an item."""

Style = Literal["page", "offset", "token", "last_id", "next_url", "time"]
"""What tells one page of a list from the next."""


@frozen(kw_only=True)
class Paging:
    """How a list is read in parts.

    A field of the response is named as a path, such as ``page.total``.

    Attributes:
        style: What tells one page from the next.
        parameter: The query parameter that does, or the field of the body.
        size: The same for the items per page, or None.
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


def _keys(path: str) -> tuple[str, ...]:
    if not isinstance(path, str):
        raise TypeError(f"items is a path such as data.videos, not {path!r}")
    return tuple(path.split(".")) if path else ()


@frozen(kw_only=True)
class Annotation:
    """What an operation is for.

    Attributes:
        kind: What it lists, gets or downloads.
        role: Which of these it does.
        collection: Which of the provider's several lists of the kind it is about, or "".
        items: The path from a response to its list, or to its object, such as ``data.videos``.
        id: The field that holds an item's id.
        paging: How a list is read in parts; None if it comes whole.
    """

    kind: Kind = field(validator=validators.in_(get_args(Kind)))
    role: Role = field(validator=validators.in_(get_args(Role)))
    collection: str = ""
    items: tuple[str, ...] = field(default="", converter=_keys)
    id: str = "id"
    paging: Paging | None = None


def annotation(operation: Operation) -> Annotation | None:
    """Return what an operation's ``x-polyreel`` says; None where it has none.

    Raises:
        SpecError: It says something else than it may.
    """
    written = operation.written.get("x-polyreel")
    if written is None:
        return None
    try:
        return _annotation(written)
    except (TypeError, ValueError) as error:
        raise SpecError(f"x-polyreel of {operation.name}: {error}") from error


def item_schemas(view: SchemaView, operation: Operation, said: Annotation) -> list[Any]:
    """Return the schemas of the items in an operation's successful responses, as its annotation says.

    Args:
        view: The document that the operation stands in.
        operation: A list or a get.
        said: Its annotation.
    """
    bodies = operation.responses()
    nodes = [body.json for status, body in bodies.items() if is_success(status)]
    for key in said.items:
        nodes = [each for node in nodes for each in view.properties(node).get(key, ())]
    if said.role == "list":
        shapes = [view.of(each) for node in nodes for each in view.alternatives(node)]
        nodes = [shape.items for shape in shapes if shape.items is not None]
    return nodes


def item_components(document: Document) -> set[str]:
    """Return the components whose objects a document's annotated lists and gets give as items."""
    view = SchemaView(document)
    said = [(each, annotation(each)) for each in operations(document, view.references)]
    items = [
        schema
        for operation, about in said
        if about is not None and about.role != "download"
        for schema in item_schemas(view, operation, about)
    ]
    forms = [form for item in items for form in (item, *view.alternatives(item))]
    return {name for form in forms if (name := view.component(form)) is not None}


def _annotation(written: Mapping[str, Any]) -> Annotation:
    said = dict(written)
    paging = said.pop("paging", None)
    return Annotation(**said, paging=Paging(**paging) if paging else None)
