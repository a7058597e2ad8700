from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.clip_config_logo import ClipConfigLogo


T = TypeVar("T", bound="ClipConfig")


@_attrs_define
class ClipConfig:
    """
    Attributes:
        logo (ClipConfigLogo | None | Unset):
        result_format (str | Unset):
        output_resolution (float | Unset):
    """

    logo: ClipConfigLogo | None | Unset = UNSET
    result_format: str | Unset = UNSET
    output_resolution: float | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.clip_config_logo import ClipConfigLogo

        logo: dict[str, Any] | None | Unset
        if isinstance(self.logo, Unset):
            logo = UNSET
        elif isinstance(self.logo, ClipConfigLogo):
            logo = self.logo.to_dict()
        else:
            logo = self.logo

        result_format = self.result_format

        output_resolution = self.output_resolution

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if logo is not UNSET:
            field_dict["logo"] = logo
        if result_format is not UNSET:
            field_dict["result_format"] = result_format
        if output_resolution is not UNSET:
            field_dict["output_resolution"] = output_resolution

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.clip_config_logo import ClipConfigLogo

        d = dict(src_dict)

        def _parse_logo(data: object) -> ClipConfigLogo | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                logo_type_0 = ClipConfigLogo.from_dict(data)

                return logo_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ClipConfigLogo | None | Unset, data)

        logo = _parse_logo(d.pop("logo", UNSET))

        result_format = d.pop("result_format", UNSET)

        output_resolution = d.pop("output_resolution", UNSET)

        clip_config = cls(
            logo=logo,
            result_format=result_format,
            output_resolution=output_resolution,
        )

        clip_config.additional_properties = d
        return clip_config

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
