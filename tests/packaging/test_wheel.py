"""The wheel holds what runs, and nothing else is needed to run it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*build, str(ROOT)], check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def polyreel(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into a fresh environment; its dependencies are lent by the one of the tests."""
    folder = tmp_path_factory.mktemp("fresh")
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    subprocess.run([*pip, "--no-deps", "--no-index", str(wheel)], check=True)
    (site,) = folder.glob("lib/python*/site-packages")
    # A folder named in a .pth file is searched, but its own .pth files (the editable polyreel) are not.
    (site / "lent.pth").write_text(sysconfig.get_path("purelib"))
    return folder / "bin" / "polyreel"


def run(polyreel: Path, *args: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    clean = {
        k: v for k, v in os.environ.items() if not k.startswith(("POLYREEL", "TAVUS", "OPENAI"))
    }
    return subprocess.run([polyreel, *args], cwd=cwd, env=clean, capture_output=True, text=True)


def test_the_wheel_holds_the_three_packages_and_what_they_need(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()

    tops = {name.split("/")[0] for name in names if ".dist-info" not in name}
    assert tops == {"polyreel", "polyreel_plugins", "polyreel_clients"}
    for needed in (
        "polyreel/__init__.pyi",
        "polyreel/py.typed",
        "polyreel_plugins/py.typed",
        "polyreel_plugins/tavus.py",
        "polyreel_clients/tavus/openapi.json",
        "polyreel_clients/openai/openapi.json",
    ):
        assert needed in names
    assert not [name for name in names if "__pycache__" in name or "/tests/" in name]
    assert not [
        name for name in names if name.startswith("polyreel_clients") and "manifest" in name
    ]


def test_an_installed_polyreel_lists_from_its_sandbox(polyreel: Path, tmp_path: Path) -> None:
    where = run(
        polyreel.parent / "python", "-c", "import polyreel; print(polyreel.__file__)", cwd=tmp_path
    )
    listed = run(polyreel, "videos", "list", "--sandbox", "--format", "csv", cwd=tmp_path)
    providers = run(polyreel, "providers", cwd=tmp_path)

    assert str(polyreel.parents[1]) in where.stdout
    assert listed.returncode == 0, listed.stderr
    accounts = {line.split(":")[0] for line in listed.stdout.splitlines()[1:]}
    assert {"openai", "tavus"} <= accounts
    assert "tavus" in providers.stdout


def test_an_installed_polyreel_says_that_specs_live_in_the_repository(
    polyreel: Path, tmp_path: Path
) -> None:
    done = run(polyreel, "generate", cwd=tmp_path)

    assert done.returncode != 0
    assert done.stderr.startswith("polyreel: ")
    assert len(done.stderr.splitlines()) == 1


def test_the_page_on_an_index_links_to_whole_addresses(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
    metadata = message_from_bytes(archive.read(name))
    links = re.findall(r"\]\(([^)]+)\)", str(metadata.get_payload()))
    pictures = re.findall(r"!\[[^]]*\]\(([^)]+)\)", str(metadata.get_payload()))

    assert "https://github.com/polyreel/polyreel/blob/main/docs/plugins.md" in links
    assert not [link for link in links if not link.startswith(("https://", "#"))]
    shown = (
        "https://raw.githubusercontent.com/polyreel/polyreel/main/"  # the file, not a page about it
    )
    assert pictures
    assert all(picture.startswith(shown) for picture in pictures)
    assert all((ROOT / picture.removeprefix(shown)).is_file() for picture in pictures)
    assert metadata["Author"]
    assert {f"Programming Language :: Python :: 3.{minor}" for minor in (11, 12, 13)} <= set(
        metadata.get_all("Classifier", [])
    )
