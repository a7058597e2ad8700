from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.scene_config import SceneConfig
    from ..models.scene_error import SceneError


T = TypeVar("T", bound="Scene")


@_attrs_define
class Scene:
    """
    Attributes:
        owner_id (str | Unset):
        id (str | Unset):
        created_at (str | Unset):
        modified_at (str | Unset):
        created_by (str | Unset):
        avatar_id (str | Unset):
        status (str | Unset):
        audio_url (str | Unset):
        result_url (str | Unset):
        pending_url (str | Unset):
        started_at (str | Unset):
        completed_at (str | Unset):
        config (None | SceneConfig | Unset):
        subtitles_url (str | Unset):
        thumbnail_url (str | Unset):
        name (str | Unset):
        error (None | SceneError | Unset):
        webhook (str | Unset):
        user_data (str | Unset):
    """

    owner_id: str | Unset = UNSET
    id: str | Unset = UNSET
    created_at: str | Unset = UNSET
    modified_at: str | Unset = UNSET
    created_by: str | Unset = UNSET
    avatar_id: str | Unset = UNSET
    status: str | Unset = UNSET
    audio_url: str | Unset = UNSET
    result_url: str | Unset = UNSET
    pending_url: str | Unset = UNSET
    started_at: str | Unset = UNSET
    completed_at: str | Unset = UNSET
    config: None | SceneConfig | Unset = UNSET
    subtitles_url: str | Unset = UNSET
    thumbnail_url: str | Unset = UNSET
    name: str | Unset = UNSET
    error: None | SceneError | Unset = UNSET
    webhook: str | Unset = UNSET
    user_data: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.scene_config import SceneConfig
        from ..models.scene_error import SceneError

        owner_id = self.owner_id

        id = self.id

        created_at = self.created_at

        modified_at = self.modified_at

        created_by = self.created_by

        avatar_id = self.avatar_id

        status = self.status

        audio_url = self.audio_url

        result_url = self.result_url

        pending_url = self.pending_url

        started_at = self.started_at

        completed_at = self.completed_at

        config: dict[str, Any] | None | Unset
        if isinstance(self.config, Unset):
            config = UNSET
        elif isinstance(self.config, SceneConfig):
            config = self.config.to_dict()
        else:
            config = self.config

        subtitles_url = self.subtitles_url

        thumbnail_url = self.thumbnail_url

        name = self.name

        error: dict[str, Any] | None | Unset
        if isinstance(self.error, Unset):
            error = UNSET
        elif isinstance(self.error, SceneError):
            error = self.error.to_dict()
        else:
            error = self.error

        webhook = self.webhook

        user_data = self.user_data

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if owner_id is not UNSET:
            field_dict["owner_id"] = owner_id
        if id is not UNSET:
            field_dict["id"] = id
        if created_at is not UNSET:
            field_dict["created_at"] = created_at
        if modified_at is not UNSET:
            field_dict["modified_at"] = modified_at
        if created_by is not UNSET:
            field_dict["created_by"] = created_by
        if avatar_id is not UNSET:
            field_dict["avatar_id"] = avatar_id
        if status is not UNSET:
            field_dict["status"] = status
        if audio_url is not UNSET:
            field_dict["audio_url"] = audio_url
        if result_url is not UNSET:
            field_dict["result_url"] = result_url
        if pending_url is not UNSET:
            field_dict["pending_url"] = pending_url
        if started_at is not UNSET:
            field_dict["started_at"] = started_at
        if completed_at is not UNSET:
            field_dict["completed_at"] = completed_at
        if config is not UNSET:
            field_dict["config"] = config
        if subtitles_url is not UNSET:
            field_dict["subtitles_url"] = subtitles_url
        if thumbnail_url is not UNSET:
            field_dict["thumbnail_url"] = thumbnail_url
        if name is not UNSET:
            field_dict["name"] = name
        if error is not UNSET:
            field_dict["error"] = error
        if webhook is not UNSET:
            field_dict["webhook"] = webhook
        if user_data is not UNSET:
            field_dict["user_data"] = user_data

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.scene_config import SceneConfig
        from ..models.scene_error import SceneError

        d = dict(src_dict)
        owner_id = d.pop("owner_id", UNSET)

        id = d.pop("id", UNSET)

        created_at = d.pop("created_at", UNSET)

        modified_at = d.pop("modified_at", UNSET)

        created_by = d.pop("created_by", UNSET)

        avatar_id = d.pop("avatar_id", UNSET)

        status = d.pop("status", UNSET)

        audio_url = d.pop("audio_url", UNSET)

        result_url = d.pop("result_url", UNSET)

        pending_url = d.pop("pending_url", UNSET)

        started_at = d.pop("started_at", UNSET)

        completed_at = d.pop("completed_at", UNSET)

        def _parse_config(data: object) -> None | SceneConfig | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                config_type_0 = SceneConfig.from_dict(data)

                return config_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | SceneConfig | Unset, data)

        config = _parse_config(d.pop("config", UNSET))

        subtitles_url = d.pop("subtitles_url", UNSET)

        thumbnail_url = d.pop("thumbnail_url", UNSET)

        name = d.pop("name", UNSET)

        def _parse_error(data: object) -> None | SceneError | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                error_type_0 = SceneError.from_dict(data)

                return error_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | SceneError | Unset, data)

        error = _parse_error(d.pop("error", UNSET))

        webhook = d.pop("webhook", UNSET)

        user_data = d.pop("user_data", UNSET)

        scene = cls(
            owner_id=owner_id,
            id=id,
            created_at=created_at,
            modified_at=modified_at,
            created_by=created_by,
            avatar_id=avatar_id,
            status=status,
            audio_url=audio_url,
            result_url=result_url,
            pending_url=pending_url,
            started_at=started_at,
            completed_at=completed_at,
            config=config,
            subtitles_url=subtitles_url,
            thumbnail_url=thumbnail_url,
            name=name,
            error=error,
            webhook=webhook,
            user_data=user_data,
        )

        scene.additional_properties = d
        return scene

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
