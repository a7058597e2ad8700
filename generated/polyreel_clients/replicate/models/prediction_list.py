from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.schemas_prediction_response import SchemasPredictionResponse


T = TypeVar("T", bound="PredictionList")


@_attrs_define
class PredictionList:
    """
    Attributes:
        next_ (str | Unset):
        previous (str | Unset):
        results (list[None | SchemasPredictionResponse] | None | Unset):
    """

    next_: str | Unset = UNSET
    previous: str | Unset = UNSET
    results: list[None | SchemasPredictionResponse] | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.schemas_prediction_response import SchemasPredictionResponse

        next_ = self.next_

        previous = self.previous

        results: list[dict[str, Any] | None] | None | Unset
        if isinstance(self.results, Unset):
            results = UNSET
        elif isinstance(self.results, list):
            results = []
            for results_type_0_item_data in self.results:
                results_type_0_item: dict[str, Any] | None
                if isinstance(results_type_0_item_data, SchemasPredictionResponse):
                    results_type_0_item = results_type_0_item_data.to_dict()
                else:
                    results_type_0_item = results_type_0_item_data
                results.append(results_type_0_item)

        else:
            results = self.results

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if next_ is not UNSET:
            field_dict["next"] = next_
        if previous is not UNSET:
            field_dict["previous"] = previous
        if results is not UNSET:
            field_dict["results"] = results

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.schemas_prediction_response import SchemasPredictionResponse

        d = dict(src_dict)
        next_ = d.pop("next", UNSET)

        previous = d.pop("previous", UNSET)

        def _parse_results(
            data: object,
        ) -> list[None | SchemasPredictionResponse] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                results_type_0 = []
                _results_type_0 = data
                for results_type_0_item_data in _results_type_0:

                    def _parse_results_type_0_item(
                        data: object,
                    ) -> None | SchemasPredictionResponse:
                        if data is None:
                            return data
                        try:
                            if not isinstance(data, dict):
                                raise TypeError()
                            results_type_0_item_type_0 = (
                                SchemasPredictionResponse.from_dict(data)
                            )

                            return results_type_0_item_type_0
                        except (TypeError, ValueError, AttributeError, KeyError):
                            pass
                        return cast(None | SchemasPredictionResponse, data)

                    results_type_0_item = _parse_results_type_0_item(
                        results_type_0_item_data
                    )

                    results_type_0.append(results_type_0_item)

                return results_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[None | SchemasPredictionResponse] | None | Unset, data)

        results = _parse_results(d.pop("results", UNSET))

        prediction_list = cls(
            next_=next_,
            previous=previous,
            results=results,
        )

        prediction_list.additional_properties = d
        return prediction_list

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
