"""What a library takes from an archive: which files it holds, and, for a library made anew, its items."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, islice

from polyreel.library.archive.archive import Archive
from polyreel.library.catalog.stored_files import FileRow, FileTable
from polyreel.library.catalog.writing import Writer

_AT_ONCE = 500


def take_files(files: FileTable, archive: Archive) -> int:
    """Note which files an archive holds, in place of what was noted of it before; give how many.

    Raises:
        ConfigurationError: There is no archive.
        LibraryError: The library can't be written.
    """
    return files.replace(archive.where, _files(archive))


def take_items(writer: Writer, archive: Archive) -> int:
    """Store the items of an archive's sidecars, as they were when their files were stored; give how many.

    Raises:
        ConfigurationError: There is no archive.
        LibraryError: The library can't be written.
    """
    count = 0
    items = archive.items()
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
    for each in archive.items():
        for file in each.record.files:
            yield FileRow(
                uid=each.record.uid,
                role=file.role,
                name=file.name,
                size=file.size,
                sha256=file.sha256,
                content_type=file.content_type,
                stored_at=each.archived_at,
            )
