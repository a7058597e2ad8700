from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.creation import Creation


T = TypeVar("T", bound="Task")


@_attrs_define
class Task:
    """
    Attributes:
        id (str | Unset):
        key_id (str | Unset):
        state (str | Unset):
        err_code (str | Unset):
        template (str | Unset):
        model (str | Unset):
        prompt (str | Unset):
        images (list[str] | Unset):
        duration (int | Unset):
        resolution (str | Unset):
        aspect_ratio (str | Unset):
        credits_ (int | Unset):
        payload (str | Unset):
        created_at (str | Unset):
        creations (list[Creation | None] | None | Unset):
        bgm (bool | Unset):
        off_peak (bool | Unset):
    """

    id: str | Unset = UNSET
    key_id: str | Unset = UNSET
    state: str | Unset = UNSET
    err_code: str | Unset = UNSET
    template: str | Unset = UNSET
    model: str | Unset = UNSET
    prompt: str | Unset = UNSET
    images: list[str] | Unset = UNSET
    duration: int | Unset = UNSET
    resolution: str | Unset = UNSET
    aspect_ratio: str | Unset = UNSET
    credits_: int | Unset = UNSET
    payload: str | Unset = UNSET
    created_at: str | Unset = UNSET
    creations: list[Creation | None] | None | Unset = UNSET
    bgm: bool | Unset = UNSET
    off_peak: bool | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.creation import Creation

        id = self.id

        key_id = self.key_id

        state = self.state

        err_code = self.err_code

        template = self.template

        model = self.model

        prompt = self.prompt

        images: list[str] | Unset = UNSET
        if not isinstance(self.images, Unset):
            images = self.images

        duration = self.duration

        resolution = self.resolution

        aspect_ratio = self.aspect_ratio

        credits_ = self.credits_

        payload = self.payload

        created_at = self.created_at

        creations: list[dict[str, Any] | None] | None | Unset
        if isinstance(self.creations, Unset):
            creations = UNSET
        elif isinstance(self.creations, list):
            creations = []
            for creations_type_0_item_data in self.creations:
                creations_type_0_item: dict[str, Any] | None
                if isinstance(creations_type_0_item_data, Creation):
                    creations_type_0_item = creations_type_0_item_data.to_dict()
                else:
                    creations_type_0_item = creations_type_0_item_data
                creations.append(creations_type_0_item)

        else:
            creations = self.creations

        bgm = self.bgm

        off_peak = self.off_peak

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if id is not UNSET:
            field_dict["id"] = id
        if key_id is not UNSET:
            field_dict["key_id"] = key_id
        if state is not UNSET:
            field_dict["state"] = state
        if err_code is not UNSET:
            field_dict["err_code"] = err_code
        if template is not UNSET:
            field_dict["template"] = template
        if model is not UNSET:
            field_dict["model"] = model
        if prompt is not UNSET:
            field_dict["prompt"] = prompt
        if images is not UNSET:
            field_dict["images"] = images
        if duration is not UNSET:
            field_dict["duration"] = duration
        if resolution is not UNSET:
            field_dict["resolution"] = resolution
        if aspect_ratio is not UNSET:
            field_dict["aspect_ratio"] = aspect_ratio
        if credits_ is not UNSET:
            field_dict["credits"] = credits_
        if payload is not UNSET:
            field_dict["payload"] = payload
        if created_at is not UNSET:
            field_dict["created_at"] = created_at
        if creations is not UNSET:
            field_dict["creations"] = creations
        if bgm is not UNSET:
            field_dict["bgm"] = bgm
        if off_peak is not UNSET:
            field_dict["off_peak"] = off_peak

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.creation import Creation

        d = dict(src_dict)
        id = d.pop("id", UNSET)

        key_id = d.pop("key_id", UNSET)

        state = d.pop("state", UNSET)

        err_code = d.pop("err_code", UNSET)

        template = d.pop("template", UNSET)

        model = d.pop("model", UNSET)

        prompt = d.pop("prompt", UNSET)

        images = cast(list[str], d.pop("images", UNSET))

        duration = d.pop("duration", UNSET)

        resolution = d.pop("resolution", UNSET)

        aspect_ratio = d.pop("aspect_ratio", UNSET)

        credits_ = d.pop("credits", UNSET)

        payload = d.pop("payload", UNSET)

        created_at = d.pop("created_at", UNSET)

        def _parse_creations(data: object) -> list[Creation | None] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                creations_type_0 = []
                _creations_type_0 = data
                for creations_type_0_item_data in _creations_type_0:

                    def _parse_creations_type_0_item(data: object) -> Creation | None:
                        if data is None:
                            return data
                        try:
                            if not isinstance(data, dict):
                                raise TypeError()
                            creations_type_0_item_type_0 = Creation.from_dict(data)

                            return creations_type_0_item_type_0
                        except (TypeError, ValueError, AttributeError, KeyError):
                            pass
                        return cast(Creation | None, data)

                    creations_type_0_item = _parse_creations_type_0_item(
                        creations_type_0_item_data
                    )

                    creations_type_0.append(creations_type_0_item)

                return creations_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[Creation | None] | None | Unset, data)

        creations = _parse_creations(d.pop("creations", UNSET))

        bgm = d.pop("bgm", UNSET)

        off_peak = d.pop("off_peak", UNSET)

        task = cls(
            id=id,
            key_id=key_id,
            state=state,
            err_code=err_code,
            template=template,
            model=model,
            prompt=prompt,
            images=images,
            duration=duration,
            resolution=resolution,
            aspect_ratio=aspect_ratio,
            credits_=credits_,
            payload=payload,
            created_at=created_at,
            creations=creations,
            bgm=bgm,
            off_peak=off_peak,
        )

        task.additional_properties = d
        return task

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
