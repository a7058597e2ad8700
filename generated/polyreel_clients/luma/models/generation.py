from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.assets import Assets
    from ..models.request import Request


T = TypeVar("T", bound="Generation")


@_attrs_define
class Generation:
    """
    Attributes:
        id (str | Unset):
        generation_type (str | Unset):
        state (str | Unset):
        failure_reason (str | Unset):
        created_at (str | Unset):
        assets (Assets | None | Unset):
        model (str | Unset):
        request (None | Request | Unset):
    """

    id: str | Unset = UNSET
    generation_type: str | Unset = UNSET
    state: str | Unset = UNSET
    failure_reason: str | Unset = UNSET
    created_at: str | Unset = UNSET
    assets: Assets | None | Unset = UNSET
    model: str | Unset = UNSET
    request: None | Request | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.assets import Assets
        from ..models.request import Request

        id = self.id

        generation_type = self.generation_type

        state = self.state

        failure_reason = self.failure_reason

        created_at = self.created_at

        assets: dict[str, Any] | None | Unset
        if isinstance(self.assets, Unset):
            assets = UNSET
        elif isinstance(self.assets, Assets):
            assets = self.assets.to_dict()
        else:
            assets = self.assets

        model = self.model

        request: dict[str, Any] | None | Unset
        if isinstance(self.request, Unset):
            request = UNSET
        elif isinstance(self.request, Request):
            request = self.request.to_dict()
        else:
            request = self.request

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if id is not UNSET:
            field_dict["id"] = id
        if generation_type is not UNSET:
            field_dict["generation_type"] = generation_type
        if state is not UNSET:
            field_dict["state"] = state
        if failure_reason is not UNSET:
            field_dict["failure_reason"] = failure_reason
        if created_at is not UNSET:
            field_dict["created_at"] = created_at
        if assets is not UNSET:
            field_dict["assets"] = assets
        if model is not UNSET:
            field_dict["model"] = model
        if request is not UNSET:
            field_dict["request"] = request

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.assets import Assets
        from ..models.request import Request

        d = dict(src_dict)
        id = d.pop("id", UNSET)

        generation_type = d.pop("generation_type", UNSET)

        state = d.pop("state", UNSET)

        failure_reason = d.pop("failure_reason", UNSET)

        created_at = d.pop("created_at", UNSET)

        def _parse_assets(data: object) -> Assets | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                assets_type_0 = Assets.from_dict(data)

                return assets_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(Assets | None | Unset, data)

        assets = _parse_assets(d.pop("assets", UNSET))

        model = d.pop("model", UNSET)

        def _parse_request(data: object) -> None | Request | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                request_type_0 = Request.from_dict(data)

                return request_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Request | Unset, data)

        request = _parse_request(d.pop("request", UNSET))

        generation = cls(
            id=id,
            generation_type=generation_type,
            state=state,
            failure_reason=failure_reason,
            created_at=created_at,
            assets=assets,
            model=model,
            request=request,
        )

        generation.additional_properties = d
        return generation

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
