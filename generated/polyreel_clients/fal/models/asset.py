from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.asset_tag import AssetTag


T = TypeVar("T", bound="Asset")


@_attrs_define
class Asset:
    """
    Attributes:
        asset_id (str | Unset):
        vector_id (str | Unset):
        request_id (str | Unset):
        url (str | Unset):
        type_ (str | Unset):
        title (str | Unset):
        endpoint (str | Unset):
        created_at (str | Unset):
        source (str | Unset):
        prompt (str | Unset):
        width (float | Unset):
        height (float | Unset):
        content_type (str | Unset):
        is_favorited (bool | Unset):
        collection_ids (list[str] | Unset):
        tags (list[AssetTag | None] | None | Unset):
        similarity (float | Unset):
    """

    asset_id: str | Unset = UNSET
    vector_id: str | Unset = UNSET
    request_id: str | Unset = UNSET
    url: str | Unset = UNSET
    type_: str | Unset = UNSET
    title: str | Unset = UNSET
    endpoint: str | Unset = UNSET
    created_at: str | Unset = UNSET
    source: str | Unset = UNSET
    prompt: str | Unset = UNSET
    width: float | Unset = UNSET
    height: float | Unset = UNSET
    content_type: str | Unset = UNSET
    is_favorited: bool | Unset = UNSET
    collection_ids: list[str] | Unset = UNSET
    tags: list[AssetTag | None] | None | Unset = UNSET
    similarity: float | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.asset_tag import AssetTag

        asset_id = self.asset_id

        vector_id = self.vector_id

        request_id = self.request_id

        url = self.url

        type_ = self.type_

        title = self.title

        endpoint = self.endpoint

        created_at = self.created_at

        source = self.source

        prompt = self.prompt

        width = self.width

        height = self.height

        content_type = self.content_type

        is_favorited = self.is_favorited

        collection_ids: list[str] | Unset = UNSET
        if not isinstance(self.collection_ids, Unset):
            collection_ids = self.collection_ids

        tags: list[dict[str, Any] | None] | None | Unset
        if isinstance(self.tags, Unset):
            tags = UNSET
        elif isinstance(self.tags, list):
            tags = []
            for tags_type_0_item_data in self.tags:
                tags_type_0_item: dict[str, Any] | None
                if isinstance(tags_type_0_item_data, AssetTag):
                    tags_type_0_item = tags_type_0_item_data.to_dict()
                else:
                    tags_type_0_item = tags_type_0_item_data
                tags.append(tags_type_0_item)

        else:
            tags = self.tags

        similarity = self.similarity

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if asset_id is not UNSET:
            field_dict["asset_id"] = asset_id
        if vector_id is not UNSET:
            field_dict["vector_id"] = vector_id
        if request_id is not UNSET:
            field_dict["request_id"] = request_id
        if url is not UNSET:
            field_dict["url"] = url
        if type_ is not UNSET:
            field_dict["type"] = type_
        if title is not UNSET:
            field_dict["title"] = title
        if endpoint is not UNSET:
            field_dict["endpoint"] = endpoint
        if created_at is not UNSET:
            field_dict["created_at"] = created_at
        if source is not UNSET:
            field_dict["source"] = source
        if prompt is not UNSET:
            field_dict["prompt"] = prompt
        if width is not UNSET:
            field_dict["width"] = width
        if height is not UNSET:
            field_dict["height"] = height
        if content_type is not UNSET:
            field_dict["content_type"] = content_type
        if is_favorited is not UNSET:
            field_dict["is_favorited"] = is_favorited
        if collection_ids is not UNSET:
            field_dict["collection_ids"] = collection_ids
        if tags is not UNSET:
            field_dict["tags"] = tags
        if similarity is not UNSET:
            field_dict["similarity"] = similarity

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.asset_tag import AssetTag

        d = dict(src_dict)
        asset_id = d.pop("asset_id", UNSET)

        vector_id = d.pop("vector_id", UNSET)

        request_id = d.pop("request_id", UNSET)

        url = d.pop("url", UNSET)

        type_ = d.pop("type", UNSET)

        title = d.pop("title", UNSET)

        endpoint = d.pop("endpoint", UNSET)

        created_at = d.pop("created_at", UNSET)

        source = d.pop("source", UNSET)

        prompt = d.pop("prompt", UNSET)

        width = d.pop("width", UNSET)

        height = d.pop("height", UNSET)

        content_type = d.pop("content_type", UNSET)

        is_favorited = d.pop("is_favorited", UNSET)

        collection_ids = cast(list[str], d.pop("collection_ids", UNSET))

        def _parse_tags(data: object) -> list[AssetTag | None] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                tags_type_0 = []
                _tags_type_0 = data
                for tags_type_0_item_data in _tags_type_0:

                    def _parse_tags_type_0_item(data: object) -> AssetTag | None:
                        if data is None:
                            return data
                        try:
                            if not isinstance(data, dict):
                                raise TypeError()
                            tags_type_0_item_type_0 = AssetTag.from_dict(data)

                            return tags_type_0_item_type_0
                        except (TypeError, ValueError, AttributeError, KeyError):
                            pass
                        return cast(AssetTag | None, data)

                    tags_type_0_item = _parse_tags_type_0_item(tags_type_0_item_data)

                    tags_type_0.append(tags_type_0_item)

                return tags_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[AssetTag | None] | None | Unset, data)

        tags = _parse_tags(d.pop("tags", UNSET))

        similarity = d.pop("similarity", UNSET)

        asset = cls(
            asset_id=asset_id,
            vector_id=vector_id,
            request_id=request_id,
            url=url,
            type_=type_,
            title=title,
            endpoint=endpoint,
            created_at=created_at,
            source=source,
            prompt=prompt,
            width=width,
            height=height,
            content_type=content_type,
            is_favorited=is_favorited,
            collection_ids=collection_ids,
            tags=tags,
            similarity=similarity,
        )

        asset.additional_properties = d
        return asset

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
