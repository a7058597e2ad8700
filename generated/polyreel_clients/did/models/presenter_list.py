from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.presenter import Presenter


T = TypeVar("T", bound="PresenterList")


@_attrs_define
class PresenterList:
    """
    Attributes:
        presenters (list[None | Presenter] | None | Unset):
        token (str | Unset):
    """

    presenters: list[None | Presenter] | None | Unset = UNSET
    token: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.presenter import Presenter

        presenters: list[dict[str, Any] | None] | None | Unset
        if isinstance(self.presenters, Unset):
            presenters = UNSET
        elif isinstance(self.presenters, list):
            presenters = []
            for presenters_type_0_item_data in self.presenters:
                presenters_type_0_item: dict[str, Any] | None
                if isinstance(presenters_type_0_item_data, Presenter):
                    presenters_type_0_item = presenters_type_0_item_data.to_dict()
                else:
                    presenters_type_0_item = presenters_type_0_item_data
                presenters.append(presenters_type_0_item)

        else:
            presenters = self.presenters

        token = self.token

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if presenters is not UNSET:
            field_dict["presenters"] = presenters
        if token is not UNSET:
            field_dict["token"] = token

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.presenter import Presenter

        d = dict(src_dict)

        def _parse_presenters(data: object) -> list[None | Presenter] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                presenters_type_0 = []
                _presenters_type_0 = data
                for presenters_type_0_item_data in _presenters_type_0:

                    def _parse_presenters_type_0_item(data: object) -> None | Presenter:
                        if data is None:
                            return data
                        try:
                            if not isinstance(data, dict):
                                raise TypeError()
                            presenters_type_0_item_type_0 = Presenter.from_dict(data)

                            return presenters_type_0_item_type_0
                        except (TypeError, ValueError, AttributeError, KeyError):
                            pass
                        return cast(None | Presenter, data)

                    presenters_type_0_item = _parse_presenters_type_0_item(
                        presenters_type_0_item_data
                    )

                    presenters_type_0.append(presenters_type_0_item)

                return presenters_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[None | Presenter] | None | Unset, data)

        presenters = _parse_presenters(d.pop("presenters", UNSET))

        token = d.pop("token", UNSET)

        presenter_list = cls(
            presenters=presenters,
            token=token,
        )

        presenter_list.additional_properties = d
        return presenter_list

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
