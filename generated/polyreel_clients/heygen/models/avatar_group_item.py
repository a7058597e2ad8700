from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.avatar_group_error import AvatarGroupError


T = TypeVar("T", bound="AvatarGroupItem")


@_attrs_define
class AvatarGroupItem:
    """
    Attributes:
        consent_status (str | Unset):
        created_at (int | Unset):
        default_voice_id (str | Unset):
        error (AvatarGroupError | None | Unset):
        gender (str | Unset):
        id (str | Unset):
        looks_count (int | Unset):
        name (str | Unset):
        preview_image_url (str | Unset):
        preview_video_url (str | Unset):
        status (str | Unset):
    """

    consent_status: str | Unset = UNSET
    created_at: int | Unset = UNSET
    default_voice_id: str | Unset = UNSET
    error: AvatarGroupError | None | Unset = UNSET
    gender: str | Unset = UNSET
    id: str | Unset = UNSET
    looks_count: int | Unset = UNSET
    name: str | Unset = UNSET
    preview_image_url: str | Unset = UNSET
    preview_video_url: str | Unset = UNSET
    status: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.avatar_group_error import AvatarGroupError

        consent_status = self.consent_status

        created_at = self.created_at

        default_voice_id = self.default_voice_id

        error: dict[str, Any] | None | Unset
        if isinstance(self.error, Unset):
            error = UNSET
        elif isinstance(self.error, AvatarGroupError):
            error = self.error.to_dict()
        else:
            error = self.error

        gender = self.gender

        id = self.id

        looks_count = self.looks_count

        name = self.name

        preview_image_url = self.preview_image_url

        preview_video_url = self.preview_video_url

        status = self.status

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if consent_status is not UNSET:
            field_dict["consent_status"] = consent_status
        if created_at is not UNSET:
            field_dict["created_at"] = created_at
        if default_voice_id is not UNSET:
            field_dict["default_voice_id"] = default_voice_id
        if error is not UNSET:
            field_dict["error"] = error
        if gender is not UNSET:
            field_dict["gender"] = gender
        if id is not UNSET:
            field_dict["id"] = id
        if looks_count is not UNSET:
            field_dict["looks_count"] = looks_count
        if name is not UNSET:
            field_dict["name"] = name
        if preview_image_url is not UNSET:
            field_dict["preview_image_url"] = preview_image_url
        if preview_video_url is not UNSET:
            field_dict["preview_video_url"] = preview_video_url
        if status is not UNSET:
            field_dict["status"] = status

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.avatar_group_error import AvatarGroupError

        d = dict(src_dict)
        consent_status = d.pop("consent_status", UNSET)

        created_at = d.pop("created_at", UNSET)

        default_voice_id = d.pop("default_voice_id", UNSET)

        def _parse_error(data: object) -> AvatarGroupError | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                error_type_0 = AvatarGroupError.from_dict(data)

                return error_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(AvatarGroupError | None | Unset, data)

        error = _parse_error(d.pop("error", UNSET))

        gender = d.pop("gender", UNSET)

        id = d.pop("id", UNSET)

        looks_count = d.pop("looks_count", UNSET)

        name = d.pop("name", UNSET)

        preview_image_url = d.pop("preview_image_url", UNSET)

        preview_video_url = d.pop("preview_video_url", UNSET)

        status = d.pop("status", UNSET)

        avatar_group_item = cls(
            consent_status=consent_status,
            created_at=created_at,
            default_voice_id=default_voice_id,
            error=error,
            gender=gender,
            id=id,
            looks_count=looks_count,
            name=name,
            preview_image_url=preview_image_url,
            preview_video_url=preview_video_url,
            status=status,
        )

        avatar_group_item.additional_properties = d
        return avatar_group_item

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
