"""One provider's responses, without HTTP: from an operation and a query to a JSON body."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from polyreel.models import Kind, Status
from polyreel.sandbox import field_values as roles, query
from polyreel.sandbox.fabricate import Gap, fabricate
from polyreel.sandbox.fixture_items import FixtureItems, Subject
from polyreel.sandbox.page_styles import Window, signals, window
from polyreel.sandbox.query import Query
from polyreel.sandbox.refusals import MISSING, NOT_READY, Refusal
from polyreel.sandbox.schemas import Schema, properties, values
from polyreel.sandbox.served_spec import Operation, Spec

Row = dict[str, Any]


class Site:
    """One provider with its items.

    Args:
        spec: The provider's spec.
        items: How many items of each kind there are.
    """

    def __init__(self, spec: Spec, items: Mapping[Kind, int]) -> None:
        self.spec = spec
        cast = FixtureItems.of(spec, items)
        self._subjects: dict[Kind, dict[str, Subject]] = {
            kind: {subject.id: subject for subject in cast.subjects(kind)} for kind in cast.parts
        }

    def list(self, operation: Operation, asked: Query, link: Callable[[str, str], str]) -> Any:
        """Response a list operation.

        Args:
            operation: Which.
            asked: The request's query.
            link: Makes the request's URL with one parameter changed, from its name and new value.

        Raises:
            Refusal: The query asks for what isn't there.
        """
        schema = operation.item_schema(self.spec.document)
        fields = properties(self.spec.document, schema)
        subjects = [*self._subjects[operation.kind].values()]
        if wanted := query.filters(operation, asked, fields):
            subjects = [one for one in subjects if wanted(self._row(operation, schema, one))]
        if query.ascending(operation, asked):
            subjects.reverse()
        here, said = Window(0, len(subjects)), {}
        if paging := operation.paging:
            ids = [one.id for one in subjects]
            here = window(paging, asked, ids)
            said = signals(paging, here, ids, lambda cursor: link(paging.parameter, cursor))
        hidden = _hidden(operation, fields, asked)
        rows = [
            _without(hidden, self._row(operation, schema, one))
            for one in subjects[here.start : here.stop]
        ]
        if not operation.items:
            return rows
        envelope = _Envelope({**said, operation.items[-1]: rows})
        return fabricate(self.spec.document, operation.schema, envelope)

    def get(self, operation: Operation, asked: Query, id: str) -> Any:
        """Response a get operation.

        Raises:
            Refusal: There is no such item.
        """
        fields = properties(self.spec.document, operation.schema)
        row = self._row(operation, operation.schema, self._subject(operation, id))
        return _without(_hidden(operation, fields, asked), row)

    def check_download(self, operation: Operation, id: str) -> None:
        """Find out whether an item's file can be had.

        Raises:
            Refusal: There is no such item, or it isn't ready.
        """
        if self._subject(operation, id).stage is not Status.READY:
            raise Refusal(NOT_READY, f"{id} has no file: it isn't ready")

    def _subject(self, operation: Operation, id: str) -> Subject:
        subjects = self._subjects.get(operation.kind, {})
        if id not in subjects:
            known = next(iter(subjects), None)
            hint = f"; this sandbox has {len(subjects)}, such as {known}" if known else ""
            raise Refusal(MISSING, f"Unknown {operation.id}: {id[:100]}{hint}")
        return subjects[id]

    def _row(self, operation: Operation, schema: Schema, subject: Subject) -> Row:
        row: Row = fabricate(self.spec.document, schema, roles.fill(subject, operation.id))
        return row


class _Envelope:
    """Fills in what stands around a list's items."""

    def __init__(self, said: Mapping[str, Any]) -> None:
        self._said = said

    def __call__(self, name: str, schema: Schema) -> Any:
        if name in self._said:
            return Gap.OMIT if self._said[name] is None else self._said[name]
        if "object" in schema["type"]:
            return Gap.BUILD
        return next(iter(values(schema)), Gap.OMIT)


def _hidden(operation: Operation, fields: Mapping[str, Schema], asked: Query) -> set[str]:
    """Name the fields that come only when a parameter of the operation says so, and it doesn't."""
    switches = {name: schema.get("x-polyreel-when", "") for name, schema in fields.items()}
    return {
        name
        for name, switch in switches.items()
        if switch in operation.query and not query.flag(asked, switch)
    }


def _without(hidden: set[str], row: Row) -> Row:
    return {name: value for name, value in row.items() if name not in hidden}
