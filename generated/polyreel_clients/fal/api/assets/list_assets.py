from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.asset_list import AssetList
from ...models.list_assets_media_type_type_0_item import (
    ListAssetsMediaTypeType0Item,
)
from ...models.list_assets_section import ListAssetsSection
from ...models.list_assets_source_type_0_item import (
    ListAssetsSourceType0Item,
)
from ...models.list_assets_tag_mode import ListAssetsTagMode
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
    q: str | Unset = UNSET,
    search_image_url: str | Unset = UNSET,
    search_video_url: str | Unset = UNSET,
    media_type: list[ListAssetsMediaTypeType0Item] | None | Unset = UNSET,
    source: list[ListAssetsSourceType0Item] | None | Unset = UNSET,
    section: ListAssetsSection | Unset = UNSET,
    collection_id: str | Unset = UNSET,
    character_identifier: list[str] | None | Unset = UNSET,
    tag_id: list[str] | None | Unset = UNSET,
    tag_mode: ListAssetsTagMode | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["limit"] = limit

    params["cursor"] = cursor

    params["q"] = q

    params["search_image_url"] = search_image_url

    params["search_video_url"] = search_video_url

    json_media_type: list[str] | None | Unset
    if isinstance(media_type, Unset):
        json_media_type = UNSET
    elif isinstance(media_type, list):
        json_media_type = []
        for media_type_type_0_item_data in media_type:
            media_type_type_0_item: str = media_type_type_0_item_data
            json_media_type.append(media_type_type_0_item)

    else:
        json_media_type = media_type
    params["media_type"] = json_media_type

    json_source: list[str] | None | Unset
    if isinstance(source, Unset):
        json_source = UNSET
    elif isinstance(source, list):
        json_source = []
        for source_type_0_item_data in source:
            source_type_0_item: str = source_type_0_item_data
            json_source.append(source_type_0_item)

    else:
        json_source = source
    params["source"] = json_source

    json_section: str | Unset = UNSET
    if not isinstance(section, Unset):
        json_section = section

    params["section"] = json_section

    params["collection_id"] = collection_id

    json_character_identifier: list[str] | None | Unset
    if isinstance(character_identifier, Unset):
        json_character_identifier = UNSET
    elif isinstance(character_identifier, list):
        json_character_identifier = character_identifier

    else:
        json_character_identifier = character_identifier
    params["character_identifier"] = json_character_identifier

    json_tag_id: list[str] | None | Unset
    if isinstance(tag_id, Unset):
        json_tag_id = UNSET
    elif isinstance(tag_id, list):
        json_tag_id = tag_id

    else:
        json_tag_id = tag_id
    params["tag_id"] = json_tag_id

    json_tag_mode: str | Unset = UNSET
    if not isinstance(tag_mode, Unset):
        json_tag_mode = tag_mode

    params["tag_mode"] = json_tag_mode

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/assets",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> AssetList | None:
    if response.status_code == 200:
        response_200 = AssetList.from_dict(response.json())

        return response_200

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[AssetList]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
    q: str | Unset = UNSET,
    search_image_url: str | Unset = UNSET,
    search_video_url: str | Unset = UNSET,
    media_type: list[ListAssetsMediaTypeType0Item] | None | Unset = UNSET,
    source: list[ListAssetsSourceType0Item] | None | Unset = UNSET,
    section: ListAssetsSection | Unset = UNSET,
    collection_id: str | Unset = UNSET,
    character_identifier: list[str] | None | Unset = UNSET,
    tag_id: list[str] | None | Unset = UNSET,
    tag_mode: ListAssetsTagMode | Unset = UNSET,
) -> Response[AssetList]:
    """List the media library of the account, images and sounds included.

     It holds what the account's settings let into it.

    Args:
        limit (int | Unset):
        cursor (str | Unset):
        q (str | Unset):
        search_image_url (str | Unset):
        search_video_url (str | Unset):
        media_type (list[ListAssetsMediaTypeType0Item] | None | Unset):
        source (list[ListAssetsSourceType0Item] | None | Unset):
        section (ListAssetsSection | Unset):
        collection_id (str | Unset):
        character_identifier (list[str] | None | Unset):
        tag_id (list[str] | None | Unset):
        tag_mode (ListAssetsTagMode | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[AssetList]
    """

    kwargs = _get_kwargs(
        limit=limit,
        cursor=cursor,
        q=q,
        search_image_url=search_image_url,
        search_video_url=search_video_url,
        media_type=media_type,
        source=source,
        section=section,
        collection_id=collection_id,
        character_identifier=character_identifier,
        tag_id=tag_id,
        tag_mode=tag_mode,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
    q: str | Unset = UNSET,
    search_image_url: str | Unset = UNSET,
    search_video_url: str | Unset = UNSET,
    media_type: list[ListAssetsMediaTypeType0Item] | None | Unset = UNSET,
    source: list[ListAssetsSourceType0Item] | None | Unset = UNSET,
    section: ListAssetsSection | Unset = UNSET,
    collection_id: str | Unset = UNSET,
    character_identifier: list[str] | None | Unset = UNSET,
    tag_id: list[str] | None | Unset = UNSET,
    tag_mode: ListAssetsTagMode | Unset = UNSET,
) -> AssetList | None:
    """List the media library of the account, images and sounds included.

     It holds what the account's settings let into it.

    Args:
        limit (int | Unset):
        cursor (str | Unset):
        q (str | Unset):
        search_image_url (str | Unset):
        search_video_url (str | Unset):
        media_type (list[ListAssetsMediaTypeType0Item] | None | Unset):
        source (list[ListAssetsSourceType0Item] | None | Unset):
        section (ListAssetsSection | Unset):
        collection_id (str | Unset):
        character_identifier (list[str] | None | Unset):
        tag_id (list[str] | None | Unset):
        tag_mode (ListAssetsTagMode | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        AssetList
    """

    return sync_detailed(
        client=client,
        limit=limit,
        cursor=cursor,
        q=q,
        search_image_url=search_image_url,
        search_video_url=search_video_url,
        media_type=media_type,
        source=source,
        section=section,
        collection_id=collection_id,
        character_identifier=character_identifier,
        tag_id=tag_id,
        tag_mode=tag_mode,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
    q: str | Unset = UNSET,
    search_image_url: str | Unset = UNSET,
    search_video_url: str | Unset = UNSET,
    media_type: list[ListAssetsMediaTypeType0Item] | None | Unset = UNSET,
    source: list[ListAssetsSourceType0Item] | None | Unset = UNSET,
    section: ListAssetsSection | Unset = UNSET,
    collection_id: str | Unset = UNSET,
    character_identifier: list[str] | None | Unset = UNSET,
    tag_id: list[str] | None | Unset = UNSET,
    tag_mode: ListAssetsTagMode | Unset = UNSET,
) -> Response[AssetList]:
    """List the media library of the account, images and sounds included.

     It holds what the account's settings let into it.

    Args:
        limit (int | Unset):
        cursor (str | Unset):
        q (str | Unset):
        search_image_url (str | Unset):
        search_video_url (str | Unset):
        media_type (list[ListAssetsMediaTypeType0Item] | None | Unset):
        source (list[ListAssetsSourceType0Item] | None | Unset):
        section (ListAssetsSection | Unset):
        collection_id (str | Unset):
        character_identifier (list[str] | None | Unset):
        tag_id (list[str] | None | Unset):
        tag_mode (ListAssetsTagMode | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[AssetList]
    """

    kwargs = _get_kwargs(
        limit=limit,
        cursor=cursor,
        q=q,
        search_image_url=search_image_url,
        search_video_url=search_video_url,
        media_type=media_type,
        source=source,
        section=section,
        collection_id=collection_id,
        character_identifier=character_identifier,
        tag_id=tag_id,
        tag_mode=tag_mode,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
    q: str | Unset = UNSET,
    search_image_url: str | Unset = UNSET,
    search_video_url: str | Unset = UNSET,
    media_type: list[ListAssetsMediaTypeType0Item] | None | Unset = UNSET,
    source: list[ListAssetsSourceType0Item] | None | Unset = UNSET,
    section: ListAssetsSection | Unset = UNSET,
    collection_id: str | Unset = UNSET,
    character_identifier: list[str] | None | Unset = UNSET,
    tag_id: list[str] | None | Unset = UNSET,
    tag_mode: ListAssetsTagMode | Unset = UNSET,
) -> AssetList | None:
    """List the media library of the account, images and sounds included.

     It holds what the account's settings let into it.

    Args:
        limit (int | Unset):
        cursor (str | Unset):
        q (str | Unset):
        search_image_url (str | Unset):
        search_video_url (str | Unset):
        media_type (list[ListAssetsMediaTypeType0Item] | None | Unset):
        source (list[ListAssetsSourceType0Item] | None | Unset):
        section (ListAssetsSection | Unset):
        collection_id (str | Unset):
        character_identifier (list[str] | None | Unset):
        tag_id (list[str] | None | Unset):
        tag_mode (ListAssetsTagMode | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        AssetList
    """

    return (
        await asyncio_detailed(
            client=client,
            limit=limit,
            cursor=cursor,
            q=q,
            search_image_url=search_image_url,
            search_video_url=search_video_url,
            media_type=media_type,
            source=source,
            section=section,
            collection_id=collection_id,
            character_identifier=character_identifier,
            tag_id=tag_id,
            tag_mode=tag_mode,
        )
    ).parsed
