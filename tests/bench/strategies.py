"""What each way to keep up with an account costs and misses: ``python tests/bench/strategies.py``.

A simulated month of one account: 3,000 videos to begin with, forty made a day, which become ready within
days; some are renamed, some deleted. Each evening a strategy brings its picture up to date. Counted are
requests and, summed over the evenings, how many videos it doesn't know, believes to be unfinished,
calls by an old title, or believes to exist though they were deleted.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from polyreel import Video  # noqa: E402 - the path above leads to the worlds
from polyreel.library.sync.run import SyncOptions  # noqa: E402
from support.worlds import STAGES, Home, World  # noqa: E402

DAYS = 30
Picture = dict[str, Video]


def month(seed: int = 7) -> World:
    """Return the account as it is on the first evening."""
    world = World("acme", seed=seed, page_size=50)
    world.make(3000, "ready")
    return world


def day(world: World) -> None:
    """Let a day pass."""
    dice: random.Random = world.dice
    world.now += timedelta(days=1)
    for each in world.videos:
        if each.status in STAGES and dice.random() < 0.6:
            each.status = STAGES[each.status]
    for each in dice.sample(world.videos, 4):
        each.title += "!"
    world.delete(*(each.id for each in dice.sample(world.videos, 2)))
    world.make(40)


def every_page(world: World, picture: Picture) -> None:
    """Read everything; what isn't there is gone."""
    read = {video.id: video for page in world.pages() for video in page.items}
    for id in picture.keys() - read.keys():
        del picture[id]
    picture.update(read)


def until_known(world: World, picture: Picture) -> None:
    """Read until the first video that is known."""
    for page in world.pages():
        known = any(video.id in picture for video in page.items)
        picture.update({video.id: video for video in page.items})
        if known:
            return


def look_back(days: int) -> Callable[[World, Picture], None]:
    """Read until videos are older than so many days before the newest known."""

    def run(world: World, picture: Picture) -> None:
        newest = max(video.created_at for video in picture.values() if video.created_at)
        for page in world.pages():
            picture.update({video.id: video for video in page.items})
            oldest = page.items[-1].created_at
            if oldest and oldest < newest - timedelta(days=days):
                return

    return run


def library(full_every: timedelta) -> Callable[[World, Picture], None]:
    """Sync a library."""
    folder = tempfile.TemporaryDirectory()
    path = Path(folder.name) / "library.db"

    def run(world: World, picture: Picture) -> None:
        home = Home(path, world)
        home.sync(SyncOptions(full_every=full_every))
        gone = home.gone("acme")
        for change in home.changes:
            picture[change.item.id] = change.item  # type: ignore[assignment]
        for id in gone & picture.keys():
            del picture[id]
        assert folder  # kept as long as the strategy is

    return run


STRATEGIES: dict[str, Callable[[World, Picture], None]] = {
    "every page, every evening": every_page,
    "until the first known video": until_known,
    "look back 1 day": look_back(1),
    "look back 7 days": look_back(7),
    "**a sync a day, every page each 7th** (the default)": library(timedelta(days=7)),
    "the same, never every page": library(timedelta(days=1000)),
}


def table() -> str:
    """Return the table, as docs/library.md has it."""
    lines = [
        "| strategy | requests | not known | believed unfinished | old title | believed to exist |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for name, strategy in STRATEGIES.items():
        world = month()
        picture: Picture = {}
        if name.startswith(("**", "the same")):
            strategy(world, picture)
        else:
            every_page(world, picture)
        world.requests = 0
        missed = unfinished = renamed = undead = 0
        for _ in range(DAYS):
            day(world)
            strategy(world, picture)
            truth = world.truth()
            missed += len(truth.keys() - picture.keys())
            undead += len(picture.keys() - truth.keys())
            for id in truth.keys() & picture.keys():
                status, title = truth[id]
                unfinished += status == "ready" and picture[id].status != "ready"
                renamed += picture[id].title != title
        cells = (world.requests, missed, unfinished, renamed, undead)
        lines.append(f"| {name} | {' | '.join(f'{cell:,}' for cell in cells)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
