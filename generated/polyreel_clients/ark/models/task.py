from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.task_content import TaskContent
    from ..models.task_error import TaskError
    from ..models.task_usage import TaskUsage


T = TypeVar("T", bound="Task")


@_attrs_define
class Task:
    """
    Attributes:
        id (str | Unset):
        model (str | Unset):
        status (str | Unset):
        error (None | TaskError | Unset):
        content (None | TaskContent | Unset):
        usage (None | TaskUsage | Unset):
        created_at (int | Unset):
        updated_at (int | Unset):
        revised_prompt (str | Unset):
        seed (int | Unset):
        resolution (str | Unset):
        ratio (str | Unset):
        duration (int | Unset):
        frames (int | Unset):
        framespersecond (int | Unset):
        generate_audio (bool | Unset):
        safety_identifier (str | Unset):
        draft (bool | Unset):
        draft_task_id (str | Unset):
        priority (int | Unset):
        service_tier (str | Unset):
        execution_expires_after (int | Unset):
    """

    id: str | Unset = UNSET
    model: str | Unset = UNSET
    status: str | Unset = UNSET
    error: None | TaskError | Unset = UNSET
    content: None | TaskContent | Unset = UNSET
    usage: None | TaskUsage | Unset = UNSET
    created_at: int | Unset = UNSET
    updated_at: int | Unset = UNSET
    revised_prompt: str | Unset = UNSET
    seed: int | Unset = UNSET
    resolution: str | Unset = UNSET
    ratio: str | Unset = UNSET
    duration: int | Unset = UNSET
    frames: int | Unset = UNSET
    framespersecond: int | Unset = UNSET
    generate_audio: bool | Unset = UNSET
    safety_identifier: str | Unset = UNSET
    draft: bool | Unset = UNSET
    draft_task_id: str | Unset = UNSET
    priority: int | Unset = UNSET
    service_tier: str | Unset = UNSET
    execution_expires_after: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.task_content import TaskContent
        from ..models.task_error import TaskError
        from ..models.task_usage import TaskUsage

        id = self.id

        model = self.model

        status = self.status

        error: dict[str, Any] | None | Unset
        if isinstance(self.error, Unset):
            error = UNSET
        elif isinstance(self.error, TaskError):
            error = self.error.to_dict()
        else:
            error = self.error

        content: dict[str, Any] | None | Unset
        if isinstance(self.content, Unset):
            content = UNSET
        elif isinstance(self.content, TaskContent):
            content = self.content.to_dict()
        else:
            content = self.content

        usage: dict[str, Any] | None | Unset
        if isinstance(self.usage, Unset):
            usage = UNSET
        elif isinstance(self.usage, TaskUsage):
            usage = self.usage.to_dict()
        else:
            usage = self.usage

        created_at = self.created_at

        updated_at = self.updated_at

        revised_prompt = self.revised_prompt

        seed = self.seed

        resolution = self.resolution

        ratio = self.ratio

        duration = self.duration

        frames = self.frames

        framespersecond = self.framespersecond

        generate_audio = self.generate_audio

        safety_identifier = self.safety_identifier

        draft = self.draft

        draft_task_id = self.draft_task_id

        priority = self.priority

        service_tier = self.service_tier

        execution_expires_after = self.execution_expires_after

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
        if content is not UNSET:
            field_dict["content"] = content
        if usage is not UNSET:
            field_dict["usage"] = usage
        if created_at is not UNSET:
            field_dict["created_at"] = created_at
        if updated_at is not UNSET:
            field_dict["updated_at"] = updated_at
        if revised_prompt is not UNSET:
            field_dict["revised_prompt"] = revised_prompt
        if seed is not UNSET:
            field_dict["seed"] = seed
        if resolution is not UNSET:
            field_dict["resolution"] = resolution
        if ratio is not UNSET:
            field_dict["ratio"] = ratio
        if duration is not UNSET:
            field_dict["duration"] = duration
        if frames is not UNSET:
            field_dict["frames"] = frames
        if framespersecond is not UNSET:
            field_dict["framespersecond"] = framespersecond
        if generate_audio is not UNSET:
            field_dict["generate_audio"] = generate_audio
        if safety_identifier is not UNSET:
            field_dict["safety_identifier"] = safety_identifier
        if draft is not UNSET:
            field_dict["draft"] = draft
        if draft_task_id is not UNSET:
            field_dict["draft_task_id"] = draft_task_id
        if priority is not UNSET:
            field_dict["priority"] = priority
        if service_tier is not UNSET:
            field_dict["service_tier"] = service_tier
        if execution_expires_after is not UNSET:
            field_dict["execution_expires_after"] = execution_expires_after

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.task_content import TaskContent
        from ..models.task_error import TaskError
        from ..models.task_usage import TaskUsage

        d = dict(src_dict)
        id = d.pop("id", UNSET)

        model = d.pop("model", UNSET)

        status = d.pop("status", UNSET)

        def _parse_error(data: object) -> None | TaskError | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                error_type_0 = TaskError.from_dict(data)

                return error_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | TaskError | Unset, data)

        error = _parse_error(d.pop("error", UNSET))

        def _parse_content(data: object) -> None | TaskContent | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                content_type_0 = TaskContent.from_dict(data)

                return content_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | TaskContent | Unset, data)

        content = _parse_content(d.pop("content", UNSET))

        def _parse_usage(data: object) -> None | TaskUsage | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                usage_type_0 = TaskUsage.from_dict(data)

                return usage_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | TaskUsage | Unset, data)

        usage = _parse_usage(d.pop("usage", UNSET))

        created_at = d.pop("created_at", UNSET)

        updated_at = d.pop("updated_at", UNSET)

        revised_prompt = d.pop("revised_prompt", UNSET)

        seed = d.pop("seed", UNSET)

        resolution = d.pop("resolution", UNSET)

        ratio = d.pop("ratio", UNSET)

        duration = d.pop("duration", UNSET)

        frames = d.pop("frames", UNSET)

        framespersecond = d.pop("framespersecond", UNSET)

        generate_audio = d.pop("generate_audio", UNSET)

        safety_identifier = d.pop("safety_identifier", UNSET)

        draft = d.pop("draft", UNSET)

        draft_task_id = d.pop("draft_task_id", UNSET)

        priority = d.pop("priority", UNSET)

        service_tier = d.pop("service_tier", UNSET)

        execution_expires_after = d.pop("execution_expires_after", UNSET)

        task = cls(
            id=id,
            model=model,
            status=status,
            error=error,
            content=content,
            usage=usage,
            created_at=created_at,
            updated_at=updated_at,
            revised_prompt=revised_prompt,
            seed=seed,
            resolution=resolution,
            ratio=ratio,
            duration=duration,
            frames=frames,
            framespersecond=framespersecond,
            generate_audio=generate_audio,
            safety_identifier=safety_identifier,
            draft=draft,
            draft_task_id=draft_task_id,
            priority=priority,
            service_tier=service_tier,
            execution_expires_after=execution_expires_after,
        )

        task.additional_properties = d
        return task

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
