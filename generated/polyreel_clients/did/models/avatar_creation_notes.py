from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.avatar_creation_notes_worker_error import (
        AvatarCreationNotesWorkerError,
    )


T = TypeVar("T", bound="AvatarCreationNotes")


@_attrs_define
class AvatarCreationNotes:
    """
    Attributes:
        is_clone_voice_failed (bool | Unset):
        worker_errors (list[AvatarCreationNotesWorkerError | None] | None | Unset):
    """

    is_clone_voice_failed: bool | Unset = UNSET
    worker_errors: list[AvatarCreationNotesWorkerError | None] | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.avatar_creation_notes_worker_error import (
            AvatarCreationNotesWorkerError,
        )

        is_clone_voice_failed = self.is_clone_voice_failed

        worker_errors: list[dict[str, Any] | None] | None | Unset
        if isinstance(self.worker_errors, Unset):
            worker_errors = UNSET
        elif isinstance(self.worker_errors, list):
            worker_errors = []
            for worker_errors_type_0_item_data in self.worker_errors:
                worker_errors_type_0_item: dict[str, Any] | None
                if isinstance(
                    worker_errors_type_0_item_data, AvatarCreationNotesWorkerError
                ):
                    worker_errors_type_0_item = worker_errors_type_0_item_data.to_dict()
                else:
                    worker_errors_type_0_item = worker_errors_type_0_item_data
                worker_errors.append(worker_errors_type_0_item)

        else:
            worker_errors = self.worker_errors

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if is_clone_voice_failed is not UNSET:
            field_dict["is_clone_voice_failed"] = is_clone_voice_failed
        if worker_errors is not UNSET:
            field_dict["worker_errors"] = worker_errors

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.avatar_creation_notes_worker_error import (
            AvatarCreationNotesWorkerError,
        )

        d = dict(src_dict)
        is_clone_voice_failed = d.pop("is_clone_voice_failed", UNSET)

        def _parse_worker_errors(
            data: object,
        ) -> list[AvatarCreationNotesWorkerError | None] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                worker_errors_type_0 = []
                _worker_errors_type_0 = data
                for worker_errors_type_0_item_data in _worker_errors_type_0:

                    def _parse_worker_errors_type_0_item(
                        data: object,
                    ) -> AvatarCreationNotesWorkerError | None:
                        if data is None:
                            return data
                        try:
                            if not isinstance(data, dict):
                                raise TypeError()
                            worker_errors_type_0_item_type_0 = (
                                AvatarCreationNotesWorkerError.from_dict(data)
                            )

                            return worker_errors_type_0_item_type_0
                        except (TypeError, ValueError, AttributeError, KeyError):
                            pass
                        return cast(AvatarCreationNotesWorkerError | None, data)

                    worker_errors_type_0_item = _parse_worker_errors_type_0_item(
                        worker_errors_type_0_item_data
                    )

                    worker_errors_type_0.append(worker_errors_type_0_item)

                return worker_errors_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(
                list[AvatarCreationNotesWorkerError | None] | None | Unset, data
            )

        worker_errors = _parse_worker_errors(d.pop("worker_errors", UNSET))

        avatar_creation_notes = cls(
            is_clone_voice_failed=is_clone_voice_failed,
            worker_errors=worker_errors,
        )

        avatar_creation_notes.additional_properties = d
        return avatar_creation_notes

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
