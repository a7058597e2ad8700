from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.translation_transcription import TranslationTranscription


T = TypeVar("T", bound="Translation")


@_attrs_define
class Translation:
    """
    Attributes:
        id (str | Unset):
        group_id (str | Unset):
        name (str | Unset):
        owner_id (str | Unset):
        status (str | Unset):
        created_at (str | Unset):
        created_by (str | Unset):
        modified_at (str | Unset):
        result_url (str | Unset):
        subtitles_url (str | Unset):
        thumbnail_url (str | Unset):
        transcriptions (list[None | TranslationTranscription] | None | Unset):
    """

    id: str | Unset = UNSET
    group_id: str | Unset = UNSET
    name: str | Unset = UNSET
    owner_id: str | Unset = UNSET
    status: str | Unset = UNSET
    created_at: str | Unset = UNSET
    created_by: str | Unset = UNSET
    modified_at: str | Unset = UNSET
    result_url: str | Unset = UNSET
    subtitles_url: str | Unset = UNSET
    thumbnail_url: str | Unset = UNSET
    transcriptions: list[None | TranslationTranscription] | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.translation_transcription import TranslationTranscription

        id = self.id

        group_id = self.group_id

        name = self.name

        owner_id = self.owner_id

        status = self.status

        created_at = self.created_at

        created_by = self.created_by

        modified_at = self.modified_at

        result_url = self.result_url

        subtitles_url = self.subtitles_url

        thumbnail_url = self.thumbnail_url

        transcriptions: list[dict[str, Any] | None] | None | Unset
        if isinstance(self.transcriptions, Unset):
            transcriptions = UNSET
        elif isinstance(self.transcriptions, list):
            transcriptions = []
            for transcriptions_type_0_item_data in self.transcriptions:
                transcriptions_type_0_item: dict[str, Any] | None
                if isinstance(
                    transcriptions_type_0_item_data, TranslationTranscription
                ):
                    transcriptions_type_0_item = (
                        transcriptions_type_0_item_data.to_dict()
                    )
                else:
                    transcriptions_type_0_item = transcriptions_type_0_item_data
                transcriptions.append(transcriptions_type_0_item)

        else:
            transcriptions = self.transcriptions

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if id is not UNSET:
            field_dict["id"] = id
        if group_id is not UNSET:
            field_dict["group_id"] = group_id
        if name is not UNSET:
            field_dict["name"] = name
        if owner_id is not UNSET:
            field_dict["owner_id"] = owner_id
        if status is not UNSET:
            field_dict["status"] = status
        if created_at is not UNSET:
            field_dict["created_at"] = created_at
        if created_by is not UNSET:
            field_dict["created_by"] = created_by
        if modified_at is not UNSET:
            field_dict["modified_at"] = modified_at
        if result_url is not UNSET:
            field_dict["result_url"] = result_url
        if subtitles_url is not UNSET:
            field_dict["subtitles_url"] = subtitles_url
        if thumbnail_url is not UNSET:
            field_dict["thumbnail_url"] = thumbnail_url
        if transcriptions is not UNSET:
            field_dict["transcriptions"] = transcriptions

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.translation_transcription import TranslationTranscription

        d = dict(src_dict)
        id = d.pop("id", UNSET)

        group_id = d.pop("group_id", UNSET)

        name = d.pop("name", UNSET)

        owner_id = d.pop("owner_id", UNSET)

        status = d.pop("status", UNSET)

        created_at = d.pop("created_at", UNSET)

        created_by = d.pop("created_by", UNSET)

        modified_at = d.pop("modified_at", UNSET)

        result_url = d.pop("result_url", UNSET)

        subtitles_url = d.pop("subtitles_url", UNSET)

        thumbnail_url = d.pop("thumbnail_url", UNSET)

        def _parse_transcriptions(
            data: object,
        ) -> list[None | TranslationTranscription] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                transcriptions_type_0 = []
                _transcriptions_type_0 = data
                for transcriptions_type_0_item_data in _transcriptions_type_0:

                    def _parse_transcriptions_type_0_item(
                        data: object,
                    ) -> None | TranslationTranscription:
                        if data is None:
                            return data
                        try:
                            if not isinstance(data, dict):
                                raise TypeError()
                            transcriptions_type_0_item_type_0 = (
                                TranslationTranscription.from_dict(data)
                            )

                            return transcriptions_type_0_item_type_0
                        except (TypeError, ValueError, AttributeError, KeyError):
                            pass
                        return cast(None | TranslationTranscription, data)

                    transcriptions_type_0_item = _parse_transcriptions_type_0_item(
                        transcriptions_type_0_item_data
                    )

                    transcriptions_type_0.append(transcriptions_type_0_item)

                return transcriptions_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[None | TranslationTranscription] | None | Unset, data)

        transcriptions = _parse_transcriptions(d.pop("transcriptions", UNSET))

        translation = cls(
            id=id,
            group_id=group_id,
            name=name,
            owner_id=owner_id,
            status=status,
            created_at=created_at,
            created_by=created_by,
            modified_at=modified_at,
            result_url=result_url,
            subtitles_url=subtitles_url,
            thumbnail_url=thumbnail_url,
            transcriptions=transcriptions,
        )

        translation.additional_properties = d
        return translation

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
