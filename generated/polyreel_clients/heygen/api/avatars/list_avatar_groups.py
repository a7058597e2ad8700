from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.avatar_list import AvatarList
from ...models.list_avatar_groups_ownership import (
    ListAvatarGroupsOwnership,
)
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    ownership: ListAvatarGroupsOwnership | Unset = UNSET,
    limit: int | Unset = UNSET,
    token: str | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    json_ownership: str | Unset = UNSET
    if not isinstance(ownership, Unset):
        json_ownership = ownership

    params["ownership"] = json_ownership

    params["limit"] = limit

    params["token"] = token

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v3/avatars",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> AvatarList | None:
    if response.status_code == 200:
        response_200 = AvatarList.from_dict(response.json())

        return response_200

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[AvatarList]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    ownership: ListAvatarGroupsOwnership | Unset = UNSET,
    limit: int | Unset = UNSET,
    token: str | Unset = UNSET,
) -> Response[AvatarList]:
    """List avatars, the account's own and those that HeyGen offers to everybody.

     Each is a group of looks; a video is made with a look (listAvatarLooks).

    Args:
        ownership (ListAvatarGroupsOwnership | Unset):
        limit (int | Unset):
        token (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[AvatarList]
    """

    kwargs = _get_kwargs(
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
    ownership: ListAvatarGroupsOwnership | Unset = UNSET,
    limit: int | Unset = UNSET,
    token: str | Unset = UNSET,
) -> AvatarList | None:
    """List avatars, the account's own and those that HeyGen offers to everybody.

     Each is a group of looks; a video is made with a look (listAvatarLooks).

    Args:
        ownership (ListAvatarGroupsOwnership | Unset):
        limit (int | Unset):
        token (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        AvatarList
    """

    return sync_detailed(
        client=client,
        ownership=ownership,
        limit=limit,
        token=token,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    ownership: ListAvatarGroupsOwnership | Unset = UNSET,
    limit: int | Unset = UNSET,
    token: str | Unset = UNSET,
) -> Response[AvatarList]:
    """List avatars, the account's own and those that HeyGen offers to everybody.

     Each is a group of looks; a video is made with a look (listAvatarLooks).

    Args:
        ownership (ListAvatarGroupsOwnership | Unset):
        limit (int | Unset):
        token (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[AvatarList]
    """

    kwargs = _get_kwargs(
        ownership=ownership,
        limit=limit,
        token=token,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    ownership: ListAvatarGroupsOwnership | Unset = UNSET,
    limit: int | Unset = UNSET,
    token: str | Unset = UNSET,
) -> AvatarList | None:
    """List avatars, the account's own and those that HeyGen offers to everybody.

     Each is a group of looks; a video is made with a look (listAvatarLooks).

    Args:
        ownership (ListAvatarGroupsOwnership | Unset):
        limit (int | Unset):
        token (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        AvatarList
    """

    return (
        await asyncio_detailed(
            client=client,
            ownership=ownership,
            limit=limit,
            token=token,
        )
    ).parsed
