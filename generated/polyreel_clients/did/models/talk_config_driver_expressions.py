from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.talk_config_driver_expressions_expression import (
        TalkConfigDriverExpressionsExpression,
    )


T = TypeVar("T", bound="TalkConfigDriverExpressions")


@_attrs_define
class TalkConfigDriverExpressions:
    """
    Attributes:
        expressions (list[None | TalkConfigDriverExpressionsExpression] | None | Unset):
        transition_frames (float | Unset):
    """

    expressions: list[None | TalkConfigDriverExpressionsExpression] | None | Unset = (
        UNSET
    )
    transition_frames: float | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.talk_config_driver_expressions_expression import (
            TalkConfigDriverExpressionsExpression,
        )

        expressions: list[dict[str, Any] | None] | None | Unset
        if isinstance(self.expressions, Unset):
            expressions = UNSET
        elif isinstance(self.expressions, list):
            expressions = []
            for expressions_type_0_item_data in self.expressions:
                expressions_type_0_item: dict[str, Any] | None
                if isinstance(
                    expressions_type_0_item_data, TalkConfigDriverExpressionsExpression
                ):
                    expressions_type_0_item = expressions_type_0_item_data.to_dict()
                else:
                    expressions_type_0_item = expressions_type_0_item_data
                expressions.append(expressions_type_0_item)

        else:
            expressions = self.expressions

        transition_frames = self.transition_frames

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if expressions is not UNSET:
            field_dict["expressions"] = expressions
        if transition_frames is not UNSET:
            field_dict["transition_frames"] = transition_frames

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.talk_config_driver_expressions_expression import (
            TalkConfigDriverExpressionsExpression,
        )

        d = dict(src_dict)

        def _parse_expressions(
            data: object,
        ) -> list[None | TalkConfigDriverExpressionsExpression] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                expressions_type_0 = []
                _expressions_type_0 = data
                for expressions_type_0_item_data in _expressions_type_0:

                    def _parse_expressions_type_0_item(
                        data: object,
                    ) -> None | TalkConfigDriverExpressionsExpression:
                        if data is None:
                            return data
                        try:
                            if not isinstance(data, dict):
                                raise TypeError()
                            expressions_type_0_item_type_0 = (
                                TalkConfigDriverExpressionsExpression.from_dict(data)
                            )

                            return expressions_type_0_item_type_0
                        except (TypeError, ValueError, AttributeError, KeyError):
                            pass
                        return cast(None | TalkConfigDriverExpressionsExpression, data)

                    expressions_type_0_item = _parse_expressions_type_0_item(
                        expressions_type_0_item_data
                    )

                    expressions_type_0.append(expressions_type_0_item)

                return expressions_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(
                list[None | TalkConfigDriverExpressionsExpression] | None | Unset, data
            )

        expressions = _parse_expressions(d.pop("expressions", UNSET))

        transition_frames = d.pop("transition_frames", UNSET)

        talk_config_driver_expressions = cls(
            expressions=expressions,
            transition_frames=transition_frames,
        )

        talk_config_driver_expressions.additional_properties = d
        return talk_config_driver_expressions

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
