from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="ParentSoundtrackRegion")


@_attrs_define
class ParentSoundtrackRegion:
    """
    Attributes:
        soundtrack (str | Unset):
        slide_range (str | Unset):
        fade_in_seconds (float | Unset):
        fade_out_seconds (float | Unset):
    """

    soundtrack: str | Unset = UNSET
    slide_range: str | Unset = UNSET
    fade_in_seconds: float | Unset = UNSET
    fade_out_seconds: float | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        soundtrack = self.soundtrack

        slide_range = self.slide_range

        fade_in_seconds = self.fade_in_seconds

        fade_out_seconds = self.fade_out_seconds

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if soundtrack is not UNSET:
            field_dict["soundtrack"] = soundtrack
        if slide_range is not UNSET:
            field_dict["slideRange"] = slide_range
        if fade_in_seconds is not UNSET:
            field_dict["fadeInSeconds"] = fade_in_seconds
        if fade_out_seconds is not UNSET:
            field_dict["fadeOutSeconds"] = fade_out_seconds

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        soundtrack = d.pop("soundtrack", UNSET)

        slide_range = d.pop("slideRange", UNSET)

        fade_in_seconds = d.pop("fadeInSeconds", UNSET)

        fade_out_seconds = d.pop("fadeOutSeconds", UNSET)

        parent_soundtrack_region = cls(
            soundtrack=soundtrack,
            slide_range=slide_range,
            fade_in_seconds=fade_in_seconds,
            fade_out_seconds=fade_out_seconds,
        )

        parent_soundtrack_region.additional_properties = d
        return parent_soundtrack_region

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
