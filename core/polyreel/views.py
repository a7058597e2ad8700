"""Generated models as views of the JSON objects that came, without a copy of anything."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from operator import attrgetter
from typing import Any, Protocol, Self, TypeVar

import attrs

M = TypeVar("M", bound="GeneratedModel")

SURPRISES = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What a surprise in a provider's JSON raises in a plugin's function; it costs that field alone."""


class GeneratedModel(Protocol):
    """A model of a generated client."""

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Make the model of the JSON object that came."""


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
    except SURPRISES:  # attributes that must be there, or no attrs class at all
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
    if "__dict__" in dir(model):
        raise TypeError("attributes would be set in the JSON object")
    marks = {each.alias: (each.name, _Mark()) for each in attrs.fields(model) if each.init}
    sent = model(**{alias: mark for alias, (_, mark) in marks.items()}).to_dict()
    keys = {id(mark): key for key, mark in sent.items()}
    blank = model.from_dict({})
    body: dict[str, Any] = {}
    for name, mark in marks.values():
        body[name] = _attribute(model, name, keys[id(mark)], getattr(blank, name))
    known = frozenset(sent)

    def find_others(self: Any, name: str) -> object:
        # The model has a place for these, which is empty until somebody asks.
        if name != "additional_properties":
            raise AttributeError(name=name, obj=self)
        others = {key: value for key, value in self.__dict__.items() if key not in known}
        self.additional_properties = others
        return others

    if hasattr(model, "additional_properties"):
        body["__getattr__"] = find_others
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
