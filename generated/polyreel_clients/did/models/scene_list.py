from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.scene import Scene


T = TypeVar("T", bound="SceneList")


@_attrs_define
class SceneList:
    """
    Attributes:
        scenes (list[None | Scene] | None | Unset):
        token (str | Unset):
    """

    scenes: list[None | Scene] | None | Unset = UNSET
    token: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.scene import Scene

        scenes: list[dict[str, Any] | None] | None | Unset
        if isinstance(self.scenes, Unset):
            scenes = UNSET
        elif isinstance(self.scenes, list):
            scenes = []
            for scenes_type_0_item_data in self.scenes:
                scenes_type_0_item: dict[str, Any] | None
                if isinstance(scenes_type_0_item_data, Scene):
                    scenes_type_0_item = scenes_type_0_item_data.to_dict()
                else:
                    scenes_type_0_item = scenes_type_0_item_data
                scenes.append(scenes_type_0_item)

        else:
            scenes = self.scenes

        token = self.token

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if scenes is not UNSET:
            field_dict["scenes"] = scenes
        if token is not UNSET:
            field_dict["token"] = token

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.scene import Scene

        d = dict(src_dict)

        def _parse_scenes(data: object) -> list[None | Scene] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                scenes_type_0 = []
                _scenes_type_0 = data
                for scenes_type_0_item_data in _scenes_type_0:

                    def _parse_scenes_type_0_item(data: object) -> None | Scene:
                        if data is None:
                            return data
                        try:
                            if not isinstance(data, dict):
                                raise TypeError()
                            scenes_type_0_item_type_0 = Scene.from_dict(data)

                            return scenes_type_0_item_type_0
                        except (TypeError, ValueError, AttributeError, KeyError):
                            pass
                        return cast(None | Scene, data)

                    scenes_type_0_item = _parse_scenes_type_0_item(
                        scenes_type_0_item_data
                    )

                    scenes_type_0.append(scenes_type_0_item)

                return scenes_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[None | Scene] | None | Unset, data)

        scenes = _parse_scenes(d.pop("scenes", UNSET))

        token = d.pop("token", UNSET)

        scene_list = cls(
            scenes=scenes,
            token=token,
        )

        scene_list.additional_properties = d
        return scene_list

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
