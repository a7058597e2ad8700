from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.list_avatar_looks_avatar_type import (
    ListAvatarLooksAvatarType,
)
from ...models.list_avatar_looks_ownership import (
    ListAvatarLooksOwnership,
)
from ...models.look_list import LookList
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    group_id: str | Unset = UNSET,
    avatar_type: ListAvatarLooksAvatarType | Unset = UNSET,
    ownership: ListAvatarLooksOwnership | Unset = UNSET,
    limit: int | Unset = UNSET,
    token: str | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["group_id"] = group_id

    json_avatar_type: str | Unset = UNSET
    if not isinstance(avatar_type, Unset):
        json_avatar_type = avatar_type

    params["avatar_type"] = json_avatar_type

    json_ownership: str | Unset = UNSET
    if not isinstance(ownership, Unset):
        json_ownership = ownership

    params["ownership"] = json_ownership

    params["limit"] = limit

    params["token"] = token

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v3/avatars/looks",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> LookList | None:
    if response.status_code == 200:
        response_200 = LookList.from_dict(response.json())

        return response_200

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[LookList]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    group_id: str | Unset = UNSET,
    avatar_type: ListAvatarLooksAvatarType | Unset = UNSET,
    ownership: ListAvatarLooksOwnership | Unset = UNSET,
    limit: int | Unset = UNSET,
    token: str | Unset = UNSET,
) -> Response[LookList]:
    """List the looks of avatars; a look's id is what a video is made with.

    Args:
        group_id (str | Unset):
        avatar_type (ListAvatarLooksAvatarType | Unset):
        ownership (ListAvatarLooksOwnership | Unset):
        limit (int | Unset):
        token (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[LookList]
    """

    kwargs = _get_kwargs(
        group_id=group_id,
        avatar_type=avatar_type,
        ownership=ownership,
        limit=limit,
        token=token,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    group_id: str | Unset = UNSET,
    avatar_type: ListAvatarLooksAvatarType | Unset = UNSET,
    ownership: ListAvatarLooksOwnership | Unset = UNSET,
    limit: int | Unset = UNSET,
    token: str | Unset = UNSET,
) -> LookList | None:
    """List the looks of avatars; a look's id is what a video is made with.

    Args:
        group_id (str | Unset):
        avatar_type (ListAvatarLooksAvatarType | Unset):
        ownership (ListAvatarLooksOwnership | Unset):
        limit (int | Unset):
        token (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        LookList
    """

    return sync_detailed(
        client=client,
        group_id=group_id,
        avatar_type=avatar_type,
        ownership=ownership,
        limit=limit,
        token=token,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    group_id: str | Unset = UNSET,
    avatar_type: ListAvatarLooksAvatarType | Unset = UNSET,
    ownership: ListAvatarLooksOwnership | Unset = UNSET,
    limit: int | Unset = UNSET,
    token: str | Unset = UNSET,
) -> Response[LookList]:
    """List the looks of avatars; a look's id is what a video is made with.

    Args:
        group_id (str | Unset):
        avatar_type (ListAvatarLooksAvatarType | Unset):
        ownership (ListAvatarLooksOwnership | Unset):
        limit (int | Unset):
        token (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[LookList]
    """

    kwargs = _get_kwargs(
        group_id=group_id,
        avatar_type=avatar_type,
        ownership=ownership,
        limit=limit,
        token=token,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    group_id: str | Unset = UNSET,
    avatar_type: ListAvatarLooksAvatarType | Unset = UNSET,
    ownership: ListAvatarLooksOwnership | Unset = UNSET,
    limit: int | Unset = UNSET,
    token: str | Unset = UNSET,
) -> LookList | None:
    """List the looks of avatars; a look's id is what a video is made with.

    Args:
        group_id (str | Unset):
        avatar_type (ListAvatarLooksAvatarType | Unset):
        ownership (ListAvatarLooksOwnership | Unset):
        limit (int | Unset):
        token (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        LookList
    """

    return (
        await asyncio_detailed(
            client=client,
            group_id=group_id,
            avatar_type=avatar_type,
            ownership=ownership,
            limit=limit,
            token=token,
        )
    ).parsed
