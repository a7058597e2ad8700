"""The files of items, as collections of either hub give them: read as a stream, or saved whole."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Generator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from polyreel.errors import LinkEnded, NotFound
from polyreel.files import File
from polyreel.http.connection import Connection
from polyreel.listing.plan import Planner
from polyreel.models import Item, Kind, T

if TYPE_CHECKING:
    from polyreel.http.download import Begin
    from polyreel.http.files import AsyncFileStream, FileStream
    from polyreel.http.transport import AsyncTransport, Transport

V = TypeVar("V")


class _FileAccess(Generic[T]):
    """What both share: whose connection gets which link."""

    _planner: Planner
    _transport: Callable[[], Any]
    _kind: Kind

    def files(self, item: Item) -> tuple[File, ...]:
        """Return the files that an item has, the most important one first; none is asked for.

        Raises:
            PluginError: The item's plugin failed.
        """
        return self._planner.registry.files(self._kind, item)

    def _file(self, item: Item, role: str | None) -> tuple[Connection, File]:
        """Find one of an item's files, and whose connection gets it.

        Raises:
            NotFound: The item has no such file.
        """
        files = self.files(item)
        for file in files:
            if role in {None, file.role}:
                return self._planner.connection(item.account), file
        has = f"it has {', '.join(file.role for file in files)}" if files else "it has none"
        raise NotFound(
            f"{item.uid} is {item.status} and has no {role or 'file'}; {has}",
            provider=item.provider,
            account=item.account,
        )


class FileAccess(_FileAccess[T]):
    """Files for a sync collection."""

    _transport: Callable[[], Transport]

    def get(self, id: str, *, provider: str | None = None, account: str | None = None) -> T:
        """Get one item."""
        raise NotImplementedError

    def open(
        self,
        item: T | str,
        *,
        role: str | None = None,
        provider: str | None = None,
        account: str | None = None,
    ) -> FileStream:
        """Read a file of an item as it comes: an iterator of bytes with ``size`` and ``type``.

        The account's key goes to the account's own server only. A link that has ended is renewed. How
        many streams are open at a time is the caller's matter; :meth:`download` keeps to ``in_flight``.

        Args:
            item: The item, or what :meth:`get` takes as its id.
            role: Which file: ``video``, ``thumbnail``, ``preview``, ``captions``, …; None for the most
                important one.
            provider: As for :meth:`get`, with the provider's own id.
            account: As for :meth:`get`.

        Raises:
            NotFound: There is no such item, or it has no such file.
            LinkEnded: The file is gone.
            PolyreelError: It can't be had.
        """
        from polyreel.http.download import Transfer
        from polyreel.http.files import FileStream

        def opened(one: T) -> FileStream:
            connection, file = self._file(one, role)
            transfer = Transfer(connection, file.url, self._transport().policy)
            return FileStream(self._transport().downloads.pieces(transfer))

        return self._renewing(item, provider, account, opened)

    def pieces(
        self, item: T, file: File, *, have: int = 0, validator: str | None = None
    ) -> Generator[Begin | bytes, None, None]:
        """Read a file piece by piece, for callers that store partial files; :meth:`download` does so itself.

        Args:
            item: The item.
            file: One of its :meth:`files`.
            have: The bytes that an earlier transfer left.
            validator: The ``validator`` of that transfer's `Begin`.

        Yields:
            A `Begin`, which says where in the file the pieces after it belong, and then pieces; another
            `Begin` when the transfer had to begin again.

        Raises:
            LinkEnded: The link has ended; the item got anew may hold one that works.
            PolyreelError: The file can't be had.
        """
        from polyreel.http.download import Transfer

        transport = self._transport()
        connection = self._planner.connection(item.account)
        transfer = Transfer(connection, file.url, transport.policy, have=have, validator=validator)
        with transport.downloads.gate(connection):
            yield from transport.downloads.pieces(transfer)

    def size(self, item: T, file: File) -> int | None:
        """Ask for the size of a file in bytes, and for nothing of it; None where its server doesn't say.

        Args:
            item: The item.
            file: One of its :meth:`files`.
        """
        from polyreel.http.size import Sizing

        transport = self._transport()
        connection = self._planner.connection(item.account)
        asked = Sizing(connection, file.url, transport.policy)
        with transport.downloads.gate(connection):
            list(transport.downloads.pieces(asked))
        return asked.size

    def download(
        self,
        item: T | str,
        path: Path | str | None = None,
        *,
        role: str | None = None,
        provider: str | None = None,
        account: str | None = None,
    ) -> Path:
        """Save a file of an item, whole or not at all, and return where it is.

        What was begun and broke off, also in another process, is gone on with.

        Args:
            item: The item, or what :meth:`get` takes as its id.
            path: The file's path, or a folder, where it is called after the item's id and what it is.
                None for the current folder.
            role: Which file, as for :meth:`open`.
            provider: As for :meth:`get`, with the provider's own id.
            account: As for :meth:`get`.

        Raises:
            BrokenFile: What came is not the whole file: a web page, a part, another type.
            PolyreelError: As for :meth:`open`.
            OSError: The disk is full, or can't be written to.
        """
        from polyreel.files.file_names import name_of
        from polyreel.http.files import SavePlace, save

        def saved(one: T) -> Path:
            connection, file = self._file(one, role)
            place = SavePlace(path, name_of(one.id, one.account))
            downloads = self._transport().downloads
            with downloads.gate(connection):
                return save(downloads, connection, file.url, place, file.role)

        return self._renewing(item, provider, account, saved)

    def _renewing(
        self, item: T | str, provider: str | None, account: str | None, use: Callable[[T], V]
    ) -> V:
        """Use an item's link; once more, got anew, if the one that the caller had has ended."""
        self._transport().require_usable()
        if isinstance(item, str):
            return use(self.get(item, provider=provider, account=account))
        try:
            return use(item)
        except LinkEnded:
            return use(self.get(item.uid))


