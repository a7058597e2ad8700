"""fal: the videos of the media library, by cursor. Facts: api.fal.ai/v1/openapi.json, 2026-11-25."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from polyreel import FieldMap, ListQuery, Page, Request, Video, hookimpl, paging
from polyreel.auth import HeaderKey
from polyreel.provider import Lifecycle, Provider, Resource

if TYPE_CHECKING:
    from polyreel_clients.fal.models import Asset


@hookimpl
def polyreel_provider() -> Provider:
    """Describe fal."""
    filters = {
        "q": "words to search for",
        "source": "upload or response",
        "section": "all-media, uploads, favorites or generated",
        "collection_id": "a collection's id",
        "tag_id": "a tag's id",
    }
    return Provider(
        name="fal",
        title="fal",
        base_url="https://api.fal.ai/v1",
        auth=HeaderKey("Authorization", env="FAL_KEY", prefix="Key "),
        resources={"videos": Resource(page_size=50, filters=filters)},
        lifecycle=Lifecycle(
            retrieved=date(2026, 11, 25),
            note="lists the media library, which the account's settings fill or leave empty",
        ),
        client="polyreel_clients.fal",
        docs="https://fal.ai/docs/documentation/assets/api",
    )


@hookimpl
def polyreel_list(query: ListQuery) -> Request[Page[Video]]:
    """Ask for one page of videos."""
    from polyreel_clients.fal.api.assets import list_assets

    read = paging.by_token(
        asset_fields(), "assets", next="next_cursor", more="has_more", total="total_count"
    )
    asked = Request.of(
        list_assets, limit=query.page_size, cursor=query.cursor, media_type=["video"], read=read
    )
    return asked.with_params(query.filters)


@hookimpl
def polyreel_get(id: str) -> Request[Video]:
    """Ask for one asset."""
    from polyreel_clients.fal.api.assets import get_asset

    def is_video(asset: Video) -> bool:
        return asset.raw.get("type") not in ("image", "audio", "3d")

    return Request.of(
        get_asset,
        asset_id=id,
        read=lambda it: it.item(asset_fields(), "asset", keep=is_video),
    )


@cache
def asset_fields() -> FieldMap[Video, Asset]:
    """Map an asset; without an id of its own it has one of the search index. All are ready."""
    from polyreel_clients.fal.models import Asset

    return FieldMap(
        Video,
        Asset,
        id=("asset_id", "vector_id"),
        same=("title", "prompt", "created_at", "width", "height"),
        fields={
            "status": lambda _: "ready",
            "model": lambda it: it.endpoint,
            "download_url": lambda it: it.url,
        },
    )
