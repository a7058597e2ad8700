from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="Assets")


@_attrs_define
class Assets:
    """
    Attributes:
        video (str | Unset):
        image (str | Unset):
        progress_video (str | Unset):
    """

    video: str | Unset = UNSET
    image: str | Unset = UNSET
    progress_video: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        video = self.video

        image = self.image

        progress_video = self.progress_video

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if video is not UNSET:
            field_dict["video"] = video
        if image is not UNSET:
            field_dict["image"] = image
        if progress_video is not UNSET:
            field_dict["progress_video"] = progress_video

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        video = d.pop("video", UNSET)

        image = d.pop("image", UNSET)

        progress_video = d.pop("progress_video", UNSET)

        assets = cls(
            video=video,
            image=image,
            progress_video=progress_video,
        )

        assets.additional_properties = d
        return assets

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
