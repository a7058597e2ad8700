from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.avatar_creation_notes import AvatarCreationNotes
    from ..models.avatar_error import AvatarError
    from ..models.avatar_face_rect import AvatarFaceRect


T = TypeVar("T", bound="GetResponse")


@_attrs_define
class GetResponse:
    """
    Attributes:
        id (str | Unset):
        status (str | Unset):
        object_ (str | Unset):
        created_at (str | Unset):
        owner_id (str | Unset):
        modified_at (str | Unset):
        error (AvatarError | None | Unset):
        started_at (str | Unset):
        completed_at (str | Unset):
        created_by (str | Unset):
        name (str | Unset):
        image_url (str | Unset):
        thumbnail_url (str | Unset):
        talking_preview_url (str | Unset):
        preview_url (str | Unset):
        webhook (str | Unset):
        voice_id (str | Unset):
        source_url (str | Unset):
        consent_id (str | Unset):
        face_rect (AvatarFaceRect | None | Unset):
        creation_notes (AvatarCreationNotes | None | Unset):
    """

    id: str | Unset = UNSET
    status: str | Unset = UNSET
    object_: str | Unset = UNSET
    created_at: str | Unset = UNSET
    owner_id: str | Unset = UNSET
    modified_at: str | Unset = UNSET
    error: AvatarError | None | Unset = UNSET
    started_at: str | Unset = UNSET
    completed_at: str | Unset = UNSET
    created_by: str | Unset = UNSET
    name: str | Unset = UNSET
    image_url: str | Unset = UNSET
    thumbnail_url: str | Unset = UNSET
    talking_preview_url: str | Unset = UNSET
    preview_url: str | Unset = UNSET
    webhook: str | Unset = UNSET
    voice_id: str | Unset = UNSET
    source_url: str | Unset = UNSET
    consent_id: str | Unset = UNSET
    face_rect: AvatarFaceRect | None | Unset = UNSET
    creation_notes: AvatarCreationNotes | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.avatar_creation_notes import AvatarCreationNotes
        from ..models.avatar_error import AvatarError
        from ..models.avatar_face_rect import AvatarFaceRect

        id = self.id

        status = self.status

        object_ = self.object_

        created_at = self.created_at

        owner_id = self.owner_id

        modified_at = self.modified_at

        error: dict[str, Any] | None | Unset
        if isinstance(self.error, Unset):
            error = UNSET
        elif isinstance(self.error, AvatarError):
            error = self.error.to_dict()
        else:
            error = self.error

        started_at = self.started_at

        completed_at = self.completed_at

        created_by = self.created_by

        name = self.name

        image_url = self.image_url

        thumbnail_url = self.thumbnail_url

        talking_preview_url = self.talking_preview_url

        preview_url = self.preview_url

        webhook = self.webhook

        voice_id = self.voice_id

        source_url = self.source_url

        consent_id = self.consent_id

        face_rect: dict[str, Any] | None | Unset
        if isinstance(self.face_rect, Unset):
            face_rect = UNSET
        elif isinstance(self.face_rect, AvatarFaceRect):
            face_rect = self.face_rect.to_dict()
        else:
            face_rect = self.face_rect

        creation_notes: dict[str, Any] | None | Unset
        if isinstance(self.creation_notes, Unset):
            creation_notes = UNSET
        elif isinstance(self.creation_notes, AvatarCreationNotes):
            creation_notes = self.creation_notes.to_dict()
        else:
            creation_notes = self.creation_notes

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if id is not UNSET:
            field_dict["id"] = id
        if status is not UNSET:
            field_dict["status"] = status
        if object_ is not UNSET:
            field_dict["object"] = object_
        if created_at is not UNSET:
            field_dict["created_at"] = created_at
        if owner_id is not UNSET:
            field_dict["owner_id"] = owner_id
        if modified_at is not UNSET:
            field_dict["modified_at"] = modified_at
        if error is not UNSET:
            field_dict["error"] = error
        if started_at is not UNSET:
            field_dict["started_at"] = started_at
        if completed_at is not UNSET:
            field_dict["completed_at"] = completed_at
        if created_by is not UNSET:
            field_dict["created_by"] = created_by
        if name is not UNSET:
            field_dict["name"] = name
        if image_url is not UNSET:
            field_dict["image_url"] = image_url
        if thumbnail_url is not UNSET:
            field_dict["thumbnail_url"] = thumbnail_url
        if talking_preview_url is not UNSET:
            field_dict["talking_preview_url"] = talking_preview_url
        if preview_url is not UNSET:
            field_dict["preview_url"] = preview_url
        if webhook is not UNSET:
            field_dict["webhook"] = webhook
        if voice_id is not UNSET:
            field_dict["voice_id"] = voice_id
        if source_url is not UNSET:
            field_dict["source_url"] = source_url
        if consent_id is not UNSET:
            field_dict["consent_id"] = consent_id
        if face_rect is not UNSET:
            field_dict["face_rect"] = face_rect
        if creation_notes is not UNSET:
            field_dict["creation_notes"] = creation_notes

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.avatar_creation_notes import AvatarCreationNotes
        from ..models.avatar_error import AvatarError
        from ..models.avatar_face_rect import AvatarFaceRect

        d = dict(src_dict)
        id = d.pop("id", UNSET)

        status = d.pop("status", UNSET)

        object_ = d.pop("object", UNSET)

        created_at = d.pop("created_at", UNSET)

        owner_id = d.pop("owner_id", UNSET)

        modified_at = d.pop("modified_at", UNSET)

        def _parse_error(data: object) -> AvatarError | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                error_type_0 = AvatarError.from_dict(data)

                return error_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(AvatarError | None | Unset, data)

        error = _parse_error(d.pop("error", UNSET))

        started_at = d.pop("started_at", UNSET)

        completed_at = d.pop("completed_at", UNSET)

        created_by = d.pop("created_by", UNSET)

        name = d.pop("name", UNSET)

        image_url = d.pop("image_url", UNSET)

        thumbnail_url = d.pop("thumbnail_url", UNSET)

        talking_preview_url = d.pop("talking_preview_url", UNSET)

        preview_url = d.pop("preview_url", UNSET)

        webhook = d.pop("webhook", UNSET)

        voice_id = d.pop("voice_id", UNSET)

        source_url = d.pop("source_url", UNSET)

        consent_id = d.pop("consent_id", UNSET)

        def _parse_face_rect(data: object) -> AvatarFaceRect | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                face_rect_type_0 = AvatarFaceRect.from_dict(data)

                return face_rect_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(AvatarFaceRect | None | Unset, data)

        face_rect = _parse_face_rect(d.pop("face_rect", UNSET))

        def _parse_creation_notes(data: object) -> AvatarCreationNotes | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                creation_notes_type_0 = AvatarCreationNotes.from_dict(data)

                return creation_notes_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(AvatarCreationNotes | None | Unset, data)

        creation_notes = _parse_creation_notes(d.pop("creation_notes", UNSET))

        get_response = cls(
            id=id,
            status=status,
            object_=object_,
            created_at=created_at,
            owner_id=owner_id,
            modified_at=modified_at,
            error=error,
            started_at=started_at,
            completed_at=completed_at,
            created_by=created_by,
            name=name,
            image_url=image_url,
            thumbnail_url=thumbnail_url,
            talking_preview_url=talking_preview_url,
            preview_url=preview_url,
            webhook=webhook,
            voice_id=voice_id,
            source_url=source_url,
            consent_id=consent_id,
            face_rect=face_rect,
            creation_notes=creation_notes,
        )

        get_response.additional_properties = d
        return get_response

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
