"""Where a plugin says in which field of a provider's own model each field of an item stands.

Listings are long, and callers look at few fields of each item; what nobody asks for costs nothing.
A :class:`FieldMap` makes an item of a row by its id alone. The other fields are found in the generated
model and converted when they are first asked for: one alone, or all of them in one pass.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from json.encoder import encode_basestring
from operator import attrgetter
from typing import Any, Generic, TypeVar, cast
from urllib.parse import quote

import attrs
from attrs import frozen

from polyreel import convert
from polyreel.models import Item
from polyreel.models.field_layout import layout
from polyreel.views import SURPRISES, M, reader

I = TypeVar("I", bound=Item)  # noqa: E741 - an item

_PLAIN = re.compile(r"[A-Za-z0-9_.~-]+").fullmatch


class Below(str):
    """A path below the account's base URL, where a field should hold the absolute URL of it."""

    __slots__ = ()


def below(path: str, *parts: object) -> Below:
    """Return a path below the account's base URL, in which each ``{}`` stands for a part, escaped.

    A URL that is found to be one becomes absolute, with the query that the account is configured
    to send (such as Azure's ``api-version``) but for what is secret in it.

    Example::

        "download_url": lambda it: below("/videos/{}/content", it.id)
    """
    return Below(path.format(*map(_escaped, parts)))


def _escaped(part: object) -> str:
    text = str(part)
    return text if _PLAIN(text) else quote(text, safe="")


@frozen(slots=False)
class FieldMap(Generic[I, M]):
    """Where a provider's item holds the fields of ours.

    Args:
        item: What is made: ``Video`` or ``Replica``.
        model: The generated model of the provider's item.
        id: The name of its id in the JSON that comes; several names where the first may be null.
        fields: Field by field, how to find it in the generated model; the type doesn't matter, and
            where nothing is to be found, the field is None.
        same: The fields that the generated model calls as ours are called.

    Raises:
        TypeError: Items have no such field, or the generated model hasn't.

    Example::

        FieldMap(Video, AcmeVideo, id="video_id", fields={"title": lambda it: it.name}, same=["prompt"])
    """

    item: type[I]
    model: type[M]
    id: str | tuple[str, ...]
    fields: Mapping[str, Callable[[M], object]]
    same: Sequence[str] = ()

    def __attrs_post_init__(self) -> None:
        asked = self.fields.keys() | self.same
        if unknown := asked - layout(self.item).converters.keys():
            raise TypeError(f"{self.item.__name__} has no field {', '.join(sorted(unknown))}")
        model: Any = self.model
        if self.same and (unknown := {*self.same} - attrs.fields_dict(model).keys()):
            raise TypeError(f"{self.model.__name__} has no field {', '.join(sorted(unknown))}")

    @cached_property
    def finders(self) -> dict[str, Callable[[M], object]]:
        """How each mapped field is found in the generated model, by the field's name."""
        return {**{name: attrgetter(name) for name in self.same}, **self.fields}

    @cached_property
    def compiled(self) -> CompiledMap[M]:
        """The same, made ready for many items."""
        known = layout(self.item)
        # A status that the plugin doesn't map is told by the provider's own word.
        finders = {"status": self.finders.get("provider_status"), **self.finders}
        found = {name: find for name in known.converters if (find := finders.get(name)) is not None}
        absent = {name: to(None) for name, to in known.converters.items() if name not in found}
        slots = dict.fromkeys(("uid", *known.names), _SLOT)
        slots |= {name: known.writers[name](value) for name, value in absent.items()}
        pairs = ", ".join(f'"{name}": {text}' for name, text in slots.items())
        return CompiledMap(
            names=tuple(found),
            by_name={name: (find, known.converters[name]) for name, find in found.items()},
            finders=tuple(found.values()),
            converters=tuple(known.converters[name] for name in found),
            writers=tuple(known.writers[name] for name in found),
            urls=tuple(n for n, name in enumerate(found) if known.converters[name] is convert.url),
            absent=absent,
            text=tuple(f"{{{pairs}}}".split(_SLOT)),
        )


_SLOT = "\0"  # no JSON text has it


@frozen
class CompiledMap(Generic[M]):
    """A field map, worked out once.

    Attributes:
        names: The fields that are mapped, in order.
        by_name: What finds each of them, and what makes a value of its type of what was found.
        finders: What finds each of them in the generated model.
        converters: What makes a value of its type of what was found.
        writers: What writes it as JSON.
        urls: Which of them, by number, are URLs, and may be found as a path below the account's base URL.
        absent: The fields that are not mapped, with what they are then.
        text: An item's JSON, cut where its uid, provider, account, id, and each mapped field stand.
    """

    names: tuple[str, ...]
    by_name: Mapping[str, tuple[Callable[[M], object], Callable[[object], object]]]
    finders: tuple[Callable[[M], object], ...]
    converters: tuple[Callable[[object], object], ...]
    writers: tuple[Callable[[object], str], ...]
    urls: tuple[int, ...]
    absent: Mapping[str, object]
    text: tuple[str, ...]


