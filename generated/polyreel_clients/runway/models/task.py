from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.cost import Cost


T = TypeVar("T", bound="Task")


@_attrs_define
class Task:
    """
    Attributes:
        id (str | Unset):
        created_at (str | Unset):
        status (str | Unset):
        progress (float | Unset):
        failure (str | Unset):
        failure_code (str | Unset):
        output (list[str] | Unset):
        cost (Cost | None | Unset):
        estimated_cost (Cost | None | Unset):
    """

    id: str | Unset = UNSET
    created_at: str | Unset = UNSET
    status: str | Unset = UNSET
    progress: float | Unset = UNSET
    failure: str | Unset = UNSET
    failure_code: str | Unset = UNSET
    output: list[str] | Unset = UNSET
    cost: Cost | None | Unset = UNSET
    estimated_cost: Cost | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.cost import Cost

        id = self.id

        created_at = self.created_at

        status = self.status

        progress = self.progress

        failure = self.failure

        failure_code = self.failure_code

        output: list[str] | Unset = UNSET
        if not isinstance(self.output, Unset):
            output = self.output

        cost: dict[str, Any] | None | Unset
        if isinstance(self.cost, Unset):
            cost = UNSET
        elif isinstance(self.cost, Cost):
            cost = self.cost.to_dict()
        else:
            cost = self.cost

        estimated_cost: dict[str, Any] | None | Unset
        if isinstance(self.estimated_cost, Unset):
            estimated_cost = UNSET
        elif isinstance(self.estimated_cost, Cost):
            estimated_cost = self.estimated_cost.to_dict()
        else:
            estimated_cost = self.estimated_cost

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if id is not UNSET:
            field_dict["id"] = id
        if created_at is not UNSET:
            field_dict["createdAt"] = created_at
        if status is not UNSET:
            field_dict["status"] = status
        if progress is not UNSET:
            field_dict["progress"] = progress
        if failure is not UNSET:
            field_dict["failure"] = failure
        if failure_code is not UNSET:
            field_dict["failureCode"] = failure_code
        if output is not UNSET:
            field_dict["output"] = output
        if cost is not UNSET:
            field_dict["cost"] = cost
        if estimated_cost is not UNSET:
            field_dict["estimatedCost"] = estimated_cost

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.cost import Cost

        d = dict(src_dict)
        id = d.pop("id", UNSET)

        created_at = d.pop("createdAt", UNSET)

        status = d.pop("status", UNSET)

        progress = d.pop("progress", UNSET)

        failure = d.pop("failure", UNSET)

        failure_code = d.pop("failureCode", UNSET)

        output = cast(list[str], d.pop("output", UNSET))

        def _parse_cost(data: object) -> Cost | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                cost_type_0 = Cost.from_dict(data)

                return cost_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(Cost | None | Unset, data)

        cost = _parse_cost(d.pop("cost", UNSET))

        def _parse_estimated_cost(data: object) -> Cost | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                estimated_cost_type_0 = Cost.from_dict(data)

                return estimated_cost_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(Cost | None | Unset, data)

        estimated_cost = _parse_estimated_cost(d.pop("estimatedCost", UNSET))

        task = cls(
            id=id,
            created_at=created_at,
            status=status,
            progress=progress,
            failure=failure,
            failure_code=failure_code,
            output=output,
            cost=cost,
            estimated_cost=estimated_cost,
        )

        task.additional_properties = d
        return task

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
