from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.asset import Asset


T = TypeVar("T", bound="AssetList")


@_attrs_define
class AssetList:
    """
    Attributes:
        assets (list[Asset | None] | None | Unset):
        next_cursor (str | Unset):
        has_more (bool | Unset):
        total_count (float | Unset):
        scope_truncated (bool | Unset):
    """

    assets: list[Asset | None] | None | Unset = UNSET
    next_cursor: str | Unset = UNSET
    has_more: bool | Unset = UNSET
    total_count: float | Unset = UNSET
    scope_truncated: bool | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.asset import Asset

        assets: list[dict[str, Any] | None] | None | Unset
        if isinstance(self.assets, Unset):
            assets = UNSET
        elif isinstance(self.assets, list):
            assets = []
            for assets_type_0_item_data in self.assets:
                assets_type_0_item: dict[str, Any] | None
                if isinstance(assets_type_0_item_data, Asset):
                    assets_type_0_item = assets_type_0_item_data.to_dict()
                else:
                    assets_type_0_item = assets_type_0_item_data
                assets.append(assets_type_0_item)

        else:
            assets = self.assets

        next_cursor = self.next_cursor

        has_more = self.has_more

        total_count = self.total_count

        scope_truncated = self.scope_truncated

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if assets is not UNSET:
            field_dict["assets"] = assets
        if next_cursor is not UNSET:
            field_dict["next_cursor"] = next_cursor
        if has_more is not UNSET:
            field_dict["has_more"] = has_more
        if total_count is not UNSET:
            field_dict["total_count"] = total_count
        if scope_truncated is not UNSET:
            field_dict["scope_truncated"] = scope_truncated

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.asset import Asset

        d = dict(src_dict)

        def _parse_assets(data: object) -> list[Asset | None] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                assets_type_0 = []
                _assets_type_0 = data
                for assets_type_0_item_data in _assets_type_0:

                    def _parse_assets_type_0_item(data: object) -> Asset | None:
                        if data is None:
                            return data
                        try:
                            if not isinstance(data, dict):
                                raise TypeError()
                            assets_type_0_item_type_0 = Asset.from_dict(data)

                            return assets_type_0_item_type_0
                        except (TypeError, ValueError, AttributeError, KeyError):
                            pass
                        return cast(Asset | None, data)

                    assets_type_0_item = _parse_assets_type_0_item(
                        assets_type_0_item_data
                    )

                    assets_type_0.append(assets_type_0_item)

                return assets_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[Asset | None] | None | Unset, data)

        assets = _parse_assets(d.pop("assets", UNSET))

        next_cursor = d.pop("next_cursor", UNSET)

        has_more = d.pop("has_more", UNSET)

        total_count = d.pop("total_count", UNSET)

        scope_truncated = d.pop("scope_truncated", UNSET)

        asset_list = cls(
            assets=assets,
            next_cursor=next_cursor,
            has_more=has_more,
            total_count=total_count,
            scope_truncated=scope_truncated,
        )

        asset_list.additional_properties = d
        return asset_list

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
