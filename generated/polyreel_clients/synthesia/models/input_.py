from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.actor_settings import ActorSettings
    from ..models.input_background_settings import InputBackgroundSettings
    from ..models.input_sound_settings import InputSoundSettings


T = TypeVar("T", bound="Input")


@_attrs_define
class Input:
    """
    Attributes:
        avatar (str | Unset):
        avatar_settings (ActorSettings | None | Unset):
        background (str | Unset):
        background_settings (InputBackgroundSettings | None | Unset):
        script_audio (str | Unset):
        script_language (str | Unset):
        script_text (str | Unset):
        sound_settings (InputSoundSettings | None | Unset):
        transition (str | Unset):
    """

    avatar: str | Unset = UNSET
    avatar_settings: ActorSettings | None | Unset = UNSET
    background: str | Unset = UNSET
    background_settings: InputBackgroundSettings | None | Unset = UNSET
    script_audio: str | Unset = UNSET
    script_language: str | Unset = UNSET
    script_text: str | Unset = UNSET
    sound_settings: InputSoundSettings | None | Unset = UNSET
    transition: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.actor_settings import ActorSettings
        from ..models.input_background_settings import InputBackgroundSettings
        from ..models.input_sound_settings import InputSoundSettings

        avatar = self.avatar

        avatar_settings: dict[str, Any] | None | Unset
        if isinstance(self.avatar_settings, Unset):
            avatar_settings = UNSET
        elif isinstance(self.avatar_settings, ActorSettings):
            avatar_settings = self.avatar_settings.to_dict()
        else:
            avatar_settings = self.avatar_settings

        background = self.background

        background_settings: dict[str, Any] | None | Unset
        if isinstance(self.background_settings, Unset):
            background_settings = UNSET
        elif isinstance(self.background_settings, InputBackgroundSettings):
            background_settings = self.background_settings.to_dict()
        else:
            background_settings = self.background_settings

        script_audio = self.script_audio

        script_language = self.script_language

        script_text = self.script_text

        sound_settings: dict[str, Any] | None | Unset
        if isinstance(self.sound_settings, Unset):
            sound_settings = UNSET
        elif isinstance(self.sound_settings, InputSoundSettings):
            sound_settings = self.sound_settings.to_dict()
        else:
            sound_settings = self.sound_settings

        transition = self.transition

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if avatar is not UNSET:
            field_dict["avatar"] = avatar
        if avatar_settings is not UNSET:
            field_dict["avatarSettings"] = avatar_settings
        if background is not UNSET:
            field_dict["background"] = background
        if background_settings is not UNSET:
            field_dict["backgroundSettings"] = background_settings
        if script_audio is not UNSET:
            field_dict["scriptAudio"] = script_audio
        if script_language is not UNSET:
            field_dict["scriptLanguage"] = script_language
        if script_text is not UNSET:
            field_dict["scriptText"] = script_text
        if sound_settings is not UNSET:
            field_dict["soundSettings"] = sound_settings
        if transition is not UNSET:
            field_dict["transition"] = transition

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.actor_settings import ActorSettings
        from ..models.input_background_settings import InputBackgroundSettings
        from ..models.input_sound_settings import InputSoundSettings

        d = dict(src_dict)
        avatar = d.pop("avatar", UNSET)

        def _parse_avatar_settings(data: object) -> ActorSettings | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                avatar_settings_type_0 = ActorSettings.from_dict(data)

                return avatar_settings_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ActorSettings | None | Unset, data)

        avatar_settings = _parse_avatar_settings(d.pop("avatarSettings", UNSET))

        background = d.pop("background", UNSET)

        def _parse_background_settings(
            data: object,
        ) -> InputBackgroundSettings | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                background_settings_type_0 = InputBackgroundSettings.from_dict(data)

                return background_settings_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(InputBackgroundSettings | None | Unset, data)

        background_settings = _parse_background_settings(
            d.pop("backgroundSettings", UNSET)
        )

        script_audio = d.pop("scriptAudio", UNSET)

        script_language = d.pop("scriptLanguage", UNSET)

        script_text = d.pop("scriptText", UNSET)

        def _parse_sound_settings(data: object) -> InputSoundSettings | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                sound_settings_type_0 = InputSoundSettings.from_dict(data)

                return sound_settings_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(InputSoundSettings | None | Unset, data)

        sound_settings = _parse_sound_settings(d.pop("soundSettings", UNSET))

        transition = d.pop("transition", UNSET)

        input_ = cls(
            avatar=avatar,
            avatar_settings=avatar_settings,
            background=background,
            background_settings=background_settings,
            script_audio=script_audio,
            script_language=script_language,
            script_text=script_text,
            sound_settings=sound_settings,
            transition=transition,
        )

        input_.additional_properties = d
        return input_

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
