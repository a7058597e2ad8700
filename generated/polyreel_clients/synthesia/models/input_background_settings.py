from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.input_background_position import InputBackgroundPosition
    from ..models.input_video_background_settings import InputVideoBackgroundSettings


T = TypeVar("T", bound="InputBackgroundSettings")


@_attrs_define
class InputBackgroundSettings:
    """
    Attributes:
        position (InputBackgroundPosition | None | Unset):
        scale (float | Unset):
        video_settings (InputVideoBackgroundSettings | None | Unset):
    """

    position: InputBackgroundPosition | None | Unset = UNSET
    scale: float | Unset = UNSET
    video_settings: InputVideoBackgroundSettings | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.input_background_position import InputBackgroundPosition
        from ..models.input_video_background_settings import (
            InputVideoBackgroundSettings,
        )

        position: dict[str, Any] | None | Unset
        if isinstance(self.position, Unset):
            position = UNSET
        elif isinstance(self.position, InputBackgroundPosition):
            position = self.position.to_dict()
        else:
            position = self.position

        scale = self.scale

        video_settings: dict[str, Any] | None | Unset
        if isinstance(self.video_settings, Unset):
            video_settings = UNSET
        elif isinstance(self.video_settings, InputVideoBackgroundSettings):
            video_settings = self.video_settings.to_dict()
        else:
            video_settings = self.video_settings

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if position is not UNSET:
            field_dict["position"] = position
        if scale is not UNSET:
            field_dict["scale"] = scale
        if video_settings is not UNSET:
            field_dict["videoSettings"] = video_settings

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.input_background_position import InputBackgroundPosition
        from ..models.input_video_background_settings import (
            InputVideoBackgroundSettings,
        )

        d = dict(src_dict)

        def _parse_position(data: object) -> InputBackgroundPosition | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                position_type_0 = InputBackgroundPosition.from_dict(data)

                return position_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(InputBackgroundPosition | None | Unset, data)

        position = _parse_position(d.pop("position", UNSET))

        scale = d.pop("scale", UNSET)

        def _parse_video_settings(
            data: object,
        ) -> InputVideoBackgroundSettings | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                video_settings_type_0 = InputVideoBackgroundSettings.from_dict(data)

                return video_settings_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(InputVideoBackgroundSettings | None | Unset, data)

        video_settings = _parse_video_settings(d.pop("videoSettings", UNSET))

        input_background_settings = cls(
            position=position,
            scale=scale,
            video_settings=video_settings,
        )

        input_background_settings.additional_properties = d
        return input_background_settings

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
