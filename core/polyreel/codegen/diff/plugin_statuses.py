"""What a plugin makes of status words, found by trying, and new words that it doesn't know."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from importlib.resources import files
from typing import Any, TypeAlias

from polyreel.codegen.diff.changes import Change
from polyreel.codegen.diff.plugin_reads import Place, Trial, fields_of, made, unheard
from polyreel.codegen.diff.rules import RULES, listed, shown
from polyreel.errors import PolyreelError, SpecError
from polyreel.models import Status
from polyreel.openapi.annotations import Annotation, annotation, item_schemas
from polyreel.openapi.documents import Document
from polyreel.openapi.operations import Operation, is_success, operations
from polyreel.openapi.view import SchemaView
from polyreel.registry import Registry

Statuses: TypeAlias = Callable[[Annotation, str, str], Status | None]
"""Gives the status of an item in which a word stands at a path; None where that can't be tried."""

_NO_WORD = "polyreel"  # nobody's status
_MOST_WORDS = 40
_DEEPEST = 3  # fields within fields


def statuses(provider: str) -> Statuses | None:
    """Return what tells an installed plugin's statuses; None where there is none, or it can't be tried."""
    registry = Registry({})
    if provider not in registry.names:
        return None
    trials: dict[tuple[str, str, str], tuple[Trial, dict[Place, Any]]] = {}
    try:
        client = registry.provider(provider).client
        document = json.loads((files(client) / "openapi.json").read_text("utf-8"))
        view = SchemaView(document)
        for operation in operations(document, view.references):
            said = annotation(operation)
            if said is not None and said.role in ("list", "get"):
                known = fields_of(view, operation, said)
                usual = {place: values[0] for place, values in known.items() if values}
                trials[said.kind, said.collection, said.role] = (
                    Trial(registry, provider, said),
                    usual,
                )
    except (PolyreelError, ImportError, OSError, ValueError):
        return None

    def status(said: Annotation, path: str, word: str) -> Status | None:
        trial, usual = trials.get((said.kind, said.collection, said.role), (None, {}))
        if trial is None:
            return None
        with unheard():
            items = trial.items(made({**usual, tuple(path.split(".")): word}))
        return items[0].status if items else None

    return status


def unknown_statuses(
    old: Document, new: Document, renamed: Mapping[str, str], status: Statuses | None
) -> Iterator[Change]:
    """Yield the new status words of items that the plugin doesn't know.

    Args:
        old: The document that the plugin was made for, overlay applied.
        new: The one that takes its place, likewise.
        renamed: The names of operations in the new document by those in the old one.
        status: What the plugin makes of a word; None where there is no plugin.
    """
    if status is None:
        return
    before = {renamed.get(name, name): words for name, _, words in _annotated(old)}
    for name, (said, code), words in _annotated(new):
        was = before.get(name, {})
        for path, known in words.items():
            added = [word for word in known if word not in was.get(path, known)]
            if not added or status(said, path, _NO_WORD) is not Status.UNKNOWN:
                continue
            understood = [
                word for word in was[path] if status(said, path, word) not in (None, Status.UNKNOWN)
            ]
            lost = [word for word in understood if word not in known]
            if not understood:
                continue  # no status stands there
            items = ".".join(said.items)
            within = f"{items}[]." if said.role == "list" else f"{items}." if items else ""
            for word in added:
                if status(said, path, word) is Status.UNKNOWN:
                    rule = "plugin-status-renamed" if lost else "plugin-status-unknown"
                    facts = {"old": listed(lost)} if lost else {}
                    place = f"{code} {within}{path}"
                    yield RULES[rule].at(name, place, new=shown(word), **facts)


def _annotated(
    document: Document,
) -> Iterator[tuple[str, tuple[Annotation, str], dict[str, list[str]]]]:
    """Yield each list and get: its name, what is said of it, and the known words of its items' texts."""
    view = SchemaView(document)
    for operation in operations(document, view.references):
        try:
            said = annotation(operation)
            if said is None or said.role not in ("list", "get"):
                continue
            nodes = item_schemas(view, operation, said)
            words: dict[str, list[str]] = {}
            for node in nodes:
                for path, known in _words(view, node, ()):
                    words.setdefault(path, []).extend(known)
        except SpecError:
            continue  # said elsewhere
        yield operation.name, (said, _success(operation)), words


def _words(view: SchemaView, node: Any, place: Place) -> Iterator[tuple[str, list[str]]]:
    for each in view.alternatives(node):
        shape = view.of(each)
        if shape.properties and len(place) < _DEEPEST:
            for name, child in shape.properties.items():
                yield from _words(view, child, (*place, name))
        known = [one for one in shape.values.known if isinstance(one, str)]
        if place and known and len(known) <= _MOST_WORDS:
            yield ".".join(place), known


def _success(operation: Operation) -> str:
    return next(iter(sorted(code for code in operation.responses() if is_success(code))), "200")
