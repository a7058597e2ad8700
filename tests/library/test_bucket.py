"""An archive in a bucket, against an S3 server of another make, on loopback."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections import Counter

import pytest
from library.world import world
from polyreel import ConfigurationError
from polyreel.library.archive import Archive

moto_server = pytest.importorskip("moto.server")
obstore = pytest.importorskip("obstore")


@pytest.fixture(scope="module")
def endpoint():
    server = moto_server.ThreadedMotoServer(port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://127.0.0.1:{port}" if host == "0.0.0.0" else f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(endpoint, monkeypatch, tmp_path):
    """A new bucket, and credentials for it in the environment."""
    import httpx

    monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("HOME", str(tmp_path))
    name = f"films-{abs(hash(str(tmp_path)))}"
    assert httpx.put(f"{endpoint}/{name}").status_code == 200
    return f"s3://{name}/archive"


def contents(bucket):
    from obstore.store import from_url

    store = from_url(bucket, client_options={"allow_http": True})
    return {
        meta["path"]: bytes(obstore.get(store, meta["path"]).bytes())
        for chunk in obstore.list(store)
        for meta in chunk
    }


def run(bucket, there):
    with there.hub() as hub:
        return [*Archive(bucket).add(hub)]


def test_whole_files_alone_come_into_a_bucket_and_none_twice(bucket):
    videos = {"a": "plain", "b": "cut", "c": "html", "d": "short", "e": "renewed"}
    with world(videos) as there:
        outcomes = run(bucket, there)
        assert Counter(one.state for one in outcomes) == {"stored": 3, "failed": 2}
        found = contents(bucket)
        assert {name for name in found if name.endswith(".mp4")} == {
            f"work/2026-11/{id}.mp4" for id in "abe"
        }
        assert found["work/2026-11/b.mp4"] == there.cdn.content("cut", "b")
        assert json.loads(found["work/2026-11/a.json"])["uid"] == "work:a"
        assert len(found["SHA256SUMS"].splitlines()) == 3
        assert not [name for name in found if name.startswith(".polyreel")], "the lock is gone"
        assert b"s3cr3t" not in b"".join(found.values())
        del there.videos["c"], there.videos["d"]
        seen = len(there.cdn.seen)
        assert run(bucket, there) == []
        assert len(there.cdn.seen) == seen
    assert [*Archive(bucket).verify()] == []


def test_an_object_that_was_removed_is_got_again(bucket):
    from obstore.store import from_url

    with world({"a": "plain", "b": "plain"}) as there:
        run(bucket, there)
        store = from_url(bucket, client_options={"allow_http": True})
        obstore.delete(store, "work/2026-11/a.mp4")
        assert [problem.name for problem in Archive(bucket).verify()] == ["work/2026-11/a.mp4"]
        assert [one.uid for one in run(bucket, there)] == ["work:a"]
        assert [*Archive(bucket).verify()] == []


@pytest.mark.parametrize("until", [0, 9e9])
def test_a_run_of_another_machine_is_waited_for_as_long_as_it_lives(bucket, until):
    from obstore.store import from_url

    store = from_url(bucket, client_options={"allow_http": True})
    holder = json.dumps({"host": "elsewhere", "pid": 7, "until": until}).encode()
    obstore.put(store, ".polyreel/lock", holder)
    with world({"a": "plain"}) as there:
        if until:
            with pytest.raises(ConfigurationError, match="process 7 on elsewhere"):
                run(bucket, there)
        else:
            assert len(run(bucket, there)) == 1


def test_a_killed_run_of_this_machine_holds_nobody_up(bucket):
    from obstore.store import from_url

    store = from_url(bucket, client_options={"allow_http": True})
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    holder = {"host": socket.gethostname(), "pid": ended.pid, "until": 9e9}
    obstore.put(store, ".polyreel/lock", json.dumps(holder).encode())
    with world({"a": "plain"}) as there:
        assert len(run(bucket, there)) == 1


def test_a_run_of_this_machine_with_another_cache_is_waited_for(bucket):
    from obstore.store import from_url

    store = from_url(bucket, client_options={"allow_http": True})
    holder = {"host": socket.gethostname(), "pid": os.getpid(), "until": 9e9}
    obstore.put(store, ".polyreel/lock", json.dumps(holder).encode())
    with (
        world({"a": "plain"}) as there,
        pytest.raises(ConfigurationError, match=rf"process {os.getpid()} on"),
    ):
        run(bucket, there)


def test_a_bucket_that_is_not_there_is_an_error_that_names_it(bucket):
    with world({"a": "plain"}) as there, pytest.raises(ConfigurationError, match="s3://no-such"):
        run("s3://no-such-bucket-here/archive", there)


def test_without_the_extra_it_says_how_to_get_it(monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "obstore", None)
    with pytest.raises(ConfigurationError, match=r"pip install 'polyreel\[archive\]'"):
        Archive("s3://films/archive")
