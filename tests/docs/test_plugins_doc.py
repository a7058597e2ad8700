"""What docs/plugins.md shows makes a provider: built, installed beside polyreel, listed, got, held."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from support.servers import Reply, Request, Server, serve

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "plugins.md").read_text()
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
FILES = {
    match[1]: text
    for _, text in BLOCKS
    if (match := re.match(r"# ([\w./-]+\.(?:toml|yaml|py))\n", text))
}
COMMANDS = [line[2:] for kind, text in BLOCKS if kind == "console" for line in text.splitlines()]
MAKING = [one for one in COMMANDS if one.startswith(("polyreel spec ", "polyreel generate "))]
LOOKING = [one for one in COMMANDS if one.startswith("polyreel ") and one not in MAKING]
PROGRAMS = [text for kind, text in BLOCKS if kind == "python" and text not in FILES.values()]
SANDBOXED = [text for text in PROGRAMS if "sandbox" in text]

SPEC = (ROOT / "docs" / "examples" / "acme.openapi.yaml").read_text()
STYLES = {
    cells[0]: [cell.strip("`") for cell in cells[1:]]
    for line in PAGE.partition("## Page styles")[2].splitlines()
    if len(cells := [cell.strip() for cell in line.strip("|").split("|")]) == 4 and "`{" in line
}

FILMS = [
    {
        "id": f"f{number:03}",
        "name": f"Film {number}",
        "state": ["done", "rendering", "failed", "waiting"][number % 4],
        "mood": "calm" if number % 2 else "wild",
        "seconds": 8,
        "created": 1_760_000_000 + number,
    }
    for number in range(130)
]


def acme(request: Request) -> Any:
    """Answer as Acme does; written from its document and not from polyreel's sandbox."""
    if request.headers.get("x-acme-key") != "acme's own key":
        return Reply({"problem": "Who are you?"}, 401)
    _, _, id = request.path.removeprefix("/v1").partition("/films/")
    if id:
        found = next((film for film in FILMS if film["id"] == id), None)
        return found or Reply({"problem": "No such film"}, 404)
    wanted = [one for one in FILMS if one["mood"] == request.query.get("mood", one["mood"])]
    start, size = int(request.query.get("after", 0)), int(request.query.get("limit", 20))
    more = start + size < len(wanted)
    return {"films": wanted[start : start + size], "next": str(start + size) if more else None}


class Author:
    """Somebody with an empty folder and a fresh environment, in which polyreel's wheel is installed."""

    def __init__(self, folder: Path, files: Mapping[str, str] = FILES, spec: str = SPEC) -> None:
        self.project = folder / "polyreel-acme"
        self.bin = folder / "venv" / "bin"
        for name, text in {**files, "acme.openapi.yaml": spec}.items():
            path = self.project / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        venv.create(folder / "venv", with_pip=False)
        (site,) = (folder / "venv").glob("lib/python*/site-packages")
        # Dependencies are lent; the .pth files in the folder that lends them, an editable polyreel, are not.
        (site / "lent.pth").write_text(sysconfig.get_path("purelib"))
        self.install(build(ROOT, folder / "polyreel"))

    def install(self, wheel: Path) -> None:
        pip = [sys.executable, "-m", "pip", "--python", str(self.bin / "python"), "install"]
        run([*pip, "--quiet", "--no-deps", "--no-index", str(wheel)], self.project)

    def run(self, command: str, **environment: str) -> str:
        first, *rest = shlex.split(command)
        if first == "pytest":
            return run([self.bin / "python", "-m", "pytest", *rest], self.project, **environment)
        return run([self.bin / first, *rest], self.project, **environment)


def build(project: Path, output: Path) -> Path:
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", output]
    run([*command, project], ROOT)
    (wheel,) = output.glob("*.whl")
    return wheel


