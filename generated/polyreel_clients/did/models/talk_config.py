from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.talk_config_driver_expressions import TalkConfigDriverExpressions
    from ..models.talk_config_logo import TalkConfigLogo


T = TypeVar("T", bound="TalkConfig")


@_attrs_define
class TalkConfig:
    """
    Attributes:
        logo (None | TalkConfigLogo | Unset):
        stitch (bool | Unset):
        result_format (str | Unset):
        fluent (bool | Unset):
        pad_audio (float | Unset):
        driver_expressions (None | TalkConfigDriverExpressions | Unset):
    """

    logo: None | TalkConfigLogo | Unset = UNSET
    stitch: bool | Unset = UNSET
    result_format: str | Unset = UNSET
    fluent: bool | Unset = UNSET
    pad_audio: float | Unset = UNSET
    driver_expressions: None | TalkConfigDriverExpressions | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.talk_config_driver_expressions import TalkConfigDriverExpressions
        from ..models.talk_config_logo import TalkConfigLogo

        logo: dict[str, Any] | None | Unset
        if isinstance(self.logo, Unset):
            logo = UNSET
        elif isinstance(self.logo, TalkConfigLogo):
            logo = self.logo.to_dict()
        else:
            logo = self.logo

        stitch = self.stitch

        result_format = self.result_format

        fluent = self.fluent

        pad_audio = self.pad_audio

        driver_expressions: dict[str, Any] | None | Unset
        if isinstance(self.driver_expressions, Unset):
            driver_expressions = UNSET
        elif isinstance(self.driver_expressions, TalkConfigDriverExpressions):
            driver_expressions = self.driver_expressions.to_dict()
        else:
            driver_expressions = self.driver_expressions

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if logo is not UNSET:
            field_dict["logo"] = logo
        if stitch is not UNSET:
            field_dict["stitch"] = stitch
        if result_format is not UNSET:
            field_dict["result_format"] = result_format
        if fluent is not UNSET:
            field_dict["fluent"] = fluent
        if pad_audio is not UNSET:
            field_dict["pad_audio"] = pad_audio
        if driver_expressions is not UNSET:
            field_dict["driver_expressions"] = driver_expressions

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.talk_config_driver_expressions import TalkConfigDriverExpressions
        from ..models.talk_config_logo import TalkConfigLogo

        d = dict(src_dict)

        def _parse_logo(data: object) -> None | TalkConfigLogo | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                logo_type_0 = TalkConfigLogo.from_dict(data)

                return logo_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | TalkConfigLogo | Unset, data)

        logo = _parse_logo(d.pop("logo", UNSET))

        stitch = d.pop("stitch", UNSET)

        result_format = d.pop("result_format", UNSET)

        fluent = d.pop("fluent", UNSET)

        pad_audio = d.pop("pad_audio", UNSET)

        def _parse_driver_expressions(
            data: object,
        ) -> None | TalkConfigDriverExpressions | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                driver_expressions_type_0 = TalkConfigDriverExpressions.from_dict(data)

                return driver_expressions_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | TalkConfigDriverExpressions | Unset, data)

        driver_expressions = _parse_driver_expressions(
            d.pop("driver_expressions", UNSET)
        )

        talk_config = cls(
            logo=logo,
            stitch=stitch,
            result_format=result_format,
            fluent=fluent,
            pad_audio=pad_audio,
            driver_expressions=driver_expressions,
        )

        talk_config.additional_properties = d
        return talk_config

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
