from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="Generation")


@_attrs_define
class Generation:
    """
    Attributes:
        id (str | Unset):
        status (str | Unset):
        content_url (str | Unset):
        content_mime_type (str | Unset):
        failure_reason (str | Unset):
        error_message (str | Unset):
    """

    id: str | Unset = UNSET
    status: str | Unset = UNSET
    content_url: str | Unset = UNSET
    content_mime_type: str | Unset = UNSET
    failure_reason: str | Unset = UNSET
    error_message: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        status = self.status

        content_url = self.content_url

        content_mime_type = self.content_mime_type

        failure_reason = self.failure_reason

        error_message = self.error_message

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if id is not UNSET:
            field_dict["id"] = id
        if status is not UNSET:
            field_dict["status"] = status
        if content_url is not UNSET:
            field_dict["content_url"] = content_url
        if content_mime_type is not UNSET:
            field_dict["content_mime_type"] = content_mime_type
        if failure_reason is not UNSET:
            field_dict["failure_reason"] = failure_reason
        if error_message is not UNSET:
            field_dict["error_message"] = error_message

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        id = d.pop("id", UNSET)

        status = d.pop("status", UNSET)

        content_url = d.pop("content_url", UNSET)

        content_mime_type = d.pop("content_mime_type", UNSET)

        failure_reason = d.pop("failure_reason", UNSET)

        error_message = d.pop("error_message", UNSET)

        generation = cls(
            id=id,
            status=status,
            content_url=content_url,
            content_mime_type=content_mime_type,
            failure_reason=failure_reason,
            error_message=error_message,
        )

        generation.additional_properties = d
        return generation

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
