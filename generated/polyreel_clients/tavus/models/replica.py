from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="Replica")


@_attrs_define
class Replica:
    """
    Attributes:
        replica_id (str | Unset):
        replica_name (str | Unset):
        thumbnail_video_url (str | Unset):
        training_progress (str | Unset):
        status (str | Unset):
        created_at (str | Unset):
        replica_type (str | Unset):
        updated_at (str | Unset):
        error_message (str | Unset):
        model_name (str | Unset):
        face_id (str | Unset):
        face_name (str | Unset):
        face_type (str | Unset):
    """

    replica_id: str | Unset = UNSET
    replica_name: str | Unset = UNSET
    thumbnail_video_url: str | Unset = UNSET
    training_progress: str | Unset = UNSET
    status: str | Unset = UNSET
    created_at: str | Unset = UNSET
    replica_type: str | Unset = UNSET
    updated_at: str | Unset = UNSET
    error_message: str | Unset = UNSET
    model_name: str | Unset = UNSET
    face_id: str | Unset = UNSET
    face_name: str | Unset = UNSET
    face_type: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        replica_id = self.replica_id

        replica_name = self.replica_name

        thumbnail_video_url = self.thumbnail_video_url

        training_progress = self.training_progress

        status = self.status

        created_at = self.created_at

        replica_type = self.replica_type

        updated_at = self.updated_at

        error_message = self.error_message

        model_name = self.model_name

        face_id = self.face_id

        face_name = self.face_name

        face_type = self.face_type

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if replica_id is not UNSET:
            field_dict["replica_id"] = replica_id
        if replica_name is not UNSET:
            field_dict["replica_name"] = replica_name
        if thumbnail_video_url is not UNSET:
            field_dict["thumbnail_video_url"] = thumbnail_video_url
        if training_progress is not UNSET:
            field_dict["training_progress"] = training_progress
        if status is not UNSET:
            field_dict["status"] = status
        if created_at is not UNSET:
            field_dict["created_at"] = created_at
        if replica_type is not UNSET:
            field_dict["replica_type"] = replica_type
        if updated_at is not UNSET:
            field_dict["updated_at"] = updated_at
        if error_message is not UNSET:
            field_dict["error_message"] = error_message
        if model_name is not UNSET:
            field_dict["model_name"] = model_name
        if face_id is not UNSET:
            field_dict["face_id"] = face_id
        if face_name is not UNSET:
            field_dict["face_name"] = face_name
        if face_type is not UNSET:
            field_dict["face_type"] = face_type

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        replica_id = d.pop("replica_id", UNSET)

        replica_name = d.pop("replica_name", UNSET)

        thumbnail_video_url = d.pop("thumbnail_video_url", UNSET)

        training_progress = d.pop("training_progress", UNSET)

        status = d.pop("status", UNSET)

        created_at = d.pop("created_at", UNSET)

        replica_type = d.pop("replica_type", UNSET)

        updated_at = d.pop("updated_at", UNSET)

        error_message = d.pop("error_message", UNSET)

        model_name = d.pop("model_name", UNSET)

        face_id = d.pop("face_id", UNSET)

        face_name = d.pop("face_name", UNSET)

        face_type = d.pop("face_type", UNSET)

        replica = cls(
            replica_id=replica_id,
            replica_name=replica_name,
            thumbnail_video_url=thumbnail_video_url,
            training_progress=training_progress,
            status=status,
            created_at=created_at,
            replica_type=replica_type,
            updated_at=updated_at,
            error_message=error_message,
            model_name=model_name,
            face_id=face_id,
            face_name=face_name,
            face_type=face_type,
        )

        replica.additional_properties = d
        return replica

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
