"""What the gallery shows: a library, an archive's items that no library knows, or both as one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from polyreel.errors import ConfigurationError
from polyreel.gallery.shelf import ArchiveShelf
from polyreel.library.archive import Archive
from polyreel.library.catalog.browsing import Browser, BrowsingPlace, ItemSelection, LibraryEntry
from polyreel.models import Kind

A = TypeVar("A")


class GallerySources:
    """Reads all there is as if it were one library.

    Args:
        library: The library's file; it may be made later.
        shelf: The archive, or None.
    """

    def __init__(self, library: Path, shelf: ArchiveShelf | None = None) -> None:
        self.library = library
        self.shelf = shelf
        self._tallies: dict[object, Counter[tuple[str, ...]]] = {}

    @property
    def there(self) -> bool:
        """Whether there is anything to read."""
        return bool(self._paths())

    def page(
        self, kind: Kind, selection: ItemSelection, limit: int, after: BrowsingPlace | None = None
    ) -> list[LibraryEntry]:
        """Return the next items in order; see :meth:`Browser.page`.

        Raises:
            LibraryError: A library can't be read.
        """
        with self._browsers() as browsers:
            pages = [each.page(kind, selection, limit, after) for each in browsers]
        if len(pages) == 1:
            return pages[0]
        # The library comes first, and knows the item better than its sidecar.
        found = {entry.item.uid: entry for page in reversed(pages) for entry in page}
        entries = sorted(found.values(), key=lambda entry: entry.place.uid)
        entries.sort(key=lambda entry: entry.place.created_at or "", reverse=True)
        return entries[:limit]

    def tally(self, kind: Kind, words: str = "") -> Counter[tuple[str, ...]]:
        """Count items by all facets; see :meth:`Browser.tally`.

        Raises:
            LibraryError: A library can't be read.
        """
        with self._browsers() as browsers:
            key = (kind, words, *((str(each.path), each.latest()) for each in browsers))
            counted = self._tallies.get(key)
            if counted is None:
                counted = sum((each.tally(kind, words) for each in browsers), Counter[Any]())
                if len(self._tallies) >= _TALLIES:  # requests are answered in several threads
                    self._tallies.clear()
                self._tallies[key] = counted
            return counted

    def entry(self, uid: str) -> LibraryEntry | None:
        """Return one item, or None if nobody has ever seen it."""
        return self._first(lambda browser: browser.entry(uid))

    def versions(self, uid: str) -> list[dict[str, Any]]:
        """Return what an item was before; see :meth:`LibraryReader.versions`."""
        return self._first(lambda browser: browser.versions(uid)) or []

    def local(self, entry: LibraryEntry, role: str) -> tuple[Path, str] | None:
        """Return the path and media type of an item's file that an archive holds, or None."""
        if self.shelf and (found := self.shelf.local(entry.item, entry.kind, role)):
            return found
        for file in entry.stored:
            if file.role == role and "://" not in file.archive:
                with suppress(ConfigurationError):  # the folder is something else now
                    if path := Archive(Path(file.archive)).path(file.name):
                        return path, file.content_type or "application/octet-stream"
        return None

    def runs(self) -> list[dict[str, Any]]:
        """Return the latest pass over each account; see :meth:`LibraryReader.runs`."""
        if not self.library.is_file():
            return []
        with _opened(self.library) as browser:
            return browser.runs(latest=True)

    def _first(self, ask: Callable[[Browser], A | None]) -> A | None:
        with self._browsers() as browsers:
            return next((found for each in browsers if (found := ask(each))), None)

    @contextmanager
    def _browsers(self) -> Iterator[list[Browser]]:
        """Open what there is; anew each time, since a library can be replaced while we look."""
        with ExitStack() as stack:
            yield [stack.enter_context(_opened(path)) for path in self._paths()]

    def _paths(self) -> list[Path]:
        paths = [self.library, *([self.shelf.index] if self.shelf else [])]
        return [path for path in paths if path.is_file()]


_TALLIES = 64


@contextmanager
def _opened(path: Path) -> Iterator[Browser]:
    browser = Browser(path)
    try:
        yield browser
    finally:
        browser.close()
