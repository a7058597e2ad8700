from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.expressive import Expressive


T = TypeVar("T", bound="ExpressiveList")


@_attrs_define
class ExpressiveList:
    """
    Attributes:
        token (str | Unset):
        expressives (list[Expressive | None] | None | Unset):
    """

    token: str | Unset = UNSET
    expressives: list[Expressive | None] | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.expressive import Expressive

        token = self.token

        expressives: list[dict[str, Any] | None] | None | Unset
        if isinstance(self.expressives, Unset):
            expressives = UNSET
        elif isinstance(self.expressives, list):
            expressives = []
            for expressives_type_0_item_data in self.expressives:
                expressives_type_0_item: dict[str, Any] | None
                if isinstance(expressives_type_0_item_data, Expressive):
                    expressives_type_0_item = expressives_type_0_item_data.to_dict()
                else:
                    expressives_type_0_item = expressives_type_0_item_data
                expressives.append(expressives_type_0_item)

        else:
            expressives = self.expressives

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if token is not UNSET:
            field_dict["token"] = token
        if expressives is not UNSET:
            field_dict["expressives"] = expressives

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.expressive import Expressive

        d = dict(src_dict)
        token = d.pop("token", UNSET)

        def _parse_expressives(data: object) -> list[Expressive | None] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                expressives_type_0 = []
                _expressives_type_0 = data
                for expressives_type_0_item_data in _expressives_type_0:

                    def _parse_expressives_type_0_item(
                        data: object,
                    ) -> Expressive | None:
                        if data is None:
                            return data
                        try:
                            if not isinstance(data, dict):
                                raise TypeError()
                            expressives_type_0_item_type_0 = Expressive.from_dict(data)

                            return expressives_type_0_item_type_0
                        except (TypeError, ValueError, AttributeError, KeyError):
                            pass
                        return cast(Expressive | None, data)

                    expressives_type_0_item = _parse_expressives_type_0_item(
                        expressives_type_0_item_data
                    )

                    expressives_type_0.append(expressives_type_0_item)

                return expressives_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[Expressive | None] | None | Unset, data)

        expressives = _parse_expressives(d.pop("expressives", UNSET))

        expressive_list = cls(
            token=token,
            expressives=expressives,
        )

        expressive_list.additional_properties = d
        return expressive_list

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
