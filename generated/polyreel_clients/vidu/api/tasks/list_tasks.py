from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.list_tasks_states_item import (
    ListTasksStatesItem,
)
from ...models.task_list import TaskList
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    created_at_from: str | Unset = UNSET,
    created_at_to: str | Unset = UNSET,
    task_ids: list[str] | Unset = UNSET,
    templates: list[str] | Unset = UNSET,
    model_versions: list[str] | Unset = UNSET,
    resolutions: list[str] | Unset = UNSET,
    states: list[ListTasksStatesItem] | Unset = UNSET,
    pager_page_token: str | Unset = UNSET,
    pager_page: int | Unset = UNSET,
    pager_pagesz: int | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["created_at.from"] = created_at_from

    params["created_at.to"] = created_at_to

    json_task_ids: list[str] | Unset = UNSET
    if not isinstance(task_ids, Unset):
        json_task_ids = task_ids

    params["task_ids"] = json_task_ids

    json_templates: list[str] | Unset = UNSET
    if not isinstance(templates, Unset):
        json_templates = templates

    params["templates"] = json_templates

    json_model_versions: list[str] | Unset = UNSET
    if not isinstance(model_versions, Unset):
        json_model_versions = model_versions

    params["model_versions"] = json_model_versions

    json_resolutions: list[str] | Unset = UNSET
    if not isinstance(resolutions, Unset):
        json_resolutions = resolutions

    params["resolutions"] = json_resolutions

    json_states: list[str] | Unset = UNSET
    if not isinstance(states, Unset):
        json_states = []
        for states_item_data in states:
            states_item: str = states_item_data
            json_states.append(states_item)

    params["states"] = json_states

    params["pager.page_token"] = pager_page_token

    params["pager.page"] = pager_page

    params["pager.pagesz"] = pager_pagesz

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/ent/v2/tasks",
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
    created_at_from: str | Unset = UNSET,
    created_at_to: str | Unset = UNSET,
    task_ids: list[str] | Unset = UNSET,
    templates: list[str] | Unset = UNSET,
    model_versions: list[str] | Unset = UNSET,
    resolutions: list[str] | Unset = UNSET,
    states: list[ListTasksStatesItem] | Unset = UNSET,
    pager_page_token: str | Unset = UNSET,
    pager_page: int | Unset = UNSET,
    pager_pagesz: int | Unset = UNSET,
) -> Response[TaskList]:
    """List tasks of the last seven days, or of the time that created_at.from and created_at.to name.

     Images and sounds are among them.

    Args:
        created_at_from (str | Unset):
        created_at_to (str | Unset):
        task_ids (list[str] | Unset):
        templates (list[str] | Unset):
        model_versions (list[str] | Unset):
        resolutions (list[str] | Unset):
        states (list[ListTasksStatesItem] | Unset):
        pager_page_token (str | Unset):
        pager_page (int | Unset):
        pager_pagesz (int | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[TaskList]
    """

    kwargs = _get_kwargs(
        created_at_from=created_at_from,
        created_at_to=created_at_to,
        task_ids=task_ids,
        templates=templates,
        model_versions=model_versions,
        resolutions=resolutions,
        states=states,
        pager_page_token=pager_page_token,
        pager_page=pager_page,
        pager_pagesz=pager_pagesz,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    created_at_from: str | Unset = UNSET,
    created_at_to: str | Unset = UNSET,
    task_ids: list[str] | Unset = UNSET,
    templates: list[str] | Unset = UNSET,
    model_versions: list[str] | Unset = UNSET,
    resolutions: list[str] | Unset = UNSET,
    states: list[ListTasksStatesItem] | Unset = UNSET,
    pager_page_token: str | Unset = UNSET,
    pager_page: int | Unset = UNSET,
    pager_pagesz: int | Unset = UNSET,
) -> TaskList | None:
    """List tasks of the last seven days, or of the time that created_at.from and created_at.to name.

     Images and sounds are among them.

    Args:
        created_at_from (str | Unset):
        created_at_to (str | Unset):
        task_ids (list[str] | Unset):
        templates (list[str] | Unset):
        model_versions (list[str] | Unset):
        resolutions (list[str] | Unset):
        states (list[ListTasksStatesItem] | Unset):
        pager_page_token (str | Unset):
        pager_page (int | Unset):
        pager_pagesz (int | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        TaskList
    """

    return sync_detailed(
        client=client,
        created_at_from=created_at_from,
        created_at_to=created_at_to,
        task_ids=task_ids,
        templates=templates,
        model_versions=model_versions,
        resolutions=resolutions,
        states=states,
        pager_page_token=pager_page_token,
        pager_page=pager_page,
        pager_pagesz=pager_pagesz,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    created_at_from: str | Unset = UNSET,
    created_at_to: str | Unset = UNSET,
    task_ids: list[str] | Unset = UNSET,
    templates: list[str] | Unset = UNSET,
    model_versions: list[str] | Unset = UNSET,
    resolutions: list[str] | Unset = UNSET,
    states: list[ListTasksStatesItem] | Unset = UNSET,
    pager_page_token: str | Unset = UNSET,
    pager_page: int | Unset = UNSET,
    pager_pagesz: int | Unset = UNSET,
) -> Response[TaskList]:
    """List tasks of the last seven days, or of the time that created_at.from and created_at.to name.

     Images and sounds are among them.

    Args:
        created_at_from (str | Unset):
        created_at_to (str | Unset):
        task_ids (list[str] | Unset):
        templates (list[str] | Unset):
        model_versions (list[str] | Unset):
        resolutions (list[str] | Unset):
        states (list[ListTasksStatesItem] | Unset):
        pager_page_token (str | Unset):
        pager_page (int | Unset):
        pager_pagesz (int | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[TaskList]
    """

    kwargs = _get_kwargs(
        created_at_from=created_at_from,
        created_at_to=created_at_to,
        task_ids=task_ids,
        templates=templates,
        model_versions=model_versions,
        resolutions=resolutions,
        states=states,
        pager_page_token=pager_page_token,
        pager_page=pager_page,
        pager_pagesz=pager_pagesz,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    created_at_from: str | Unset = UNSET,
    created_at_to: str | Unset = UNSET,
    task_ids: list[str] | Unset = UNSET,
    templates: list[str] | Unset = UNSET,
    model_versions: list[str] | Unset = UNSET,
    resolutions: list[str] | Unset = UNSET,
    states: list[ListTasksStatesItem] | Unset = UNSET,
    pager_page_token: str | Unset = UNSET,
    pager_page: int | Unset = UNSET,
    pager_pagesz: int | Unset = UNSET,
) -> TaskList | None:
    """List tasks of the last seven days, or of the time that created_at.from and created_at.to name.

     Images and sounds are among them.

    Args:
        created_at_from (str | Unset):
        created_at_to (str | Unset):
        task_ids (list[str] | Unset):
        templates (list[str] | Unset):
        model_versions (list[str] | Unset):
        resolutions (list[str] | Unset):
        states (list[ListTasksStatesItem] | Unset):
        pager_page_token (str | Unset):
        pager_page (int | Unset):
        pager_pagesz (int | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        TaskList
    """

    return (
        await asyncio_detailed(
            client=client,
            created_at_from=created_at_from,
            created_at_to=created_at_to,
            task_ids=task_ids,
            templates=templates,
            model_versions=model_versions,
            resolutions=resolutions,
            states=states,
            pager_page_token=pager_page_token,
            pager_page=pager_page,
            pager_pagesz=pager_pagesz,
        )
    ).parsed
