"""Items are read from what the provider sends, field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from polyreel import convert
from polyreel.fields import ItemReader
from polyreel.models import MODELS, Item, Kind, Status, Video
from polyreel.models.field_layout import layout
from polyreel.openapi.shapes import ANYTHING
from polyreel.sandbox.served_spec import ServedOperation
from polyreel.testing import response_items
from polyreel.testing.fixtures import Fixtures
from polyreel.testing.sandbox_hubs import ACCOUNT, ServedProvider
from polyreel.testing.subject import Subject

_ITEMS = 25  # the sandbox then has each of its statuses, and items made from others

# What a field's converter promises, unless the field is None.
_PROMISES: Mapping[Callable[[Any], Any], tuple[Callable[[Any], bool], str]] = {
    convert.reason: (lambda it: isinstance(it, str) and it != "", "a text, not an empty one"),
    convert.text: (lambda it: isinstance(it, str) and it != "", "a text, not an empty one"),
    convert.url: (lambda it: isinstance(it, str) and it.startswith("http"), "an absolute URL"),
    convert.time: (lambda it: isinstance(it, datetime) and it.tzinfo is UTC, "an aware UTC time"),
    convert.percent: (lambda it: isinstance(it, float) and 0 <= it <= 100, "a float from 0 to 100"),
    convert.seconds: (lambda it: isinstance(it, float) and it >= 0, "seconds, as a float"),
    convert.pixels: (lambda it: isinstance(it, int) and it > 0, "a whole number of pixels"),
    layout(Video).converters["status"]: (lambda it: isinstance(it, Status), "a polyreel.Status"),
}


class MappedFields(Fixtures):
    """What is mapped is there, of the right type, and nothing that came is lost."""

    def test_items_are_of_their_kind_and_keep_what_came(
        self, specified: Subject, served: ServedProvider, kind: Kind
    ) -> None:
        """``raw`` is the provider's JSON of the item, exactly; account and provider are filled in."""
        ids = served.hold(kind, 2)
        for role in specified.roles(kind):
            operation = specified.operation(role, kind)
            sent: list[Any] = []

            def note(body: Any, operation: Any = operation, sent: list[Any] = sent) -> Any:
                sent += response_items.rows(operation, body)
                return body

            served.wire.change = note
            items = served.read(role, kind, ids)
            assert [type(item) for item in items] == [MODELS[kind]] * 2
            assert {(item.provider, item.account) for item in items} == {(specified.name, ACCOUNT)}
            for item, row in zip(items, sent, strict=False):
                assert item.raw == row, f"raw of {item.uid} is not what came"

    def test_every_field_has_its_type(
        self, specified: Subject, served: ServedProvider, kind: Kind
    ) -> None:
        """Or is None, where the provider doesn't say."""
        for item in _everything(specified, served, kind):
            check_types(item)

    def test_every_mapped_field_is_one_of_the_client(
        self, specified: Subject, served: ServedProvider, kind: Kind
    ) -> None:
        """A misspelt attribute would be None for ever, in silence."""
        client = specified.provider.client
        for item in _everything(specified, served, kind):
            for name, model, find in _finders(item):
                wrong = _unknown_attribute(find, model)
                if wrong is not None and type(wrong.obj).__module__.startswith(client):
                    pytest.fail(
                        f"{name!r} is mapped to {wrong.name!r}, which the generated "
                        f"{type(wrong.obj).__name__} doesn't have; it has "
                        f"{', '.join(sorted(vars(wrong.obj)))}",
                        pytrace=False,
                    )

    def test_every_mapped_field_is_found_in_some_item(
        self, specified: Subject, served: ServedProvider, kind: Kind
    ) -> None:
        """A field that never holds anything isn't mapped, whatever the plugin says."""
        items = _everything(specified, served, kind)
        mapped = {name for item in items for name, _, _ in _finders(item)}
        empty = {name for name in mapped if all(getattr(item, name) is None for item in items)}
        told = [f"{name} (it was sent {_samples(items, name)})" for name in sorted(empty)]
        assert not told, (
            f"mapped, but None in every item of the sandbox: {', '.join(told)}. Is it the right field of "
            "the client, and of a shape that polyreel.convert reads? Is it in the spec?"
        )

    def test_every_documented_status_is_understood(
        self, specified: Subject, served: ServedProvider, kind: Kind
    ) -> None:
        """A word that nobody knows is ``unknown`` to users, who filter by status."""
        role = specified.roles(kind)[0]
        operation = specified.operation(role, kind)
        ids = served.hold(kind, 1)
        (item,) = served.read(role, kind, ids)
        for name, fields, word in _documented_statuses(specified, operation, item):
            served.wire.change = response_items.with_fields(operation, **fields)
            (item,) = served.read(role, kind, ids)
            assert item.status is not Status.UNKNOWN, (
                f"{specified.provider.title} documents the {name} {word!r}, which polyreel doesn't "
                "know: map status in the plugin, or add the word to polyreel.models.status"
            )


