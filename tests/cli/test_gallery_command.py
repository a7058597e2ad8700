"""``polyreel gallery``: an address on stdout, a browser if one is wanted, and an end by Ctrl-C."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from polyreel.cli import main


@contextmanager
def running(*arguments: str, **environment: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run the command until the context ends; give it and the address that it prints."""
    import os

    process = subprocess.Popen(
        [sys.executable, "-m", "polyreel", "gallery", "--no-open", "--port", "0", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    )
    try:
        assert process.stdout is not None
        yield process, process.stdout.readline().strip()
    finally:
        process.kill()
        process.communicate()


def get(address: str, path: str) -> Any:
    return httpx.get(f"{address}{path}", trust_env=False).json()


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_a_newcomer_sees_every_provider_of_the_sandbox_without_a_key(end) -> None:
    with running("--sandbox", POLYREEL_LIBRARY="/nowhere/that/matters.db") as (process, address):
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address)
        facets = get(address, "api/facets")
        assert facets["total"] > 100
        assert {"tavus", "luma", "openai"} <= {name for name, _ in facets["facets"]["provider"]}
        assert all(line["error"] is None for line in get(address, "api/accounts")["accounts"])
        process.send_signal(end)
        _, told = process.communicate(timeout=20)
        assert process.returncode == (0 if end is signal.SIGINT else 128 + end)
        assert "Traceback" not in told


def test_without_a_library_the_page_is_there_all_the_same(tmp_path: Path) -> None:
    with running("--library", str(tmp_path / "none.db")) as (_, address):
        assert get(address, "api/items") == {"items": [], "next": None}
        assert get(address, "api/accounts")["library"] is False
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nowhere"], "nowhere"),
        (["."], "no archive of polyreel's"),
        (["--port", "70000"], "70000"),
        (["--library", "{text}"], "not a polyreel library|damaged"),
    ],
)
def test_what_it_cannot_show_is_told_before_a_browser_opens(
    tmp_path, monkeypatch, capsys, arguments, told
) -> None:
    (tmp_path / "text").write_text("just text, and quite a lot of it" * 99)
    (tmp_path / "folder").mkdir()
    monkeypatch.chdir(tmp_path / "folder")
    monkeypatch.setattr("webbrowser.open", lambda _: pytest.fail("a browser was opened"))

    code = main(["gallery", *(each.format(text=tmp_path / "text") for each in arguments)])

    assert code in {1, 2}
    assert re.search(told, capsys.readouterr().err)


def test_the_browser_is_opened_at_the_address_that_is_printed(
    tmp_path, monkeypatch, capsys
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda url: opened.append(url) or False)
    monkeypatch.setattr("time.sleep", interrupt)

    assert main(["gallery", "--library", str(tmp_path / "none.db"), "--port", "0"]) == 0

    said = capsys.readouterr()
    assert said.out == f"{opened[0]}\n"
    assert "open the address in one" in said.err


def interrupt(_: float) -> None:
    raise KeyboardInterrupt
