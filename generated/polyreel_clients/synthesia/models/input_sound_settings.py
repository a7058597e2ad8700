from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="InputSoundSettings")


@_attrs_define
class InputSoundSettings:
    """
    Attributes:
        soundtrack_volume (float | Unset):
    """

    soundtrack_volume: float | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        soundtrack_volume = self.soundtrack_volume

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if soundtrack_volume is not UNSET:
            field_dict["soundtrackVolume"] = soundtrack_volume

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        soundtrack_volume = d.pop("soundtrackVolume", UNSET)

        input_sound_settings = cls(
            soundtrack_volume=soundtrack_volume,
        )

        input_sound_settings.additional_properties = d
        return input_sound_settings

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
