"""Where a plugin says in which field of a provider's own model each field of an item stands.

Listings are long, and callers look at few fields of each item; what nobody asks for costs nothing.
A :class:`FieldMap` makes an item of a row by its id alone; each other field is found in the generated
model, converted and kept when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Generic, Protocol, Self, TypeVar

from attrs import frozen

from polyreel import convert
from polyreel.models import Item, converters

M = TypeVar("M", bound="GeneratedModel")
I = TypeVar("I", bound=Item)  # noqa: E741 - an item


class GeneratedModel(Protocol):
    """A model of a generated client."""

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Make the model of the JSON object that came."""


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

    def __attrs_post_init__(self) -> None:
        if unknown := self.fields.keys() - converters(self.item).keys():
            raise TypeError(f"{self.item.__name__} has no field {', '.join(sorted(unknown))}")

    def read(self, row: object, *, provider: str, account: str, collection: str = "") -> I:
        """Make an item of a row, whose other fields are read when they are asked for.

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
        kept["_field_reader"] = self
        return item

    def find(self, item: Item, name: str) -> object:
        """Find one field in an item's generated model, which is made when it is first needed."""
        kept = item.__dict__
        sent: object = None
        if name in self.fields:
            try:
                model = kept.get("_model")
                if model is None:
                    model = kept["_model"] = self.model.from_dict(kept["raw"])
                sent = self.fields[name](model)
            except (AttributeError, LookupError, TypeError, ValueError):
                sent = None  # a provider's surprise costs this field alone
        elif name == "status":
            sent = item.provider_status
        value = kept[name] = converters(self.item)[name](sent)
        return value

    def fill(self, item: Item) -> None:
        """Find all fields that are not known yet, and keep them in the item."""
        for name in converters(self.item):
            if name not in item.__dict__:
                self.find(item, name)
