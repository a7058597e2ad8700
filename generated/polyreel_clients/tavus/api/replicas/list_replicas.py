from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.list_replicas_replica_type import (
    ListReplicasReplicaType,
)
from ...models.replica_list import ReplicaList
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    limit: int | Unset = UNSET,
    page: int | Unset = UNSET,
    verbose: bool | Unset = UNSET,
    replica_type: ListReplicasReplicaType | Unset = UNSET,
    replica_ids: str | Unset = UNSET,
    model_name: str | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["limit"] = limit

    params["page"] = page

    params["verbose"] = verbose

    json_replica_type: str | Unset = UNSET
    if not isinstance(replica_type, Unset):
        json_replica_type = replica_type

    params["replica_type"] = json_replica_type

    params["replica_ids"] = replica_ids

    params["model_name"] = model_name

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v2/replicas",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ReplicaList | None:
    if response.status_code == 200:
        response_200 = ReplicaList.from_dict(response.json())

        return response_200

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[ReplicaList]:
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
    page: int | Unset = UNSET,
    verbose: bool | Unset = UNSET,
    replica_type: ListReplicasReplicaType | Unset = UNSET,
    replica_ids: str | Unset = UNSET,
    model_name: str | Unset = UNSET,
) -> Response[ReplicaList]:
    """List the account's own replicas and those that Tavus offers to everybody.

     The type comes with verbose only. Filter with replica_type and replica_ids.

    Args:
        limit (int | Unset):
        page (int | Unset):
        verbose (bool | Unset):
        replica_type (ListReplicasReplicaType | Unset):
        replica_ids (str | Unset):
        model_name (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ReplicaList]
    """

    kwargs = _get_kwargs(
        limit=limit,
        page=page,
        verbose=verbose,
        replica_type=replica_type,
        replica_ids=replica_ids,
        model_name=model_name,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    limit: int | Unset = UNSET,
    page: int | Unset = UNSET,
    verbose: bool | Unset = UNSET,
    replica_type: ListReplicasReplicaType | Unset = UNSET,
    replica_ids: str | Unset = UNSET,
    model_name: str | Unset = UNSET,
) -> ReplicaList | None:
    """List the account's own replicas and those that Tavus offers to everybody.

     The type comes with verbose only. Filter with replica_type and replica_ids.

    Args:
        limit (int | Unset):
        page (int | Unset):
        verbose (bool | Unset):
        replica_type (ListReplicasReplicaType | Unset):
        replica_ids (str | Unset):
        model_name (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ReplicaList
    """

    return sync_detailed(
        client=client,
        limit=limit,
        page=page,
        verbose=verbose,
        replica_type=replica_type,
        replica_ids=replica_ids,
        model_name=model_name,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    limit: int | Unset = UNSET,
    page: int | Unset = UNSET,
    verbose: bool | Unset = UNSET,
    replica_type: ListReplicasReplicaType | Unset = UNSET,
    replica_ids: str | Unset = UNSET,
    model_name: str | Unset = UNSET,
) -> Response[ReplicaList]:
    """List the account's own replicas and those that Tavus offers to everybody.

     The type comes with verbose only. Filter with replica_type and replica_ids.

    Args:
        limit (int | Unset):
        page (int | Unset):
        verbose (bool | Unset):
        replica_type (ListReplicasReplicaType | Unset):
        replica_ids (str | Unset):
        model_name (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ReplicaList]
    """

    kwargs = _get_kwargs(
        limit=limit,
        page=page,
        verbose=verbose,
        replica_type=replica_type,
        replica_ids=replica_ids,
        model_name=model_name,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    limit: int | Unset = UNSET,
    page: int | Unset = UNSET,
    verbose: bool | Unset = UNSET,
    replica_type: ListReplicasReplicaType | Unset = UNSET,
    replica_ids: str | Unset = UNSET,
    model_name: str | Unset = UNSET,
) -> ReplicaList | None:
    """List the account's own replicas and those that Tavus offers to everybody.

     The type comes with verbose only. Filter with replica_type and replica_ids.

    Args:
        limit (int | Unset):
        page (int | Unset):
        verbose (bool | Unset):
        replica_type (ListReplicasReplicaType | Unset):
        replica_ids (str | Unset):
        model_name (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ReplicaList
    """

    return (
        await asyncio_detailed(
            client=client,
            limit=limit,
            page=page,
            verbose=verbose,
            replica_type=replica_type,
            replica_ids=replica_ids,
            model_name=model_name,
        )
    ).parsed
