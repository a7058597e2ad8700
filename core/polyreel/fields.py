"""Fields of items, and how a plugin says where a provider's own model holds each.

Listings are long, and callers look at few fields of each item; what nobody asks for costs nothing.
A :class:`FieldMap` makes an item of a row by its id alone; each other field is found in the generated
model, converted and kept when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Generic, Never, Protocol, Self, TypeVar, overload

from attrs import frozen

from polyreel import convert

if TYPE_CHECKING:
    from polyreel.models import Item
    from polyreel.request import Response

V_co = TypeVar("V_co", covariant=True)
M = TypeVar("M", bound="GeneratedModel")
I = TypeVar("I", bound="Item")  # noqa: E741 - an item


class GeneratedModel(Protocol):
    """A model of a generated client."""

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Make the model of the JSON object that came."""


class Field(Generic[V_co]):
    """A field of an item, converted when it is first asked for, then kept.

    Args:
        convert: What makes the field's type of whatever the provider sent; never raises.
        derive: Where its value comes from when the plugin doesn't map it.
    """

    def __init__(
        self, convert: Callable[[Any], V_co], derive: Callable[[Any], object] | None = None
    ) -> None:
        self.convert = convert
        self._derive = derive
        self._name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, item: None, owner: type) -> Self: ...
    @overload
    def __get__(self, item: object, owner: type) -> V_co: ...
    def __get__(self, item: object | None, owner: type) -> Self | V_co:
        if item is None:
            return self
        # A value that is kept in the item's __dict__ is found there before this is asked again.
        kept = item.__dict__
        finders: FieldMap[Any, Any] | None = kept.get("_map")
        if finders is not None and self._name in finders.fields:
            sent = finders.find(self._name, kept)
        else:
            sent = self._derive(item) if self._derive else None
        value = kept[self._name] = self.convert(sent)
        return value

    if TYPE_CHECKING:

        def __set__(self, item: object, value: Never) -> None:
            """Let type checkers know that items are frozen; at run time the item itself refuses."""


_DECLARED: dict[type, tuple[str, ...]] = {}


def declared(item: type) -> tuple[str, ...]:
    """Give the names of the fields that an item class and its bases declare, in that order."""
    if item not in _DECLARED:
        _DECLARED[item] = tuple(
            name
            for base in reversed(item.__mro__)
            for name, value in vars(base).items()
            if isinstance(value, Field)
        )
    return _DECLARED[item]


@frozen
class FieldMap(Generic[I, M]):
    """Where a provider's item holds the fields of ours.

    Args:
        item: What is made: ``Video`` or ``Replica``.
        model: The generated model of the provider's item.
        id: The name of its id in the JSON that comes.
        fields: Field by field, how to find it in the generated model; the type doesn't matter, and
            where nothing is to be found, the field is None.

    Example::

        FieldMap(Video, AcmeVideo, id="video_id", fields={"title": lambda it: it.name})
    """

    item: type[I]
    model: type[M]
    id: str
    fields: Mapping[str, Callable[[M], object]]

    def __attrs_post_init__(self) -> None:
        if unknown := self.fields.keys() - set(declared(self.item)):
            raise TypeError(f"{self.item.__name__} has no field {', '.join(sorted(unknown))}")

    def read(self, response: Response, row: Any) -> I:
        """Make an item of a row.

        Raises:
            ValueError: The row is no object, or has no id.
        """
        if not isinstance(row, dict):
            raise ValueError("not an object")
        item = self.item.__new__(self.item)
        kept = item.__dict__
        kept["provider"] = response.provider
        kept["account"] = response.account
        kept["id"] = convert.identifier(row.get(self.id))
        kept["raw"] = row
        kept["_map"] = self
        return item

    def find(self, name: str, kept: dict[str, Any]) -> object:
        """Find one field in an item's generated model, which is made when it is first needed."""
        try:
            model = kept.get("_model")
            if model is None:
                model = kept["_model"] = self.model.from_dict(kept["raw"])
            return self.fields[name](model)
        except (AttributeError, LookupError, TypeError, ValueError):
            return None  # a provider's surprise costs this field alone
