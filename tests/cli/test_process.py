"""The command as the shell sees it: streams, signals, exit codes, what is imported."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from support.servers import Server, openai_list, openai_video, serve

COMMAND = [sys.executable, "-m", "polyreel"]
VIDEOS = [openai_video(number, prompt="猫 " * 200) for number in range(2000)]


@pytest.fixture
def server(configured: Any) -> Iterator[Server]:
    with serve(openai_list(VIDEOS)) as running:
        configured(running.url)
        yield running


def start(*args: str, **more: Any) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*COMMAND, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more
    )


def test_the_version_loads_nothing_of_what_the_work_needs() -> None:
    code = "import sys; from polyreel.cli import main; main(['--version']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    version, modules = done.stdout.splitlines()

    assert version == "polyreel 0.1.0"
    heavy = {"attrs", "httpx", "openapi_python_client", "pluggy", "rich", "starlette", "yaml"}
    ours = {f"polyreel.{name}" for name in ("hub", "registry", "codegen", "sandbox", "models")}
    loaded = set(modules.split())
    assert not loaded & (heavy | ours)
    assert not [
        name for name in loaded if name.startswith(("polyreel_plugins", "polyreel_clients"))
    ]


def test_data_goes_to_stdout_and_all_else_to_stderr(process: Any, server: Server) -> None:
    result = process("-v", "videos", "list", "--limit", "3", "--format", "jsonl")

    assert result.code == 0
    assert [json.loads(line)["id"] for line in result.lines] == [v["id"] for v in VIDEOS[:3]]
    assert "openai: GET /videos answered 200" in result.err
    assert "3 videos from 1 account; go on with" in result.err


@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv"])
def test_text_is_utf8_whatever_the_locale(process: Any, server: Server, form: str) -> None:
    latin = {"LC_ALL": "C", "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}
    result = process("videos", "list", "--limit", "1", "--format", form, **latin)

    assert result.code == 0
    assert "猫" in result.out


def test_a_reader_that_stops_early_is_no_trouble(server: Server) -> None:
    with start("videos", "list", "--format", "jsonl") as running:
        assert running.stdout
        assert running.stderr
        json.loads(running.stdout.readline())
        running.stdout.close()
        said = running.stderr.read()

    assert (running.returncode, said) == (141, b"")


def test_a_full_disk_is_one_line(process: Any, server: Server) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no device that is always full")
    with full.open("w") as stdout:
        done = subprocess.run(
            [*COMMAND, "videos", "list"], stdout=stdout, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 1
    assert done.stderr == b"polyreel: No space left on device\n"


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_output_is_whole_when_the_command_is_stopped(
    server: Server, sent: signal.Signals, code: int
) -> None:
    running = start("videos", "list", "--page-size", "1", "--format", "json")
    assert running.stdout
    first = os.read(running.stdout.fileno(), 1000)
    running.send_signal(sent)
    rest, said = running.communicate(timeout=20)

    assert running.returncode == code
    rows = json.loads(first + rest)
    assert [row["id"] for row in rows] == [video["id"] for video in VIDEOS[: len(rows)]]
    assert len(rows) < len(VIDEOS)
    assert b"Traceback" not in said
    if sent == signal.SIGINT:
        assert said.startswith(b"polyreel: interrupted after ")


def test_what_an_interrupt_says_resumes_behind_what_was_written(
    process: Any, server: Server
) -> None:
    running = start("videos", "list", "--page-size", "10", "--format", "json")
    assert running.stdout
    first = b""
    while first.count(b"\n") < 15:  # on the second page
        first += os.read(running.stdout.fileno(), 1000)
    running.send_signal(signal.SIGINT)
    rest, said = running.communicate(timeout=20)
    cursor = said.decode().split("--cursor ")[1].strip()
    resumed = process("videos", "list", "--format", "json", "--cursor", cursor)

    rows = json.loads(first + rest) + json.loads(resumed.out)
    assert {row["id"] for row in rows} == {video["id"] for video in VIDEOS}


NOISY = """
import ctypes, os, subprocess, sys
print("noise")
os.write(1, b"noise")
subprocess.run(["echo", "noise"])
libc = ctypes.CDLL(None)
libc.puts(b"noise")
libc.fflush(None)
sys.stdout.close()
sys.stderr.close()
os.close(1)
sys.exit(0)
"""


def test_stdout_holds_data_alone_whatever_a_plugin_writes_and_closes(
    process: Any, plugin_folder: Any
) -> None:
    plugin_folder.add("polyreel-noisy", {"noisy_a": NOISY}, providers={"noisy": "noisy_a"})
    result = process("providers", "--format", "json", PYTHONPATH=str(plugin_folder.path))

    assert result.code == 0
    assert "noise" not in result.out
    reasons = [row for row in json.loads(result.out) if row["name"] == "noisy"]
    assert "SystemExit" in str(reasons)
    assert result.err.count("noise") == 4


LATE = """
import atexit, ctypes, os, threading
ctypes.CDLL(None).puts(b"noise")  # stays in a buffer until the process ends
atexit.register(lambda: print("noise"))
atexit.register(lambda: os.write(1, b"noise"))
threading.Thread(target=lambda: (threading.main_thread().join(), print("noise"))).start()
"""


def test_stdout_holds_data_alone_to_the_very_end_of_the_process(
    process: Any, plugin_folder: Any
) -> None:
    plugin_folder.add("polyreel-late", {"late_a": LATE}, providers={"late": "late_a"})
    result = process("providers", "--format", "json", PYTHONPATH=str(plugin_folder.path))

    assert result.code == 0
    assert "noise" not in result.out
    assert json.loads(result.out)
    assert result.err.count("noise") == 4


def test_a_command_can_be_ended_while_a_plugin_loads(plugin_folder: Any) -> None:
    source = "import time; print('loading', flush=True); time.sleep(30)"
    plugin_folder.add("polyreel-slow", {"slow_a": source}, providers={"slow": "slow_a"})
    with start("providers", env={**os.environ, "PYTHONPATH": str(plugin_folder.path)}) as running:
        assert running.stderr is not None
        assert running.stderr.readline() == b"loading\n"
        running.send_signal(signal.SIGTERM)
        assert running.wait(20) == 143


@pytest.mark.parametrize("debug", [{}, {"POLYREEL_DEBUG": "1"}])
def test_a_traceback_is_shown_only_on_request(process: Any, debug: dict[str, str]) -> None:
    result = process("videos", "list", **debug)

    assert result.code == 2
    assert result.err.startswith("polyreel: no account is configured")
    assert ("Traceback" in result.err) is bool(debug)


def test_without_a_command_the_help_is_shown(process: Any) -> None:
    result = process()

    assert result.code == 2
    assert "Exit codes: 0 done; 1 it failed" in " ".join(result.out.split())
    assert result.err == ""


@pytest.mark.parametrize(
    "command",
    [
        [],
        *(["videos"], ["videos", "list"], ["videos", "get"]),
        *(["replicas"], ["replicas", "list"], ["replicas", "get"]),
        *(["providers"], ["doctor"], ["sandbox"], ["generate"]),
        *(["spec"], ["spec", "read"], ["spec", "diff"], ["spec", "lint"]),
    ],
    ids=" ".join,
)
def test_every_command_explains_itself(cli: Any, command: list[str]) -> None:
    result = cli(*command, "--help")

    assert result.code == 0
    assert f"Usage: polyreel {' '.join(command)}".strip() in result.out
    assert result.err == ""


def test_on_a_terminal_statuses_have_colours_and_nothing_else_moves(server: Server) -> None:
    pty = pytest.importorskip("pty")
    main, other = pty.openpty()
    environ = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80"}
    running = subprocess.Popen(
        [*COMMAND, "videos", "list", "--limit", "1"],
        stdout=other,
        stderr=subprocess.DEVNULL,
        env=environ,
    )
    os.close(other)
    out = b""
    try:
        while part := os.read(main, 65536):
            out += part
    except OSError:  # how a terminal says that everybody has left
        pass
    os.close(main)

    assert running.wait(20) == 0
    header, row = out.decode().replace("\r\n", "\n").splitlines()
    assert "\x1b[32mready" in row
    assert header.startswith("\x1b[1mUID")


@pytest.mark.parametrize("columns", [60, 150])
def test_a_table_is_as_wide_as_the_terminal_whatever_stderr_leads_to(
    server: Server, columns: int, tmp_path: Path
) -> None:
    pty, termios = pytest.importorskip("pty"), pytest.importorskip("termios")
    main, other = pty.openpty()
    termios.tcsetwinsize(other, (24, columns))
    with (
        serve(openai_list([openai_video(1, prompt="word " * 100)])) as long,
        (tmp_path / "stderr").open("w") as stderr,
    ):
        running = subprocess.Popen(
            [*COMMAND, "videos", "list"],
            stdin=subprocess.DEVNULL,
            stdout=other,
            stderr=stderr,
            env={**os.environ, "TERM": "xterm", "NO_COLOR": "1", "OPENAI_BASE_URL": long.url},
        )
        os.close(other)
        out = b""
        with suppress(OSError):  # how a terminal says that everybody has left
            while part := os.read(main, 65536):
                out += part
        os.close(main)
        assert running.wait(20) == 0
    row = re.sub("\x1b\\[[0-9;]*m", "", out.decode().splitlines()[1])
    assert "word word" in row
    assert columns - 20 < len(row) <= columns


@pytest.mark.parametrize("columns", ["0", "-5", "wide", "999999999", "1"])
def test_odd_widths_in_the_environment_are_no_widths(process: Any, columns: str) -> None:
    assert process("--help", COLUMNS=columns).code == 0


@pytest.mark.parametrize(("account", "code"), [("openai", 0), ("nobody", 2)])
def test_a_full_disk_behind_stderr_changes_no_exit_code(
    server: Server, account: str, code: int
) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("there is no /dev/full here")
    with full.open("w") as stderr:
        done = subprocess.run(
            [*COMMAND, "videos", "list", "--account", account],
            stdout=subprocess.DEVNULL,
            stderr=stderr,
            check=False,
        )
    assert done.returncode == code


def test_a_missing_extra_is_named(
    cli: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in [
        name for name in sys.modules if name.startswith(("polyreel.codegen", "polyreel.openapi"))
    ]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delattr("polyreel.codegen", raising=False)
    monkeypatch.delattr("polyreel.openapi", raising=False)
    monkeypatch.setitem(sys.modules, "yaml", None)
    page = tmp_path / "page.md"
    page.write_text("# List videos")
    result = cli("spec", "read", str(page))

    assert (result.code, result.out) == (2, ""), "as for every other thing that isn't set up"
    assert (
        result.err == "polyreel: this needs more than the basics: pip install 'polyreel[codegen]'\n"
    )
