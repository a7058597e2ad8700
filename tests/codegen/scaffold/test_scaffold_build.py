"""A whole provider from a document: what is written works at once, and nothing is overwritten."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from attrs import frozen
from polyreel import Hub, Registry
from polyreel.codegen.scaffold.build import Order, Scaffold, build
from polyreel.codegen.scaffold.source_tree import PackageLayout, SourceTree
from polyreel.errors import ConfigurationError, SpecError
from polyreel.sandbox import serve
from support.acme import STYLES, VIDEO, document, get, ref

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 21)


def order(name, acme, **more):
    return Order(name=name, pages={"openapi.json": json.dumps(acme)}, today=TODAY, **more)


def with_avatars(acme):
    """Add avatars, whose variants differ, and of which one alone is wrapped and tells more."""
    avatar = {"id": {"type": "string"}, "name": {"type": "string"}}
    acme["components"]["schemas"] |= {
        "Custom": {
            "type": "object",
            "properties": avatar | {"training_progress": {"type": "number"}},
        },
        "Stock": {"type": "object", "properties": avatar | {"image_url": {"type": "string"}}},
    }
    either = {"oneOf": [ref("Custom"), ref("Stock")]}
    rows = {"type": "object", "properties": {"data": {"type": "array", "items": either}}}
    acme["paths"] |= {
        "/avatars": {
            "get": get(rows, query={"type": {"type": "string", "enum": ["custom", "stock"]}})
        },
        "/avatars/{id}": {"get": get({"type": "object", "properties": {"data": either}}, "id")},
    }
    return acme


@frozen
class Packages:
    """Scaffolded distributions."""

    folder: Path
    made: Mapping[str, Scaffold]

    def __truediv__(self, name):
        return self.folder / name


@pytest.fixture(scope="module")
def packages(tmp_path_factory):
    """Scaffold one distribution for each page style, and make them importable as if installed."""
    folder = tmp_path_factory.mktemp("packages")

    def scaffold(style):
        acme = with_avatars(document(style)) if style == "page" else document(style)
        name = f"acme_{style}"
        made = build(order(name, acme), PackageLayout(folder / name, name))
        info = folder / name / "src" / f"polyreel_{name}-0.1.dist-info"
        info.mkdir()
        about = f"Metadata-Version: 2.1\nName: polyreel-{name}\nVersion: 0.1\n"
        (info / "METADATA").write_text(about)
        point = f"[polyreel.providers]\n{name} = polyreel_{name}.plugin\n"
        (info / "entry_points.txt").write_text(point)
        return made

    with ThreadPoolExecutor(2) as pool:
        made = dict(zip(STYLES, pool.map(scaffold, STYLES), strict=True))
    return Packages(folder, made)


@pytest.fixture
def installed(packages, monkeypatch):
    for style in STYLES:
        monkeypatch.syspath_prepend(str(packages / f"acme_{style}" / "src"))
    return packages


@pytest.mark.parametrize("style", STYLES)
def test_what_is_scaffolded_lists_and_gets_at_once(installed, style):
    provider = Registry(environ={}).provider(f"acme_{style}")
    with serve([provider], items={"videos": 120}) as box, Hub(box.accounts()) as hub:
        videos = list(hub.videos.list())
        assert len({video.id for video in videos}) == len(videos) == 120
        ready = next(video for video in videos if video.status == "ready")
        assert hub.videos.get(ready.uid) == ready
        assert (ready.title, ready.created_at, ready.download_url) != (None, None, None)
        assert {video.status for video in videos} >= {"queued", "ready", "failed"}


def test_it_passes_the_contract_its_linters_and_its_types(packages):
    root = packages / "acme_page"
    paths = [str(root / "src"), str(Path(__file__).parents[3] / "core")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "MYPYPATH": paths[0]}
    for tool in (
        ["pytest", "-q", "-p", "no:cacheprovider"],
        ["ruff", "check", "--no-cache"],
        ["ruff", "format", "--check", "--no-cache"],
        ["mypy", "--no-incremental", "--cache-dir", os.devnull],
    ):
        done = subprocess.run(
            [sys.executable, "-m", *tool], cwd=root, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, f"{tool}:\n{done.stdout[-3000:]}{done.stderr[-2000:]}"


def test_variants_and_wrapped_responses_are_read_by_one_model(installed):
    provider = Registry(environ={}).provider("acme_page")
    assert provider.resources["replicas"].filters == {"type": "custom, stock"}
    with serve([provider], items={"replicas": 3}) as box, Hub(box.accounts()) as hub:
        replica = next(iter(hub.replicas.list()))
        assert replica.raw.keys() >= {"training_progress", "name"}
        assert hub.replicas.get(replica.uid).title == replica.title


def test_a_package_says_what_it_is_and_leaves_the_licence_to_its_author(packages):
    root = packages / "acme_token"
    assert 'acme_token = "polyreel_acme_token.plugin"' in (root / "pyproject.toml").read_text()
    assert "license =" not in (root / "pyproject.toml").read_text()
    assert "ACME_TOKEN_API_KEY" in (root / "README.md").read_text()
    assert (root / ".github" / "workflows" / "ci.yml").exists()
    assert "@" not in (root / "README.md").read_text()


def test_guesses_are_told_the_least_sure_first_and_only_unsure_ones_are_marked(packages):
    made = packages.made["token"]
    plugin = (packages / "acme_token/src/polyreel_acme_token/plugin.py").read_text()
    assert {guess.trust for guess in made.guesses if guess.what.startswith("videos: ")} > {1}
    unsure = [each for each in made.guesses if each.what.startswith("videos: ") and each.trust == 1]
    assert plugin.count("# guessed: ") == len(unsure)
    assert [guess.trust for guess in made.guesses] == sorted(guess.trust for guess in made.guesses)


READERS = {"page": "by_number", "offset": "by_offset", "token": "by_token",
           "last_id": "by_last_id", "next_url": "by_next_url", "whole": "whole"}  # fmt: skip


@pytest.mark.parametrize("style", STYLES)
def test_pages_are_read_by_the_ready_made_reader_of_their_style(packages, style):
    name = f"acme_{style}"
    plugin = (packages / name / "src" / f"polyreel_{name}" / "plugin.py").read_text()
    assert f"paging.{READERS[style]}(video_fields(), 'videos'" in " ".join(plugin.split()).replace(
        '"', "'"
    ).replace("( ", "(")
    assert "def read_" not in plugin


@pytest.fixture
def tree(tmp_path):
    (tmp_path / "pyproject.toml").write_text(
        '[project.entry-points."polyreel.providers"]\nalpha = "a"\nzeta = "z"\n\n[tool.x]\ny = 1\n'
    )
    return tmp_path


def test_in_the_tree_only_the_entry_point_line_changes(tree):
    made = build(order("acme", document()), SourceTree(tree, "acme"))
    assert (tree / "pyproject.toml").read_text() == (
        '[project.entry-points."polyreel.providers"]\nacme = "polyreel_plugins.acme"\nalpha = "a"\n'
        'zeta = "z"\n\n[tool.x]\ny = 1\n'
    )
    assert {str(path) for path in made.files} >= {
        "specs/acme/sources.toml", "specs/acme/openapi.yaml", "specs/acme/overlay.yaml",
        "specs/acme/sources.lock", "plugins/polyreel_plugins/acme.py", "tests/plugins/test_acme.py",
        "generated/polyreel_clients/acme/openapi.json",
    }  # fmt: skip
    assert all((tree / path).is_file() for path in made.files)


def test_in_the_tree_a_line_names_the_variable_of_the_key(tree):
    project = tree / "pyproject.toml"
    keys = '[project.entry-points."polyreel.keys"]\nALPHA_KEY = "alpha"\nZETA_KEY = "zeta"\n'
    project.write_text(f"{project.read_text()}\n{keys}")
    build(order("acme", document()), SourceTree(tree, "acme"))
    assert tomllib.loads(project.read_text())["project"]["entry-points"]["polyreel.keys"] == {
        "ACME_API_KEY": "acme",
        "ALPHA_KEY": "alpha",
        "ZETA_KEY": "zeta",
    }


def test_nothing_of_the_document_is_kept_but_the_operations_that_are_used(packages):
    assert "voice" not in (packages / "acme_page/specs/acme_page/openapi.yaml").read_text().lower()


@pytest.mark.parametrize(
    "path",
    ["specs/acme", "plugins/polyreel_plugins/acme.py", "tests/plugins/test_acme.py",
     "generated/polyreel_clients/acme"],
)  # fmt: skip
def test_what_is_there_is_never_overwritten(tree, path):
    (tree / path).mkdir(parents=True)
    before = sorted(tree.rglob("*"))
    with pytest.raises(SpecError, match="nothing is overwritten"):
        build(order("acme", document()), SourceTree(tree, "acme"))
    assert sorted(tree.rglob("*")) == before


def test_a_folder_that_is_no_tree_of_polyreel_names_the_way_out(tmp_path):
    with pytest.raises(ConfigurationError, match="--package DIR"):
        build(order("acme", document()), SourceTree(tmp_path, "acme"))


@pytest.mark.parametrize("name", ["", "Acme", "a-b", "1st", "class", "../x", "a" * 41, "é"])
def test_a_name_that_is_no_module_is_refused(tree, name):
    with pytest.raises(ConfigurationError, match="can't be called"):
        build(order(name, document()), SourceTree(tree, name))


_PLANTED = 'x"""\')\n__import__("os").abort()  #'


