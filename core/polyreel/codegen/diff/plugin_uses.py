"""What a provider's plugin uses of its API, and which changes take that away.

A plugin asks for lists and items by the operations that an overlay annotates with ``x-polyreel``, and
reads the parameters and fields that are named there. What it uses is ours: when upstream takes it away,
that is breaking, also where a rule would say that most callers don't mind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import evolve, frozen

from polyreel.codegen.diff.changes import EVERYWHERE, Change, Level
from polyreel.codegen.diff.plugin_reads import Reads
from polyreel.codegen.diff.plugin_statuses import Statuses, unknown_statuses
from polyreel.codegen.diff.rules import RULES, shown, visible
from polyreel.codegen.generating.apply_overlay import apply_what_fits
from polyreel.codegen.generating.overlay import Overlay
from polyreel.errors import SpecError
from polyreel.openapi.annotations import Annotation, annotation
from polyreel.openapi.documents import Document
from polyreel.openapi.operations import Operation, is_success, operations
from polyreel.openapi.shapes import Shape
from polyreel.openapi.view import SchemaView

SAID = "the plugin reads this"
"""How a report says that a change concerns what a plugin uses."""


_LONGEST = 400
"""What is in the way of an overlay's action is cut to so many characters."""


@frozen
class Use:
    """Something that a plugin uses of an operation.

    Attributes:
        operation: The operation's name, such as ``GET /v2/videos``.
        place: What of it, such as ``query page`` or ``200 data[].id``; empty for the whole.
        what: What the plugin uses it for.
    """

    operation: str
    place: str
    what: str


class _Uses:
    """What a plugin uses of one document, overlay applied."""

    def __init__(self, document: Document) -> None:
        self._view = SchemaView(document)
        self._operations = {each.name: each for each in operations(document, self._view.references)}

    def all(self, reads: Reads) -> Iterator[Use]:
        """Yield all that is used and is there."""
        said = {
            name: found for name, each in self._operations.items() if (found := _annotation(each))
        }
        lists = [each for each in said.values() if each.role == "list"]
        ids = {(str(each.kind), each.collection): each.id for each in lists}
        for name, found in said.items():
            for use in self._named(self._operations[name], found, ids, reads):
                if self.has(use):
                    yield use

    def has(self, use: Use) -> bool:
        """Say whether what is used is there."""
        operation = self._operations.get(use.operation)
        if operation is None:
            return False
        root, _, path = use.place.partition(" ")
        if root in ("", "path"):
            return True
        if root == "query":
            return any(each.place == use.place for each in operation.parameters())
        body = operation.responses().get(root)
        return body is not None and self._leads_somewhere([body.json], path)

    def _named(
        self,
        operation: Operation,
        said: Annotation,
        ids: Mapping[tuple[str, str], str],
        reads: Reads,
    ) -> Iterator[Use]:
        def use(place: str, what: str) -> Use:
            return Use(operation.name, place, what)

        yield use("", f"it {_DOES[said.role]} {said.kind} by it")
        if (paging := said.paging) is not None:
            yield use(f"query {paging.parameter}", "it asks for the next page by it")
            if paging.size is not None:
                yield use(f"query {paging.size}", "it asks for a number of items by it")
        status = _status(operation)
        if status is None or said.role == "download":
            return
        yield use(status, "it reads the response")
        items = ".".join(said.items)
        if items:
            yield use(f"{status} {items}", f"the {said.kind} are in it")
        item = f"{items}[]." if said.role == "list" else f"{items}." if items else ""
        id = ids.get((said.kind, said.collection), said.id)
        yield use(f"{status} {item}{id}", "it is an item's id")
        for path in sorted(reads.get((said.kind, said.collection), frozenset()) - {id}):
            place = f"{item}{path}".replace(".[]", "[]")
            yield use(f"{status} {place}", "it makes a field of an item of it")
        for name in ("total", "more", "next", "first_id", "last_id"):
            if paging is not None and (field := getattr(paging, name)) is not None:
                yield use(f"{status} {field}", "it tells how the list goes on")

    def _leads_somewhere(self, nodes: list[Any], path: str) -> bool:
        """Say whether a path such as ``data[].id`` leads to something in one of the schemas."""
        for step in filter(None, path.replace("[]", ".[]").split(".")):
            shapes = [shape for node in nodes for shape in self._shapes(node)]
            nodes = [child for shape in shapes for child in _children(shape, step)]
        return bool(nodes)

    def _shapes(self, node: Any) -> list[Shape]:
        return [self._view.of(each) for each in self._view.alternatives(node)]