def run(command: list[Any], folder: Path, **environment: str) -> str:
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("POLYREEL", "ACME", "PYTHONPATH", "PYTEST"))
    }
    done = subprocess.run(
        [*map(str, command)],
        cwd=folder,
        env={**clean, "COLUMNS": "200", **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, f"{command}:\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def author(tmp_path_factory: pytest.TempPathFactory) -> Author:
    """Follow the page down to the installed package."""
    author = Author(tmp_path_factory.mktemp("author"))
    for command in MAKING:
        author.run(command)
    author.install(build(author.project, author.project / "dist"))
    return author


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve(acme) as running:
        yield running


@pytest.fixture
def key(server: Server) -> dict[str, str]:
    return {"ACME_API_KEY": "acme's own key", "ACME_BASE_URL": f"{server.url}/v1"}


def test_the_page_is_short_and_every_block_is_run() -> None:
    assert len(PAGE.splitlines()) <= 340
    assert set(FILES) == {
        "pyproject.toml",
        "specs/acme/overlay.yaml",
        "src/polyreel_acme/__init__.py",
        "src/polyreel_acme/plugin.py",
        "tests/test_acme.py",
        "polyreel.toml",
    }
    assert len(BLOCKS) == len(FILES) + len(PROGRAMS) + PAGE.count("```console")
    # Installing and building are done by the fixtures, without a network; nothing is uploaded.
    others = [command for command in COMMANDS if not command.startswith(("polyreel ", "pytest "))]
    assert others == ["pip install -e '.[dev]'", "python -m build", "twine upload dist/*"]


def test_the_package_keeps_the_contract(author: Author) -> None:
    (command,) = [command for command in COMMANDS if command.startswith("pytest")]
    told = author.run(f"{command} -p no:cacheprovider -W error tests")

    assert re.search(r"^\d{3} passed", told.splitlines()[-1]), told


@pytest.mark.parametrize("command", LOOKING)
def test_each_command_shows_acme(author: Author, command: str) -> None:
    assert "acme" in author.run(command).lower()


def test_it_appears_among_the_providers(author: Author) -> None:
    rows = json.loads(author.run("polyreel providers --format json"))

    assert "acme" in {row["name"] for row in rows}
    assert len(rows) > 1


def test_its_own_server_is_listed_and_got(author: Author, key: dict[str, str]) -> None:
    listed = author.run("polyreel videos list --provider acme --format jsonl", **key)
    alone = author.run("polyreel videos get acme:f007 --format json", **key)

    rows = [json.loads(line) for line in listed.splitlines()]
    assert [row["uid"] for row in rows] == [f"acme:{film['id']}" for film in FILMS]
    assert {row["status"] for row in rows} == {"ready", "running", "failed", "queued"}
    assert json.dumps("Film 7") in alone


@pytest.mark.parametrize("program", SANDBOXED)
def test_each_program_shows_acmes_sandbox(author: Author, program: str) -> None:
    lines = run([author.bin / "python", "-W", "error", "-c", program], author.project)

    assert [line.partition(":")[0] for line in lines.splitlines()] == ["acme"] * 3


@pytest.mark.parametrize("program", [one for one in PROGRAMS if one not in SANDBOXED])
def test_each_program_lists_acme(author: Author, key: dict[str, str], program: str) -> None:
    lines = run([author.bin / "python", "-W", "error", "-c", program], author.project, **key)

    assert [line.split()[0] for line in lines.splitlines()] == [
        "acme:f001",
        "acme:f003",
        "acme:f005",
    ]


def test_accounts_have_names_of_their_own(author: Author, server: Server) -> None:
    config = {"POLYREEL_CONFIG": str(author.project / "polyreel.toml")}
    config["ACME_WORK_KEY"] = "acme's own key"
    text = FILES["polyreel.toml"] + f'base_url = "{server.url}/v1"\n'
    (author.project / "polyreel.toml").write_text(text)
    told = author.run("polyreel videos list --account acme-work --limit 1 --format jsonl", **config)

    assert json.loads(told)["uid"] == "acme-work:f000"


@pytest.mark.slow
def test_a_newcomer_with_numbered_pages_ends_green(tmp_path: Path) -> None:
    """Each line of the table stands in the place of the page's own example."""
    style, read, sent = STYLES["page number"]
    files = dict(FILES)
    overlay, plugin = "specs/acme/overlay.yaml", "src/polyreel_acme/plugin.py"
    files[overlay] = re.sub(r"paging: {.*}", f"paging: {style}", files[overlay])
    files[plugin] = files[plugin].replace("after=query.cursor", sent)
    files[plugin] = re.sub(r"read=paging\.by_token.*,\n", f"read={read},\n", files[plugin])
    page = "{name: page, in: query, schema: {type: integer}}"
    spec = SPEC.replace("{name: after, in: query, schema: {type: string}}", page)
    spec = spec.replace('next: {type: [string, "null"]}', "total: {type: integer}")
    author = Author(tmp_path, files, spec)
    for command in MAKING:
        author.run(command)
    author.install(build(author.project, author.project / "dist"))
    assert re.search(
        r"^\d{3} passed", author.run("pytest -q -p no:cacheprovider tests").splitlines()[-1]
    )


def test_what_is_made_from_the_code_is_up_to_date() -> None:
    run([sys.executable, "tools/docs.py", "--check"], ROOT)