def hostile():
    """Yield documents that plant code in each place that has a name or a sentence."""
    quiet = document(info={"title": _PLANTED, "version": _PLANTED}, externalDocs={"url": _PLANTED})
    quiet["components"]["securitySchemes"]["key"] |= {"name": _PLANTED, "description": _PLANTED}
    yield "titles", quiet
    yield "server", document(servers=[{"url": f"https://a.example/{_PLANTED}"}])
    for place in ("property", "nested", "id"):
        acme = document()
        names = {
            "property": f"title{_PLANTED}",
            "nested": f"video{_PLANTED}",
            "id": f"{_PLANTED}id",
        }
        url = {"type": "string", "format": "uri"}
        schema = {"type": "object", "properties": {"url": url}} if place == "nested" else url
        clip = {"type": "object", "properties": VIDEO["properties"] | {names[place]: schema}}
        acme["components"]["schemas"]["Clip"] = clip
        yield place, acme
    for place in ("name", "enum", "default"):
        acme = document()
        parameter = {"name": "state", "in": "query", "schema": {"type": "string"}}
        parameter |= {"name": _PLANTED} if place == "name" else {}
        parameter["schema"] |= (
            {place: [_PLANTED] if place == "enum" else _PLANTED} if place != "name" else {}
        )
        acme["paths"]["/videos"]["get"]["parameters"].append(
            parameter | {"required": place != "name"}
        )
        yield place, acme
    acme = document()
    acme["paths"]["/videos"]["get"] |= {"operationId": _PLANTED, "tags": [_PLANTED]}
    yield "operation", acme
    acme = document()
    acme["paths"][f"/videos/{_PLANTED}/videos"] = acme["paths"].pop("/videos")
    yield "path", acme