class ItemReader(Generic[I, M]):
    """Makes the items of one response, and finds their fields when they are asked for.

    Args:
        fields: Where the provider's items hold the fields of ours.
        provider: The provider's name.
        account: The account's name.
        collection: The provider's list that they are of, with which their ids then begin; or "".
        locate: Returns the absolute URL of a path below the account's base URL.
    """

    def __init__(
        self,
        fields: FieldMap[I, M],
        *,
        provider: str,
        account: str,
        collection: str = "",
        locate: Callable[[str], str] = str,
    ) -> None:
        self.fields = fields
        self._class, self._new = fields.item, fields.item.__new__
        self._names: Any = fields.id
        self._provider = provider
        self._account = account
        self._collection = collection
        self._locate = locate
        self._model = reader(fields.model)
        self._ready = fields.compiled
        account = encode_basestring(account)
        self._owner = encode_basestring(provider), account
        self._uid = f"{account[:-1]}:"  # the id follows, and the quotation mark
        self._text = _with_places(self._ready.text)
        self._pairs = [*zip(self._ready.finders, self._ready.writers, strict=True)]
        for number in self._ready.urls:
            find, write = self._pairs[number]
            self._pairs[number] = find, _located(write, locate)

    def read(self, row: object, id: str | None = None) -> I:
        """Make an item of a row by its id alone, or by the given one where the row doesn't repeat it.

        Raises:
            ValueError: The row is no object, or has no id.
        """
        if not isinstance(row, dict):
            raise ValueError("not an object")
        names = self._names
        found = row.get(names) if names.__class__ is str else _first(row, names)
        id = found if found.__class__ is str and found else convert.identifier(found or id)
        if self._collection:
            id = f"{self._collection}/{id}"
        item = self._new(self._class)
        kept = item.__dict__  # set one by one, which is faster than an update
        kept["provider"] = self._provider
        kept["account"] = self._account
        kept["id"] = id
        kept["raw"] = row
        kept["_reader"] = self
        return item

    def find(self, item: Item, name: str) -> object:
        """Find one field, and keep it in the item."""
        ready = self._ready
        if name in ready.absent:
            value = ready.absent[name]
        else:
            find, to = ready.by_name[name]
            value = to(self._one(find, self._seen(item)))
        item.__dict__[name] = value
        return value

    def fill(self, item: Item) -> None:
        """Find all fields, and keep them in the item."""
        ready, kept = self._ready, item.__dict__
        made = [to(found) for to, found in zip(ready.converters, self._every(item), strict=True)]
        kept.update(ready.absent)
        kept.update(zip(ready.names, made, strict=True))
        kept.pop("_reader", None)  # nothing is left to find

    def write(self, item: Item) -> str:
        """Write an item as JSON straight from what came, without its fields being kept."""
        id = encode_basestring(item.__dict__["id"])
        written = self._text.copy()
        model = self._seen(item)
        try:
            texts = [write(find(model)) for find, write in self._pairs]
        except SURPRISES:
            texts = [write(self._one(find, model)) for find, write in self._pairs]
        written[1::2] = (self._uid + id[1:], *self._owner, id, *texts)
        return "".join(written)

    def _every(self, item: Item) -> list[object]:
        """Find all mapped fields; one that surprises its function is None."""
        model = self._seen(item)
        try:
            found = [find(model) for find in self._ready.finders]
            return [self._locate(it) if it.__class__ is Below else it for it in found]
        except SURPRISES:
            return [self._one(find, model) for find in self._ready.finders]

    def _one(self, find: Callable[[M], object], model: M) -> object:
        try:
            found = find(model)
            return self._locate(found) if found.__class__ is Below else found
        except SURPRISES:
            return None

    def _seen(self, item: Item) -> M:
        """Return an item's JSON as the generated model, or None if it can't be one."""
        try:
            return cast(M, self._model(item.__dict__["raw"]))
        except SURPRISES:
            return cast(M, None)


def _located(
    write: Callable[[object], str], locate: Callable[[str], str]
) -> Callable[[object], str]:
    """Return a writer of URLs that makes paths below the base URL absolute."""
    return lambda found: write(locate(found) if isinstance(found, Below) else found)


def _with_places(texts: tuple[str, ...]) -> list[str]:
    """Return texts with a place between each and the next, at 1, 3, 5 and so on."""
    return [each for text in texts for each in (text, "")][:-1]


def _first(row: dict[str, Any], names: tuple[str, ...]) -> Any:
    return next((row[name] for name in names if row.get(name) is not None), None)
