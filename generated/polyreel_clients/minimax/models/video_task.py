from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.video_task_content import VideoTaskContent
    from ..models.video_task_error import VideoTaskError
    from ..models.video_task_usage import VideoTaskUsage


T = TypeVar("T", bound="VideoTask")


@_attrs_define
class VideoTask:
    """
    Attributes:
        id (str | Unset):
        model (str | Unset):
        status (str | Unset):
        error (None | Unset | VideoTaskError):
        created_at (int | Unset):
        updated_at (int | Unset):
        content (None | Unset | VideoTaskContent):
        resolution (str | Unset):
        duration (int | Unset):
        usage (None | Unset | VideoTaskUsage):
        ratio (str | Unset):
        task_type (str | Unset):
        modality (str | Unset):
    """

    id: str | Unset = UNSET
    model: str | Unset = UNSET
    status: str | Unset = UNSET
    error: None | Unset | VideoTaskError = UNSET
    created_at: int | Unset = UNSET
    updated_at: int | Unset = UNSET
    content: None | Unset | VideoTaskContent = UNSET
    resolution: str | Unset = UNSET
    duration: int | Unset = UNSET
    usage: None | Unset | VideoTaskUsage = UNSET
    ratio: str | Unset = UNSET
    task_type: str | Unset = UNSET
    modality: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.video_task_content import VideoTaskContent
        from ..models.video_task_error import VideoTaskError
        from ..models.video_task_usage import VideoTaskUsage

        id = self.id

        model = self.model

        status = self.status

        error: dict[str, Any] | None | Unset
        if isinstance(self.error, Unset):
            error = UNSET
        elif isinstance(self.error, VideoTaskError):
            error = self.error.to_dict()
        else:
            error = self.error

        created_at = self.created_at

        updated_at = self.updated_at

        content: dict[str, Any] | None | Unset
        if isinstance(self.content, Unset):
            content = UNSET
        elif isinstance(self.content, VideoTaskContent):
            content = self.content.to_dict()
        else:
            content = self.content

        resolution = self.resolution

        duration = self.duration

        usage: dict[str, Any] | None | Unset
        if isinstance(self.usage, Unset):
            usage = UNSET
        elif isinstance(self.usage, VideoTaskUsage):
            usage = self.usage.to_dict()
        else:
            usage = self.usage

        ratio = self.ratio

        task_type = self.task_type

        modality = self.modality

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if id is not UNSET:
            field_dict["id"] = id
        if model is not UNSET:
            field_dict["model"] = model
        if status is not UNSET:
            field_dict["status"] = status
        if error is not UNSET:
            field_dict["error"] = error
        if created_at is not UNSET:
            field_dict["created_at"] = created_at
        if updated_at is not UNSET:
            field_dict["updated_at"] = updated_at
        if content is not UNSET:
            field_dict["content"] = content
        if resolution is not UNSET:
            field_dict["resolution"] = resolution
        if duration is not UNSET:
            field_dict["duration"] = duration
        if usage is not UNSET:
            field_dict["usage"] = usage
        if ratio is not UNSET:
            field_dict["ratio"] = ratio
        if task_type is not UNSET:
            field_dict["task_type"] = task_type
        if modality is not UNSET:
            field_dict["modality"] = modality

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.video_task_content import VideoTaskContent
        from ..models.video_task_error import VideoTaskError
        from ..models.video_task_usage import VideoTaskUsage

        d = dict(src_dict)
        id = d.pop("id", UNSET)

        model = d.pop("model", UNSET)

        status = d.pop("status", UNSET)

        def _parse_error(data: object) -> None | Unset | VideoTaskError:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                error_type_0 = VideoTaskError.from_dict(data)

                return error_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | VideoTaskError, data)

        error = _parse_error(d.pop("error", UNSET))

        created_at = d.pop("created_at", UNSET)

        updated_at = d.pop("updated_at", UNSET)

        def _parse_content(data: object) -> None | Unset | VideoTaskContent:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                content_type_0 = VideoTaskContent.from_dict(data)

                return content_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | VideoTaskContent, data)

        content = _parse_content(d.pop("content", UNSET))

        resolution = d.pop("resolution", UNSET)

        duration = d.pop("duration", UNSET)

        def _parse_usage(data: object) -> None | Unset | VideoTaskUsage:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                usage_type_0 = VideoTaskUsage.from_dict(data)

                return usage_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | VideoTaskUsage, data)

        usage = _parse_usage(d.pop("usage", UNSET))

        ratio = d.pop("ratio", UNSET)

        task_type = d.pop("task_type", UNSET)

        modality = d.pop("modality", UNSET)

        video_task = cls(
            id=id,
            model=model,
            status=status,
            error=error,
            created_at=created_at,
            updated_at=updated_at,
            content=content,
            resolution=resolution,
            duration=duration,
            usage=usage,
            ratio=ratio,
            task_type=task_type,
            modality=modality,
        )

        video_task.additional_properties = d
        return video_task

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
