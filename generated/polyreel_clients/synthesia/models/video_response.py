from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.cta_settings import CtaSettings
    from ..models.input_ import Input
    from ..models.parent_sound_settings import ParentSoundSettings
    from ..models.video_asset_caption_types_response import (
        VideoAssetCaptionTypesResponse,
    )
    from ..models.video_thumbnail_types_response import VideoThumbnailTypesResponse


T = TypeVar("T", bound="VideoResponse")


@_attrs_define
class VideoResponse:
    """
    Attributes:
        captions (None | Unset | VideoAssetCaptionTypesResponse):
        folder_id (str | Unset):
        aspect_ratio (str | Unset):
        cta_settings (CtaSettings | None | Unset):
        callback_id (str | Unset):
        description (str | Unset):
        input_ (list[Input | None] | None | Unset):
        soundtrack (str | Unset):
        sound_settings (None | ParentSoundSettings | Unset):
        test (bool | Unset):
        title (str | Unset):
        visibility (str | Unset):
        created_at (int | Unset):
        download (str | Unset):
        duration (str | Unset):
        id (str | Unset):
        last_updated_at (int | Unset):
        status (str | Unset):
        thumbnail (None | Unset | VideoThumbnailTypesResponse):
    """

    captions: None | Unset | VideoAssetCaptionTypesResponse = UNSET
    folder_id: str | Unset = UNSET
    aspect_ratio: str | Unset = UNSET
    cta_settings: CtaSettings | None | Unset = UNSET
    callback_id: str | Unset = UNSET
    description: str | Unset = UNSET
    input_: list[Input | None] | None | Unset = UNSET
    soundtrack: str | Unset = UNSET
    sound_settings: None | ParentSoundSettings | Unset = UNSET
    test: bool | Unset = UNSET
    title: str | Unset = UNSET
    visibility: str | Unset = UNSET
    created_at: int | Unset = UNSET
    download: str | Unset = UNSET
    duration: str | Unset = UNSET
    id: str | Unset = UNSET
    last_updated_at: int | Unset = UNSET
    status: str | Unset = UNSET
    thumbnail: None | Unset | VideoThumbnailTypesResponse = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.cta_settings import CtaSettings
        from ..models.input_ import Input
        from ..models.parent_sound_settings import ParentSoundSettings
        from ..models.video_asset_caption_types_response import (
            VideoAssetCaptionTypesResponse,
        )
        from ..models.video_thumbnail_types_response import VideoThumbnailTypesResponse

        captions: dict[str, Any] | None | Unset
        if isinstance(self.captions, Unset):
            captions = UNSET
        elif isinstance(self.captions, VideoAssetCaptionTypesResponse):
            captions = self.captions.to_dict()
        else:
            captions = self.captions

        folder_id = self.folder_id

        aspect_ratio = self.aspect_ratio

        cta_settings: dict[str, Any] | None | Unset
        if isinstance(self.cta_settings, Unset):
            cta_settings = UNSET
        elif isinstance(self.cta_settings, CtaSettings):
            cta_settings = self.cta_settings.to_dict()
        else:
            cta_settings = self.cta_settings

        callback_id = self.callback_id

        description = self.description

        input_: list[dict[str, Any] | None] | None | Unset
        if isinstance(self.input_, Unset):
            input_ = UNSET
        elif isinstance(self.input_, list):
            input_ = []
            for input_type_0_item_data in self.input_:
                input_type_0_item: dict[str, Any] | None
                if isinstance(input_type_0_item_data, Input):
                    input_type_0_item = input_type_0_item_data.to_dict()
                else:
                    input_type_0_item = input_type_0_item_data
                input_.append(input_type_0_item)

        else:
            input_ = self.input_

        soundtrack = self.soundtrack

        sound_settings: dict[str, Any] | None | Unset
        if isinstance(self.sound_settings, Unset):
            sound_settings = UNSET
        elif isinstance(self.sound_settings, ParentSoundSettings):
            sound_settings = self.sound_settings.to_dict()
        else:
            sound_settings = self.sound_settings

        test = self.test

        title = self.title

        visibility = self.visibility

        created_at = self.created_at

        download = self.download

        duration = self.duration

        id = self.id

        last_updated_at = self.last_updated_at

        status = self.status

        thumbnail: dict[str, Any] | None | Unset
        if isinstance(self.thumbnail, Unset):
            thumbnail = UNSET
        elif isinstance(self.thumbnail, VideoThumbnailTypesResponse):
            thumbnail = self.thumbnail.to_dict()
        else:
            thumbnail = self.thumbnail

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if captions is not UNSET:
            field_dict["captions"] = captions
        if folder_id is not UNSET:
            field_dict["folderId"] = folder_id
        if aspect_ratio is not UNSET:
            field_dict["aspectRatio"] = aspect_ratio
        if cta_settings is not UNSET:
            field_dict["ctaSettings"] = cta_settings
        if callback_id is not UNSET:
            field_dict["callbackId"] = callback_id
        if description is not UNSET:
            field_dict["description"] = description
        if input_ is not UNSET:
            field_dict["input"] = input_
        if soundtrack is not UNSET:
            field_dict["soundtrack"] = soundtrack
        if sound_settings is not UNSET:
            field_dict["soundSettings"] = sound_settings
        if test is not UNSET:
            field_dict["test"] = test
        if title is not UNSET:
            field_dict["title"] = title
        if visibility is not UNSET:
            field_dict["visibility"] = visibility
        if created_at is not UNSET:
            field_dict["createdAt"] = created_at
        if download is not UNSET:
            field_dict["download"] = download
        if duration is not UNSET:
            field_dict["duration"] = duration
        if id is not UNSET:
            field_dict["id"] = id
        if last_updated_at is not UNSET:
            field_dict["lastUpdatedAt"] = last_updated_at
        if status is not UNSET:
            field_dict["status"] = status
        if thumbnail is not UNSET:
            field_dict["thumbnail"] = thumbnail

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.cta_settings import CtaSettings
        from ..models.input_ import Input
        from ..models.parent_sound_settings import ParentSoundSettings
        from ..models.video_asset_caption_types_response import (
            VideoAssetCaptionTypesResponse,
        )
        from ..models.video_thumbnail_types_response import VideoThumbnailTypesResponse

        d = dict(src_dict)

        def _parse_captions(
            data: object,
        ) -> None | Unset | VideoAssetCaptionTypesResponse:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                captions_type_0 = VideoAssetCaptionTypesResponse.from_dict(data)

                return captions_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | VideoAssetCaptionTypesResponse, data)

        captions = _parse_captions(d.pop("captions", UNSET))

        folder_id = d.pop("folderId", UNSET)

        aspect_ratio = d.pop("aspectRatio", UNSET)

        def _parse_cta_settings(data: object) -> CtaSettings | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                cta_settings_type_0 = CtaSettings.from_dict(data)

                return cta_settings_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(CtaSettings | None | Unset, data)

        cta_settings = _parse_cta_settings(d.pop("ctaSettings", UNSET))

        callback_id = d.pop("callbackId", UNSET)

        description = d.pop("description", UNSET)

        def _parse_input_(data: object) -> list[Input | None] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                input_type_0 = []
                _input_type_0 = data
                for input_type_0_item_data in _input_type_0:

                    def _parse_input_type_0_item(data: object) -> Input | None:
                        if data is None:
                            return data
                        try:
                            if not isinstance(data, dict):
                                raise TypeError()
                            input_type_0_item_type_0 = Input.from_dict(data)

                            return input_type_0_item_type_0
                        except (TypeError, ValueError, AttributeError, KeyError):
                            pass
                        return cast(Input | None, data)

                    input_type_0_item = _parse_input_type_0_item(input_type_0_item_data)

                    input_type_0.append(input_type_0_item)

                return input_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[Input | None] | None | Unset, data)

        input_ = _parse_input_(d.pop("input", UNSET))

        soundtrack = d.pop("soundtrack", UNSET)

        def _parse_sound_settings(data: object) -> None | ParentSoundSettings | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                sound_settings_type_0 = ParentSoundSettings.from_dict(data)

                return sound_settings_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | ParentSoundSettings | Unset, data)

        sound_settings = _parse_sound_settings(d.pop("soundSettings", UNSET))

        test = d.pop("test", UNSET)

        title = d.pop("title", UNSET)

        visibility = d.pop("visibility", UNSET)

        created_at = d.pop("createdAt", UNSET)

        download = d.pop("download", UNSET)

        duration = d.pop("duration", UNSET)

        id = d.pop("id", UNSET)

        last_updated_at = d.pop("lastUpdatedAt", UNSET)

        status = d.pop("status", UNSET)

        def _parse_thumbnail(
            data: object,
        ) -> None | Unset | VideoThumbnailTypesResponse:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                thumbnail_type_0 = VideoThumbnailTypesResponse.from_dict(data)

                return thumbnail_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | VideoThumbnailTypesResponse, data)

        thumbnail = _parse_thumbnail(d.pop("thumbnail", UNSET))

        video_response = cls(
            captions=captions,
            folder_id=folder_id,
            aspect_ratio=aspect_ratio,
            cta_settings=cta_settings,
            callback_id=callback_id,
            description=description,
            input_=input_,
            soundtrack=soundtrack,
            sound_settings=sound_settings,
            test=test,
            title=title,
            visibility=visibility,
            created_at=created_at,
            download=download,
            duration=duration,
            id=id,
            last_updated_at=last_updated_at,
            status=status,
            thumbnail=thumbnail,
        )

        video_response.additional_properties = d
        return video_response

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
