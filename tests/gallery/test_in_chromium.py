"""What a person sees and does, in a real browser."""

from __future__ import annotations

import json
import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from gallery.browsing import HOSTILE, NOW, SIZES, Tab, browser, fill, multiply, video
from polyreel import Hub, sandbox
from polyreel.files.media import incomplete
from polyreel.gallery.serving import serve
from polyreel.library import Library
from polyreel.library.archive import Archive

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
TOOLS = ROOT / ".venv" / "node_modules"
PICTURE = ROOT / "docs" / "images" / "gallery.png"
MANY = 100_000
SCROLL = """() => new Promise((drawn) => {
    scrollBy(0, innerHeight);
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(drawn)));
})"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with browser() as found:
        yield found


@pytest.fixture
def visit(chromium: Any) -> Iterator[Callable[..., Tab]]:
    """Open an address; in the end, nothing may have gone wrong in the page or gone elsewhere."""
    with ExitStack() as stack:
        tabs = []

        def visiting(address: str, size: str = "desk", **options: Any) -> Tab:
            width, height = SIZES[size]
            context = chromium.new_context(viewport={"width": width, "height": height}, **options)
            stack.callback(context.close)
            tab = Tab(context)
            tab.began = time.monotonic()
            tab.page.goto(address)
            tabs.append((tab, address.split("/")[2]))
            return tab

        yield visiting
        for tab, host in tabs:
            assert tab.wrong == []
            assert tab.hosts() <= {host}


@pytest.fixture
def shown(tmp_path: Path) -> Iterator[Callable[..., str]]:
    """Serve a library of some videos; yield its address."""
    with ExitStack() as stack:

        def serving(*videos: Any, archive: Path | None = None) -> str:
            fill(tmp_path / "library.db", *videos)
            kept = Archive(archive) if archive else None
            return stack.enter_context(serve(tmp_path / "library.db", kept, port=0))

        yield serving


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a gallery of 100,000 videos."""
    path = tmp_path_factory.mktemp("many") / "library.db"
    multiply(path, MANY)
    with serve(path, port=0) as address:
        yield address


