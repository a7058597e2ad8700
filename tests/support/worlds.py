"""Accounts that change while nobody looks: renders, retitles, deletions, signed links, failing lists."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from polyreel import NotFound, Page, ProviderUnavailable, Resource, Video
from polyreel.library.catalog.reading import Filters, LibraryReader
from polyreel.library.catalog.storing import ItemChange
from polyreel.library.catalog.writing import LibraryWriter
from polyreel.library.sync.report import SyncOutcome
from polyreel.library.sync.run import SyncOptions, sync

BEGIN = datetime(2026, 11, 1, tzinfo=UTC)
STAGES = {"queued": "running", "running": "ready"}


@dataclass
class Made:
    """One video as its provider knows it."""

    id: str
    created: datetime
    status: str = "queued"
    title: str = "untitled"


@dataclass
class World:
    """One account, whose list is newest first and whose links are signed anew in each response."""

    name: str
    seed: int = 0
    page_size: int = 5
    newest_first: bool = True
    can_get: bool = True
    window: timedelta | None = None  # how far back the list goes
    now: datetime = BEGIN
    videos: list[Made] = field(default_factory=list)  # newest first
    deleted: set[str] = field(default_factory=set)
    requests: int = 0
    get_fails: bool = False
    fails_at: int | None = None  # the page that can't be had, counted from 0
    leaves_out: set[str] = field(default_factory=set)  # ids that lists forget, though they exist
    only_by_name: bool = False  # not asked unless it is named

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        self._made = 0

    def make(self, count: int = 1, status: str = "queued") -> None:
        for _ in range(count):
            self._made += 1
            self.now += timedelta(seconds=7)
            self.videos.insert(0, Made(f"v{self._made}", self.now, status, f"take {self._made}"))

    def delete(self, *ids: str) -> None:
        self.deleted |= set(ids)
        self.videos = [each for each in self.videos if each.id not in ids]

    def day(self) -> None:
        """Let a day pass: new videos, renders that go on, some retitled, some deleted."""
        self.now += timedelta(days=1)
        for each in self.videos:
            if each.status in STAGES and self.dice.random() < 0.7:
                each.status = "failed" if self.dice.random() < 0.1 else STAGES[each.status]
            if self.dice.random() < 0.05:
                each.title += "!"
        for each in list(self.videos):
            if self.dice.random() < 0.05:
                self.delete(each.id)
        self.make(self.dice.randrange(6))

    def truth(self) -> dict[str, tuple[str, str]]:
        """Id to status and title, of all that exist."""
        return {each.id: (each.status, each.title) for each in self.videos}

    def pages(self) -> Iterator[Page[Video]]:
        listed = [each for each in self.videos if self._is_listed(each)]
        for number in range(max(1, -(-len(listed) // self.page_size))):
            if number == self.fails_at:
                raise ProviderUnavailable("out of order", account=self.name)
            self.requests += 1
            part = listed[number * self.page_size : (number + 1) * self.page_size]
            yield Page(items=tuple(map(self.item, part)), account=self.name)

    def listed(self) -> dict[str, tuple[str, str]]:
        """Id to status and title, of all that the list shows."""
        return {each.id: (each.status, each.title) for each in self.videos if self._is_listed(each)}

    def _is_listed(self, made: Made) -> bool:
        oldest = self.now - self.window if self.window else BEGIN
        return made.id not in self.leaves_out and made.created >= oldest

    def get(self, id: str) -> Video:
        self.requests += 1
        if self.get_fails:
            raise ProviderUnavailable("out of order", account=self.name)
        for each in self.videos:
            if each.id == id:
                return self.item(each)
        raise NotFound(f"no video {id}", account=self.name)

    def item(self, made: Made) -> Video:
        signature = f"{self.dice.random():.17f}"
        link = f"https://cdn.example/{made.id}.mp4?Expires=1790000000&Signature={signature}"
        raw = {
            "id": made.id, "status": made.status, "title": made.title, "url": link,
            "created_at": made.created.isoformat(),
        }  # fmt: skip
        return Video(
            provider="acme",
            account=self.name,
            id=made.id,
            title=made.title,
            provider_status=made.status,
            created_at=made.created,
            download_url=link if made.status == "ready" else None,
            raw=raw,
        )


class FakeHub:
    """The part of a hub that a sync uses, over worlds instead of accounts."""

    def __init__(self, *worlds: World) -> None:
        self.worlds = {world.name: world for world in worlds}
        self.videos = _Videos(self.worlds)
        self.told: list[tuple[str, dict[str, Any]]] = []
        self._registry = SimpleNamespace(notify=self._notify)

    def _notify(self, hook: str, **arguments: Any) -> None:
        self.told.append((hook, arguments))

    @property
    def accounts(self) -> Mapping[str, World]:
        return self.worlds

    def provider(self, account: str) -> Any:
        world = self.worlds[account]
        videos = Resource(
            newest_first=world.newest_first, can_get=world.can_get, window=world.window
        )
        return SimpleNamespace(name="acme", resources={"videos": videos})


class _Videos:
    def __init__(self, worlds: Mapping[str, World]) -> None:
        self._worlds = worlds

    def list(self, *, account: str, **_: Any) -> Any:
        world = self._worlds[account]

        class Listing:
            def pages(self) -> Iterator[Page[Video]]:
                return world.pages()

        return Listing()

    def get(self, id: str, *, account: str) -> Video:
        return self._worlds[account].get(id)


class Home:
    """A library of its own, and the worlds that it is filled from."""

    def __init__(self, path: Path, *worlds: World) -> None:
        self.path = path
        self.worlds = worlds
        self.changes: list[ItemChange] = []

    def sync(self, options: SyncOptions | None = None) -> list[SyncOutcome]:
        writer = LibraryWriter(self.path, self.now)
        try:
            hub: Any = FakeHub(*self.worlds)
            report = sync(hub, writer, options, now=self.now, changed=self.changes.append)
            return list(report.outcomes)
        finally:
            writer.close()

    def now(self) -> datetime:
        return max(world.now for world in self.worlds)

    def kept(self, account: str, **filters: Any) -> dict[str, tuple[str, str | None]]:
        """Id to status and title, of all that the library takes for existing."""
        reader = LibraryReader(self.path)
        try:
            found = reader.items("videos", Filters(accounts=[account], **filters))
            return {each.id: (each.status.value, each.title) for each in found}
        finally:
            reader.close()

    def gone(self, account: str) -> set[str]:
        """Ids that the library takes for deleted."""
        return self.kept(account, deleted=True).keys() - self.kept(account).keys()
