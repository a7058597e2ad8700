from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.replica import Replica
from ...types import UNSET, Response, Unset


def _get_kwargs(
    replica_id: str,
    *,
    verbose: bool | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["verbose"] = verbose

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v2/replicas/{replica_id}".format(
            replica_id=quote(str(replica_id), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Replica | None:
    if response.status_code == 200:
        response_200 = Replica.from_dict(response.json())

        return response_200

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Replica]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    replica_id: str,
    *,
    client: AuthenticatedClient | Client,
    verbose: bool | Unset = UNSET,
) -> Response[Replica]:
    """Get one replica.

     The type comes with verbose only.

    Args:
        replica_id (str):
        verbose (bool | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Replica]
    """

    kwargs = _get_kwargs(
        replica_id=replica_id,
        verbose=verbose,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    replica_id: str,
    *,
    client: AuthenticatedClient | Client,
    verbose: bool | Unset = UNSET,
) -> Replica | None:
    """Get one replica.

     The type comes with verbose only.

    Args:
        replica_id (str):
        verbose (bool | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Replica
    """

    return sync_detailed(
        replica_id=replica_id,
        client=client,
        verbose=verbose,
    ).parsed


async def asyncio_detailed(
    replica_id: str,
    *,
    client: AuthenticatedClient | Client,
    verbose: bool | Unset = UNSET,
) -> Response[Replica]:
    """Get one replica.

     The type comes with verbose only.

    Args:
        replica_id (str):
        verbose (bool | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Replica]
    """

    kwargs = _get_kwargs(
        replica_id=replica_id,
        verbose=verbose,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    replica_id: str,
    *,
    client: AuthenticatedClient | Client,
    verbose: bool | Unset = UNSET,
) -> Replica | None:
    """Get one replica.

     The type comes with verbose only.

    Args:
        replica_id (str):
        verbose (bool | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Replica
    """

    return (
        await asyncio_detailed(
            replica_id=replica_id,
            client=client,
            verbose=verbose,
        )
    ).parsed
