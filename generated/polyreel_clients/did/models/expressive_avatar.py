from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.sentiment import Sentiment


T = TypeVar("T", bound="ExpressiveAvatar")


@_attrs_define
class ExpressiveAvatar:
    """
    Attributes:
        id (str | Unset):
        owner_id (str | Unset):
        name (str | Unset):
        is_greenscreen (bool | Unset):
        thumbnail_url (str | Unset):
        gender (str | Unset):
        sentiments (list[None | Sentiment] | None | Unset):
    """

    id: str | Unset = UNSET
    owner_id: str | Unset = UNSET
    name: str | Unset = UNSET
    is_greenscreen: bool | Unset = UNSET
    thumbnail_url: str | Unset = UNSET
    gender: str | Unset = UNSET
    sentiments: list[None | Sentiment] | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.sentiment import Sentiment

        id = self.id

        owner_id = self.owner_id

        name = self.name

        is_greenscreen = self.is_greenscreen

        thumbnail_url = self.thumbnail_url

        gender = self.gender

        sentiments: list[dict[str, Any] | None] | None | Unset
        if isinstance(self.sentiments, Unset):
            sentiments = UNSET
        elif isinstance(self.sentiments, list):
            sentiments = []
            for sentiments_type_0_item_data in self.sentiments:
                sentiments_type_0_item: dict[str, Any] | None
                if isinstance(sentiments_type_0_item_data, Sentiment):
                    sentiments_type_0_item = sentiments_type_0_item_data.to_dict()
                else:
                    sentiments_type_0_item = sentiments_type_0_item_data
                sentiments.append(sentiments_type_0_item)

        else:
            sentiments = self.sentiments

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if id is not UNSET:
            field_dict["id"] = id
        if owner_id is not UNSET:
            field_dict["owner_id"] = owner_id
        if name is not UNSET:
            field_dict["name"] = name
        if is_greenscreen is not UNSET:
            field_dict["is_greenscreen"] = is_greenscreen
        if thumbnail_url is not UNSET:
            field_dict["thumbnail_url"] = thumbnail_url
        if gender is not UNSET:
            field_dict["gender"] = gender
        if sentiments is not UNSET:
            field_dict["sentiments"] = sentiments

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.sentiment import Sentiment

        d = dict(src_dict)
        id = d.pop("id", UNSET)

        owner_id = d.pop("owner_id", UNSET)

        name = d.pop("name", UNSET)

        is_greenscreen = d.pop("is_greenscreen", UNSET)

        thumbnail_url = d.pop("thumbnail_url", UNSET)

        gender = d.pop("gender", UNSET)

        def _parse_sentiments(data: object) -> list[None | Sentiment] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                sentiments_type_0 = []
                _sentiments_type_0 = data
                for sentiments_type_0_item_data in _sentiments_type_0:

                    def _parse_sentiments_type_0_item(data: object) -> None | Sentiment:
                        if data is None:
                            return data
                        try:
                            if not isinstance(data, dict):
                                raise TypeError()
                            sentiments_type_0_item_type_0 = Sentiment.from_dict(data)

                            return sentiments_type_0_item_type_0
                        except (TypeError, ValueError, AttributeError, KeyError):
                            pass
                        return cast(None | Sentiment, data)

                    sentiments_type_0_item = _parse_sentiments_type_0_item(
                        sentiments_type_0_item_data
                    )

                    sentiments_type_0.append(sentiments_type_0_item)

                return sentiments_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[None | Sentiment] | None | Unset, data)

        sentiments = _parse_sentiments(d.pop("sentiments", UNSET))

        expressive_avatar = cls(
            id=id,
            owner_id=owner_id,
            name=name,
            is_greenscreen=is_greenscreen,
            thumbnail_url=thumbnail_url,
            gender=gender,
            sentiments=sentiments,
        )

        expressive_avatar.additional_properties = d
        return expressive_avatar

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
