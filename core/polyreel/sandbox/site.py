"""One provider's responses, without HTTP: from an operation and a query to a JSON body."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from polyreel.models import Kind, Status
from polyreel.openapi.shapes import Shape
from polyreel.sandbox import query
from polyreel.sandbox.clock import Clock
from polyreel.sandbox.fabricate import Gap, fabricate
from polyreel.sandbox.field_values import fill, form
from polyreel.sandbox.fixture_items import FixtureItem, FixtureItems
from polyreel.sandbox.object_forms import Path, fields as fields_of
from polyreel.sandbox.page_styles import Window, echoes, signals, window
from polyreel.sandbox.query import Query
from polyreel.sandbox.refusals import MISSING, NOT_READY, Refusal
from polyreel.sandbox.served_spec import ServedOperation, Spec
from polyreel.sandbox.signed_links import Links

Row = dict[str, Any]


LinksOf = Callable[[FixtureItem], Links]
"""Makes the addresses of one item, as the request that is answered needs them."""


class Site:
    """One provider with its items.

    Args:
        spec: The provider's spec.
        items: How many items of each kind there are.
        clock: Says how long items have been made.
    """

    def __init__(self, spec: Spec, items: Mapping[Kind, int], clock: Clock) -> None:
        self.spec = spec
        self._clock = clock
        fixtures = FixtureItems.of(spec, items)
        self._items: dict[str, dict[str, FixtureItem]] = {
            name: {item.id: item for item in fixtures.items(name)} for name in fixtures.kinds
        }

    def list(
        self,
        operation: ServedOperation,
        asked: Query,
        link: Callable[[str, str], str],
        links: LinksOf,
    ) -> Any:
        """Answer a list operation.

        Args:
            operation: Which.
            asked: The request's query.
            link: Makes the request's URL with one parameter changed, from its name and new value.
            links: Makes the addresses in items.

        Raises:
            Refusal: The query asks for what isn't there.
        """
        schema = operation.item_schema(self.spec.view)
        fields = fields_of(self.spec.view, schema)
        seconds = self._clock.elapsed()
        items = [item.after(seconds) for item in self._items[operation.belongs_to].values()]
        if wanted := query.filters(operation, asked, fields):
            items = [item for item in items if wanted(self._row(operation, schema, item, links))]
        if query.ascending(operation, asked):
            items.reverse()
        here = Window(0, len(items))
        said: dict[str, Any] = {}
        repeated: dict[str, int] = {}
        if paging := operation.paging:
            ids, times = [item.id for item in items], [item.created_at for item in items]
            here = window(paging, asked, ids, times)
            said = signals(paging, here, ids, lambda cursor: link(paging.parameter, cursor), times)
            repeated = echoes(paging, here)
        hidden = _hidden(operation, fields, asked)
        rows = [
            _without(hidden, self._row(operation, schema, item, links))
            for item in items[here.start : here.stop]
        ]
        if not operation.items:
            return rows
        envelope = _Envelope(said, repeated, operation.items, rows)
        return fabricate(self.spec.view, operation.schema, envelope, envelope.form)

    def get(self, operation: ServedOperation, asked: Query, id: str, links: LinksOf) -> Any:
        """Answer a get operation.

        Raises:
            Refusal: There is no such item.
        """
        body = self._row(operation, operation.schema, self.item(operation, id), links)
        found = body
        for key in operation.place:
            found = found[key]
        found = found[0] if isinstance(found, list) else found
        schema = operation.item_schema(self.spec.view)
        for name in _hidden(operation, fields_of(self.spec.view, schema), asked):
            found.pop(name, None)
        return body

    def downloadable(self, operation: ServedOperation, id: str) -> FixtureItem:
        """Return the item whose file is asked for.

        Raises:
            Refusal: There is no such item, or it isn't ready.
        """
        item = self.item(operation, id)
        if item.status is not Status.READY:
            raise Refusal(NOT_READY, f"{id} has no file: it isn't ready")
        return item

    def item(self, operation: ServedOperation, id: str) -> FixtureItem:
        """Return an item as it is now.

        Raises:
            Refusal: There is no such item.
        """
        items = self._items.get(operation.belongs_to, {})
        if id not in items:
            known = next(iter(items), None)
            hint = f"; this sandbox has {len(items)}, such as {known}" if known else ""
            raise Refusal(MISSING, f"Unknown {operation.id}: {id[:100]}{hint}")
        return items[id].after(self._clock.elapsed())

    def _row(
        self, operation: ServedOperation, schema: Any, item: FixtureItem, links: LinksOf
    ) -> Row:
        filled = fill(item, operation.id, links(item), operation.place)
        row: Row = fabricate(self.spec.view, schema, filled, form(item, operation.place))
        return row


class _Envelope:
    """Chooses the form of what stands around a list's items, and fills it in."""

    def __init__(
        self,
        said: Mapping[str, Any],
        repeated: Mapping[str, Any],
        place: tuple[str, ...],
        rows: Sequence[Row],
    ) -> None:
        self._said = said
        self._repeated = repeated
        self._place = place
        self._rows = rows

    def form(self, path: Path, forms: Sequence[Mapping[str, Shape]]) -> int:
        """Return the first form of the envelope that can express the signals, such as the end of the list."""
        known = {name for form in forms for name in form} & self._said.keys()
        fitting = [number for number, one in enumerate(forms) if self._fits(one, known)]
        return fitting[0] if fitting and not path else 0

    def _fits(self, form: Mapping[str, Shape], known: set[str]) -> bool:
        for name in known:
            shape, said = form.get(name), self._said[name]
            if (shape is None) != (said is None or said is False) and not (shape and said is False):
                return False
            if shape is not None and shape.values.constant and said not in shape.values.known:
                return False
        return True

    def __call__(self, path: Path, shape: Shape) -> Any:
        if path == self._place:
            return self._rows
        name = ".".join(path)
        if name in self._said:
            said = self._said[name]
            return Gap.OMIT if said is None else said
        if path and path[-1] in self._repeated:
            return self._repeated[path[-1]]
        if "object" in shape.named_types:
            return Gap.BUILD
        return next(iter(shape.values.known), Gap.OMIT)


def _hidden(operation: ServedOperation, fields: Mapping[str, Shape], asked: Query) -> set[str]:
    """Name the fields that come only when a parameter of the operation says so, and it doesn't."""
    switches = {name: shape.extensions.get("x-polyreel-when", "") for name, shape in fields.items()}
    return {
        name
        for name, switch in switches.items()
        if switch in operation.query and not query.flag(asked, switch)
    }


def _without(hidden: set[str], row: Row) -> Row:
    return {name: value for name, value in row.items() if name not in hidden}
