"""Refreshing from where the pages are published: what is asked, and what a response may do."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.servers import Reply, Request, Server, serve
from support.shelf import GET, LIST, PAGES, Shelf, rules


class Site:
    """A documentation site: its pages by path, each with an ETag, or a reply that stands in for one."""

    def __init__(self) -> None:
        self.pages: dict[str, Any] = {f"/{file}": text for file, text in PAGES.items()}
        self.tags = True
        self.turn = threading.Lock()
        self.sent: list[str] = []

    def __call__(self, request: Request) -> Any:
        found = self.pages.get(request.path, Reply("# Nothing here\n", 404))
        if isinstance(found, Reply):
            return found
        tag = f'"{hashlib.sha256(found.encode()).hexdigest()[:8]}"'
        if request.headers.get("if-none-match") == tag:
            return Reply(b"", 304)
        with self.turn:
            self.sent.append(request.path)
        return Reply(
            found, headers={"Content-Type": "text/markdown"} | ({"ETag": tag} if self.tags else {})
        )


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def server(site: Site) -> Iterator[Server]:
    with serve(site) as server:
        yield server


@pytest.fixture
def shelf(server: Server, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """A provider whose pages were fetched before."""
    monkeypatch.setattr("polyreel.codegen.generating.programs.validate", lambda *_, **__: None)
    shelf = Shelf(tmp_path, server.url)
    assert shelf.fetch().state == "new"
    site.sent.clear()
    return shelf


def test_pages_that_havent_changed_are_not_sent_again(shelf: Shelf, site: Site):
    before = shelf.stored()
    assert shelf.fetch().state == "unchanged"
    assert site.sent == []
    assert shelf.stored() == before


def test_only_the_page_that_changed_is_sent_and_the_others_count_all_the_same(
    shelf: Shelf, site: Site
):
    site.pages["/list-reels.md"] = LIST.replace("Default is 20", "Default is 50")
    outcome = shelf.fetch()
    assert ("warning", "request-default-changed", "query limit") in rules(outcome)
    assert site.sent == ["/list-reels.md"]
    assert "getReel" in (shelf.folder / "openapi.yaml").read_text()
    assert shelf.fetch().state == "unchanged"
    assert site.sent == ["/list-reels.md"]


def test_a_new_tag_on_the_same_page_is_no_change(shelf: Shelf, site: Site):
    """Some servers make up a new one each day; that must not open a pull request each day."""
    site.tags = False
    site.pages["/list-reels.md"] = LIST.replace("that is documented", "we document")
    before = shelf.stored()
    assert shelf.fetch().state == "unchanged"
    assert shelf.stored() == before


def test_a_site_without_tags_is_compared_by_its_pages(
    server: Server, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("polyreel.codegen.generating.programs.validate", lambda *_, **__: None)
    site.tags = False
    shelf = Shelf(tmp_path, server.url)
    shelf.fetch()
    assert shelf.fetch().state == "unchanged"


def test_pages_read_by_other_code_are_asked_for_anew(
    shelf: Shelf, site: Site, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(
        "polyreel.codegen.refreshing.sources_lock.readers_digest", lambda: "improved"
    )
    assert shelf.fetch().state == "unchanged"
    assert sorted(site.sent) == ["/get-reel.md", "/list-reels.md"]


HTML = "<!doctype html><html><head><title>Log in</title></head><body>Password</body></html>"


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (Reply("", 404), "404, no such page"),
        (Reply("", 410), "410, the page is gone for good"),
        (Reply("", 401), "401, it asks for a login"),
        (Reply("", 403), "403, access denied"),
        (Reply("", 302, {"Location": "/login"}), "a login"),
        (Reply(HTML, headers={"Content-Type": "text/html"}), "login"),
        (Reply(""), "empty"),
        (Reply(LIST[:900]), "cut off"),
        (Reply(LIST[:900], headers={"Content-Length": "4000"}), "cut off"),
        (Reply(GET), "GET /v1/reels is not on the page"),
        (Reply(b"\xff\xfe"), "not UTF-8"),
    ],
)
def test_a_response_that_is_no_good_page_changes_nothing(
    shelf: Shelf, site: Site, server: Server, reply: Reply, message: str
):
    site.pages["/list-reels.md"] = reply
    before = shelf.stored()
    outcome = shelf.fetch()
    assert outcome.state == "failed"
    assert f"{server.url}/list-reels.md: " in str(outcome.error)
    assert message in str(outcome.error)
    assert shelf.stored() == before


def test_a_page_that_moved_is_read_and_its_new_address_told(
    shelf: Shelf, site: Site, server: Server
):
    site.pages["/reels/list.md"] = site.pages["/list-reels.md"]
    site.pages["/list-reels.md"] = Reply("", 308, {"Location": "/reels/list.md"})
    outcome = shelf.fetch()
    assert outcome.state == "unchanged"
    [note] = outcome.notes
    assert f"moved to {server.url}/reels/list.md" in note


def test_a_page_that_the_index_names_and_nobody_reads_is_reported(
    shelf: Shelf, site: Site, server: Server
):
    index = f'[index]\nurl = "{server.url}/llms.txt"\nprefixes = ["{server.url}/"]\n'
    shelf.name_sources(more=index)
    outcome = shelf.fetch()
    assert outcome.state == "unchanged"
    assert "llms.txt: 404" in outcome.notes[0]
    site.pages["/llms.txt"] = f"- [Splice]({server.url}/splice-reels.md)\n"
    assert shelf.fetch().unread == (f"{server.url}/splice-reels.md",)
