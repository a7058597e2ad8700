from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.video_list import VideoList
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    limit: int | Unset = UNSET,
    token: str | Unset = UNSET,
    folder_id: str | Unset = UNSET,
    title: str | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["limit"] = limit

    params["token"] = token

    params["folder_id"] = folder_id

    params["title"] = title

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v3/videos",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> VideoList | None:
    if response.status_code == 200:
        response_200 = VideoList.from_dict(response.json())

        return response_200

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[VideoList]:
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
    token: str | Unset = UNSET,
    folder_id: str | Unset = UNSET,
    title: str | Unset = UNSET,
) -> Response[VideoList]:
    """List the videos of the account that the key belongs to.

    Args:
        limit (int | Unset):
        token (str | Unset):
        folder_id (str | Unset):
        title (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[VideoList]
    """

    kwargs = _get_kwargs(
        limit=limit,
        token=token,
        folder_id=folder_id,
        title=title,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    limit: int | Unset = UNSET,
    token: str | Unset = UNSET,
    folder_id: str | Unset = UNSET,
    title: str | Unset = UNSET,
) -> VideoList | None:
    """List the videos of the account that the key belongs to.

    Args:
        limit (int | Unset):
        token (str | Unset):
        folder_id (str | Unset):
        title (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        VideoList
    """

    return sync_detailed(
        client=client,
        limit=limit,
        token=token,
        folder_id=folder_id,
        title=title,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    limit: int | Unset = UNSET,
    token: str | Unset = UNSET,
    folder_id: str | Unset = UNSET,
    title: str | Unset = UNSET,
) -> Response[VideoList]:
    """List the videos of the account that the key belongs to.

    Args:
        limit (int | Unset):
        token (str | Unset):
        folder_id (str | Unset):
        title (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[VideoList]
    """

    kwargs = _get_kwargs(
        limit=limit,
        token=token,
        folder_id=folder_id,
        title=title,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    limit: int | Unset = UNSET,
    token: str | Unset = UNSET,
    folder_id: str | Unset = UNSET,
    title: str | Unset = UNSET,
) -> VideoList | None:
    """List the videos of the account that the key belongs to.

    Args:
        limit (int | Unset):
        token (str | Unset):
        folder_id (str | Unset):
        title (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        VideoList
    """

    return (
        await asyncio_detailed(
            client=client,
            limit=limit,
            token=token,
            folder_id=folder_id,
            title=title,
        )
    ).parsed
