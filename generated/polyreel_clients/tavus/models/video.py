from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.video_data import VideoData


T = TypeVar("T", bound="Video")


@_attrs_define
class Video:
    """
    Attributes:
        video_id (str | Unset):
        video_name (str | Unset):
        status (str | Unset):
        data (None | Unset | VideoData):
        download_url (str | Unset):
        hosted_url (str | Unset):
        stream_url (str | Unset):
        status_details (str | Unset):
        background_url (str | Unset):
        background_source_url (str | Unset):
        still_image_thumbnail_url (str | Unset):
        gif_thumbnail_url (str | Unset):
        error_details (str | Unset):
        replica_id (str | Unset):
        generation_progress (str | Unset):
        created_at (str | Unset):
        updated_at (str | Unset):
    """

    video_id: str | Unset = UNSET
    video_name: str | Unset = UNSET
    status: str | Unset = UNSET
    data: None | Unset | VideoData = UNSET
    download_url: str | Unset = UNSET
    hosted_url: str | Unset = UNSET
    stream_url: str | Unset = UNSET
    status_details: str | Unset = UNSET
    background_url: str | Unset = UNSET
    background_source_url: str | Unset = UNSET
    still_image_thumbnail_url: str | Unset = UNSET
    gif_thumbnail_url: str | Unset = UNSET
    error_details: str | Unset = UNSET
    replica_id: str | Unset = UNSET
    generation_progress: str | Unset = UNSET
    created_at: str | Unset = UNSET
    updated_at: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.video_data import VideoData

        video_id = self.video_id

        video_name = self.video_name

        status = self.status

        data: dict[str, Any] | None | Unset
        if isinstance(self.data, Unset):
            data = UNSET
        elif isinstance(self.data, VideoData):
            data = self.data.to_dict()
        else:
            data = self.data

        download_url = self.download_url

        hosted_url = self.hosted_url

        stream_url = self.stream_url

        status_details = self.status_details

        background_url = self.background_url

        background_source_url = self.background_source_url

        still_image_thumbnail_url = self.still_image_thumbnail_url

        gif_thumbnail_url = self.gif_thumbnail_url

        error_details = self.error_details

        replica_id = self.replica_id

        generation_progress = self.generation_progress

        created_at = self.created_at

        updated_at = self.updated_at

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if video_id is not UNSET:
            field_dict["video_id"] = video_id
        if video_name is not UNSET:
            field_dict["video_name"] = video_name
        if status is not UNSET:
            field_dict["status"] = status
        if data is not UNSET:
            field_dict["data"] = data
        if download_url is not UNSET:
            field_dict["download_url"] = download_url
        if hosted_url is not UNSET:
            field_dict["hosted_url"] = hosted_url
        if stream_url is not UNSET:
            field_dict["stream_url"] = stream_url
        if status_details is not UNSET:
            field_dict["status_details"] = status_details
        if background_url is not UNSET:
            field_dict["background_url"] = background_url
        if background_source_url is not UNSET:
            field_dict["background_source_url"] = background_source_url
        if still_image_thumbnail_url is not UNSET:
            field_dict["still_image_thumbnail_url"] = still_image_thumbnail_url
        if gif_thumbnail_url is not UNSET:
            field_dict["gif_thumbnail_url"] = gif_thumbnail_url
        if error_details is not UNSET:
            field_dict["error_details"] = error_details
        if replica_id is not UNSET:
            field_dict["replica_id"] = replica_id
        if generation_progress is not UNSET:
            field_dict["generation_progress"] = generation_progress
        if created_at is not UNSET:
            field_dict["created_at"] = created_at
        if updated_at is not UNSET:
            field_dict["updated_at"] = updated_at

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.video_data import VideoData

        d = dict(src_dict)
        video_id = d.pop("video_id", UNSET)

        video_name = d.pop("video_name", UNSET)

        status = d.pop("status", UNSET)

        def _parse_data(data: object) -> None | Unset | VideoData:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                data_type_0 = VideoData.from_dict(data)

                return data_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | VideoData, data)

        data = _parse_data(d.pop("data", UNSET))

        download_url = d.pop("download_url", UNSET)

        hosted_url = d.pop("hosted_url", UNSET)

        stream_url = d.pop("stream_url", UNSET)

        status_details = d.pop("status_details", UNSET)

        background_url = d.pop("background_url", UNSET)

        background_source_url = d.pop("background_source_url", UNSET)

        still_image_thumbnail_url = d.pop("still_image_thumbnail_url", UNSET)

        gif_thumbnail_url = d.pop("gif_thumbnail_url", UNSET)

        error_details = d.pop("error_details", UNSET)

        replica_id = d.pop("replica_id", UNSET)

        generation_progress = d.pop("generation_progress", UNSET)

        created_at = d.pop("created_at", UNSET)

        updated_at = d.pop("updated_at", UNSET)

        video = cls(
            video_id=video_id,
            video_name=video_name,
            status=status,
            data=data,
            download_url=download_url,
            hosted_url=hosted_url,
            stream_url=stream_url,
            status_details=status_details,
            background_url=background_url,
            background_source_url=background_source_url,
            still_image_thumbnail_url=still_image_thumbnail_url,
            gif_thumbnail_url=gif_thumbnail_url,
            error_details=error_details,
            replica_id=replica_id,
            generation_progress=generation_progress,
            created_at=created_at,
            updated_at=updated_at,
        )

        video.additional_properties = d
        return video

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
