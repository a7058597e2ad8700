from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.talk import Talk


T = TypeVar("T", bound="TalkList")


@_attrs_define
class TalkList:
    """
    Attributes:
        talks (list[None | Talk] | None | Unset):
        token (str | Unset):
    """

    talks: list[None | Talk] | None | Unset = UNSET
    token: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.talk import Talk

        talks: list[dict[str, Any] | None] | None | Unset
        if isinstance(self.talks, Unset):
            talks = UNSET
        elif isinstance(self.talks, list):
            talks = []
            for talks_type_0_item_data in self.talks:
                talks_type_0_item: dict[str, Any] | None
                if isinstance(talks_type_0_item_data, Talk):
                    talks_type_0_item = talks_type_0_item_data.to_dict()
                else:
                    talks_type_0_item = talks_type_0_item_data
                talks.append(talks_type_0_item)

        else:
            talks = self.talks

        token = self.token

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if talks is not UNSET:
            field_dict["talks"] = talks
        if token is not UNSET:
            field_dict["token"] = token

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.talk import Talk

        d = dict(src_dict)

        def _parse_talks(data: object) -> list[None | Talk] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                talks_type_0 = []
                _talks_type_0 = data
                for talks_type_0_item_data in _talks_type_0:

                    def _parse_talks_type_0_item(data: object) -> None | Talk:
                        if data is None:
                            return data
                        try:
                            if not isinstance(data, dict):
                                raise TypeError()
                            talks_type_0_item_type_0 = Talk.from_dict(data)

                            return talks_type_0_item_type_0
                        except (TypeError, ValueError, AttributeError, KeyError):
                            pass
                        return cast(None | Talk, data)

                    talks_type_0_item = _parse_talks_type_0_item(talks_type_0_item_data)

                    talks_type_0.append(talks_type_0_item)

                return talks_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[None | Talk] | None | Unset, data)

        talks = _parse_talks(d.pop("talks", UNSET))

        token = d.pop("token", UNSET)

        talk_list = cls(
            talks=talks,
            token=token,
        )

        talk_list.additional_properties = d
        return talk_list

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
