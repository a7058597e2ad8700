from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.list_tasks_filter_service_tier import (
    ListTasksFilterServiceTier,
)
from ...models.list_tasks_filter_status import (
    ListTasksFilterStatus,
)
from ...models.task_list import TaskList
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    page_num: int | Unset = UNSET,
    page_size: int | Unset = UNSET,
    filter_status: ListTasksFilterStatus | Unset = UNSET,
    filter_task_ids: list[str] | Unset = UNSET,
    filter_model: str | Unset = UNSET,
    filter_service_tier: ListTasksFilterServiceTier | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["page_num"] = page_num

    params["page_size"] = page_size

    json_filter_status: str | Unset = UNSET
    if not isinstance(filter_status, Unset):
        json_filter_status = filter_status

    params["filter.status"] = json_filter_status

    json_filter_task_ids: list[str] | Unset = UNSET
    if not isinstance(filter_task_ids, Unset):
        json_filter_task_ids = filter_task_ids

    params["filter.task_ids"] = json_filter_task_ids

    params["filter.model"] = filter_model

    json_filter_service_tier: str | Unset = UNSET
    if not isinstance(filter_service_tier, Unset):
        json_filter_service_tier = filter_service_tier

    params["filter.service_tier"] = json_filter_service_tier

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/contents/generations/tasks",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> TaskList | None:
    if response.status_code == 200:
        response_200 = TaskList.from_dict(response.json())

        return response_200

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[TaskList]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    page_num: int | Unset = UNSET,
    page_size: int | Unset = UNSET,
    filter_status: ListTasksFilterStatus | Unset = UNSET,
    filter_task_ids: list[str] | Unset = UNSET,
    filter_model: str | Unset = UNSET,
    filter_service_tier: ListTasksFilterServiceTier | Unset = UNSET,
) -> Response[TaskList]:
    """List the tasks of the last seven days.

     Tasks of the tier flex may only be listed with filter.service_tier=flex.

    Args:
        page_num (int | Unset):
        page_size (int | Unset):
        filter_status (ListTasksFilterStatus | Unset):
        filter_task_ids (list[str] | Unset):
        filter_model (str | Unset):
        filter_service_tier (ListTasksFilterServiceTier | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[TaskList]
    """

    kwargs = _get_kwargs(
        page_num=page_num,
        page_size=page_size,
        filter_status=filter_status,
        filter_task_ids=filter_task_ids,
        filter_model=filter_model,
        filter_service_tier=filter_service_tier,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    page_num: int | Unset = UNSET,
    page_size: int | Unset = UNSET,
    filter_status: ListTasksFilterStatus | Unset = UNSET,
    filter_task_ids: list[str] | Unset = UNSET,
    filter_model: str | Unset = UNSET,
    filter_service_tier: ListTasksFilterServiceTier | Unset = UNSET,
) -> TaskList | None:
    """List the tasks of the last seven days.

     Tasks of the tier flex may only be listed with filter.service_tier=flex.

    Args:
        page_num (int | Unset):
        page_size (int | Unset):
        filter_status (ListTasksFilterStatus | Unset):
        filter_task_ids (list[str] | Unset):
        filter_model (str | Unset):
        filter_service_tier (ListTasksFilterServiceTier | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        TaskList
    """

    return sync_detailed(
        client=client,
        page_num=page_num,
        page_size=page_size,
        filter_status=filter_status,
        filter_task_ids=filter_task_ids,
        filter_model=filter_model,
        filter_service_tier=filter_service_tier,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    page_num: int | Unset = UNSET,
    page_size: int | Unset = UNSET,
    filter_status: ListTasksFilterStatus | Unset = UNSET,
    filter_task_ids: list[str] | Unset = UNSET,
    filter_model: str | Unset = UNSET,
    filter_service_tier: ListTasksFilterServiceTier | Unset = UNSET,
) -> Response[TaskList]:
    """List the tasks of the last seven days.

     Tasks of the tier flex may only be listed with filter.service_tier=flex.

    Args:
        page_num (int | Unset):
        page_size (int | Unset):
        filter_status (ListTasksFilterStatus | Unset):
        filter_task_ids (list[str] | Unset):
        filter_model (str | Unset):
        filter_service_tier (ListTasksFilterServiceTier | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[TaskList]
    """

    kwargs = _get_kwargs(
        page_num=page_num,
        page_size=page_size,
        filter_status=filter_status,
        filter_task_ids=filter_task_ids,
        filter_model=filter_model,
        filter_service_tier=filter_service_tier,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    page_num: int | Unset = UNSET,
    page_size: int | Unset = UNSET,
    filter_status: ListTasksFilterStatus | Unset = UNSET,
    filter_task_ids: list[str] | Unset = UNSET,
    filter_model: str | Unset = UNSET,
    filter_service_tier: ListTasksFilterServiceTier | Unset = UNSET,
) -> TaskList | None:
    """List the tasks of the last seven days.

     Tasks of the tier flex may only be listed with filter.service_tier=flex.

    Args:
        page_num (int | Unset):
        page_size (int | Unset):
        filter_status (ListTasksFilterStatus | Unset):
        filter_task_ids (list[str] | Unset):
        filter_model (str | Unset):
        filter_service_tier (ListTasksFilterServiceTier | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        TaskList
    """

    return (
        await asyncio_detailed(
            client=client,
            page_num=page_num,
            page_size=page_size,
            filter_status=filter_status,
            filter_task_ids=filter_task_ids,
            filter_model=filter_model,
            filter_service_tier=filter_service_tier,
        )
    ).parsed