def status_fields(item: Item) -> list[str]:
    """Name the fields of the provider's JSON in which the item's own status stands, word or number."""
    return [name for name, value in item.raw.items() if _is_status(item, value)]


def with_status(item: Item, word: str) -> dict[str, Any]:
    """Return the fields of the provider's JSON in which the item's own status stands, with another word.

    It may stand in the item, or in an object of it (``{"state": {"label": "done"}}``).
    """
    inner = {
        name: {**holder, each: word}
        for name, holder in item.raw.items()
        for each, value in (holder.items() if isinstance(holder, dict) else ())
        if _is_status(item, value)
    }
    return inner | dict.fromkeys(status_fields(item), word)


def _is_status(item: Item, value: object) -> bool:
    return item.provider_status is not None and convert.text(value) == item.provider_status


def _documented_statuses(
    subject: Subject, operation: ServedOperation, item: Item
) -> Iterator[tuple[str, dict[str, Any], Any]]:
    """Yield each status that is documented: its field, what to put into an item for it, and itself.

    It may stand in the item, or in an object of it (``{"status": {"state": "done"}}``).
    """
    shapes = subject.fields(operation)
    for name in status_fields(item):
        for word in shapes.get(name, ANYTHING).values.known:
            yield name, {name: word}, word
    for name, holder in item.raw.items():
        for inner, value in holder.items() if isinstance(holder, dict) else ():
            if _is_status(item, value):
                below = subject.spec.view.chosen(shapes.get(name, ANYTHING).properties.get(inner))
                for word in below.values.known:
                    yield f"{name}.{inner}", {name: {**holder, inner: word}}, word


def check_types(item: Item) -> None:
    """Hold every field of an item against what its model promises."""
    assert isinstance(item.id, str), f"{item.uid} has the id {item.id!r}"
    assert item.id, f"{item} has an empty id"
    for name, convert_it in layout(type(item)).converters.items():
        value = getattr(item, name)
        fits, words = _PROMISES[convert_it]
        if value is not None and not fits(value):
            pytest.fail(f"{name} of {item.uid} is {value!r}; it should be {words}, or None")


def _everything(subject: Subject, served: ServedProvider, kind: Kind) -> list[Item]:
    """Return all items as they are listed, and as they are got."""
    ids = served.hold(kind, _ITEMS)
    return [item for role in subject.roles(kind) for item in served.read(role, kind, ids)]


def _finders(item: Item) -> list[tuple[str, Any, Callable[[Any], object]]]:
    """Return what the plugin's FieldMap does for each field; nothing if it makes items without one."""
    reader: ItemReader[Any, Any] | None = vars(item).get("_reader")
    if reader is None:
        return []
    model = reader.fields.model.from_dict(item.raw)
    return [(name, model, find) for name, find in reader.fields.finders.items()]


def _unknown_attribute(find: Callable[[Any], object], model: Any) -> AttributeError | None:
    try:
        find(model)
    except AttributeError as error:
        # A field that didn't come is an Unset, which has none; the item's field is None then.
        return None if type(error.obj).__name__ == "Unset" else error
    except Exception:  # noqa: BLE001 - the item's field is None then, too
        return None
    return None


def _samples(items: list[Item], name: str) -> str:
    """Tell what a FieldMap found for a field before it was converted."""
    found = []
    for item in items:
        for field, model, find in _finders(item):
            if field == name:
                try:
                    found.append(repr(find(model))[:40])
                except Exception as error:  # noqa: BLE001 - told to the author
                    found.append(repr(error)[:80])
    return " or ".join(sorted(set(found))[:3])
