from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="VideoAssetCaptionTypesResponse")


@_attrs_define
class VideoAssetCaptionTypesResponse:
    """
    Attributes:
        srt (str | Unset):
        vtt (str | Unset):
    """

    srt: str | Unset = UNSET
    vtt: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        srt = self.srt

        vtt = self.vtt

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if srt is not UNSET:
            field_dict["srt"] = srt
        if vtt is not UNSET:
            field_dict["vtt"] = vtt

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        srt = d.pop("srt", UNSET)

        vtt = d.pop("vtt", UNSET)

        video_asset_caption_types_response = cls(
            srt=srt,
            vtt=vtt,
        )

        video_asset_caption_types_response.additional_properties = d
        return video_asset_caption_types_response

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
