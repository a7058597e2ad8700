from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.input_background_trim import InputBackgroundTrim


T = TypeVar("T", bound="InputVideoBackgroundSettings")


@_attrs_define
class InputVideoBackgroundSettings:
    """
    Attributes:
        trim (InputBackgroundTrim | None | Unset):
        short_background_content_match_mode (str | Unset):
        long_background_content_match_mode (str | Unset):
        volume (float | Unset):
    """

    trim: InputBackgroundTrim | None | Unset = UNSET
    short_background_content_match_mode: str | Unset = UNSET
    long_background_content_match_mode: str | Unset = UNSET
    volume: float | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.input_background_trim import InputBackgroundTrim

        trim: dict[str, Any] | None | Unset
        if isinstance(self.trim, Unset):
            trim = UNSET
        elif isinstance(self.trim, InputBackgroundTrim):
            trim = self.trim.to_dict()
        else:
            trim = self.trim

        short_background_content_match_mode = self.short_background_content_match_mode

        long_background_content_match_mode = self.long_background_content_match_mode

        volume = self.volume

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if trim is not UNSET:
            field_dict["trim"] = trim
        if short_background_content_match_mode is not UNSET:
            field_dict["shortBackgroundContentMatchMode"] = (
                short_background_content_match_mode
            )
        if long_background_content_match_mode is not UNSET:
            field_dict["longBackgroundContentMatchMode"] = (
                long_background_content_match_mode
            )
        if volume is not UNSET:
            field_dict["volume"] = volume

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.input_background_trim import InputBackgroundTrim

        d = dict(src_dict)

        def _parse_trim(data: object) -> InputBackgroundTrim | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                trim_type_0 = InputBackgroundTrim.from_dict(data)

                return trim_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(InputBackgroundTrim | None | Unset, data)

        trim = _parse_trim(d.pop("trim", UNSET))

        short_background_content_match_mode = d.pop(
            "shortBackgroundContentMatchMode", UNSET
        )

        long_background_content_match_mode = d.pop(
            "longBackgroundContentMatchMode", UNSET
        )

        volume = d.pop("volume", UNSET)

        input_video_background_settings = cls(
            trim=trim,
            short_background_content_match_mode=short_background_content_match_mode,
            long_background_content_match_mode=long_background_content_match_mode,
            volume=volume,
        )

        input_video_background_settings.additional_properties = d
        return input_video_background_settings

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
