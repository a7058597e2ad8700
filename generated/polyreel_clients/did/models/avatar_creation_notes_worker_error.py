from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="AvatarCreationNotesWorkerError")


@_attrs_define
class AvatarCreationNotesWorkerError:
    """
    Attributes:
        kind (str | Unset):
        description (str | Unset):
        details (Any | Unset):
        internal (str | Unset):
    """

    kind: str | Unset = UNSET
    description: str | Unset = UNSET
    details: Any | Unset = UNSET
    internal: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        kind = self.kind

        description = self.description

        details = self.details

        internal = self.internal

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if kind is not UNSET:
            field_dict["kind"] = kind
        if description is not UNSET:
            field_dict["description"] = description
        if details is not UNSET:
            field_dict["details"] = details
        if internal is not UNSET:
            field_dict["internal"] = internal

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        kind = d.pop("kind", UNSET)

        description = d.pop("description", UNSET)

        details = d.pop("details", UNSET)

        internal = d.pop("internal", UNSET)

        avatar_creation_notes_worker_error = cls(
            kind=kind,
            description=description,
            details=details,
            internal=internal,
        )

        avatar_creation_notes_worker_error.additional_properties = d
        return avatar_creation_notes_worker_error

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
