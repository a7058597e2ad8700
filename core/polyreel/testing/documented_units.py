"""Progress and durations are read in the unit that the provider documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import pytest
from attrs import frozen

from polyreel.models import Item, Kind
from polyreel.openapi.names import words
from polyreel.openapi.shapes import ANYTHING, Shape
from polyreel.sandbox.served_spec import ServedOperation
from polyreel.testing import response_items
from polyreel.testing.fixtures import Fixtures
from polyreel.testing.sandbox_hubs import ServedProvider
from polyreel.testing.subject import Subject

Ours = Literal["progress", "duration"]

_MILLISECONDS = {"ms", "msec", "msecs", "millis", "millisecond", "milliseconds"}
_SECONDS = {"sec", "secs", "second", "seconds"}
_NUMBERS = {"integer", "number"}


@frozen
class _Number:
    """A number of the provider's item, in it or in an object of it."""

    path: tuple[str, ...]
    said: Shape

    @property
    def name(self) -> str:
        """Its name, as messages say it."""
        return ".".join(self.path)

    def put(self, item: Item, value: float | None) -> dict[str, Any]:
        """Return what to put into an item so that this number has a value."""
        first, *rest = self.path
        return {first: {**item.raw[first], rest[0]: value} if rest else value}

    def unit(self, ours: Ours) -> float | None:
        """Return by what it has to be multiplied; None where the document doesn't say."""
        if ours == "duration":
            said = {word.lower() for word in words(self.path[-1])}
            return 0.001 if said & _MILLISECONDS else 1.0 if said & _SECONDS else None
        most = self.said.limit("maximum")
        return 1.0 if most == 100 else 100.0 if most == 1 and not self.is_whole else None

    @property
    def is_whole(self) -> bool:
        """Whether it has no fraction."""
        return "number" not in self.said.named_types

    def samples(self) -> tuple[float, float]:
        """Return two values that it may have."""
        return (0.25, 0.75) if self.said.limit("maximum") == 1 and not self.is_whole else (24, 64)


class DocumentedUnits(Fixtures):
    """A part of one, a percentage, seconds and milliseconds are told apart; null is none of them."""

    @pytest.mark.parametrize("ours", ["progress", "duration"])
    def test_a_number_is_read_in_its_documented_unit(
        self,
        specified: Subject,
        served: ServedProvider,
        kind: Kind,
        ours: Ours,
    ) -> None:
        """Progress is from 0 to 100, a duration in seconds, and None where the provider sends null."""
        role = specified.roles(kind)[0]
        operation = specified.operation(role, kind)
        ids = served.hold(kind, 1)
        served.wire.change = None
        (item,) = served.read(role, kind, ids)

        def read(fields: dict[str, Any]) -> float | None:
            served.wire.change = response_items.with_fields(operation, **fields)
            (changed,) = served.read(role, kind, ids)
            value: float | None = getattr(changed, ours, None)
            return value

        for number in _numbers(specified, operation, item):
            found = [read(number.put(item, value)) for value in number.samples()]
            if found[0] == found[1]:
                continue  # it isn't what the field is read from
            unit = number.unit(ours)
            meant = [value * unit for value in number.samples()] if unit else found
            assert found == pytest.approx(meant), (
                f"{ours} is read from {number.name!r}, whose documented unit is another: "
                f"{number.samples()} became {found}, not {meant}; see polyreel.convert"
            )
            nothing = read(number.put(item, None))
            assert nothing is None, f"{ours} is {nothing!r} where {number.name!r} is null"


def _numbers(subject: Subject, operation: ServedOperation, item: Item) -> Iterator[_Number]:
    """Yield the documented numbers of an item that the sandbox sent, but for its id."""
    shapes = subject.fields(operation)
    id = item.id.rpartition("/")[2]
    for name, value in item.raw.items():
        if str(value) == id:
            continue
        said = shapes.get(name, ANYTHING)
        if said.named_types & _NUMBERS:
            yield _Number((name,), said)
        for inner in value if isinstance(value, dict) else ():
            below = subject.spec.view.chosen(said.properties.get(inner))
            if below.named_types & _NUMBERS:
                yield _Number((name, inner), below)
