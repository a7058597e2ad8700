"""The archive: a folder or bucket that holds the files of items, each whole, with what is known of it."""

from polyreel.library.archive.archive import Archive, Problem
from polyreel.library.archive.archive_run import ROLES, ArchiveOptions, Run
from polyreel.library.archive.store_items import FileOutcome
from polyreel.library.archive.stored_item import StoredItem

__all__ = ["ROLES", "Archive", "ArchiveOptions", "FileOutcome", "Problem", "Run", "StoredItem"]