@pytest.mark.parametrize(("place", "acme"), [pytest.param(*each, id=each[0]) for each in hostile()])
def test_planted_code_is_refused_or_stays_a_value(tmp_path, place, acme):
    root = tmp_path / "acme"
    try:
        build(order("acme", acme), PackageLayout(root, "acme"))
    except SpecError:
        assert not root.exists()
        return
    for path in root.rglob("*.py"):
        calls = [
            node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)
        ]
        assert not [each for each in calls if "__import__" in ast.unparse(each.func)]
    assert "abort" not in (root / "pyproject.toml").read_text()


def test_an_item_that_cannot_be_expressed_is_refused_with_the_way_on(tmp_path):
    acme = document()
    same = {"a-b": {"type": "string"}, "a.b": {"type": "integer"}}
    clip = {"type": "object", "properties": VIDEO["properties"] | same}
    acme["components"]["schemas"]["Clip"] = clip
    with pytest.raises(
        SpecError, match=r"(?s)openapi\.json: .*Clip.*a copy of the document: --spec"
    ):
        build(order("acme", acme), PackageLayout(tmp_path / "made", "acme"))
    assert not (tmp_path / "made").exists()


def test_a_field_that_contradicts_itself_costs_its_type_alone(tmp_path):
    acme = document()
    base = {"type": "object", "properties": {"status": {"type": "integer"}}}
    acme["components"]["schemas"] |= {"Base": base, "Clip": {"allOf": [ref("Base"), VIDEO]}}
    build(order("acme", acme), PackageLayout(tmp_path / "made", "acme"))
    [clip] = (tmp_path / "made").rglob("models/clip.py")
    assert "    status: Any | Unset" in clip.read_text()
    assert "    video_id: str | Unset" in clip.read_text()