_DOES = {"list": "lists", "get": "gets", "download": "downloads"}


def concern_plugin(
    changes: Iterable[Change],
    old: Document,
    new: Document,
    overlay: Overlay | None,
    renamed: Mapping[str, str],
    reads: Reads,
    statuses: Statuses | None = None,
) -> Iterator[Change]:
    """Yield the changes, with those that take away what a plugin uses as breaking ones.

    Args:
        changes: What changed by the rules.
        old: The document that the plugin was made for.
        new: The one that takes its place.
        overlay: What is applied to both; None where they are annotated themselves, or not at all.
        renamed: The names of operations in the new document by those in the old one.
        reads: Which fields of its items the plugin reads.
        statuses: What the plugin makes of status words, or None.

    Raises:
        SpecError: A document is broken where it must be looked at.
    """
    misfits: list[Change] = []
    was, is_ = _Uses(old), _Uses(new)
    if overlay is not None:
        before, known = apply_what_fits(old, overlay)
        after, unfit = apply_what_fits(new, overlay)
        old_numbers = {each.number for each in known}
        misfits = [
            RULES["overlay-action-unfit"].at(
                EVERYWHERE,
                f"overlay action {each.number}",
                target=shown(each.action.target),
                problem=f"`{visible(each.problem)[:_LONGEST]}`",
            )
            for each in unfit
            if each.number not in old_numbers
        ]
        old, new = before, after
    all_uses, there = list(_Uses(old).all(reads)), _Uses(new)
    uses: list[Use] = []
    lost: list[Use] = []
    for use in all_uses:
        now = evolve(use, operation=renamed.get(use.operation, use.operation))
        uses.append(now)
        if not there.has(now) or (was.has(use) and not is_.has(now)):
            lost.append(now)
    told: set[Use] = set()
    for change in changes:
        gone = [use for use in lost if _takes_away(change, use)]
        told.update(gone)
        hurt = gone or [u for u in uses if change.level is Level.BREAKING and _at(change, u)]
        yield _ours(change, hurt[0]) if hurt else change
    for use in lost:
        if use not in told and not any(_within(use, other) for other in told):
            yield RULES["plugin-use-lost"].at(use.operation, use.place, what=use.what)
    yield from unknown_statuses(old, new, renamed, statuses)
    yield from misfits


def _annotation(operation: Operation) -> Annotation | None:
    """Return an operation's annotation; what can't be read is for those to refuse who serve by it."""
    try:
        return annotation(operation)
    except SpecError:
        return None


def _status(operation: Operation) -> str | None:
    """Return the status that a plugin reads: the first success, or what is said of any."""
    statuses = operation.responses()
    successes = sorted(status for status in statuses if is_success(status))
    return successes[0] if successes else "default" if "default" in statuses else None


def _children(shape: Shape, step: str) -> list[Any]:
    if step == "[]":
        return [shape.items] if "array" in (shape.types or ()) or shape.items is not None else []
    return [shape.properties[step]] if step in shape.properties else []


def _takes_away(change: Change, use: Use) -> bool:
    """Say whether a change is one by which what is used is gone."""
    if change.operation != use.operation:
        return False
    if change.rule == "parameter-moved":
        return use.place == f"query {change.place.partition(' ')[2]}"
    gone = any(word in change.rule for word in ("removed", "refused", "type-changed"))
    return gone and _covers(change.place, use.place)


def _covers(place: str, used: str) -> bool:
    """Say whether a place is the one that is used, or holds it."""
    return not place or (used.startswith(place) and used[len(place) :][:1] in ("", ".", "[", " "))


def _at(change: Change, use: Use) -> bool:
    return (change.operation, change.place) == (use.operation, use.place) and bool(use.place)


def _within(use: Use, other: Use) -> bool:
    return use.operation == other.operation and _covers(other.place, use.place)


def _ours(change: Change, use: Use) -> Change:
    text = f"{change.text.rstrip('.')}; {SAID}: {use.what}."
    return evolve(change, level=Level.BREAKING, text=text)
