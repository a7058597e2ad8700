from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="Sentiment")


@_attrs_define
class Sentiment:
    """
    Attributes:
        id (str | Unset):
        preview_url (str | Unset):
        sentiment (str | Unset):
        description (str | Unset):
    """

    id: str | Unset = UNSET
    preview_url: str | Unset = UNSET
    sentiment: str | Unset = UNSET
    description: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        preview_url = self.preview_url

        sentiment = self.sentiment

        description = self.description

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if id is not UNSET:
            field_dict["id"] = id
        if preview_url is not UNSET:
            field_dict["preview_url"] = preview_url
        if sentiment is not UNSET:
            field_dict["sentiment"] = sentiment
        if description is not UNSET:
            field_dict["description"] = description

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        id = d.pop("id", UNSET)

        preview_url = d.pop("preview_url", UNSET)

        sentiment = d.pop("sentiment", UNSET)

        description = d.pop("description", UNSET)

        sentiment = cls(
            id=id,
            preview_url=preview_url,
            sentiment=sentiment,
            description=description,
        )

        sentiment.additional_properties = d
        return sentiment

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
