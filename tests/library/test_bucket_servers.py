"""An archive in buckets of other servers' making, each a program of its own; skipped where it isn't there."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import shutil
import socket
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from email.utils import formatdate
from pathlib import Path

import httpx
import pytest
from library.world import KEY, world
from polyreel.library.archive import Archive
from support.cdn import BAD, GOOD

pytestmark = pytest.mark.slow
obstore = pytest.importorskip("obstore")

# The key that every Azurite has: https://learn.microsoft.com/azure/storage/common/storage-use-azurite
AZURITE = "devstoreaccount1"
AZURITE_KEY = (
    "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
)
STALLING = {"stall", "slow"}
ALL = {f"v{number:02}": fault for number, fault in enumerate(sorted({*GOOD, *BAD} - STALLING))}


def program(name):
    found = shutil.which(name) or shutil.which(name, path=Path(sys.executable).parent)
    return found or pytest.skip(f"{name} isn't installed")


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextmanager
def running(command, port):
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def rclone(tmp_path, monkeypatch):
    """S3 by rclone, over a folder; it takes no notice of create-only writes."""
    (tmp_path / "served/films").mkdir(parents=True)
    port = free_port()
    command = [program("rclone"), "serve", "s3", "--addr", f"127.0.0.1:{port}"]
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "user")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "word")
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    with running([*command, "--auth-key", "user,word", str(tmp_path / "served")], port):
        yield "s3://films/archive"


@pytest.fixture
def azurite(tmp_path, monkeypatch):
    """Azure's own emulator."""
    port = free_port()
    command = [program("azurite-blob"), "--silent", "--skipApiVersionCheck"]
    folder = ["--location", str(tmp_path / "azurite"), "--blobPort", str(port)]
    monkeypatch.setenv("AZURE_STORAGE_USE_EMULATOR", "true")
    monkeypatch.setenv("AZURITE_BLOB_STORAGE_URL", f"http://127.0.0.1:{port}")
    with running([*command, *folder], port):
        make_container(f"http://127.0.0.1:{port}/{AZURITE}/films")
        yield "az://films/archive"


def make_container(url):
    """Make a container, as Azure's clients sign it; obstore makes none."""
    told = {"x-ms-date": formatdate(usegmt=True), "x-ms-version": "2021-08-06"}
    lines = [f"{name}:{value}" for name, value in told.items()]
    path = httpx.URL(url).path
    signed = "\n".join(["PUT", *[""] * 11, *lines, f"/{AZURITE}{path}", "restype:container"])
    digest = hmac.digest(base64.b64decode(AZURITE_KEY), signed.encode(), hashlib.sha256)
    told["Authorization"] = f"SharedKey {AZURITE}:{base64.b64encode(digest).decode()}"
    done = httpx.put(url, params={"restype": "container"}, headers=told)
    assert done.status_code == 201, done.text


@pytest.fixture(params=["rclone", "azurite"])
def bucket(request, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return request.getfixturevalue(request.param)


def test_whatever_a_file_server_does_whole_files_alone_come_into_the_bucket(bucket):
    with world(ALL) as there:
        with there.hub() as hub:
            outcomes = [*Archive(bucket).add(hub)]
        stored = {one.uid.partition(":")[2]: one for one in outcomes if one.state == "stored"}
        assert {ALL[id] for id in stored} == GOOD - STALLING
        assert not [one for one in outcomes if one.state != "stored" and not one.reason]
        archive = Archive(bucket)
        assert [*archive.verify()] == []
        store = archive._store
        for id, outcome in stored.items():
            assert b"".join(store.pieces(outcome.name)) == there.cdn.content(ALL[id], id)
        seen, names = len(there.cdn.seen), store.names()
        assert KEY not in str([one.headers for one in there.cdn.seen])
        for id in [*there.videos]:
            if id not in stored:
                del there.videos[id]
        with there.hub() as hub:
            again = Archive(bucket).add(hub)
            assert [*again] == []
        assert again.counts["kept"] == len(stored)
        assert len(there.cdn.seen) == seen
        assert store.names() == names, "nothing is written again"
        sums = store.read("SHA256SUMS").decode().splitlines()
        assert {line.split("  ")[1] for line in sums} == {one.name for one in stored.values()}


def test_what_is_spoilt_in_the_bucket_is_found_and_mended(bucket):
    with world(dict.fromkeys("abcd", "plain")) as there:
        with there.hub() as hub:
            list(Archive(bucket).add(hub))
        archive = Archive(bucket)
        store = archive._store
        store.write("work/2026-11/a.mp4", b"short")
        spoilt = bytearray(there.cdn.content("plain", "b"))
        spoilt[30_000] ^= 1
        store.write("work/2026-11/b.mp4", bytes(spoilt))
        obstore.delete(store._store, "work/2026-11/c.mp4")
        obstore.delete(store._store, "work/2026-11/d.json")
        bad = Counter(problem.name for problem in Archive(bucket).verify())
        spoilt = {*(f"work/2026-11/{id}.mp4" for id in "abc"), "work/2026-11/d.json"}
        assert {*bad} == {*spoilt, "SHA256SUMS"}
        with there.hub() as hub:
            assert {one.state for one in Archive(bucket).repair(hub)} == {"stored"}
            list(Archive(bucket).add(hub))
        assert [*Archive(bucket).verify()] == []
        assert json.loads(store.read("work/2026-11/d.json"))["files"]
