"""Starting and stopping: in this process, and as a command."""

from __future__ import annotations

import gc
import os
import signal
import socket
import subprocess
import sys
import threading
from collections import Counter

import httpx
import pytest
from polyreel import Hub, sandbox
from polyreel.errors import ConfigurationError
from polyreel.registry import Registry
from sandbox.specs import acme, install


def listing(box, kind):
    """Name the providers that can list a kind, each with how many of its lists make the usual one."""
    return {
        name: 1
        if "" in one.resources[kind].collections
        else len(one.resources[kind].collections) or 1
        for name, one in box.providers.items()
        if kind in one.resources and one.resources[kind].can_list
    }


def test_a_hub_reads_everything_through_the_accounts(box):
    with Hub(box.accounts()) as hub:
        videos = list(hub.videos.list())
        replicas = list(hub.replicas.list())
        assert Counter(video.provider for video in videos) == {
            name: 25 * lists for name, lists in listing(box, "videos").items()
        }
        assert Counter(one.provider for one in replicas) == {
            name: 12 * lists for name, lists in listing(box, "replicas").items()
        }
        for item in videos[::9]:
            assert hub.videos.get(item.uid).id == item.id
        got = [
            item for item in replicas if box.providers[item.provider].resources["replicas"].can_get
        ]
        assert got
        for item in got[::5]:
            assert hub.replicas.get(item.uid).title == item.title


def test_nothing_of_what_is_read_is_lost_or_unknown(box):
    with Hub(box.accounts()) as hub:
        for video in hub.videos.list():
            assert video.created_at or video.provider == "elevenlabs"  # whose items bear no times
            assert video.status != "unknown"
            assert video.error is None or video.status == "failed"
            assert (video.download_url is not None) == (video.status == "ready")


def test_it_listens_on_this_machine_alone(box):
    assert box.origin.startswith("http://127.0.0.1:")


def test_each_provider_keeps_the_path_of_its_base_url(box):
    assert box.url("openai") == f"{box.origin}/openai/v1"
    assert box.url("tavus") == f"{box.origin}/tavus"


def test_a_provider_that_it_does_not_serve_is_named():
    with (
        sandbox.serve([Registry().provider("tavus")]) as box,
        pytest.raises(ConfigurationError, match="doesn't serve 'openai'; it has tavus"),
    ):
        box.url("openai")


def test_the_environment_names_what_polyreel_reads(box):
    assert (
        box.environment().items()
        >= {
            "OPENAI_BASE_URL": box.url("openai"),
            "OPENAI_API_KEY": sandbox.KEY,
            "REPLICATE_BASE_URL": box.url("replicate"),
            "REPLICATE_API_TOKEN": sandbox.KEY,
        }.items()
    )
    assert len(box.environment()) == 2 * len(box.providers)


def test_there_are_as_many_items_as_asked_for():
    with (
        sandbox.serve(items={"videos": 3, "replicas": 1}) as box,
        Hub(box.accounts()) as hub,
    ):
        assert len(list(hub.videos.list())) == 3 * sum(listing(box, "videos").values())
        assert len(list(hub.replicas.list())) == sum(listing(box, "replicas").values())


def test_it_stops_with_its_context_and_leaves_nothing_open():
    before = threading.active_count()
    with httpx.Client() as client, pytest.raises(ZeroDivisionError), sandbox.serve() as box:
        1 / (client.get(box.origin).status_code - 404)  # and the connection stays open
    assert threading.active_count() == before
    gc.collect()  # whatever was left open warns here, and a warning is an error
    with pytest.raises(httpx.ConnectError):
        httpx.get(box.origin)


def test_it_can_stop_before_it_was_asked_anything():
    with sandbox.serve():
        pass


def test_a_port_that_is_taken_is_named():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with (
            pytest.raises(ConfigurationError, match=rf"can't listen on 127\.0\.0\.1:{port}"),
            sandbox.serve(port=port),
        ):
            pass


@pytest.mark.parametrize("missing", ["starlette", "uvicorn"])
def test_without_the_extra_it_says_how_to_get_it(monkeypatch, missing):
    for module in [name for name in sys.modules if name.split(".")[0] == missing]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.delitem(sys.modules, "polyreel.sandbox.asgi", raising=False)
    monkeypatch.delattr("polyreel.sandbox.asgi", raising=False)
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(ConfigurationError, match=r"pip install 'polyreel\[sandbox\]'"):
        sandbox.app()


def test_one_broken_client_package_costs_no_other_provider(tmp_path, monkeypatch, caplog):
    good = install(acme(), tmp_path, monkeypatch, "good")
    bad = install([], tmp_path, monkeypatch, "bad")
    monkeypatch.setattr(Registry, "providers", lambda self: [bad, good])
    with sandbox.serve() as box:
        assert list(box.providers) == ["good"]
    assert "left out of the sandbox: openapi.json of" in caplog.text


def test_the_command_serves_until_ctrl_c():
    code = "import typer; from polyreel.cli.sandbox_command import sandbox_command as run; typer.run(run)"
    command = [sys.executable, "-W", "error", "-c", code, "--port", "0", "-p", "tavus"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ}
    ) as process:
        try:
            listening = process.stderr.readline()
            assert listening.startswith("Listening on http://127.0.0.1:")
            lines = [process.stdout.readline() for _ in range(2)]
            shell = "".join(lines) + 'echo "$TAVUS_BASE_URL $TAVUS_API_KEY"'
            said = subprocess.run(["sh", "-c", shell], capture_output=True, text=True, check=True)
            url, key = said.stdout.split()
            assert key == sandbox.KEY
            response = httpx.get(f"{url}/v2/videos", headers={"x-api-key": sandbox.KEY})
            assert response.json()["total_count"] == 25
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=10)
        finally:
            process.kill()
    assert (process.returncode, out, err.strip()) == (0, "", "Stopped.")


WITHOUT_CODEGEN = """
import sys
for name in ("yaml", "markdown_it", "jsonpath", "openapi_spec_validator", "openapi_python_client"):
    sys.modules[name] = None
from polyreel import Hub, sandbox
with sandbox.serve() as box, Hub(box.accounts()) as hub:
    print(len(list(hub.videos.list(limit=3))))
"""


def test_it_needs_nothing_of_what_makes_clients():
    """Who looks around installs the extra ``sandbox`` and no other."""
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_CODEGEN], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("3\n", "")
