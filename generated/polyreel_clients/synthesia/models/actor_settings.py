from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="ActorSettings")


@_attrs_define
class ActorSettings:
    """
    Attributes:
        background_color (Any | Unset):
        horizontal_align (str | Unset):
        scale (float | Unset):
        style (str | Unset):
        voice (str | Unset):
        seamless (bool | Unset):
    """

    background_color: Any | Unset = UNSET
    horizontal_align: str | Unset = UNSET
    scale: float | Unset = UNSET
    style: str | Unset = UNSET
    voice: str | Unset = UNSET
    seamless: bool | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        background_color = self.background_color

        horizontal_align = self.horizontal_align

        scale = self.scale

        style = self.style

        voice = self.voice

        seamless = self.seamless

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if background_color is not UNSET:
            field_dict["backgroundColor"] = background_color
        if horizontal_align is not UNSET:
            field_dict["horizontalAlign"] = horizontal_align
        if scale is not UNSET:
            field_dict["scale"] = scale
        if style is not UNSET:
            field_dict["style"] = style
        if voice is not UNSET:
            field_dict["voice"] = voice
        if seamless is not UNSET:
            field_dict["seamless"] = seamless

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        background_color = d.pop("backgroundColor", UNSET)

        horizontal_align = d.pop("horizontalAlign", UNSET)

        scale = d.pop("scale", UNSET)

        style = d.pop("style", UNSET)

        voice = d.pop("voice", UNSET)

        seamless = d.pop("seamless", UNSET)

        actor_settings = cls(
            background_color=background_color,
            horizontal_align=horizontal_align,
            scale=scale,
            style=style,
            voice=voice,
            seamless=seamless,
        )

        actor_settings.additional_properties = d
        return actor_settings

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
