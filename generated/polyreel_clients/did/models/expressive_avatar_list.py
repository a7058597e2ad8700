from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.expressive_avatar import ExpressiveAvatar


T = TypeVar("T", bound="ExpressiveAvatarList")


@_attrs_define
class ExpressiveAvatarList:
    """
    Attributes:
        avatars (list[ExpressiveAvatar | None] | None | Unset):
    """

    avatars: list[ExpressiveAvatar | None] | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.expressive_avatar import ExpressiveAvatar

        avatars: list[dict[str, Any] | None] | None | Unset
        if isinstance(self.avatars, Unset):
            avatars = UNSET
        elif isinstance(self.avatars, list):
            avatars = []
            for avatars_type_0_item_data in self.avatars:
                avatars_type_0_item: dict[str, Any] | None
                if isinstance(avatars_type_0_item_data, ExpressiveAvatar):
                    avatars_type_0_item = avatars_type_0_item_data.to_dict()
                else:
                    avatars_type_0_item = avatars_type_0_item_data
                avatars.append(avatars_type_0_item)

        else:
            avatars = self.avatars

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if avatars is not UNSET:
            field_dict["avatars"] = avatars

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.expressive_avatar import ExpressiveAvatar

        d = dict(src_dict)

        def _parse_avatars(
            data: object,
        ) -> list[ExpressiveAvatar | None] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                avatars_type_0 = []
                _avatars_type_0 = data
                for avatars_type_0_item_data in _avatars_type_0:

                    def _parse_avatars_type_0_item(
                        data: object,
                    ) -> ExpressiveAvatar | None:
                        if data is None:
                            return data
                        try:
                            if not isinstance(data, dict):
                                raise TypeError()
                            avatars_type_0_item_type_0 = ExpressiveAvatar.from_dict(
                                data
                            )

                            return avatars_type_0_item_type_0
                        except (TypeError, ValueError, AttributeError, KeyError):
                            pass
                        return cast(ExpressiveAvatar | None, data)

                    avatars_type_0_item = _parse_avatars_type_0_item(
                        avatars_type_0_item_data
                    )

                    avatars_type_0.append(avatars_type_0_item)

                return avatars_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[ExpressiveAvatar | None] | None | Unset, data)

        avatars = _parse_avatars(d.pop("avatars", UNSET))

        expressive_avatar_list = cls(
            avatars=avatars,
        )

        expressive_avatar_list.additional_properties = d
        return expressive_avatar_list

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