class AsyncFileAccess(_FileAccess[T]):
    """Files for an async collection; :class:`FileAccess` says what the arguments mean."""

    _transport: Callable[[], AsyncTransport]

    async def get(self, id: str, *, provider: str | None = None, account: str | None = None) -> T:
        """Get one item."""
        raise NotImplementedError

    async def open(
        self,
        item: T | str,
        *,
        role: str | None = None,
        provider: str | None = None,
        account: str | None = None,
    ) -> AsyncFileStream:
        """Read a file of an item as it comes; :meth:`Collection.open` says what the arguments mean."""
        from polyreel.http.download import Transfer
        from polyreel.http.files import AsyncFileStream

        async def opened(one: T) -> AsyncFileStream:
            connection, file = self._file(one, role)
            transfer = Transfer(connection, file.url, self._transport().policy)
            return await AsyncFileStream.of(self._transport().downloads.pieces(transfer))

        return await self._renewing(item, provider, account, opened)

    async def download(
        self,
        item: T | str,
        path: Path | str | None = None,
        *,
        role: str | None = None,
        provider: str | None = None,
        account: str | None = None,
    ) -> Path:
        """Save a file of an item; :meth:`Collection.download` says what the arguments mean."""
        from polyreel.files.file_names import name_of
        from polyreel.http.files import SavePlace, async_save

        async def saved(one: T) -> Path:
            connection, file = self._file(one, role)
            place = SavePlace(path, name_of(one.id, one.account))
            downloads = self._transport().downloads
            async with downloads.gate(connection):
                return await async_save(downloads, connection, file.url, place, file.role)

        return await self._renewing(item, provider, account, saved)

    async def _renewing(
        self,
        item: T | str,
        provider: str | None,
        account: str | None,
        use: Callable[[T], Awaitable[V]],
    ) -> V:
        self._transport().require_usable()
        if isinstance(item, str):
            return await use(await self.get(item, provider=provider, account=account))
        try:
            return await use(item)
        except LinkEnded:
            return await use(await self.get(item.uid))
