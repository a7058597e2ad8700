from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.expressive_error import ExpressiveError


T = TypeVar("T", bound="Expressive")


@_attrs_define
class Expressive:
    """
    Attributes:
        id (str | Unset):
        owner_id (str | Unset):
        name (str | Unset):
        thumbnail_url (str | Unset):
        status (str | Unset):
        created_at (str | Unset):
        avatar_id (str | Unset):
        sentiment_id (str | Unset):
        user_data (str | Unset):
        result_url (str | Unset):
        webhook (str | Unset):
        created_by (str | Unset):
        completed_at (str | Unset):
        error (ExpressiveError | None | Unset):
        subtitles_url (str | Unset):
        duration (float | Unset):
    """

    id: str | Unset = UNSET
    owner_id: str | Unset = UNSET
    name: str | Unset = UNSET
    thumbnail_url: str | Unset = UNSET
    status: str | Unset = UNSET
    created_at: str | Unset = UNSET
    avatar_id: str | Unset = UNSET
    sentiment_id: str | Unset = UNSET
    user_data: str | Unset = UNSET
    result_url: str | Unset = UNSET
    webhook: str | Unset = UNSET
    created_by: str | Unset = UNSET
    completed_at: str | Unset = UNSET
    error: ExpressiveError | None | Unset = UNSET
    subtitles_url: str | Unset = UNSET
    duration: float | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.expressive_error import ExpressiveError

        id = self.id

        owner_id = self.owner_id

        name = self.name

        thumbnail_url = self.thumbnail_url

        status = self.status

        created_at = self.created_at

        avatar_id = self.avatar_id

        sentiment_id = self.sentiment_id

        user_data = self.user_data

        result_url = self.result_url

        webhook = self.webhook

        created_by = self.created_by

        completed_at = self.completed_at

        error: dict[str, Any] | None | Unset
        if isinstance(self.error, Unset):
            error = UNSET
        elif isinstance(self.error, ExpressiveError):
            error = self.error.to_dict()
        else:
            error = self.error

        subtitles_url = self.subtitles_url

        duration = self.duration

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if id is not UNSET:
            field_dict["id"] = id
        if owner_id is not UNSET:
            field_dict["owner_id"] = owner_id
        if name is not UNSET:
            field_dict["name"] = name
        if thumbnail_url is not UNSET:
            field_dict["thumbnail_url"] = thumbnail_url
        if status is not UNSET:
            field_dict["status"] = status
        if created_at is not UNSET:
            field_dict["created_at"] = created_at
        if avatar_id is not UNSET:
            field_dict["avatar_id"] = avatar_id
        if sentiment_id is not UNSET:
            field_dict["sentiment_id"] = sentiment_id
        if user_data is not UNSET:
            field_dict["user_data"] = user_data
        if result_url is not UNSET:
            field_dict["result_url"] = result_url
        if webhook is not UNSET:
            field_dict["webhook"] = webhook
        if created_by is not UNSET:
            field_dict["created_by"] = created_by
        if completed_at is not UNSET:
            field_dict["completed_at"] = completed_at
        if error is not UNSET:
            field_dict["error"] = error
        if subtitles_url is not UNSET:
            field_dict["subtitles_url"] = subtitles_url
        if duration is not UNSET:
            field_dict["duration"] = duration

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.expressive_error import ExpressiveError

        d = dict(src_dict)
        id = d.pop("id", UNSET)

        owner_id = d.pop("owner_id", UNSET)

        name = d.pop("name", UNSET)

        thumbnail_url = d.pop("thumbnail_url", UNSET)

        status = d.pop("status", UNSET)

        created_at = d.pop("created_at", UNSET)

        avatar_id = d.pop("avatar_id", UNSET)

        sentiment_id = d.pop("sentiment_id", UNSET)

        user_data = d.pop("user_data", UNSET)

        result_url = d.pop("result_url", UNSET)

        webhook = d.pop("webhook", UNSET)

        created_by = d.pop("created_by", UNSET)

        completed_at = d.pop("completed_at", UNSET)

        def _parse_error(data: object) -> ExpressiveError | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                error_type_0 = ExpressiveError.from_dict(data)

                return error_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ExpressiveError | None | Unset, data)

        error = _parse_error(d.pop("error", UNSET))

        subtitles_url = d.pop("subtitles_url", UNSET)

        duration = d.pop("duration", UNSET)

        expressive = cls(
            id=id,
            owner_id=owner_id,
            name=name,
            thumbnail_url=thumbnail_url,
            status=status,
            created_at=created_at,
            avatar_id=avatar_id,
            sentiment_id=sentiment_id,
            user_data=user_data,
            result_url=result_url,
            webhook=webhook,
            created_by=created_by,
            completed_at=completed_at,
            error=error,
            subtitles_url=subtitles_url,
            duration=duration,
        )

        expressive.additional_properties = d
        return expressive

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
