from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.generation import Generation


T = TypeVar("T", bound="MediaGenerationListResponse")


@_attrs_define
class MediaGenerationListResponse:
    """
    Attributes:
        generations (list[Generation | None] | None | Unset):
        next_cursor (str | Unset):
        has_more (bool | Unset):
    """

    generations: list[Generation | None] | None | Unset = UNSET
    next_cursor: str | Unset = UNSET
    has_more: bool | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.generation import Generation

        generations: list[dict[str, Any] | None] | None | Unset
        if isinstance(self.generations, Unset):
            generations = UNSET
        elif isinstance(self.generations, list):
            generations = []
            for generations_type_0_item_data in self.generations:
                generations_type_0_item: dict[str, Any] | None
                if isinstance(generations_type_0_item_data, Generation):
                    generations_type_0_item = generations_type_0_item_data.to_dict()
                else:
                    generations_type_0_item = generations_type_0_item_data
                generations.append(generations_type_0_item)

        else:
            generations = self.generations

        next_cursor = self.next_cursor

        has_more = self.has_more

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if generations is not UNSET:
            field_dict["generations"] = generations
        if next_cursor is not UNSET:
            field_dict["next_cursor"] = next_cursor
        if has_more is not UNSET:
            field_dict["has_more"] = has_more

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.generation import Generation

        d = dict(src_dict)

        def _parse_generations(data: object) -> list[Generation | None] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                generations_type_0 = []
                _generations_type_0 = data
                for generations_type_0_item_data in _generations_type_0:

                    def _parse_generations_type_0_item(
                        data: object,
                    ) -> Generation | None:
                        if data is None:
                            return data
                        try:
                            if not isinstance(data, dict):
                                raise TypeError()
                            generations_type_0_item_type_0 = Generation.from_dict(data)

                            return generations_type_0_item_type_0
                        except (TypeError, ValueError, AttributeError, KeyError):
                            pass
                        return cast(Generation | None, data)

                    generations_type_0_item = _parse_generations_type_0_item(
                        generations_type_0_item_data
                    )

                    generations_type_0.append(generations_type_0_item)

                return generations_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[Generation | None] | None | Unset, data)

        generations = _parse_generations(d.pop("generations", UNSET))

        next_cursor = d.pop("next_cursor", UNSET)

        has_more = d.pop("has_more", UNSET)

        media_generation_list_response = cls(
            generations=generations,
            next_cursor=next_cursor,
            has_more=has_more,
        )

        media_generation_list_response.additional_properties = d
        return media_generation_list_response

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
