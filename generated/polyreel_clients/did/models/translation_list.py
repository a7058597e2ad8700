from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.translation import Translation


T = TypeVar("T", bound="TranslationList")


@_attrs_define
class TranslationList:
    """
    Attributes:
        translations (list[None | Translation] | None | Unset):
        token (str | Unset):
    """

    translations: list[None | Translation] | None | Unset = UNSET
    token: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.translation import Translation

        translations: list[dict[str, Any] | None] | None | Unset
        if isinstance(self.translations, Unset):
            translations = UNSET
        elif isinstance(self.translations, list):
            translations = []
            for translations_type_0_item_data in self.translations:
                translations_type_0_item: dict[str, Any] | None
                if isinstance(translations_type_0_item_data, Translation):
                    translations_type_0_item = translations_type_0_item_data.to_dict()
                else:
                    translations_type_0_item = translations_type_0_item_data
                translations.append(translations_type_0_item)

        else:
            translations = self.translations

        token = self.token

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if translations is not UNSET:
            field_dict["translations"] = translations
        if token is not UNSET:
            field_dict["token"] = token

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.translation import Translation

        d = dict(src_dict)

        def _parse_translations(
            data: object,
        ) -> list[None | Translation] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                translations_type_0 = []
                _translations_type_0 = data
                for translations_type_0_item_data in _translations_type_0:

                    def _parse_translations_type_0_item(
                        data: object,
                    ) -> None | Translation:
                        if data is None:
                            return data
                        try:
                            if not isinstance(data, dict):
                                raise TypeError()
                            translations_type_0_item_type_0 = Translation.from_dict(
                                data
                            )

                            return translations_type_0_item_type_0
                        except (TypeError, ValueError, AttributeError, KeyError):
                            pass
                        return cast(None | Translation, data)

                    translations_type_0_item = _parse_translations_type_0_item(
                        translations_type_0_item_data
                    )

                    translations_type_0.append(translations_type_0_item)

                return translations_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[None | Translation] | None | Unset, data)

        translations = _parse_translations(d.pop("translations", UNSET))

        token = d.pop("token", UNSET)

        translation_list = cls(
            translations=translations,
            token=token,
        )

        translation_list.additional_properties = d
        return translation_list

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
