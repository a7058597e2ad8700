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
from typing import Any, Generic, TypeAlias, TypeVar
from urllib.parse import quote

import attrs
from attrs import frozen

from polyreel import convert
from polyreel.models import Item
from polyreel.models.layout import layout
from polyreel.views import SURPRISES, M, reader

I = TypeVar("I", bound=Item)  # noqa: E741 - an item
V = TypeVar("V")

_PLAIN = re.compile(r"[A-Za-z0-9_.~-]+").fullmatch


class Below(str):
    """A path below the account's base URL, where a field should hold the absolute URL of it."""

    __slots__ = ()


def below(path: str, *parts: object) -> Below:
    """Return a path below the account's base URL, in which each ``{}`` stands for a part, escaped.

    A field that is found to be one becomes an absolute URL, with the query that the account is configured
    to send (such as Azure's ``api-version``) but for what is secret in it.

    Example::

        "download_url": lambda it: below("/videos/{}/content", it.id)
    """
    return Below(path.format(*[_escape(str(part)) for part in parts]))


def _escape(part: str) -> str:
    return part if _PLAIN(part) else quote(part, safe="")


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
        written = {name: known.writers[name](value) for name, value in absent.items()}
        pairs = [f'"{name}": {written.get(name, "%s")}' for name in ("uid", *known.names)]
        return CompiledMap(
            names=tuple(found),
            values=tuple((find, known.converters[name]) for name, find in found.items()),
            texts=tuple((find, known.writers[name]) for name, find in found.items()),
            absent=absent,
            template=f"{{{', '.join(pairs)}}}",
        )


# What finds a field in the generated model, and what makes something of what was found.
Step: TypeAlias = tuple[Callable[[M], object], Callable[[object], V]]


@frozen
class CompiledMap(Generic[M]):
    """A field map, worked out once.

    Attributes:
        names: The fields that are mapped, in order.
        values: How each of them becomes a value of its type.
        texts: How each of them becomes JSON.
        absent: The fields that are not mapped, with what they are then.
        template: An item's JSON, with ``%s`` for its uid, provider, account, id, and each mapped field.
    """

    names: tuple[str, ...]
    values: tuple[Step[M, object], ...]
    texts: tuple[Step[M, str], ...]
    absent: Mapping[str, object]
    template: str


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
            at = ready.names.index(name)
            (value,) = self._made(item, ready.values[at : at + 1])
        item.__dict__[name] = value
        return value

    def fill(self, item: Item) -> None:
        """Find all fields, and keep them in the item."""
        ready, kept = self._ready, item.__dict__
        made = self._made(item, ready.values)
        kept.update(ready.absent)
        kept.update(zip(ready.names, made, strict=True))
        kept.pop("_reader", None)  # nothing is left to find

    def write(self, item: Item) -> str:
        """Write an item as JSON straight from what came, without its fields being kept."""
        kept = item.__dict__
        account, id = kept["account"], kept["id"]
        return self._ready.template % (
            encode_basestring(f"{account}:{id}"),
            encode_basestring(kept["provider"]),
            encode_basestring(account),
            encode_basestring(id),
            *self._made(item, self._ready.texts),
        )

    def _made(self, item: Item, steps: tuple[Step[M, V], ...]) -> list[V]:
        made: list[V] = []
        model: Any
        try:
            model = self._model(item.__dict__["raw"])
        except SURPRISES:
            model = None  # not one field is found then
        for find, make in steps:
            try:
                sent = find(model)
                if sent.__class__ is Below:
                    sent = self._locate(sent)
            except SURPRISES:
                sent = None
            made.append(make(sent))
        return made


def _first(row: dict[str, Any], names: tuple[str, ...]) -> Any:
    return next((row[name] for name in names if row.get(name) is not None), None)
