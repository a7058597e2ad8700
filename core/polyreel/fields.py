"""Where a plugin says in which field of a provider's own model each field of an item stands.

Listings are long, and callers look at few fields of each item; what nobody asks for costs nothing.
A :class:`FieldMap` makes an item of a row by its id alone. The other fields are found in the generated
model and converted when they are first asked for: one alone, or all of them in one pass.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from operator import attrgetter
from typing import Any, Generic, Protocol, Self, TypeAlias, TypeVar

import attrs
from attrs import field, frozen

from polyreel import convert
from polyreel.models import Item, Status
from polyreel.models.item import converters

M = TypeVar("M", bound="GeneratedModel")
I = TypeVar("I", bound=Item)  # noqa: E741 - an item

# What a surprise in a provider's JSON raises in a plugin's function; it costs that field alone.
_SURPRISES = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


class GeneratedModel(Protocol):
    """A model of a generated client."""

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Make the model of the JSON object that came."""


# A field's name, what finds it in the generated model, and what makes its type of that.
Step: TypeAlias = tuple[str, Callable[[M], object], Callable[[object], object]]


@frozen
class FieldMap(Generic[I, M]):
    """Where a provider's item holds the fields of ours.

    Args:
        item: What is made: ``Video`` or ``Replica``.
        model: The generated model of the provider's item.
        id: The name of its id in the JSON that comes.
        fields: Field by field, how to find it in the generated model; the type doesn't matter, and
            where nothing is to be found, the field is None.

    Raises:
        TypeError: Items have no such field.

    Example::

        FieldMap(Video, AcmeVideo, id="video_id", fields={"title": lambda it: it.name})
    """

    item: type[I]
    model: type[M]
    id: str
    fields: Mapping[str, Callable[[M], object]]
    _steps: tuple[Step[M], ...] = field(init=False, repr=False, eq=False)
    _absent: Mapping[str, None] = field(init=False, repr=False, eq=False)

    @_steps.default
    def _in_order(self) -> tuple[Step[M], ...]:
        known = converters(self.item)
        if unknown := self.fields.keys() - known.keys():
            raise TypeError(f"{self.item.__name__} has no field {', '.join(sorted(unknown))}")
        return tuple((name, find, known[name]) for name, find in self.fields.items())

    @_absent.default
    def _not_mapped(self) -> Mapping[str, None]:
        return dict.fromkeys(converters(self.item).keys() - {*self.fields, "status"})

    def read(self, row: object, *, provider: str, account: str, collection: str = "") -> I:
        """Make an item of a row, whose other fields are found when they are asked for.

        Args:
            row: The JSON object that came.
            provider: The provider's name.
            account: The account's name.
            collection: The provider's list that it is of, with which its id then begins; or "".

        Raises:
            ValueError: The row is no object, or has no id.
        """
        if not isinstance(row, dict):
            raise ValueError("not an object")
        item = self.item.__new__(self.item)
        kept = item.__dict__
        id = convert.identifier(row.get(self.id))
        kept["provider"] = provider
        kept["account"] = account
        kept["id"] = f"{collection}/{id}" if collection else id
        kept["raw"] = row
        kept["_reader"] = self
        return item

    def find(self, item: Item, name: str) -> object:
        """Find one field, and keep it in the item."""
        sent: object = None
        if name in self.fields:
            try:
                sent = self.fields[name](reader(self.model)(item.__dict__["raw"]))
            except _SURPRISES:
                sent = None
        elif name == "status":
            sent = item.provider_status
        value = item.__dict__[name] = converters(self.item)[name](sent)
        return value

    def fill(self, item: Item) -> None:
        """Find all fields, and keep them in the item."""
        kept = item.__dict__
        found: dict[str, object] = {**self._absent}
        model: Any = None
        with suppress(*_SURPRISES):  # without a model, not one field is found
            model = reader(self.model)(kept["raw"])
        for name, find, to in self._steps:
            try:
                sent = find(model)
            except _SURPRISES:
                sent = None
            found[name] = to(sent)
        if "status" not in found:
            found["status"] = Status.of(found["provider_status"])
        kept.update(found)
        # Nothing is left to find; another thread that is about to ask sees the values first.
        del kept["_reader"]


@cache
def reader(model: type[M]) -> Callable[[dict[str, Any]], M]:
    """Return what makes a generated model of a JSON object: a view of the object, or ``from_dict``.

    ``from_dict`` copies the object and sets each attribute, whether or not anybody looks at it. A view
    is an instance of a subclass of the model whose ``__dict__`` is the JSON object itself, so that an
    attribute is looked up where it stands. Which attribute stands for which key, and what becomes of its
    value, is learned from the model's own ``to_dict`` and ``from_dict``.
    """
    try:
        view = _view(model)
    except _SURPRISES:  # attributes that must be there, or no attrs class at all
        return model.from_dict

    def read(row: dict[str, Any]) -> M:
        made = view.__new__(view)
        made.__dict__ = row
        return made  # type: ignore[no-any-return]

    return read


# One value of each JSON type. An attribute that hands on all of them as they are needs no from_dict.
_DICTS: tuple[Any, ...] = ({}, {"key": 1})
_PROBES: tuple[Any, ...] = (None, True, 7, 0.5, "text", [], ["text"], [{}], *_DICTS)


class _Mark:
    """A value that is found again in what ``to_dict`` gives."""

    def to_dict(self) -> Self:
        return self


def _view(model: Any) -> Any:
    """Make the subclass of a generated model whose attributes are looked up in ``__dict__``."""
    marks = {each.alias: (each.name, _Mark()) for each in attrs.fields(model) if each.init}
    sent = model(**{alias: mark for alias, (_, mark) in marks.items()}).to_dict()
    keys = {id(mark): key for key, mark in sent.items()}
    blank = model.from_dict({})
    body: dict[str, Any] = {}
    for name, mark in marks.values():
        body[name] = _attribute(model, name, keys[id(mark)], getattr(blank, name))
    known = frozenset(sent)
    body["additional_properties"] = property(
        lambda self: {key: each for key, each in self.__dict__.items() if key not in known}
    )
    return type(model.__name__, (model,), body)


def _attribute(model: Any, name: str, key: str, default: object) -> object:
    """Return what a view's class holds for one attribute."""
    read = attrgetter(name)
    outcomes = [(probe, read(model.from_dict({key: probe}))) for probe in _PROBES]
    changed = [(probe, made) for probe, made in outcomes if made is not probe]
    if not changed:
        # A class attribute is what Python finds when the object has no such key.
        return default if name == key else property(lambda self: self.__dict__.get(key, default))
    kinds = {type(made) for probe, made in changed if isinstance(probe, dict)}
    nested: Any = type(changed[0][1])
    if len(changed) == len(_DICTS) and kinds == {nested} and _is_one_model(model, name, nested):

        def look(self: Any) -> object:
            value = self.__dict__.get(key, default)
            return reader(nested)(value) if value.__class__ is dict else value

        return property(look)

    def look_by_model(self: Any) -> object:
        there = self.__dict__
        return read(model.from_dict({key: there[key]})) if key in there else default

    return property(look_by_model)


def _is_one_model(model: Any, name: str, nested: Any) -> bool:
    """Tell whether an object under an attribute of a model is always made this nested model."""
    annotation = str(attrs.fields_dict(model)[name].type)
    return {each.strip() for each in annotation.split("|")} - {"None", "Unset"} == {nested.__name__}
