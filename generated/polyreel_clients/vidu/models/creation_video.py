from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.creation_resolution import CreationResolution


T = TypeVar("T", bound="CreationVideo")


@_attrs_define
class CreationVideo:
    """
    Attributes:
        duration (float | Unset):
        fps (int | Unset):
        resolution (CreationResolution | None | Unset):
    """

    duration: float | Unset = UNSET
    fps: int | Unset = UNSET
    resolution: CreationResolution | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.creation_resolution import CreationResolution

        duration = self.duration

        fps = self.fps

        resolution: dict[str, Any] | None | Unset
        if isinstance(self.resolution, Unset):
            resolution = UNSET
        elif isinstance(self.resolution, CreationResolution):
            resolution = self.resolution.to_dict()
        else:
            resolution = self.resolution

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if duration is not UNSET:
            field_dict["duration"] = duration
        if fps is not UNSET:
            field_dict["fps"] = fps
        if resolution is not UNSET:
            field_dict["resolution"] = resolution

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.creation_resolution import CreationResolution

        d = dict(src_dict)
        duration = d.pop("duration", UNSET)

        fps = d.pop("fps", UNSET)

        def _parse_resolution(data: object) -> CreationResolution | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                resolution_type_0 = CreationResolution.from_dict(data)

                return resolution_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(CreationResolution | None | Unset, data)

        resolution = _parse_resolution(d.pop("resolution", UNSET))

        creation_video = cls(
            duration=duration,
            fps=fps,
            resolution=resolution,
        )

        creation_video.additional_properties = d
        return creation_video

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
