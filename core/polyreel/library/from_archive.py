"""What a library takes from an archive: which files it holds, and, for a library made anew, its items."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, islice

from polyreel.library.archive.archive import Archive
from polyreel.library.catalog.stored_files import FileRow, FileTable
from polyreel.library.catalog.writing import LibraryWriter
from polyreel.library.portable import portable_text

_AT_ONCE = 500


def take_files(files: FileTable, archive: Archive) -> int:
    """Note which files an archive holds, in place of what was noted of it before; return how many.

    Raises:
        ConfigurationError: There is no archive.
        LibraryError: The library can't be written.
    """
    return files.replace(archive.where, _files(archive))


def take_items(writer: LibraryWriter, archive: Archive) -> int:
    """Store the items of an archive's sidecars that a library doesn't know; return how many.

    They are as they were when their files were stored; what the library knows is newer, or the same.

    Raises:
        ConfigurationError: There is no archive.
        LibraryError: The library can't be written.
    """
    known, count = writer.uids(), 0
    items = (each for each in archive.items() if portable_text(each.item.uid) not in known)
    for (account, kind), group in groupby(
        items, key=lambda each: (each.record.account, each.record.kind)
    ):
        run = writer.begin(account, kind, "archive")
        new = 0
        while page := [each.item for each in islice(group, _AT_ONCE)]:
            new += len(writer.page(run, kind, page).changes)
            count += len(page)
        writer.end(run, "archive", complete=False, error=None, new=new)
    return count


def _files(archive: Archive) -> Iterator[FileRow]:
    for record in archive.records():
        for file in record.files:
            yield FileRow(
                uid=portable_text(record.uid),
                role=file.role,
                name=file.name,
                size=file.size,
                sha256=file.sha256,
                content_type=file.content_type,
                stored_at=record.archived_at,
            )
