"""Where an item's picture or film comes from: the archive, else a link while it lives, else nowhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from attrs import field, frozen

from polyreel.files.links import expires_at
from polyreel.gallery.sources import GallerySources
from polyreel.http.files import FileStream
from polyreel.http.urls import origin
from polyreel.hub import Hub
from polyreel.library.catalog.browsing import LibraryEntry
from polyreel.models import Item, Replica, Status, Video

_LINKS = {
    "video": ("download_url", "stream_url"),
    "thumbnail": ("thumbnail_url",),
    "preview": ("preview_url",),
    "captions": (),
}
ROLES = tuple(_LINKS)
"""The files that the gallery shows of an item."""

_MOVING = frozenset({".mp4", ".m4v", ".mov", ".webm"})


@frozen
class Local:
    """A file in the archive: its path, and its media type as its sidecar says."""

    path: Path
    type: str


@frozen
class OpenLink:
    """A link of the provider's that hasn't ended, as far as it says."""

    url: str


@frozen
class Keyed:
    """A link that only the account's key opens; the browser gets no key, so that the gallery asks."""


@frozen
class Missing:
    """No file: why, and what to do about it, in a sentence each; the second may be empty."""

    why: str
    todo: str = ""


Medium = Local | OpenLink | Keyed | Missing


@frozen
class Poster:
    """The picture or film on an item's card.

    Attributes:
        role: The file's role.
        moving: Whether it is a film, of which the first picture is shown.
    """

    role: str
    moving: bool


@frozen
class Media:
    """Finds the files of items.

    Args:
        sources: The library and the archive.
        hub: The accounts, for files that a browser can't get; None for none.
        api: Gives the base URLs of an item's provider; links to these need the account's key.
        now: Gives the current time.
    """

    sources: GallerySources
    hub: Hub | None = None
    api: Callable[[Item], frozenset[str]] = lambda _: frozenset()
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))

    def find(self, entry: LibraryEntry, role: str) -> Medium:
        """Find one file of an item.

        Args:
            entry: The item.
            role: One of `ROLES`.
        """
        if local := self.sources.local(entry, role):
            return Local(*local)
        links = [getattr(entry.item, name, None) for name in _LINKS[role]]
        missing = self._none(entry)
        for link in links:
            found = self._medium_of(entry, link) if link else missing
            if isinstance(found, OpenLink | Keyed):
                return found
            missing = found if link else missing
        return missing

    def poster(self, entry: LibraryEntry) -> Poster | None:
        """Choose the picture or film of an item's card: its thumbnail, else its preview, else its video."""
        for role in ("thumbnail", "preview", "video"):
            found = self.find(entry, role)
            if isinstance(found, Local | OpenLink):
                return Poster(role, role == "video" or _moves(found))
        return None

    def film(self, entry: LibraryEntry) -> tuple[str, Medium]:
        """Return what is played, by its role: the video; of a replica, its preview."""
        role = "video" if isinstance(entry.item, Video) else "preview"
        return role, self.find(entry, role)

    def can_stream(self, entry: LibraryEntry) -> bool:
        """Whether an item's account is there to ask."""
        return self.hub is not None and entry.item.account in self.hub.accounts

    def stream(self, entry: LibraryEntry, role: str) -> FileStream:
        """Read a file of an item from its provider, with its account's key where it takes one.

        Raises:
            PolyreelError: It can't be had.
        """
        assert self.hub is not None
        if isinstance(entry.item, Video):
            return self.hub.videos.open(entry.item, role=role)
        assert isinstance(entry.item, Replica)
        return self.hub.replicas.open(entry.item, role=role)

    def _medium_of(self, entry: LibraryEntry, link: str) -> OpenLink | Keyed | Missing:
        """Say how a link is opened: by the browser, with the account's key, or not at all."""
        end = expires_at(link)
        if end is not None and end <= self.now():
            return Missing(
                f"gone since {_day(end)}", "The link has ended; polyreel sync asks for new ones."
            )
        if urlsplit(link).scheme not in {"http", "https"}:
            return Missing("no link that a browser may follow")
        if any(origin(link) == origin(base) for base in self.api(entry.item)):
            if self.can_stream(entry):
                return Keyed()
            return Missing(
                "only its account's key gets it",
                f"polyreel {entry.kind} download {entry.item.uid} saves it; polyreel archive keeps them all.",
            )
        return OpenLink(link)

    def _none(self, entry: LibraryEntry) -> Missing:
        """Say why there is no link at all."""
        item = entry.item
        if entry.deleted_at is not None:
            return Missing(f"gone since {_day(entry.deleted_at)}", "Its provider has deleted it.")
        if isinstance(item, Video) and item.expires_at and item.expires_at <= self.now():
            return Missing(
                f"gone since {_day(item.expires_at)}", "Its provider kept it until then."
            )
        if item.status in {Status.QUEUED, Status.RUNNING}:
            done = "" if item.progress is None else f", {item.progress:.0f} %"
            return Missing(f"{item.status}{done}", "polyreel sync asks how far it is.")
        if item.status is Status.FAILED:
            return Missing("failed", "There is no film of it.")
        return Missing(
            "no link to a file", f"polyreel {entry.kind} get {item.uid} asks its provider."
        )


def _moves(found: Local | OpenLink) -> bool:
    if isinstance(found, Local):
        return found.type.startswith("video/")
    return PurePosixPath(urlsplit(found.url).path).suffix.lower() in _MOVING


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%b %Y}"
