from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.parent_soundtrack_region import ParentSoundtrackRegion


T = TypeVar("T", bound="ParentSoundSettings")


@_attrs_define
class ParentSoundSettings:
    """
    Attributes:
        default_soundtrack_volume (float | Unset):
        soundtracks (list[None | ParentSoundtrackRegion] | None | Unset):
    """

    default_soundtrack_volume: float | Unset = UNSET
    soundtracks: list[None | ParentSoundtrackRegion] | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.parent_soundtrack_region import ParentSoundtrackRegion

        default_soundtrack_volume = self.default_soundtrack_volume

        soundtracks: list[dict[str, Any] | None] | None | Unset
        if isinstance(self.soundtracks, Unset):
            soundtracks = UNSET
        elif isinstance(self.soundtracks, list):
            soundtracks = []
            for soundtracks_type_0_item_data in self.soundtracks:
                soundtracks_type_0_item: dict[str, Any] | None
                if isinstance(soundtracks_type_0_item_data, ParentSoundtrackRegion):
                    soundtracks_type_0_item = soundtracks_type_0_item_data.to_dict()
                else:
                    soundtracks_type_0_item = soundtracks_type_0_item_data
                soundtracks.append(soundtracks_type_0_item)

        else:
            soundtracks = self.soundtracks

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if default_soundtrack_volume is not UNSET:
            field_dict["defaultSoundtrackVolume"] = default_soundtrack_volume
        if soundtracks is not UNSET:
            field_dict["soundtracks"] = soundtracks

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.parent_soundtrack_region import ParentSoundtrackRegion

        d = dict(src_dict)
        default_soundtrack_volume = d.pop("defaultSoundtrackVolume", UNSET)

        def _parse_soundtracks(
            data: object,
        ) -> list[None | ParentSoundtrackRegion] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                soundtracks_type_0 = []
                _soundtracks_type_0 = data
                for soundtracks_type_0_item_data in _soundtracks_type_0:

                    def _parse_soundtracks_type_0_item(
                        data: object,
                    ) -> None | ParentSoundtrackRegion:
                        if data is None:
                            return data
                        try:
                            if not isinstance(data, dict):
                                raise TypeError()
                            soundtracks_type_0_item_type_0 = (
                                ParentSoundtrackRegion.from_dict(data)
                            )

                            return soundtracks_type_0_item_type_0
                        except (TypeError, ValueError, AttributeError, KeyError):
                            pass
                        return cast(None | ParentSoundtrackRegion, data)

                    soundtracks_type_0_item = _parse_soundtracks_type_0_item(
                        soundtracks_type_0_item_data
                    )

                    soundtracks_type_0.append(soundtracks_type_0_item)

                return soundtracks_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[None | ParentSoundtrackRegion] | None | Unset, data)

        soundtracks = _parse_soundtracks(d.pop("soundtracks", UNSET))

        parent_sound_settings = cls(
            default_soundtrack_volume=default_soundtrack_volume,
            soundtracks=soundtracks,
        )

        parent_sound_settings.additional_properties = d
        return parent_sound_settings

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
