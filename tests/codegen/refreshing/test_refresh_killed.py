"""Refreshing under SIGKILL: whatever the moment, the next run finds a whole old or a whole new state."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from polyreel.codegen.refreshing import spec_store
from support.shelf import Shelf

OLD, NEW = "Default is 20", "Default is 50"

# Ends itself, as SIGKILL does, before the N-th thing that it does to a file of the folder.
KILLED_WHILE_SAVING = """
import os, signal, sys
from pathlib import Path
from polyreel.codegen.refreshing import spec_store
folder, new, moment = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
state, seen = spec_store.load(new), 0
def watch(event, args):
    global seen
    if event in {"open", "os.rename", "os.remove"} and str(folder) in str(args[0]):
        seen += 1
        if seen == moment:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(watch)
spec_store.repair(folder)
spec_store.save(folder, state.spec, state.lock)
print(seen)
"""


REFRESHED_WITHIN = """
import resource, sys
from polyreel.cli import main
limit, root, pages = sys.argv[1:]
resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
sys.argv = ["polyreel", "spec", "refresh", "--root", root, "--from", pages]
sys.exit(main())
"""


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Shelf]:
    """The state before a change and the one after it."""
    shelves = {name: Shelf(tmp_path_factory.mktemp(name)) for name in ("old", "new")}
    shelves["new"].change(OLD, NEW)
    for shelf in shelves.values():
        assert shelf.refresh().state == "new"
    return shelves


def contents(folder: Path) -> tuple[bytes, bytes]:
    return (folder / "openapi.yaml").read_bytes(), (folder / "sources.lock").read_bytes()


def restore(shelf: Shelf, state: Shelf) -> None:
    for path in shelf.folder.iterdir():
        path.unlink()
    for path in state.folder.iterdir():
        (shelf.folder / path.name).write_bytes(path.read_bytes())


def test_a_kill_at_every_step_of_saving_leaves_one_state_whole(
    states: dict[str, Shelf], tmp_path: Path
):
    shelf = Shelf(tmp_path)
    whole = {name: contents(state.folder) for name, state in states.items()}
    found = []
    for moment in range(1, 100):
        restore(shelf, states["old"])
        arguments = [str(shelf.folder), str(states["new"].folder), str(moment)]
        done = subprocess.run(
            [sys.executable, "-c", KILLED_WHILE_SAVING, *arguments],
            capture_output=True,
            timeout=30,
            check=False,
        )
        seen = spec_store.load(shelf.folder)  # what a check sees, which repairs nothing
        spec_store.repair(shelf.folder)
        [state] = [name for name, files in whole.items() if files == contents(shelf.folder)]
        assert seen == spec_store.load(shelf.folder)
        assert seen.whole
        assert not [path for path in shelf.folder.iterdir() if path.name.startswith(".")]
        found.append(state)
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL
    assert found == sorted(found, reverse=True)  # old until one step decides, and new from then on
    assert set(found) == {"old", "new"}
    assert found.count("new") > 2  # also killed after the step that decides


@pytest.mark.slow
def test_a_kill_at_any_moment_of_the_command_leaves_one_state_whole(
    states: dict[str, Shelf], tmp_path: Path
):
    shelf = Shelf(tmp_path)
    changed = shelf.change(OLD, NEW)
    whole = {name: contents(state.folder) for name, state in states.items()}
    command = [sys.executable, "-m", "polyreel", "spec", "refresh", "--root", str(shelf.root)]

    def run(seconds: float | None) -> float:
        restore(shelf, states["old"])
        process = subprocess.Popen(
            [*command, "--from", str(changed.parent)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        started = time.monotonic()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        return time.monotonic() - started

    usual = run(None)
    assert contents(shelf.folder)[0] == whole["new"][0]
    chance = random.Random(7)
    for _ in range(4):
        run(chance.uniform(0.3, 1.05) * usual)
        seen = spec_store.load(shelf.folder)
        assert seen.whole
        assert seen.spec is not None
        assert seen.spec.encode() in {spec for spec, _ in whole.values()}
        shelf.refresh()
        assert contents(shelf.folder)[0] == whole["new"][0]


# Disks that are full, and folders that stand elsewhere


def test_a_file_that_cannot_be_written_whole_leaves_all_as_it_was_and_no_litter(
    states: dict[str, Shelf], tmp_path: Path
):
    """A limit on the size of files fails writes midway, as a full disk does."""
    shelf = Shelf(tmp_path)
    changed = shelf.change(OLD, NEW)
    sizes = [len(each) for each in contents(states["new"].folder)]
    said = []
    for limit in (0, 1, min(sizes) - 1, max(sizes) - 1):
        restore(shelf, states["old"])
        before = {path: path.read_bytes() for path in shelf.folder.iterdir()}
        done = subprocess.run(
            [
                sys.executable,
                "-c",
                REFRESHED_WITHIN,
                str(limit),
                str(shelf.root),
                str(changed.parent),
            ],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert {path: path.read_bytes() for path in shelf.folder.iterdir()} == before
        said.append((done.returncode, done.stderr))
    assert [code for code, _ in said] == [1] * 4
    assert all("stays as it was" in text for _, text in said)
    assert all("Traceback" not in text for _, text in said)


@pytest.mark.parametrize("linked", ["specs", "specs/reelhouse", "specs/reelhouse/openapi.yaml"])
def test_what_is_a_link_stays_one_and_what_it_leads_to_is_refreshed(
    states: dict[str, Shelf], tmp_path: Path, linked: str
):
    shelf = Shelf(tmp_path / "tree")
    restore(shelf, states["old"])
    shelf.change(OLD, NEW)
    link, elsewhere = shelf.root / linked, tmp_path / "elsewhere"
    link.rename(elsewhere)
    link.symlink_to(elsewhere)

    assert shelf.refresh().state == "changed"

    assert link.is_symlink()
    assert contents(shelf.folder) == contents(states["new"].folder)
    assert shelf.refresh().state == "unchanged"
