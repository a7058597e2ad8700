from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.video_create_error import VideoCreateError


T = TypeVar("T", bound="Video")


@_attrs_define
class Video:
    """
    Attributes:
        id (str | Unset):
        completed_at (int | Unset):
        created_at (int | Unset):
        error (None | Unset | VideoCreateError):
        expires_at (int | Unset):
        model (str | Unset):
        object_ (str | Unset):
        progress (int | Unset):
        prompt (str | Unset):
        remixed_from_video_id (str | Unset):
        seconds (str | Unset):
        size (str | Unset):
        status (str | Unset):
        url (str | Unset):
        metadata (Any | Unset):
        width (int | Unset):
        height (int | Unset):
        failure_reason (str | Unset):
    """

    id: str | Unset = UNSET
    completed_at: int | Unset = UNSET
    created_at: int | Unset = UNSET
    error: None | Unset | VideoCreateError = UNSET
    expires_at: int | Unset = UNSET
    model: str | Unset = UNSET
    object_: str | Unset = UNSET
    progress: int | Unset = UNSET
    prompt: str | Unset = UNSET
    remixed_from_video_id: str | Unset = UNSET
    seconds: str | Unset = UNSET
    size: str | Unset = UNSET
    status: str | Unset = UNSET
    url: str | Unset = UNSET
    metadata: Any | Unset = UNSET
    width: int | Unset = UNSET
    height: int | Unset = UNSET
    failure_reason: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.video_create_error import VideoCreateError

        id = self.id

        completed_at = self.completed_at

        created_at = self.created_at

        error: dict[str, Any] | None | Unset
        if isinstance(self.error, Unset):
            error = UNSET
        elif isinstance(self.error, VideoCreateError):
            error = self.error.to_dict()
        else:
            error = self.error

        expires_at = self.expires_at

        model = self.model

        object_ = self.object_

        progress = self.progress

        prompt = self.prompt

        remixed_from_video_id = self.remixed_from_video_id

        seconds = self.seconds

        size = self.size

        status = self.status

        url = self.url

        metadata = self.metadata

        width = self.width

        height = self.height

        failure_reason = self.failure_reason

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if id is not UNSET:
            field_dict["id"] = id
        if completed_at is not UNSET:
            field_dict["completed_at"] = completed_at
        if created_at is not UNSET:
            field_dict["created_at"] = created_at
        if error is not UNSET:
            field_dict["error"] = error
        if expires_at is not UNSET:
            field_dict["expires_at"] = expires_at
        if model is not UNSET:
            field_dict["model"] = model
        if object_ is not UNSET:
            field_dict["object"] = object_
        if progress is not UNSET:
            field_dict["progress"] = progress
        if prompt is not UNSET:
            field_dict["prompt"] = prompt
        if remixed_from_video_id is not UNSET:
            field_dict["remixed_from_video_id"] = remixed_from_video_id
        if seconds is not UNSET:
            field_dict["seconds"] = seconds
        if size is not UNSET:
            field_dict["size"] = size
        if status is not UNSET:
            field_dict["status"] = status
        if url is not UNSET:
            field_dict["url"] = url
        if metadata is not UNSET:
            field_dict["metadata"] = metadata
        if width is not UNSET:
            field_dict["width"] = width
        if height is not UNSET:
            field_dict["height"] = height
        if failure_reason is not UNSET:
            field_dict["failure_reason"] = failure_reason

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.video_create_error import VideoCreateError

        d = dict(src_dict)
        id = d.pop("id", UNSET)

        completed_at = d.pop("completed_at", UNSET)

        created_at = d.pop("created_at", UNSET)

        def _parse_error(data: object) -> None | Unset | VideoCreateError:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                error_type_0 = VideoCreateError.from_dict(data)

                return error_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | VideoCreateError, data)

        error = _parse_error(d.pop("error", UNSET))

        expires_at = d.pop("expires_at", UNSET)

        model = d.pop("model", UNSET)

        object_ = d.pop("object", UNSET)

        progress = d.pop("progress", UNSET)

        prompt = d.pop("prompt", UNSET)

        remixed_from_video_id = d.pop("remixed_from_video_id", UNSET)

        seconds = d.pop("seconds", UNSET)

        size = d.pop("size", UNSET)

        status = d.pop("status", UNSET)

        url = d.pop("url", UNSET)

        metadata = d.pop("metadata", UNSET)

        width = d.pop("width", UNSET)

        height = d.pop("height", UNSET)

        failure_reason = d.pop("failure_reason", UNSET)

        video = cls(
            id=id,
            completed_at=completed_at,
            created_at=created_at,
            error=error,
            expires_at=expires_at,
            model=model,
            object_=object_,
            progress=progress,
            prompt=prompt,
            remixed_from_video_id=remixed_from_video_id,
            seconds=seconds,
            size=size,
            status=status,
            url=url,
            metadata=metadata,
            width=width,
            height=height,
            failure_reason=failure_reason,
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
