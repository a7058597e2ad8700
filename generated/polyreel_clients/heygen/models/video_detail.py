from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="VideoDetail")


@_attrs_define
class VideoDetail:
    """
    Attributes:
        captioned_video_url (str | Unset):
        completed_at (int | Unset):
        created_at (int | Unset):
        duration (float | Unset):
        failure_code (str | Unset):
        failure_message (str | Unset):
        folder_id (str | Unset):
        gif_url (str | Unset):
        id (str | Unset):
        output_language (str | Unset):
        status (str | Unset):
        subtitle_url (str | Unset):
        thumbnail_url (str | Unset):
        title (str | Unset):
        video_page_url (str | Unset):
        video_url (str | Unset):
    """

    captioned_video_url: str | Unset = UNSET
    completed_at: int | Unset = UNSET
    created_at: int | Unset = UNSET
    duration: float | Unset = UNSET
    failure_code: str | Unset = UNSET
    failure_message: str | Unset = UNSET
    folder_id: str | Unset = UNSET
    gif_url: str | Unset = UNSET
    id: str | Unset = UNSET
    output_language: str | Unset = UNSET
    status: str | Unset = UNSET
    subtitle_url: str | Unset = UNSET
    thumbnail_url: str | Unset = UNSET
    title: str | Unset = UNSET
    video_page_url: str | Unset = UNSET
    video_url: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        captioned_video_url = self.captioned_video_url

        completed_at = self.completed_at

        created_at = self.created_at

        duration = self.duration

        failure_code = self.failure_code

        failure_message = self.failure_message

        folder_id = self.folder_id

        gif_url = self.gif_url

        id = self.id

        output_language = self.output_language

        status = self.status

        subtitle_url = self.subtitle_url

        thumbnail_url = self.thumbnail_url

        title = self.title

        video_page_url = self.video_page_url

        video_url = self.video_url

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if captioned_video_url is not UNSET:
            field_dict["captioned_video_url"] = captioned_video_url
        if completed_at is not UNSET:
            field_dict["completed_at"] = completed_at
        if created_at is not UNSET:
            field_dict["created_at"] = created_at
        if duration is not UNSET:
            field_dict["duration"] = duration
        if failure_code is not UNSET:
            field_dict["failure_code"] = failure_code
        if failure_message is not UNSET:
            field_dict["failure_message"] = failure_message
        if folder_id is not UNSET:
            field_dict["folder_id"] = folder_id
        if gif_url is not UNSET:
            field_dict["gif_url"] = gif_url
        if id is not UNSET:
            field_dict["id"] = id
        if output_language is not UNSET:
            field_dict["output_language"] = output_language
        if status is not UNSET:
            field_dict["status"] = status
        if subtitle_url is not UNSET:
            field_dict["subtitle_url"] = subtitle_url
        if thumbnail_url is not UNSET:
            field_dict["thumbnail_url"] = thumbnail_url
        if title is not UNSET:
            field_dict["title"] = title
        if video_page_url is not UNSET:
            field_dict["video_page_url"] = video_page_url
        if video_url is not UNSET:
            field_dict["video_url"] = video_url

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        captioned_video_url = d.pop("captioned_video_url", UNSET)

        completed_at = d.pop("completed_at", UNSET)

        created_at = d.pop("created_at", UNSET)

        duration = d.pop("duration", UNSET)

        failure_code = d.pop("failure_code", UNSET)

        failure_message = d.pop("failure_message", UNSET)

        folder_id = d.pop("folder_id", UNSET)

        gif_url = d.pop("gif_url", UNSET)

        id = d.pop("id", UNSET)

        output_language = d.pop("output_language", UNSET)

        status = d.pop("status", UNSET)

        subtitle_url = d.pop("subtitle_url", UNSET)

        thumbnail_url = d.pop("thumbnail_url", UNSET)

        title = d.pop("title", UNSET)

        video_page_url = d.pop("video_page_url", UNSET)

        video_url = d.pop("video_url", UNSET)

        video_detail = cls(
            captioned_video_url=captioned_video_url,
            completed_at=completed_at,
            created_at=created_at,
            duration=duration,
            failure_code=failure_code,
            failure_message=failure_message,
            folder_id=folder_id,
            gif_url=gif_url,
            id=id,
            output_language=output_language,
            status=status,
            subtitle_url=subtitle_url,
            thumbnail_url=thumbnail_url,
            title=title,
            video_page_url=video_page_url,
            video_url=video_url,
        )

        video_detail.additional_properties = d
        return video_detail

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
