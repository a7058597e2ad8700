from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.clip import Clip


T = TypeVar("T", bound="ClipList")


@_attrs_define
class ClipList:
    """
    Attributes:
        clips (list[Clip | None] | None | Unset):
        token (str | Unset):
    """

    clips: list[Clip | None] | None | Unset = UNSET
    token: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.clip import Clip

        clips: list[dict[str, Any] | None] | None | Unset
        if isinstance(self.clips, Unset):
            clips = UNSET
        elif isinstance(self.clips, list):
            clips = []
            for clips_type_0_item_data in self.clips:
                clips_type_0_item: dict[str, Any] | None
                if isinstance(clips_type_0_item_data, Clip):
                    clips_type_0_item = clips_type_0_item_data.to_dict()
                else:
                    clips_type_0_item = clips_type_0_item_data
                clips.append(clips_type_0_item)

        else:
            clips = self.clips

        token = self.token

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if clips is not UNSET:
            field_dict["clips"] = clips
        if token is not UNSET:
            field_dict["token"] = token

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.clip import Clip

        d = dict(src_dict)

        def _parse_clips(data: object) -> list[Clip | None] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                clips_type_0 = []
                _clips_type_0 = data
                for clips_type_0_item_data in _clips_type_0:

                    def _parse_clips_type_0_item(data: object) -> Clip | None:
                        if data is None:
                            return data
                        try:
                            if not isinstance(data, dict):
                                raise TypeError()
                            clips_type_0_item_type_0 = Clip.from_dict(data)

                            return clips_type_0_item_type_0
                        except (TypeError, ValueError, AttributeError, KeyError):
                            pass
                        return cast(Clip | None, data)

                    clips_type_0_item = _parse_clips_type_0_item(clips_type_0_item_data)

                    clips_type_0.append(clips_type_0_item)

                return clips_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[Clip | None] | None | Unset, data)

        clips = _parse_clips(d.pop("clips", UNSET))

        token = d.pop("token", UNSET)

        clip_list = cls(
            clips=clips,
            token=token,
        )

        clip_list.additional_properties = d
        return clip_list

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
