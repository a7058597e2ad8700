"""A real browser that looks at the gallery, and libraries to look at."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from polyreel import Video
from polyreel.library.catalog.database import open_writer
from polyreel.library.catalog.writing import LibraryWriter

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
NOW = datetime.now(UTC)
SIZES = {"desk": (1440, 900), "tablet": (820, 1100), "phone": (390, 800)}

HOSTILE = (
    "<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "</script><script>alert(1)</script>",
    "<svg/onload=alert(1)>", '"><iframe src=javascript:alert(1)>', "javascript:alert(1)", "'-alert(1)-'",
    "{{constructor.constructor('alert(1)')()}}", "${alert(1)}", "<a href='javascript:alert(1)'>click</a>",
    "<style>*{display:none}</style>", "<base href=https://evil.example/>", "&lt;img src=x&gt;&#x27;",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>", "\u202eegdelwonk", "a\u0000b",
    "<video src=x onerror=alert(1)>", "<form action=https://evil.example><input>", "%3Cscript%3E",
    "Ω≈ç√ 🎬 مرحبا 你好",
)  # fmt: skip


def video(number: int | str, **fields: Any) -> Video:
    """Make one; the lower its number, the newer it is."""
    minutes = number if isinstance(number, int) else 0
    given = {
        "title": f"film {number}",
        "provider_status": "completed",
        "created_at": NOW - timedelta(minutes=minutes),
        "raw": {"id": f"v{number}"},
    }
    return Video(provider="acme", account="work", id=f"v{number}", **(given | fields))


def fill(path: Path, *items: Video) -> None:
    """Put videos into a library, as a sync would."""
    writer = LibraryWriter(path, lambda: NOW)
    for account in {item.account for item in items}:
        run = writer.begin(account, "videos", "full")
        writer.page(run, "videos", [item for item in items if item.account == account])
        writer.end(run, "full", complete=True, error=None)
    writer.close()


def multiply(path: Path, count: int) -> None:
    """Fill a library with so many videos of twenty accounts, quickly: copies of one, in SQL."""
    fill(path, video(0, prompt="a drone over the sea", raw={"id": "v0", "note": "x" * 600}))
    connection = open_writer(path)
    columns = [row[1] for row in connection.execute("PRAGMA table_info(items)")]
    made = {
        "uid": "'acme' || (n % 20) || ':v' || n",
        "id": "'v' || n",
        "account": "'acme' || (n % 20)",
        "provider": "'provider' || (n % 5)",
        "title": "'film ' || n || CASE n % 9 WHEN 0 THEN ' waterfall' ELSE ' at night' END",
        "status": "CASE n % 10 WHEN 0 THEN 'failed' WHEN 1 THEN 'queued' ELSE 'ready' END",
        "model": "'model-' || (n % 7)",
        "created_at": "strftime('%Y-%m-%dT%H:%M:%fZ', '2026-11-25', '-' || (n * 7) || ' minutes')",
        "number": "number + n",
        "rev": "n + 1",
    }
    values = ", ".join(made.get(column, column) for column in columns)
    connection.execute("BEGIN")
    connection.execute(
        "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?) "
        f"INSERT INTO items SELECT {values} FROM items, numbers WHERE uid = 'work:v0'",
        (count - 1,),
    )
    connection.execute("INSERT INTO search (search) VALUES ('rebuild')")
    connection.execute("COMMIT")
    connection.close()


@contextmanager
def browser() -> Iterator[Any]:
    """Yield Chromium; skip the test where it or its driver is missing."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    with sync_api.sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            yield found
        finally:
            found.close()


class Tab:
    """A page of the browser that notes everything that must not happen."""

    def __init__(self, context: Any) -> None:
        self.page = context.new_page()
        self.began = 0.0
        self.asked: list[str] = []
        self.wrong: list[str] = []
        self.statuses: list[tuple[str, int]] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("response", lambda got: self.statuses.append((got.url, got.status)))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("dialog", lambda dialog: self.wrong.append(dialog.message))
        self.page.on(
            "console",
            lambda said: (
                self.wrong.append(said.text) if said.type in {"error", "warning"} else None
            ),
        )

    def hosts(self) -> set[str]:
        """Which hosts were asked for anything."""
        return {urlsplit(url).netloc for url in self.asked}

    def wait(self, condition: Callable[[], Any], what: str = "it never came true") -> Any:
        """Wait until something holds; the page's policy forbids Playwright's own way."""
        for _ in range(200):
            if found := condition():
                return found
            self.page.wait_for_timeout(25)
        raise AssertionError(what)

    def cards(self) -> list[str]:
        """The titles that are shown."""
        found: list[str] = self.page.locator("#grid strong").all_inner_texts()
        return found

    def count(self) -> str:
        """What the page says how many there are."""
        found: str = self.page.locator("#count").inner_text()
        return found
