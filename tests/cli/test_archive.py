"""``polyreel archive`` and ``videos download`` as they are typed: output, exit codes, and signals."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
from library.world import KEY, media, summed, unwhole, world
from polyreel import Hub, sandbox
from polyreel.cli import archive_command, main
from support.servers import Reply, serve


@contextmanager
def configured(monkeypatch, videos, **cdn):
    with world(videos, **cdn) as there:
        monkeypatch.setenv("TAVUS_API_KEY", KEY)
        monkeypatch.setenv("TAVUS_BASE_URL", there.base_url)
        monkeypatch.setenv("POLYREEL_PLUGINS", "tavus")
        yield there


def test_it_says_what_became_of_each_file_and_exits_3_when_some_failed(
    tmp_path, monkeypatch, capsys
):
    with configured(monkeypatch, {"a": "plain", "b": "html", "c": "gone"}):
        assert main(["archive", str(tmp_path / "x"), "--format", "jsonl"]) == 3
    out, err = capsys.readouterr()
    rows = {row["uid"]: row for row in map(json.loads, out.splitlines())}
    assert {uid: row["state"] for uid, row in rows.items()} == {
        "tavus:a": "stored", "tavus:b": "failed", "tavus:c": "gone",
    }  # fmt: skip
    assert rows["tavus:a"]["name"] == "tavus/2026-11/a.mp4"
    assert "a web page" in rows["tavus:b"]["reason"]
    assert "1 stored, 1 failed, 1 gone" in err


def test_nothing_at_all_is_1_and_all_of_it_0(tmp_path, monkeypatch, capsys):
    with configured(monkeypatch, {"b": "html"}):
        assert main(["archive", str(tmp_path / "x")]) == 1
    with configured(monkeypatch, {"a": "plain"}):
        assert main(["archive", str(tmp_path / "y")]) == 0
        assert main(["archive", str(tmp_path / "y")]) == 0
    assert "1 there already" in capsys.readouterr().err


def test_one_that_fails_beside_what_is_there_already_is_3(tmp_path, monkeypatch):
    with configured(monkeypatch, {"a": "plain", "b": "html"}):
        assert main(["archive", str(tmp_path / "x")]) == 3
        assert main(["archive", str(tmp_path / "x")]) == 3


def test_a_library_that_is_there_learns_what_is_stored(tmp_path, monkeypatch, capsys):
    library = tmp_path / "library.db"
    monkeypatch.setenv("POLYREEL_LIBRARY", str(library))
    with configured(monkeypatch, {"a": "plain", "b": "plain"}):
        assert main(["archive", str(tmp_path / "x")]) == 0
        assert main(["sql", "select name from files order by name", "--format", "jsonl"]) == 0
        names = [json.loads(line)["name"] for line in capsys.readouterr().out.splitlines()[-2:]]
        assert names == ["tavus/2026-11/a.mp4", "tavus/2026-11/b.mp4"]
        library.unlink()
        assert main(["archive", "rebuild", str(tmp_path / "x")]) == 0
        assert "2 new items and 2 files of" in capsys.readouterr().err
        assert main(["search", "Film", "--format", "jsonl"]) == 0
        assert {json.loads(one)["uid"] for one in capsys.readouterr().out.splitlines()} == {
            "tavus:a", "tavus:b",
        }  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "warned"),
    [([], True), (["--provider", "replicate"], True), (["--exclude", "replicate"], False),
     (["--provider", "tavus"], False), (["--account", "replicate"], True)],
)  # fmt: skip
def test_who_keeps_files_for_an_hour_is_named_if_asked(
    tmp_path, monkeypatch, capsys, arguments, warned
):
    with configured(monkeypatch, {}) as there:
        monkeypatch.setenv("POLYREEL_PLUGINS", "tavus,replicate")
        monkeypatch.setenv("REPLICATE_API_TOKEN", "x")
        monkeypatch.setenv("REPLICATE_BASE_URL", f"{there.base_url}/none")
        monkeypatch.setattr("polyreel.http.pacing.random.uniform", lambda *_: 0.0)
        main(["archive", str(tmp_path / "x"), "--dry-run", *arguments])
    assert (
        "Replicate keeps files for 1 hour: use --follow 10m" in capsys.readouterr().err
    ) == warned


def test_verify_and_repair(tmp_path, monkeypatch, capsys):
    with configured(monkeypatch, {"a": "plain", "b": "plain"}):
        root = tmp_path / "x"
        main(["archive", str(root)])
        assert main(["archive", "verify", str(root)]) == 0
        (root / "tavus/2026-11/a.mp4").unlink()
        assert main(["archive", "verify", str(root), "--format", "jsonl"]) == 1
        last = capsys.readouterr().out.splitlines()[-1]
        assert json.loads(last) == {
            "name": "tavus/2026-11/a.mp4", "reason": "it is missing", "uid": "tavus:a",
        }  # fmt: skip
        assert main(["archive", "repair", str(root)]) == 0
        assert main(["archive", "verify", str(root)]) == 0
        assert main(["archive", "rebuild", str(root)]) == 0
        assert summed(root) == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["x", "--max-bytes", "lots"],
        ["x", "--roles", "vidoe"],
        ["x", "--account", "nobody"],
        ["x", "--follow", "soon"],
        ["verify", "none"],
        ["ftp://a/b"],
    ],
)
def test_wrong_usage_is_2(tmp_path, monkeypatch, arguments, capsys):
    monkeypatch.chdir(tmp_path)
    with configured(monkeypatch, {}):
        assert main(["archive", *arguments]) == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("sign", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_run_that_is_ended_leaves_parts_that_the_next_one_goes_on_with(
    tmp_path, monkeypatch, sign, code
):
    with configured(monkeypatch, {"a": "plain"}, size=400_000, pause=0.05) as there:
        command = [sys.executable, "-m", "polyreel", "archive", str(tmp_path / "x")]
        with subprocess.Popen(command, stderr=subprocess.PIPE, env={**os.environ}) as process:
            while not there.cdn.seen:
                time.sleep(0.01)
            time.sleep(0.3)
            process.send_signal(sign)
            process.communicate(timeout=20)
        assert process.returncode == code
        assert media(tmp_path / "x") == []
        there.cdn.pause = 0.0
        assert main(["archive", str(tmp_path / "x")]) == 0
        assert unwhole(tmp_path / "x") == []
        assert there.cdn.seen[-1].headers["range"].startswith("bytes=")


def test_a_video_is_downloaded_to_a_file_a_folder_and_stdout(tmp_path, monkeypatch, capfdbinary):
    with configured(monkeypatch, {"a": "plain"}) as there:
        whole = there.cdn.content("plain", "a")
        assert main(["videos", "download", "tavus:a", "-o", str(tmp_path / "film.mp4")]) == 0
        assert (tmp_path / "film.mp4").read_bytes() == whole
        assert main(["videos", "download", "tavus:a", "-o", str(tmp_path)]) == 0
        assert (tmp_path / "a.mp4").read_bytes() == whole
        capfdbinary.readouterr()
        assert main(["videos", "download", "tavus:a", "-o", "-"]) == 0
        assert capfdbinary.readouterr().out == whole
        assert main(["videos", "download", "tavus:none", "-o", str(tmp_path)]) == 1


def test_a_page_is_opened_and_a_link_that_needs_the_key_is_not(monkeypatch, capsys):
    opened = []
    monkeypatch.setattr("webbrowser.open", lambda url: opened.append(url) or True)
    with configured(monkeypatch, {"a": "plain"}) as there:
        assert main(["videos", "open", "tavus:a"]) == 0
        assert opened == [there.cdn.url("plain", "a")]
        there.changes["a"] = {"download_url": f"{there.base_url}/v2/videos/a/file"}
        assert main(["videos", "open", "tavus:a"]) == 1
    assert "videos download tavus:a" in capsys.readouterr().err


def test_following_stores_what_becomes_ready_as_time_passes(tmp_path, monkeypatch, capsys):
    """On the sandbox's clock: ten minutes between two looks, and each finds what was finished since."""
    root, kept = tmp_path / "x", []
    with sandbox.serve(items={"videos": 40, "replicas": 0}) as box:
        for name, value in box.environment().items():
            monkeypatch.setenv(name, value)

        def pass_time(seconds):
            assert seconds == 600
            kept.append(len(media(root)))
            if len(kept) == 4:
                raise KeyboardInterrupt
            box.clock.advance(seconds)

        monkeypatch.setattr(archive_command, "_sleep", pass_time)
        assert main(["archive", str(root), "--provider", "heygen", "--follow", "10m"]) == 130
        with Hub(box.accounts()) as hub:
            ready = list(hub.videos.list(provider="heygen", status="ready"))
    assert kept == sorted(kept)
    assert kept[0] < kept[-1]
    stored = {json.loads(path.read_text())["uid"] for path in root.glob("heygen/*/*.json")}
    assert stored == {video.uid for video in ready if video.download_url}
    assert unwhole(root) == []
    assert summed(root) == kept[-1]


def test_following_goes_on_after_a_round_in_which_nothing_could_be_had(
    tmp_path, monkeypatch, capsys
):
    rounds = []
    with configured(monkeypatch, {"a": "plain"}) as there:
        answer = there.answer

        def pass_time(_):
            rounds.append(len(media(tmp_path / "x")))
            if len(rounds) == 2:
                raise KeyboardInterrupt
            there.down = False

        def sometimes(request):
            return Reply({"error": "down"}, 503) if there.down else answer(request)

        there.down = True
        monkeypatch.setattr(archive_command, "_sleep", pass_time)
        with serve(sometimes) as api:
            monkeypatch.setenv("TAVUS_BASE_URL", api.url)
            monkeypatch.setattr("polyreel.http.pacing.random.uniform", lambda *_: 0.0)
            assert main(["archive", str(tmp_path / "x"), "--follow", "1m"]) == 130
    assert rounds == [0, 1]
    assert "503" in capsys.readouterr().err
