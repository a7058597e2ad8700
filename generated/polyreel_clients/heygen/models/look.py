from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.look_error import LookError


T = TypeVar("T", bound="Look")


@_attrs_define
class Look:
    """
    Attributes:
        avatar_type (str | Unset):
        default_voice_id (str | Unset):
        error (LookError | None | Unset):
        gender (str | Unset):
        group_id (str | Unset):
        id (str | Unset):
        image_height (int | Unset):
        image_width (int | Unset):
        name (str | Unset):
        preferred_orientation (str | Unset):
        preview_image_url (str | Unset):
        preview_video_url (str | Unset):
        status (str | Unset):
        supported_api_engines (list[str] | Unset):
        tags (list[str] | Unset):
    """

    avatar_type: str | Unset = UNSET
    default_voice_id: str | Unset = UNSET
    error: LookError | None | Unset = UNSET
    gender: str | Unset = UNSET
    group_id: str | Unset = UNSET
    id: str | Unset = UNSET
    image_height: int | Unset = UNSET
    image_width: int | Unset = UNSET
    name: str | Unset = UNSET
    preferred_orientation: str | Unset = UNSET
    preview_image_url: str | Unset = UNSET
    preview_video_url: str | Unset = UNSET
    status: str | Unset = UNSET
    supported_api_engines: list[str] | Unset = UNSET
    tags: list[str] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.look_error import LookError

        avatar_type = self.avatar_type

        default_voice_id = self.default_voice_id

        error: dict[str, Any] | None | Unset
        if isinstance(self.error, Unset):
            error = UNSET
        elif isinstance(self.error, LookError):
            error = self.error.to_dict()
        else:
            error = self.error

        gender = self.gender

        group_id = self.group_id

        id = self.id

        image_height = self.image_height

        image_width = self.image_width

        name = self.name

        preferred_orientation = self.preferred_orientation

        preview_image_url = self.preview_image_url

        preview_video_url = self.preview_video_url

        status = self.status

        supported_api_engines: list[str] | Unset = UNSET
        if not isinstance(self.supported_api_engines, Unset):
            supported_api_engines = self.supported_api_engines

        tags: list[str] | Unset = UNSET
        if not isinstance(self.tags, Unset):
            tags = self.tags

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if avatar_type is not UNSET:
            field_dict["avatar_type"] = avatar_type
        if default_voice_id is not UNSET:
            field_dict["default_voice_id"] = default_voice_id
        if error is not UNSET:
            field_dict["error"] = error
        if gender is not UNSET:
            field_dict["gender"] = gender
        if group_id is not UNSET:
            field_dict["group_id"] = group_id
        if id is not UNSET:
            field_dict["id"] = id
        if image_height is not UNSET:
            field_dict["image_height"] = image_height
        if image_width is not UNSET:
            field_dict["image_width"] = image_width
        if name is not UNSET:
            field_dict["name"] = name
        if preferred_orientation is not UNSET:
            field_dict["preferred_orientation"] = preferred_orientation
        if preview_image_url is not UNSET:
            field_dict["preview_image_url"] = preview_image_url
        if preview_video_url is not UNSET:
            field_dict["preview_video_url"] = preview_video_url
        if status is not UNSET:
            field_dict["status"] = status
        if supported_api_engines is not UNSET:
            field_dict["supported_api_engines"] = supported_api_engines
        if tags is not UNSET:
            field_dict["tags"] = tags

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.look_error import LookError

        d = dict(src_dict)
        avatar_type = d.pop("avatar_type", UNSET)

        default_voice_id = d.pop("default_voice_id", UNSET)

        def _parse_error(data: object) -> LookError | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                error_type_0 = LookError.from_dict(data)

                return error_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(LookError | None | Unset, data)

        error = _parse_error(d.pop("error", UNSET))

        gender = d.pop("gender", UNSET)

        group_id = d.pop("group_id", UNSET)

        id = d.pop("id", UNSET)

        image_height = d.pop("image_height", UNSET)

        image_width = d.pop("image_width", UNSET)

        name = d.pop("name", UNSET)

        preferred_orientation = d.pop("preferred_orientation", UNSET)

        preview_image_url = d.pop("preview_image_url", UNSET)

        preview_video_url = d.pop("preview_video_url", UNSET)

        status = d.pop("status", UNSET)

        supported_api_engines = cast(list[str], d.pop("supported_api_engines", UNSET))

        tags = cast(list[str], d.pop("tags", UNSET))

        look = cls(
            avatar_type=avatar_type,
            default_voice_id=default_voice_id,
            error=error,
            gender=gender,
            group_id=group_id,
            id=id,
            image_height=image_height,
            image_width=image_width,
            name=name,
            preferred_orientation=preferred_orientation,
            preview_image_url=preview_image_url,
            preview_video_url=preview_video_url,
            status=status,
            supported_api_engines=supported_api_engines,
            tags=tags,
        )

        look.additional_properties = d
        return look

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
