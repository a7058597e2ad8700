from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.clip_config import ClipConfig


T = TypeVar("T", bound="Clip")


@_attrs_define
class Clip:
    """
    Attributes:
        id (str | Unset):
        owner_id (str | Unset):
        audio_url (str | Unset):
        created_at (str | Unset):
        created_by (str | Unset):
        modified_at (str | Unset):
        started_at (str | Unset):
        completed_at (str | Unset):
        config (ClipConfig | None | Unset):
        status (str | Unset):
        result_url (str | Unset):
        presenter_id (str | Unset):
        driver_id (str | Unset):
        metadata (Any | Unset):
        webhook (str | Unset):
        name (str | Unset):
    """

    id: str | Unset = UNSET
    owner_id: str | Unset = UNSET
    audio_url: str | Unset = UNSET
    created_at: str | Unset = UNSET
    created_by: str | Unset = UNSET
    modified_at: str | Unset = UNSET
    started_at: str | Unset = UNSET
    completed_at: str | Unset = UNSET
    config: ClipConfig | None | Unset = UNSET
    status: str | Unset = UNSET
    result_url: str | Unset = UNSET
    presenter_id: str | Unset = UNSET
    driver_id: str | Unset = UNSET
    metadata: Any | Unset = UNSET
    webhook: str | Unset = UNSET
    name: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.clip_config import ClipConfig

        id = self.id

        owner_id = self.owner_id

        audio_url = self.audio_url

        created_at = self.created_at

        created_by = self.created_by

        modified_at = self.modified_at

        started_at = self.started_at

        completed_at = self.completed_at

        config: dict[str, Any] | None | Unset
        if isinstance(self.config, Unset):
            config = UNSET
        elif isinstance(self.config, ClipConfig):
            config = self.config.to_dict()
        else:
            config = self.config

        status = self.status

        result_url = self.result_url

        presenter_id = self.presenter_id

        driver_id = self.driver_id

        metadata = self.metadata

        webhook = self.webhook

        name = self.name

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if id is not UNSET:
            field_dict["id"] = id
        if owner_id is not UNSET:
            field_dict["owner_id"] = owner_id
        if audio_url is not UNSET:
            field_dict["audio_url"] = audio_url
        if created_at is not UNSET:
            field_dict["created_at"] = created_at
        if created_by is not UNSET:
            field_dict["created_by"] = created_by
        if modified_at is not UNSET:
            field_dict["modified_at"] = modified_at
        if started_at is not UNSET:
            field_dict["started_at"] = started_at
        if completed_at is not UNSET:
            field_dict["completed_at"] = completed_at
        if config is not UNSET:
            field_dict["config"] = config
        if status is not UNSET:
            field_dict["status"] = status
        if result_url is not UNSET:
            field_dict["result_url"] = result_url
        if presenter_id is not UNSET:
            field_dict["presenter_id"] = presenter_id
        if driver_id is not UNSET:
            field_dict["driver_id"] = driver_id
        if metadata is not UNSET:
            field_dict["metadata"] = metadata
        if webhook is not UNSET:
            field_dict["webhook"] = webhook
        if name is not UNSET:
            field_dict["name"] = name

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.clip_config import ClipConfig

        d = dict(src_dict)
        id = d.pop("id", UNSET)

        owner_id = d.pop("owner_id", UNSET)

        audio_url = d.pop("audio_url", UNSET)

        created_at = d.pop("created_at", UNSET)

        created_by = d.pop("created_by", UNSET)

        modified_at = d.pop("modified_at", UNSET)

        started_at = d.pop("started_at", UNSET)

        completed_at = d.pop("completed_at", UNSET)

        def _parse_config(data: object) -> ClipConfig | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                config_type_0 = ClipConfig.from_dict(data)

                return config_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ClipConfig | None | Unset, data)

        config = _parse_config(d.pop("config", UNSET))

        status = d.pop("status", UNSET)

        result_url = d.pop("result_url", UNSET)

        presenter_id = d.pop("presenter_id", UNSET)

        driver_id = d.pop("driver_id", UNSET)

        metadata = d.pop("metadata", UNSET)

        webhook = d.pop("webhook", UNSET)

        name = d.pop("name", UNSET)

        clip = cls(
            id=id,
            owner_id=owner_id,
            audio_url=audio_url,
            created_at=created_at,
            created_by=created_by,
            modified_at=modified_at,
            started_at=started_at,
            completed_at=completed_at,
            config=config,
            status=status,
            result_url=result_url,
            presenter_id=presenter_id,
            driver_id=driver_id,
            metadata=metadata,
            webhook=webhook,
            name=name,
        )

        clip.additional_properties = d
        return clip

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
