"""The whole plugin interface. Hooks do no I/O: they describe providers and build requests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pluggy

if TYPE_CHECKING:
    import typer

    from polyreel.errors import PolyreelError
    from polyreel.files import File
    from polyreel.models import Item, Kind, ListQuery, Page
    from polyreel.provider import Provider
    from polyreel.request import Request

hookspec = pluggy.HookspecMarker("polyreel")
hookimpl = pluggy.HookimplMarker("polyreel")


@hookspec
def polyreel_provider() -> Provider:
    """Describe the provider that this plugin speaks for.

    Returns:
        The description; the same each time.

    Example::

        @hookimpl
        def polyreel_provider() -> Provider:
            return Provider(
                name="acme",
                title="Acme",
                base_url="https://api.acme.example/v1",
                auth=Bearer(),
                resources={"videos": Resource(max_page_size=100)},
                lifecycle=Lifecycle(retrieved=date(2026, 11, 21)),
                client="acme_client",
                docs="https://docs.acme.example",
            )
    """
    raise NotImplementedError


@hookspec(firstresult=True)
def polyreel_list(
    provider: str, kind: Kind, query: ListQuery, collection: str, settings: Mapping[str, str]
) -> Request[Page[Any]] | None:
    """Say how to ask for one page of a listing, and how to read it.

    Args:
        provider: The provider that is asked.
        kind: ``videos`` or ``replicas``; only kinds that the provider declares with ``can_list``.
        query: Which page; its options are those that the provider declares.
        collection: Which of the kind's lists, as the provider names them; "" where it names none.
        settings: The account's settings, those that the provider declares.

    Returns:
        The request, or None to leave the request to another plugin.

    Example::

        @hookimpl
        def polyreel_list(kind, query):
            from acme_client.api.videos import list_videos

            return Request.of(list_videos, limit=query.page_size, after=query.cursor, read=read_page)
    """
    raise NotImplementedError


@hookspec(firstresult=True)
def polyreel_get(
    provider: str, kind: Kind, id: str, collection: str, settings: Mapping[str, str]
) -> Request[Item] | None:
    """Say how to ask for one item, and how to read it.

    Args:
        provider: The provider that is asked.
        kind: ``videos`` or ``replicas``; only kinds that the provider declares with ``can_get``.
        id: The provider's own id; never empty, ``.`` or ``..``.
        collection: Which of the kind's lists it is of, as the provider names them; "" where it names
            none.
        settings: The account's settings, those that the provider declares.

    Returns:
        The request, or None to leave the request to another plugin.

    Example::

        @hookimpl
        def polyreel_get(kind, id):
            from acme_client.api.videos import get_video

            return Request.of(get_video, video_id=id, read=read_video)
    """
    raise NotImplementedError


@hookspec(firstresult=True)
def polyreel_files(provider: str, kind: Kind, item: Item) -> tuple[File, ...] | None:
    """Name the files that an item has, each with its link.

    Without it they are what every item's own fields link to: the video, its picture, its preview.

    Args:
        provider: The item's provider.
        kind: ``videos`` or ``replicas``.
        item: The item; ``item.raw`` is the provider's JSON.

    Returns:
        The files, the most important one first; or None for those that the core finds.

    Example::

        @hookimpl
        def polyreel_files(item):
            return files_of(item, [("captions", item.raw.get("caption_url"))])
    """
    raise NotImplementedError


@hookspec
def polyreel_sent(account: str, request: Request[Any]) -> None:
    """Observe that a request is about to be sent; called once per attempt.

    Example::

        @hookimpl
        def polyreel_sent(account, request):
            log.debug("%s %s %s", account, request.method, request.path)
    """


@hookspec
def polyreel_answered(
    account: str, request: Request[Any], status_code: int, seconds: float
) -> None:
    """Observe that a response came, of any status, and how long it took.

    Example::

        @hookimpl
        def polyreel_answered(account, status_code, seconds):
            log.info("%s answered %d after %.1f s", account, status_code, seconds)
    """


@hookspec
def polyreel_failed(account: str, request: Request[Any], error: PolyreelError) -> None:
    """Observe that an attempt failed, before it is retried or raised.

    Example::

        @hookimpl
        def polyreel_failed(account, error):
            log.warning("%s failed: %s", account, error)
    """


@hookspec
def polyreel_changed(item: Item, before: Item | None) -> None:
    """Observe a change that a sync noticed: an item is new, differs, is gone, or came back.

    Called after the change was stored, by a thread of the sync; one that takes long holds its account up.

    Args:
        item: The item as it is now; of one that is gone the status is ``deleted``, the rest as it was.
        before: The item as it was; None for a new one.

    Example::

        @hookimpl
        def polyreel_changed(item, before):
            if item.status == "failed" and before is not None:
                log.warning("%s failed: %s", item.uid, item.error)
    """


@hookspec
def polyreel_commands(cli: typer.Typer) -> None:
    """Add commands to the command line.

    Args:
        cli: The root application.

    Example::

        @hookimpl
        def polyreel_commands(cli):
            @cli.command()
            def invoices() -> None: ...
    """
