"""What an operation asks for, and who knows it: the plugin, the account, or only the caller."""

from __future__ import annotations

from typing import Any

from polyreel.codegen.scaffold.merged import merged
from polyreel.codegen.scaffold.wording import names, plain, words
from polyreel.errors import SpecError
from polyreel.openapi.documents import Document
from polyreel.openapi.names import singular
from polyreel.openapi.view import SchemaView

OWNERS = set(
    names(
        "account workspace user organization organisation org team tenant project library company "
        "partner customer space site brand group channel app application client network"
    )
)
"""Whom or what an account belongs to: the same for all of its requests."""

_IDS = {"id", "uuid", "uid", "identifier", "slug", "name", "key", "x", "sid"}


def asked_of(view: SchemaView, entry: Document, operation: Document) -> list[Document]:
    """Return what an operation is asked with: its path's parameters, its own, and its body's fields.

    A field of a JSON body is given as a parameter whose ``in`` is ``body``.

    Args:
        view: The schemas of the document.
        entry: The path item.
        operation: The operation.
    """
    found: dict[tuple[Any, Any], Document] = {}
    for raw in [*entry.get("parameters", ()), *operation.get("parameters", ())]:
        try:
            each = view.references.followed(raw)
        except (SpecError, TypeError):
            continue
        if isinstance(each, dict):
            found[each.get("in"), each.get("name")] = each
    return [*found.values(), *_body_fields(view, operation)]


def takes_json(view: SchemaView, operation: Document) -> bool:
    """Say whether an operation can be asked with JSON: it has such a body, or none."""
    return not _body(view, operation) or _json_body(view, operation) is not None


def _body_fields(view: SchemaView, operation: Document) -> list[Document]:
    said = merged(view, _json_body(view, operation) or {})
    return [
        {"name": name, "in": "body", "schema": schema, "required": name in said.required}
        for name, schema in said.properties.items()
    ]


def _body(view: SchemaView, operation: Document) -> Document:
    """Return what a body may be, by media type; empty where there is none."""
    try:
        body = view.references.followed(operation.get("requestBody"))
    except SpecError:
        return {}
    content = body.get("content") if isinstance(body, dict) else None
    return content if isinstance(content, dict) else {}


def _json_body(view: SchemaView, operation: Document) -> Any | None:
    return next(
        (
            each.get("schema", {})
            for media, each in _body(view, operation).items()
            if media.partition(";")[0].strip().endswith("json") and isinstance(each, dict)
        ),
        None,
    )


def setting_of(parameter: Document, path: str, declared: frozenset[str]) -> str:
    """Name the setting of an account that a parameter takes; "" if it takes something else.

    It is one if somebody says so, or if it must be given and is called after whom an account belongs to
    (``account_id``, ``X-Workspace``).

    Args:
        parameter: The parameter.
        path: The operation's path; its last parameter is an item's id.
        declared: Those that somebody says are settings.
    """
    written = str(parameter.get("name"))
    name = plain(written).removeprefix("x_")
    if {written, plain(written), name} & declared:
        return name
    before = path.partition(f"{{{written}}}")[0].rstrip("/")
    holder = singular(plain(before.rpartition("/")[2]))
    if parameter.get("in") == "path":
        # At the end stands the id of an item, but for "/videos/user/{user_id}", which is a list.
        alone = not before.rpartition("/")[0].strip("/")
        if path.rstrip("/").endswith(f"{{{written}}}") and (alone or holder not in OWNERS):
            return ""
    elif parameter.get("required") is not True or is_key(parameter):
        return ""
    if parameter.get("in") == "body" or constant(parameter) is not None:
        return ""
    said = [word for word in words(written) if word not in _IDS]
    if said == [singular(plain(path.rstrip("/").rpartition("/")[2]))]:
        return ""  # "/project?project_id=…" gets a project
    if said:
        return name if set(said) <= OWNERS else ""
    return f"{holder}_id" if holder in OWNERS else ""


def needs_caller(parameter: Document) -> bool:
    """Say whether a parameter must be given although nobody but the caller knows what."""
    if parameter.get("required") is not True or parameter.get("in") == "path" or is_key(parameter):
        return False
    if plain(str(parameter.get("name"))) in {"limit", "page", "page_size", "offset"}:
        return False
    return constant(parameter) is None


def is_key(parameter: Document) -> bool:
    """Say whether a parameter is the header that carries the key, which isn't the plugin's to send."""
    return parameter.get("in") == "header" and bool(
        {"authorization", "key", "apikey", "token"} & set(words(str(parameter.get("name"))))
    )


def constant(parameter: Document) -> Any | None:
    """Return the value that a parameter always has: its default, or the only one that it may have."""
    schema = parameter.get("schema")
    if not isinstance(schema, dict):
        return None
    values: Any = schema.get("enum") or ()
    return schema.get("default", values[0] if len(values) == 1 else None)
