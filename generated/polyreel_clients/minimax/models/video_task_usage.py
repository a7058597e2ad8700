from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="VideoTaskUsage")


@_attrs_define
class VideoTaskUsage:
    """
    Attributes:
        total_seconds (int | Unset):
        input_seconds (int | Unset):
        output_seconds (int | Unset):
        input_image_count (int | Unset):
        input_audio_seconds (int | Unset):
        total_tokens (int | Unset):
        prompt_tokens (int | Unset):
        completion_tokens (int | Unset):
    """

    total_seconds: int | Unset = UNSET
    input_seconds: int | Unset = UNSET
    output_seconds: int | Unset = UNSET
    input_image_count: int | Unset = UNSET
    input_audio_seconds: int | Unset = UNSET
    total_tokens: int | Unset = UNSET
    prompt_tokens: int | Unset = UNSET
    completion_tokens: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        total_seconds = self.total_seconds

        input_seconds = self.input_seconds

        output_seconds = self.output_seconds

        input_image_count = self.input_image_count

        input_audio_seconds = self.input_audio_seconds

        total_tokens = self.total_tokens

        prompt_tokens = self.prompt_tokens

        completion_tokens = self.completion_tokens

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if total_seconds is not UNSET:
            field_dict["total_seconds"] = total_seconds
        if input_seconds is not UNSET:
            field_dict["input_seconds"] = input_seconds
        if output_seconds is not UNSET:
            field_dict["output_seconds"] = output_seconds
        if input_image_count is not UNSET:
            field_dict["input_image_count"] = input_image_count
        if input_audio_seconds is not UNSET:
            field_dict["input_audio_seconds"] = input_audio_seconds
        if total_tokens is not UNSET:
            field_dict["total_tokens"] = total_tokens
        if prompt_tokens is not UNSET:
            field_dict["prompt_tokens"] = prompt_tokens
        if completion_tokens is not UNSET:
            field_dict["completion_tokens"] = completion_tokens

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        total_seconds = d.pop("total_seconds", UNSET)

        input_seconds = d.pop("input_seconds", UNSET)

        output_seconds = d.pop("output_seconds", UNSET)

        input_image_count = d.pop("input_image_count", UNSET)

        input_audio_seconds = d.pop("input_audio_seconds", UNSET)

        total_tokens = d.pop("total_tokens", UNSET)

        prompt_tokens = d.pop("prompt_tokens", UNSET)

        completion_tokens = d.pop("completion_tokens", UNSET)

        video_task_usage = cls(
            total_seconds=total_seconds,
            input_seconds=input_seconds,
            output_seconds=output_seconds,
            input_image_count=input_image_count,
            input_audio_seconds=input_audio_seconds,
            total_tokens=total_tokens,
            prompt_tokens=prompt_tokens,
            completion_tokens=completion_tokens,
        )

        video_task_usage.additional_properties = d
        return video_task_usage

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
