from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.talk_config import TalkConfig


T = TypeVar("T", bound="Talk")


@_attrs_define
class Talk:
    """
    Attributes:
        id (str | Unset):
        user_id (str | Unset):
        source_url (str | Unset):
        driver_url (str | Unset):
        created_at (str | Unset):
        created_by (str | Unset):
        audio_url (str | Unset):
        started_at (str | Unset):
        modified_at (str | Unset):
        status (str | Unset):
        result_url (str | Unset):
        metadata (Any | Unset):
        webhook (str | Unset):
        config (None | TalkConfig | Unset):
    """

    id: str | Unset = UNSET
    user_id: str | Unset = UNSET
    source_url: str | Unset = UNSET
    driver_url: str | Unset = UNSET
    created_at: str | Unset = UNSET
    created_by: str | Unset = UNSET
    audio_url: str | Unset = UNSET
    started_at: str | Unset = UNSET
    modified_at: str | Unset = UNSET
    status: str | Unset = UNSET
    result_url: str | Unset = UNSET
    metadata: Any | Unset = UNSET
    webhook: str | Unset = UNSET
    config: None | TalkConfig | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.talk_config import TalkConfig

        id = self.id

        user_id = self.user_id

        source_url = self.source_url

        driver_url = self.driver_url

        created_at = self.created_at

        created_by = self.created_by

        audio_url = self.audio_url

        started_at = self.started_at

        modified_at = self.modified_at

        status = self.status

        result_url = self.result_url

        metadata = self.metadata

        webhook = self.webhook

        config: dict[str, Any] | None | Unset
        if isinstance(self.config, Unset):
            config = UNSET
        elif isinstance(self.config, TalkConfig):
            config = self.config.to_dict()
        else:
            config = self.config

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if id is not UNSET:
            field_dict["id"] = id
        if user_id is not UNSET:
            field_dict["user_id"] = user_id
        if source_url is not UNSET:
            field_dict["source_url"] = source_url
        if driver_url is not UNSET:
            field_dict["driver_url"] = driver_url
        if created_at is not UNSET:
            field_dict["created_at"] = created_at
        if created_by is not UNSET:
            field_dict["created_by"] = created_by
        if audio_url is not UNSET:
            field_dict["audio_url"] = audio_url
        if started_at is not UNSET:
            field_dict["started_at"] = started_at
        if modified_at is not UNSET:
            field_dict["modified_at"] = modified_at
        if status is not UNSET:
            field_dict["status"] = status
        if result_url is not UNSET:
            field_dict["result_url"] = result_url
        if metadata is not UNSET:
            field_dict["metadata"] = metadata
        if webhook is not UNSET:
            field_dict["webhook"] = webhook
        if config is not UNSET:
            field_dict["config"] = config

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.talk_config import TalkConfig

        d = dict(src_dict)
        id = d.pop("id", UNSET)

        user_id = d.pop("user_id", UNSET)

        source_url = d.pop("source_url", UNSET)

        driver_url = d.pop("driver_url", UNSET)

        created_at = d.pop("created_at", UNSET)

        created_by = d.pop("created_by", UNSET)

        audio_url = d.pop("audio_url", UNSET)

        started_at = d.pop("started_at", UNSET)

        modified_at = d.pop("modified_at", UNSET)

        status = d.pop("status", UNSET)

        result_url = d.pop("result_url", UNSET)

        metadata = d.pop("metadata", UNSET)

        webhook = d.pop("webhook", UNSET)

        def _parse_config(data: object) -> None | TalkConfig | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                config_type_0 = TalkConfig.from_dict(data)

                return config_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | TalkConfig | Unset, data)

        config = _parse_config(d.pop("config", UNSET))

        talk = cls(
            id=id,
            user_id=user_id,
            source_url=source_url,
            driver_url=driver_url,
            created_at=created_at,
            created_by=created_by,
            audio_url=audio_url,
            started_at=started_at,
            modified_at=modified_at,
            status=status,
            result_url=result_url,
            metadata=metadata,
            webhook=webhook,
            config=config,
        )

        talk.additional_properties = d
        return talk

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
