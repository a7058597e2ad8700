from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.presenter_face_rect import PresenterFaceRect


T = TypeVar("T", bound="Presenter")


@_attrs_define
class Presenter:
    """
    Attributes:
        presenter_id (str | Unset):
        name (str | Unset):
        driver_id (str | Unset):
        gender (str | Unset):
        owner_id (str | Unset):
        preview_url (str | Unset):
        talking_preview_url (str | Unset):
        modified_at (str | Unset):
        video_url (str | Unset):
        thumbnail_url (str | Unset):
        image_url (str | Unset):
        created_at (str | Unset):
        is_streamable (bool | Unset):
        is_greenscreen (bool | Unset):
        status (str | Unset):
        face_rect (None | PresenterFaceRect | Unset):
    """

    presenter_id: str | Unset = UNSET
    name: str | Unset = UNSET
    driver_id: str | Unset = UNSET
    gender: str | Unset = UNSET
    owner_id: str | Unset = UNSET
    preview_url: str | Unset = UNSET
    talking_preview_url: str | Unset = UNSET
    modified_at: str | Unset = UNSET
    video_url: str | Unset = UNSET
    thumbnail_url: str | Unset = UNSET
    image_url: str | Unset = UNSET
    created_at: str | Unset = UNSET
    is_streamable: bool | Unset = UNSET
    is_greenscreen: bool | Unset = UNSET
    status: str | Unset = UNSET
    face_rect: None | PresenterFaceRect | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.presenter_face_rect import PresenterFaceRect

        presenter_id = self.presenter_id

        name = self.name

        driver_id = self.driver_id

        gender = self.gender

        owner_id = self.owner_id

        preview_url = self.preview_url

        talking_preview_url = self.talking_preview_url

        modified_at = self.modified_at

        video_url = self.video_url

        thumbnail_url = self.thumbnail_url

        image_url = self.image_url

        created_at = self.created_at

        is_streamable = self.is_streamable

        is_greenscreen = self.is_greenscreen

        status = self.status

        face_rect: dict[str, Any] | None | Unset
        if isinstance(self.face_rect, Unset):
            face_rect = UNSET
        elif isinstance(self.face_rect, PresenterFaceRect):
            face_rect = self.face_rect.to_dict()
        else:
            face_rect = self.face_rect

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if presenter_id is not UNSET:
            field_dict["presenter_id"] = presenter_id
        if name is not UNSET:
            field_dict["name"] = name
        if driver_id is not UNSET:
            field_dict["driver_id"] = driver_id
        if gender is not UNSET:
            field_dict["gender"] = gender
        if owner_id is not UNSET:
            field_dict["owner_id"] = owner_id
        if preview_url is not UNSET:
            field_dict["preview_url"] = preview_url
        if talking_preview_url is not UNSET:
            field_dict["talking_preview_url"] = talking_preview_url
        if modified_at is not UNSET:
            field_dict["modified_at"] = modified_at
        if video_url is not UNSET:
            field_dict["video_url"] = video_url
        if thumbnail_url is not UNSET:
            field_dict["thumbnail_url"] = thumbnail_url
        if image_url is not UNSET:
            field_dict["image_url"] = image_url
        if created_at is not UNSET:
            field_dict["created_at"] = created_at
        if is_streamable is not UNSET:
            field_dict["is_streamable"] = is_streamable
        if is_greenscreen is not UNSET:
            field_dict["is_greenscreen"] = is_greenscreen
        if status is not UNSET:
            field_dict["status"] = status
        if face_rect is not UNSET:
            field_dict["face_rect"] = face_rect

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.presenter_face_rect import PresenterFaceRect

        d = dict(src_dict)
        presenter_id = d.pop("presenter_id", UNSET)

        name = d.pop("name", UNSET)

        driver_id = d.pop("driver_id", UNSET)

        gender = d.pop("gender", UNSET)

        owner_id = d.pop("owner_id", UNSET)

        preview_url = d.pop("preview_url", UNSET)

        talking_preview_url = d.pop("talking_preview_url", UNSET)

        modified_at = d.pop("modified_at", UNSET)

        video_url = d.pop("video_url", UNSET)

        thumbnail_url = d.pop("thumbnail_url", UNSET)

        image_url = d.pop("image_url", UNSET)

        created_at = d.pop("created_at", UNSET)

        is_streamable = d.pop("is_streamable", UNSET)

        is_greenscreen = d.pop("is_greenscreen", UNSET)

        status = d.pop("status", UNSET)

        def _parse_face_rect(data: object) -> None | PresenterFaceRect | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                face_rect_type_0 = PresenterFaceRect.from_dict(data)

                return face_rect_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | PresenterFaceRect | Unset, data)

        face_rect = _parse_face_rect(d.pop("face_rect", UNSET))

        presenter = cls(
            presenter_id=presenter_id,
            name=name,
            driver_id=driver_id,
            gender=gender,
            owner_id=owner_id,
            preview_url=preview_url,
            talking_preview_url=talking_preview_url,
            modified_at=modified_at,
            video_url=video_url,
            thumbnail_url=thumbnail_url,
            image_url=image_url,
            created_at=created_at,
            is_streamable=is_streamable,
            is_greenscreen=is_greenscreen,
            status=status,
            face_rect=face_rect,
        )

        presenter.additional_properties = d
        return presenter

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