@pytest.fixture(scope="module")
def sandboxed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a gallery of what the sandbox made up; its films lie in an archive."""
    folder = tmp_path_factory.mktemp("sandboxed")
    with sandbox.serve(items={"videos": 8, "replicas": 3}) as box, Hub(box.accounts()) as hub:
        box.clock.advance(3600)
        library = Library.open(folder / "library.db")
        library.sync(hub)
        for _ in Archive(folder / "films").add(hub):
            pass
        with serve(library.path, Archive(folder / "films"), port=0) as address:
            yield address


def test_first_cards_and_a_search_are_there_at_once_among_100_000(many, visit) -> None:
    opened, searched = [], []
    for word in ("waterfall", "99", "night"):
        tab = visit(many)
        tab.page.wait_for_selector("#grid li")
        opened.append(time.monotonic() - tab.began)
        searched.append(search(tab, word))
    assert min(opened) <= 1.5, opened
    assert min(searched) <= 0.5, searched


def search(tab: Tab, word: str) -> float:
    """Type a word, and return the seconds until its cards are there."""
    tab.wait(lambda: tab.count() == "100,000 videos")
    began = time.monotonic()
    tab.page.locator("#search").fill(word)
    tab.wait(lambda: all(word in title for title in tab.cards()), f"{word} is never found")
    return time.monotonic() - began


def test_ten_thousand_cards_are_scrolled_through_and_few_are_in_the_page(many, visit) -> None:
    tab = visit(many)
    tab.page.wait_for_selector("#grid li")
    seen, most = set(), 0
    while max(seen, default=0) < 10_000:
        places = tab.page.evaluate(
            "Array.from(document.querySelectorAll('#grid li'), (li) => li.ariaPosInSet)"
        )
        seen |= {int(place) for place in places}
        most = max(most, len(places))
        tab.page.evaluate(SCROLL)
    assert most <= 1_000
    assert seen >= set(range(1, 10_000))
    first = tab.cards()[0]
    assert first.startswith("film ")
    tab.page.evaluate("scrollTo(0, 0)")
    tab.wait(lambda: "film 0" in tab.cards())


def test_a_facet_narrows_and_its_address_can_be_kept(many, visit) -> None:
    tab = visit(many)
    tab.page.get_by_label("failed").check()
    tab.wait(lambda: tab.count() == "9,999 videos")
    tab.page.get_by_label("acme10 ").check()
    tab.wait(lambda: tab.count() == "5,000 videos")
    assert {*tab.page.locator("#grid .status").all_inner_texts()} == {"failed"}
    kept = visit(tab.page.url)
    kept.wait(lambda: kept.count() == "5,000 videos")
    assert kept.page.get_by_label("failed").is_checked()
    tab.page.go_back()
    tab.wait(lambda: tab.count() == "9,999 videos")
    tab.page.get_by_role("button", name="Clear all").click()
    tab.wait(lambda: tab.count() == "100,000 videos")


def test_an_archived_film_plays_and_is_sought_in_by_ranges(sandboxed, visit) -> None:
    tab = visit(f"{sandboxed}#status=ready")
    tab.page.locator("#grid a:has(img)").first.click()
    film = tab.page.locator("#view video")
    tab.wait(lambda: film.evaluate("film => film.readyState") >= 2, "it never loads")
    film.evaluate("film => { film.muted = true; }")
    tab.page.keyboard.press("Space")
    tab.wait(lambda: film.evaluate("film => film.currentTime") > 0.2, "it never plays")
    film.evaluate("film => { film.pause(); film.currentTime = film.duration - 0.2; }")
    tab.wait(
        lambda: film.evaluate("film => !film.seeking && film.readyState >= 2"), "it never seeks"
    )
    assert film.evaluate("film => film.duration - film.currentTime") == pytest.approx(0.2, abs=0.05)
    assert {status for url, status in tab.statuses if "role=video" in url} == {206}
    with tab.page.expect_download() as download:
        tab.page.get_by_role("link", name="Download").click()
    with Path(download.value.path()).open("rb") as saved:
        assert incomplete(saved) is None


def test_the_keyboard_is_enough(shown, visit) -> None:
    tab = visit(shown(*(video(n) for n in range(30))))
    page, focused = (
        tab.page,
        lambda: tab.page.evaluate("document.activeElement.querySelector('strong')?.textContent"),
    )
    page.wait_for_selector("#grid li")
    page.keyboard.press("ArrowRight")
    assert focused() == "film 0"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    assert focused() == "film 5"
    page.keyboard.press("Enter")
    page.wait_for_selector("#view[open] h2")
    page.keyboard.press("ArrowRight")
    tab.wait(lambda: page.locator("#view h2").inner_text() == "film 6")
    assert "uid=work%3Av6" in page.url
    page.keyboard.press("Escape")
    tab.wait(lambda: focused() == "film 6")
    assert "uid" not in page.url
    page.keyboard.press("/")
    page.keyboard.type("film 12")
    tab.wait(lambda: tab.cards() == ["film 12"])
    page.keyboard.press("Escape")
    assert page.locator("#search").input_value() == "film 12"
    page.keyboard.press("?")
    assert page.get_by_role("dialog", name="Keyboard shortcuts").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    tab.wait(lambda: page.locator("#view h2").all_inner_texts() == ["film 12"])


def test_a_link_to_one_video_opens_it_and_all_that_is_known_is_there(shown, visit) -> None:
    address = shown(
        video(
            1, title="Éclair", prompt="a long prompt", error="none", model="m-1", duration=62.4,
            page_url="https://acme.example/v1", download_url="https://cdn.example/x.mp4?Expires=1500000000",
            provider_status="odd", raw={"id": "v1", "deep": {"er": [1, None]}},
        )
    )  # fmt: skip
    tab = visit(f"{address}#uid=work:v1")
    dialog = tab.page.get_by_role("dialog", name="Éclair")
    dialog.wait_for()
    text = dialog.inner_text()
    for told in ("work:v1", "a long prompt", "m-1", "62.4", "1:02", "gone since", "polyreel sync"):
        assert told in text
    assert '"er": [' not in text
    dialog.get_by_text("Raw JSON").click()
    assert json.loads(dialog.locator("pre").inner_text()) == {"id": "v1", "deep": {"er": [1, None]}}
    link = dialog.get_by_role("link", name="Open at the provider")
    assert link.get_attribute("href") == "https://acme.example/v1"
    assert "noreferrer" in link.get_attribute("rel")
    missing = visit(f"{address}#uid=work:nobody")
    missing.page.get_by_text("Nothing here has this uid").wait_for()
    missing.wrong.clear()  # the browser notes the 404 itself


def test_hostile_texts_stay_texts(shown, visit) -> None:
    videos = [
        video(n, title=text, prompt=text * 2, error=text, model=text, raw={text: text})
        for n, text in enumerate(HOSTILE)
    ]
    tab = visit(shown(*videos))
    tab.wait(lambda: len(tab.cards()) == len(HOSTILE))
    tags = "a strong small time span li b"
    for at, item in enumerate(videos):
        tab.page.locator("#grid a").nth(at).click()
        tab.page.wait_for_selector("#view[open] pre", state="attached")
        assert tab.page.locator("#view h2").text_content() == item.title
        assert tab.page.locator("#view .prompt").text_content() == item.prompt
        tab.page.keyboard.press("Escape")
        tab.wait(lambda: tab.page.locator("#view h2").count() == 0)
    inside = tab.page.evaluate(
        "Array.from(document.querySelectorAll('#grid *, #facets *'), (e) => e.localName)"
    )
    assert {*inside} <= {*tags.split(), "fieldset", "legend", "label", "input", "output", "button"}
    hrefs = tab.page.evaluate("Array.from(document.links, (a) => a.protocol)")
    assert {*hrefs} == {"http:"}


def test_a_long_prompt_is_no_burden(shown, visit) -> None:
    tab = visit(shown(video(1, title=None, prompt="word " * 2_000_000)))
    began = time.monotonic()
    tab.page.locator("#grid a").click()
    tab.page.wait_for_selector("#view[open] .actions")
    assert time.monotonic() - began < 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["desk", "tablet", "phone"])
def test_it_fits_the_screen_and_everybody_can_use_it(sandboxed, visit, size, scheme) -> None:
    tab = visit(sandboxed, size, color_scheme=scheme, reduced_motion="reduce")
    page = tab.page
    page.wait_for_selector("#grid img")
    tab.wait(lambda: page.locator("#accounts li").count() > 5)
    accessible(tab)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    boxes = page.evaluate(
        "Array.from(document.querySelectorAll('#grid li'), (li) => li.getBoundingClientRect().toJSON())"
    )
    for one, other in pairwise(boxes):
        assert one["right"] <= other["left"] or one["bottom"] <= other["top"], "cards overlap"
    [red, green, blue] = page.evaluate(
        "getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/g)"
    )
    assert (int(red) + int(green) + int(blue) < 150) == (scheme == "dark")
    if size != "desk":
        page.get_by_role("button", name="Filters").click()
        assert page.get_by_label("ready").first.is_visible()
        accessible(tab)
        page.get_by_role("button", name="Filters").click()
    page.locator("#grid a:has(img)").first.click()
    page.wait_for_selector("#view[open] .actions")
    page.get_by_text("Raw JSON").click()
    accessible(tab)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Keyboard shortcuts").click()
    accessible(tab)


def accessible(tab: Tab) -> None:
    """Let axe-core look for what keeps people out."""
    axe = TOOLS / "axe-core" / "axe.min.js"
    if not axe.exists():
        pytest.skip("axe-core is not installed; make test-slow installs it")
    tab.page.wait_for_timeout(60)
    tab.page.evaluate(axe.read_text())
    found = tab.page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    told = [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in found]
    assert told == []


def test_nothing_there_nothing_found_and_no_server_each_say_what_to_do(tmp_path, visit) -> None:
    with serve(tmp_path / "library.db", port=0) as address:
        tab = visit(address)
        tab.page.get_by_text("polyreel sync", exact=True).wait_for()
        fill(tmp_path / "library.db", video(1))
        tab.page.get_by_role("button", name="Look again").click()
        tab.wait(lambda: tab.cards() == ["film 1"])
        tab.page.locator("#search").fill("nothing of the kind")
        tab.page.get_by_text("Nothing matches").wait_for()
        tab.page.locator("#state").get_by_role("button", name="Clear all").click()
        tab.wait(lambda: tab.cards() == ["film 1"])
    tab.page.locator("#search").fill("film")
    tab.page.get_by_text("Start it again with: polyreel gallery").wait_for()
    tab.wrong.clear()  # the browser notes the failed requests itself


def test_an_account_that_failed_is_told_with_its_reason(tmp_path, visit) -> None:
    from polyreel.library.catalog.writing import LibraryWriter

    fill(tmp_path / "library.db", video(1))
    writer = LibraryWriter(tmp_path / "library.db", lambda: NOW - timedelta(hours=3))
    writer.end(
        writer.begin("studio", "videos", "full"), "full", complete=False, error="the key is wrong"
    )
    writer.close()
    with serve(tmp_path / "library.db", port=0) as address:
        tab = visit(address)
        lines = tab.wait(lambda: tab.page.locator("#accounts li").all_inner_texts())
        assert any(
            "studio" in line and "3 hours ago" in line and "the key is wrong" in line
            for line in lines
        )
        assert any("work" in line and "synced" in line for line in lines)


def test_another_page_gets_nothing_out_of_it(shown, chromium) -> None:
    from http.server import BaseHTTPRequestHandler, HTTPServer

    address = shown(video(1, title="secret"))

    class Evil(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.end_headers()
            page = f"<img src='{address}icon.svg'><iframe src='{address}'></iframe>"
            self.wfile.write(page.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Evil)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = chromium.new_page()
    try:
        page.goto(f"http://localhost:{server.server_port}/")
        page.wait_for_timeout(300)
        assert page.evaluate("document.images[0].naturalWidth") == 0
        assert "secret" not in "".join(frame.content() for frame in page.frames)
        got = page.evaluate(
            "(url) => fetch(url + 'api/items').then((got) => got.text()).catch(() => 'refused')",
            address,
        )
        assert got == "refused"
    finally:
        page.close()
        server.shutdown()
        server.server_close()


def test_its_types_hold(tmp_path: Path) -> None:
    compiler = TOOLS / ".bin" / "tsc"
    if not compiler.exists():
        pytest.skip("typescript is not installed; make test-slow installs it")
    static = [
        str(one)
        for one in (files("polyreel.gallery") / "static").iterdir()
        if one.name.endswith(".js")
    ]
    options = (
        "--noEmit --allowJs --checkJs --strict --target es2023 --module esnext "
        "--moduleResolution bundler --lib es2023,dom,dom.iterable"
    )
    done = subprocess.run(
        [compiler, *options.split(), *static],
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stdout


def test_the_readme_shows_it_as_it_is(sandboxed, visit) -> None:
    tab = visit(f"{sandboxed}#status=ready", device_scale_factor=0.6)
    tab.page.wait_for_selector("#grid img")
    tab.page.wait_for_timeout(800)
    picture = tab.page.screenshot()
    if os.environ.get("POLYREEL_PICTURES"):
        PICTURE.parent.mkdir(exist_ok=True)
        PICTURE.write_bytes(picture)
    assert PICTURE.stat().st_size < 200_000
    assert "docs/images/gallery.png" in (ROOT / "README.md").read_text()
