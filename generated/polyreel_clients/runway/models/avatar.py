from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="Avatar")


@_attrs_define
class Avatar:
    """
    Attributes:
        id (str | Unset):
        name (str | Unset):
        personality (str | Unset):
        start_script (str | Unset):
        voice (Any | Unset):
        reference_image_uri (str | Unset):
        processed_image_uri (str | Unset):
        document_ids (list[str] | Unset):
        created_at (str | Unset):
        updated_at (str | Unset):
        status (str | Unset):
        failure_reason (str | Unset):
    """

    id: str | Unset = UNSET
    name: str | Unset = UNSET
    personality: str | Unset = UNSET
    start_script: str | Unset = UNSET
    voice: Any | Unset = UNSET
    reference_image_uri: str | Unset = UNSET
    processed_image_uri: str | Unset = UNSET
    document_ids: list[str] | Unset = UNSET
    created_at: str | Unset = UNSET
    updated_at: str | Unset = UNSET
    status: str | Unset = UNSET
    failure_reason: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        name = self.name

        personality = self.personality

        start_script = self.start_script

        voice = self.voice

        reference_image_uri = self.reference_image_uri

        processed_image_uri = self.processed_image_uri

        document_ids: list[str] | Unset = UNSET
        if not isinstance(self.document_ids, Unset):
            document_ids = self.document_ids

        created_at = self.created_at

        updated_at = self.updated_at

        status = self.status

        failure_reason = self.failure_reason

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if id is not UNSET:
            field_dict["id"] = id
        if name is not UNSET:
            field_dict["name"] = name
        if personality is not UNSET:
            field_dict["personality"] = personality
        if start_script is not UNSET:
            field_dict["startScript"] = start_script
        if voice is not UNSET:
            field_dict["voice"] = voice
        if reference_image_uri is not UNSET:
            field_dict["referenceImageUri"] = reference_image_uri
        if processed_image_uri is not UNSET:
            field_dict["processedImageUri"] = processed_image_uri
        if document_ids is not UNSET:
            field_dict["documentIds"] = document_ids
        if created_at is not UNSET:
            field_dict["createdAt"] = created_at
        if updated_at is not UNSET:
            field_dict["updatedAt"] = updated_at
        if status is not UNSET:
            field_dict["status"] = status
        if failure_reason is not UNSET:
            field_dict["failureReason"] = failure_reason

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        id = d.pop("id", UNSET)

        name = d.pop("name", UNSET)

        personality = d.pop("personality", UNSET)

        start_script = d.pop("startScript", UNSET)

        voice = d.pop("voice", UNSET)

        reference_image_uri = d.pop("referenceImageUri", UNSET)

        processed_image_uri = d.pop("processedImageUri", UNSET)

        document_ids = cast(list[str], d.pop("documentIds", UNSET))

        created_at = d.pop("createdAt", UNSET)

        updated_at = d.pop("updatedAt", UNSET)

        status = d.pop("status", UNSET)

        failure_reason = d.pop("failureReason", UNSET)

        avatar = cls(
            id=id,
            name=name,
            personality=personality,
            start_script=start_script,
            voice=voice,
            reference_image_uri=reference_image_uri,
            processed_image_uri=processed_image_uri,
            document_ids=document_ids,
            created_at=created_at,
            updated_at=updated_at,
            status=status,
            failure_reason=failure_reason,
        )

        avatar.additional_properties = d
        return avatar

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
