from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.creation_video import CreationVideo


T = TypeVar("T", bound="Creation")


@_attrs_define
class Creation:
    """
    Attributes:
        id (str | Unset):
        url (str | Unset):
        cover_url (str | Unset):
        watermarked_url (str | Unset):
        video (CreationVideo | None | Unset):
    """

    id: str | Unset = UNSET
    url: str | Unset = UNSET
    cover_url: str | Unset = UNSET
    watermarked_url: str | Unset = UNSET
    video: CreationVideo | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.creation_video import CreationVideo

        id = self.id

        url = self.url

        cover_url = self.cover_url

        watermarked_url = self.watermarked_url

        video: dict[str, Any] | None | Unset
        if isinstance(self.video, Unset):
            video = UNSET
        elif isinstance(self.video, CreationVideo):
            video = self.video.to_dict()
        else:
            video = self.video

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if id is not UNSET:
            field_dict["id"] = id
        if url is not UNSET:
            field_dict["url"] = url
        if cover_url is not UNSET:
            field_dict["cover_url"] = cover_url
        if watermarked_url is not UNSET:
            field_dict["watermarked_url"] = watermarked_url
        if video is not UNSET:
            field_dict["video"] = video

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.creation_video import CreationVideo

        d = dict(src_dict)
        id = d.pop("id", UNSET)

        url = d.pop("url", UNSET)

        cover_url = d.pop("cover_url", UNSET)

        watermarked_url = d.pop("watermarked_url", UNSET)

        def _parse_video(data: object) -> CreationVideo | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                video_type_0 = CreationVideo.from_dict(data)

                return video_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(CreationVideo | None | Unset, data)

        video = _parse_video(d.pop("video", UNSET))

        creation = cls(
            id=id,
            url=url,
            cover_url=cover_url,
            watermarked_url=watermarked_url,
            video=video,
        )

        creation.additional_properties = d
        return creation

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
