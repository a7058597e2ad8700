from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="TalkConfigDriverExpressionsExpression")


@_attrs_define
class TalkConfigDriverExpressionsExpression:
    """
    Attributes:
        start_frame (float | Unset):
        expression (str | Unset):
        intensity (float | Unset):
    """

    start_frame: float | Unset = UNSET
    expression: str | Unset = UNSET
    intensity: float | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        start_frame = self.start_frame

        expression = self.expression

        intensity = self.intensity

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if start_frame is not UNSET:
            field_dict["start_frame"] = start_frame
        if expression is not UNSET:
            field_dict["expression"] = expression
        if intensity is not UNSET:
            field_dict["intensity"] = intensity

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        start_frame = d.pop("start_frame", UNSET)

        expression = d.pop("expression", UNSET)

        intensity = d.pop("intensity", UNSET)

        talk_config_driver_expressions_expression = cls(
            start_frame=start_frame,
            expression=expression,
            intensity=intensity,
        )

        talk_config_driver_expressions_expression.additional_properties = d
        return talk_config_driver_expressions_expression

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
