"""Programs that are started ahead: what they know, what they do before they are told, and when they end."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from polyreel.codegen.generating import processes
from polyreel.codegen.generating.generate import generate
from polyreel.codegen.generating.processes import Program, run_command
from polyreel.errors import SpecError

SAY = "print(os.getcwd(), *sys.argv[1:])"


def test_a_program_is_told_its_folder_and_arguments(tmp_path: Path):
    with Program("echo", "import textwrap", SAY) as program:
        done = program.run(["--to", tmp_path / "there", 'with "quotes"\n'], tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.rstrip("\n") == f'{tmp_path} --to there with "quotes"'


def test_a_second_run_needs_a_second_process(tmp_path: Path):
    with Program("pid", "import os", "print(os.getpid())") as program:
        said = {program.run([], tmp_path).stdout for _ in range(3)}
    assert len(said) == 3


def test_a_program_that_is_not_needed_does_nothing_and_ends(tmp_path: Path):
    with Program("write", "import os", f"open({str(tmp_path / 'done')!r}, 'w')") as program:
        waiting = program._waiting
        assert waiting is not None
        assert waiting.poll() is None
    assert waiting.poll() is not None
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_waiting_program_ends_with_whoever_started_it():
    code = (
        "import os, signal\n"
        "from polyreel.codegen.generating.processes import Program\n"
        "program = Program('wait', 'import os, sys; print(1, file=sys.stderr)', 'print(2)')\n"
        "program.__enter__()\n"
        "print(program._waiting.pid, program._waiting.stderr.readline(), flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    pid = int(done.stdout.split()[0])  # its pipes were this process's, so reading ended with it
    for _ in range(1000):
        if not Path(f"/proc/{pid}").exists() or "\nState:\tZ" in _status(pid):
            break
        subprocess.run(["sleep", "0.01"])
    else:
        raise AssertionError("it waits still")


def _status(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return "\nState:\tZ"


def test_a_program_that_works_for_too_long_is_stopped(monkeypatch, tmp_path: Path):
    monkeypatch.setattr(processes, "SECONDS", 0.2)
    with (
        Program("loop", "", "while True: pass") as program,
        pytest.raises(SpecError, match=r"loop was stopped after 0\.2 seconds"),
    ):
        program.run([], tmp_path)


def test_programs_get_no_keys_from_the_environment(monkeypatch, tmp_path: Path):
    monkeypatch.setenv("TAVUS_API_KEY", "secret")
    monkeypatch.setenv("GH_TOKEN", "secret")
    monkeypatch.setenv("HTTPS_PROXY", "http://me:secret@proxy")
    said = Program("env", "import os", "print(*os.environ.values())").run([], tmp_path).stdout
    said += run_command(["env"], tmp_path).stdout
    assert said.count("utf-8") == 2
    assert "secret" not in said


def test_a_folder_cannot_pose_as_a_program(tmp_path: Path):
    (tmp_path / "textwrap.py").write_text("raise SystemExit('planted')")
    done = Program("late", "", "import textwrap; print(textwrap.__name__)").run([], tmp_path)
    assert done.stdout == "textwrap\n"


def test_the_generator_is_told_nothing_of_a_document_that_is_refused(monkeypatch, tmp_path: Path):
    ran = []
    run = Program.run

    def noted(self: Program, *arguments: object) -> object:
        ran.append(self._name)
        return run(self, *arguments)

    monkeypatch.setattr(Program, "run", noted)
    spec = tmp_path / "specs" / "one" / "openapi.yaml"
    spec.parent.mkdir(parents=True)
    spec.write_text("openapi: 3.1.0\ninfo: {title: X}\npaths: {}\n")
    [outcome] = generate(specs=tmp_path / "specs", output=tmp_path / "out")
    assert outcome.state == "failed"
    assert set(ran) == {"openapi_spec_validator"}
