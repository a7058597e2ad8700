"""Generating: what comes out, when nothing is done, and what a failure or a kill leaves behind."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from polyreel.codegen.generating import generate as module, programs
from polyreel.codegen.generating.generate import ClientOutcome, build_client, generate
from polyreel.codegen.generating.manifest import MANIFEST
from polyreel.codegen.generating.programs import CONFIG
from polyreel.codegen.generating.swap import put_in_place, repair
from polyreel.errors import ConfigurationError, SpecError
from polyreel.openapi.documents import dump_yaml

ROOT = Path(__file__).parents[3]


def reels(**operation: Any) -> dict[str, Any]:
    ok = {
        "description": "OK",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Reel"}}},
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Reels", "version": "1"},
        "paths": {
            "/reels": {
                "get": {"operationId": "getReel", "tags": ["Reels"], "responses": {"200": ok}}
                | operation
            }
        },
        "components": {
            "schemas": {"Reel": {"type": "object", "properties": {"id": {"type": "string"}}}}
        },
    }


class Tree:
    """A source tree of its own, with specs and clients."""

    def __init__(self, root: Path) -> None:
        self.specs, self.output = root / "specs", root / "clients"

    def write(self, provider: str, document: dict[str, Any] | str, **files: str) -> None:
        folder = self.specs / provider
        folder.mkdir(parents=True, exist_ok=True)
        text = document if isinstance(document, str) else dump_yaml(document)
        (folder / "openapi.yaml").write_text(text, encoding="utf-8")
        for name, content in files.items():
            (folder / name.replace("_", ".")).write_text(content, encoding="utf-8")

    def generate(self, *providers: str, **options: Any) -> dict[str, ClientOutcome]:
        outcomes = generate(providers or None, specs=self.specs, output=self.output, **options)
        return {outcome.provider: outcome for outcome in outcomes}

    def snapshot(self, provider: str = "") -> dict[str, bytes]:
        return files_of(self.output / provider)


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tree whose clients are made; copied for each test, since making them takes a second."""
    root = tmp_path_factory.mktemp("made")
    tree = Tree(root)
    tree.write("one", reels())
    tree.write("two", reels(operationId="findReel"))
    assert {outcome.state for outcome in tree.generate().values()} == {"generated"}
    return root


@pytest.fixture
def tree(made: Path, tmp_path: Path) -> Tree:
    shutil.copytree(made, tmp_path / "tree")
    return Tree(tmp_path / "tree")


@pytest.fixture
def no_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails the test if a client would be made."""

    def made(*_: Any, **__: Any) -> None:
        raise AssertionError("a client was made")

    monkeypatch.setattr(module, "build_client", made)


# What comes out


@pytest.mark.slow
def test_the_committed_clients_are_what_their_specs_make_them():
    """Making them anew gives every byte that is committed."""
    outcomes = generate(
        specs=ROOT / "specs", output=ROOT / "generated/polyreel_clients", check=True, force=True
    )
    assert {outcome.provider: outcome.reasons for outcome in outcomes} == {
        outcome.provider: () for outcome in outcomes
    }


def test_two_runs_give_the_same_bytes_in_different_places(tree: Tree, tmp_path: Path):
    again = tmp_path / "again" / "one"
    again.parent.mkdir()
    build_client(tree.specs / "one", again)
    before = tree.snapshot("one")
    before.pop(MANIFEST)
    assert files_of(again) == before


def test_a_client_holds_its_spec_and_no_litter(tree: Tree):
    names = set(tree.snapshot("one"))
    assert {"openapi.json", "manifest.json", "models/reel.py", "api/reels/get_reel.py"} <= names
    assert not [name for name in names if "cache" in name]
    assert [path.name for path in sorted(tree.output.iterdir())] == ["one", "two"]


def test_the_spec_in_a_client_is_strict_and_overlaid(tmp_path: Path):
    tree = Tree(tmp_path)
    overlay = (
        "overlay: 1.0.0\ninfo: {title: ours, version: 1.0.0}\nactions:\n"
        "  - target: $.paths['/reels'].get\n    description: ours\n"
        "    update: {x-polyreel: {kind: a}}\n"
    )
    tree.write("one", reels(), overlay_yaml=overlay)
    document = module.overlaid_spec(tree.specs / "one")
    expected = reels()
    expected["paths"]["/reels"]["get"]["x-polyreel"] = {"kind": "a"}
    assert document == expected


OVERLAY = "overlay: 1.0.0\ninfo: {title: ours, version: 1.0.0}\nactions:\n"


def refusal(tmp_path: Path, document: Any, *actions: str) -> str:
    tree = Tree(tmp_path)
    said = [f"  - description: ours\n    {action}\n" for action in actions]
    tree.write("one", document, overlay_yaml=OVERLAY + "".join(said))
    with pytest.raises(SpecError) as caught:
        module.overlaid_spec(tree.specs / "one")
    return str(caught.value)


def test_an_action_that_makes_a_good_spec_a_bad_one_is_to_blame(tmp_path: Path):
    message = refusal(
        tmp_path,
        reels(),
        "target: $.paths['/reels'].get\n    update: {summary: List them.}",
        "target: $.paths['/reels'].get\n    update: {operationId: 'no name'}",
        "target: $.info\n    update: {version: '2'}",
    )
    assert "overlay.yaml, action 2 ($.paths['/reels'].get) makes something of" in message
    assert "no name" in message


def test_a_spec_that_is_bad_without_its_overlay_too_is_to_blame_itself(tmp_path: Path):
    document = reels()
    document["paths"]["/reels"]["get"]["operationId"] = "no name"
    message = refusal(tmp_path, document, "target: $.info\n    update: {version: '2'}")
    assert "openapi.yaml, GET /reels" in message
    assert "overlay.yaml" not in message


def test_the_settings_are_ones_that_the_generator_knows():
    from openapi_python_client.config import ConfigFile

    assert set(CONFIG) <= set(ConfigFile.model_fields)


# When nothing is done


def test_nothing_is_made_when_nothing_changed(tree: Tree, no_tools: None):
    before = tree.snapshot()
    assert {outcome.state for outcome in tree.generate().values()} == {"unchanged"}
    assert tree.snapshot() == before


def test_finding_out_that_nothing_changed_loads_nothing_heavy(tree: Tree):
    code = (
        "import sys; from pathlib import Path\n"
        "from polyreel.codegen.generating.generate import generate\n"
        f"out = generate(specs=Path({str(tree.specs)!r}), output=Path({str(tree.output)!r}))\n"
        "assert {o.state for o in out} == {'unchanged'}\n"
        "heavy = {'openapi_python_client', 'openapi_spec_validator', 'jsonpath', 'ruamel', 'yaml',\n"
        "         'httpx', 'jinja2', 'pydantic', 'rich'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_only_the_providers_asked_for_are_looked_at(tree: Tree, no_tools: None):
    assert list(tree.generate("two")) == ["two"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda tree: tree.write("one", reels(deprecated=True)), "openapi.yaml has changed"),
        (lambda tree: tree.write("one", reels(), overlay_yaml="x"), "overlay.yaml is new"),
        (lambda tree: edit(tree.output / "one/client.py"), "client.py was edited by hand"),
        (lambda tree: edit(tree.output / "one/mine.py"), "mine.py was added by hand"),
        (lambda tree: (tree.output / "one/types.py").unlink(), "types.py is missing"),
        (lambda tree: shutil.rmtree(tree.output / "one"), "not generated yet"),
        (lambda tree: edit(tree.output / "one" / MANIFEST), "its manifest is missing or damaged"),
        (lambda tree: (tree.output / "one" / MANIFEST).unlink(), "its manifest is missing"),
    ],
)
def test_a_check_names_what_is_stale_and_writes_nothing(tree, no_tools, change, reason):
    change(tree)
    before = tree.snapshot()
    outcomes = tree.generate(check=True)
    assert outcomes["one"].state == "stale"
    assert reason in outcomes["one"].reasons[0]
    assert outcomes["two"].state == "unchanged"
    assert tree.snapshot() == before


def edit(path: Path) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write("# mine\n")


def test_what_python_compiled_is_no_edit(tree: Tree, no_tools: None):
    cache = tree.output / "one" / "__pycache__"
    cache.mkdir()
    (cache / "client.cpython-311.pyc").write_bytes(b"x")
    assert tree.generate(check=True)["one"].state == "unchanged"


def test_another_version_of_a_tool_is_refused_rather_than_used(tree, monkeypatch):

    monkeypatch.setattr(programs, "_pins", lambda: {"openapi-python-client": "0.29.0"})
    outcome = tree.generate("one")["one"]
    assert outcome.state == "failed"
    assert "clients are made with 0.29.0" in str(outcome.error)


# What a failure leaves behind


GENERATED_WITHIN = """
import resource, sys
from polyreel.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000))
sys.argv = ["polyreel", "generate", "one", "--root", sys.argv[1]]
sys.exit(main())
"""


def test_a_file_that_cannot_be_written_whole_is_said_in_a_line_and_the_client_stays(tree: Tree):
    """A limit on the size of files fails writes midway, as a full disk does."""
    output = tree.output.parent / "generated" / "polyreel_clients"
    output.parent.mkdir()
    tree.output.rename(output)
    tree.output = output
    before = tree.snapshot()
    tree.write("one", reels(operationId="seekReel"))
    done = subprocess.run(
        [sys.executable, "-c", GENERATED_WITHIN, str(tree.specs.parent)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "File too large" in done.stderr
    assert "Traceback" not in done.stderr
    assert "│" not in done.stderr
    assert tree.snapshot() == before
    assert sorted(path.name for path in output.iterdir()) == ["one", "two"]


def test_a_provider_that_fails_keeps_its_client_and_does_not_stop_the_others(tree: Tree):
    before = tree.snapshot("one")
    tree.write("one", "openapi: 3.1.0\n")
    tree.write("two", reels(operationId="seekReel"))
    outcomes = tree.generate()
    assert outcomes["one"].state == "failed"
    assert "one: " in str(outcomes["one"].error)
    assert "not valid OpenAPI" in str(outcomes["one"].error)
    assert tree.snapshot("one") == before
    assert outcomes["two"].state == "generated"
    assert "api/reels/seek_reel.py" in tree.snapshot("two")
    assert [path.name for path in sorted(tree.output.iterdir())] == ["one", "two"]


def test_what_the_generator_leaves_out_has_to_be_accepted_first(tree: Tree):
    body = {"content": {"text/csv": {"schema": {"type": "string"}}}, "required": True}
    document = reels(requestBody=body)
    tree.write("one", document)
    message = str(tree.generate("one")["one"].error)
    assert "leaves something out" in message
    assert "Unsupported content type text/csv" in message
    lines = [line for line in message.splitlines() if "arning" in line or "Unsupported" in line]
    tree.write("one", document, warnings_txt="\n".join(message.splitlines()[1:-1]))
    assert lines
    assert tree.generate("one")["one"].state == "generated"


SAME_NAME = {"a-b": {"type": "string"}, "a.b": {"type": "integer"}}
"""Fields for which the generator finds no two names."""


def model(tree: Tree, name: str) -> str:
    return (tree.output / "acme" / "models" / f"{name}.py").read_text()


def test_a_schema_that_cannot_be_expressed_costs_no_other_type_and_no_operation(tmp_path: Path):
    document = reels()
    reel = document["components"]["schemas"]["Reel"]
    document["components"]["schemas"]["Part"] = deepcopy(reel)
    document["components"]["schemas"]["Part"]["properties"] |= SAME_NAME
    reel["properties"]["part"] = {"$ref": "#/components/schemas/Part"}
    tree = Tree(tmp_path)
    tree.write("acme", document)
    assert tree.generate()["acme"].error is None
    assert "    id: str | Unset" in model(tree, "reel")
    assert "    part: Any | None | Unset" in model(tree, "reel")


def test_a_field_of_which_two_schemas_say_different_things_is_of_any_type(tmp_path: Path):
    def pages(items: dict[str, Any]) -> dict[str, Any]:
        listed = {"type": "array", "items": items}
        return {"type": "object", "properties": {"items": listed, "title": {"type": "string"}}}

    document = reels()
    base = {"properties": {"status": {"type": "integer"}, "width": {"type": "number"}}}
    own = {"properties": {"status": {"type": "string"}, "width": {"type": "integer"}}}
    clip = {"allOf": [{"$ref": "#/components/schemas/Base"}, {"type": "object", **own}]}
    some = {"allOf": [{"$ref": f"#/components/schemas/{name}"} for name in ("Pages", "Texts")]}
    document["components"]["schemas"] |= {
        "Base": {"type": "object", **base},
        "Clip": clip,
        "Pages": pages({"type": "object"}),
        "Texts": pages({"$ref": "#/components/schemas/Text"}),
        "Text": {"type": "object", "properties": {"text": {"type": "string"}}},
        "Some": some,
    }
    document["components"]["schemas"]["Reel"]["properties"] |= {
        "clip": {"$ref": "#/components/schemas/Clip"},
        "some": {"$ref": "#/components/schemas/Some"},
    }
    tree = Tree(tmp_path)
    tree.write("acme", document)
    assert tree.generate()["acme"].error is None
    assert "    status: Any | Unset" in model(tree, "clip")
    assert "    width: int | Unset" in model(tree, "clip")
    assert "    items: Any | Unset" in model(tree, "some")
    assert "    title: str | Unset" in model(tree, "some")


def test_what_a_plugin_reads_items_by_is_never_given_up(tmp_path: Path):
    document = reels()
    reel = document["components"]["schemas"]["Reel"]
    reel["properties"] |= SAME_NAME
    tree = Tree(tmp_path)
    tree.write("acme", document)
    assert tree.generate()["acme"].error is None
    document["paths"]["/reels"]["get"]["x-polyreel"] = {"kind": "videos", "role": "get"}
    tree.write("acme", document)
    assert "/components/schemas/Reel" in str(tree.generate()["acme"].error)


def test_no_specs_is_an_error_that_says_where_to_run(tmp_path: Path):
    with pytest.raises(
        ConfigurationError, match="holds no specs; generate runs in polyreel's source tree"
    ):
        generate(specs=tmp_path / "specs", output=tmp_path)


def test_an_unknown_provider_is_an_error_that_names_the_known_ones(tree: Tree):
    with pytest.raises(ConfigurationError, match=r"no spec for 'three' .*; there are one, two"):
        tree.generate("three")


# What a kill leaves behind


# Ends itself, as SIGKILL does, before the N-th thing that it does to a file below the folder.
KILLED_WHILE_SWAPPING = """
import os, signal, sys
from pathlib import Path
from polyreel.codegen.generating.swap import put_in_place
target, moment, seen = Path(sys.argv[1]), int(sys.argv[2]), 0
def watch(event, args):
    global seen
    touches = event in {"open", "os.rename", "os.remove", "os.rmdir"} and str(target.parent) in str(args[0])
    if touches or event == "ctypes.dlsym" or event == "shutil.rmtree":
        seen += 1
        if seen == moment:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(watch)
put_in_place(target.parent / ".client.work.1" / "client", target)
"""


def two_folders(root: Path) -> Path:
    """A finished client in its workplace, and an old one where it is to stand."""
    target, new = root / "client", root / ".client.work.1" / "client"
    for folder, text in ((target, "old"), (new, "new")):
        folder.mkdir(parents=True)
        (folder / "a").write_text(text)
        (folder / "b").write_text(text)
    return target


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="exchanges folders in one step")
def test_killed_at_any_step_of_a_swap_a_whole_client_is_in_its_place(tmp_path: Path):
    """Nothing repairs it first: at no moment is there no client, or one of two halves."""
    found = []
    for moment in range(1, 60):
        target = two_folders(tmp_path / str(moment))
        arguments = [sys.executable, "-c", KILLED_WHILE_SWAPPING, str(target), str(moment)]
        done = subprocess.run(arguments, capture_output=True, timeout=30, check=False)
        [content] = set(files_of(target).values())
        found.append(content)
        repair(target)
        assert [path.name for path in target.parent.iterdir()] == ["client"]
        assert set(files_of(target).values()) == {content}
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL, done.stderr
    assert found == sorted(found, reverse=True)  # old until one step decides, and new from then on
    assert set(found) == {b"old", b"new"}


@pytest.mark.parametrize("stopped", range(4))
def test_where_folders_cannot_be_exchanged_one_is_whole_after_repair(
    stopped, tmp_path, monkeypatch
):
    target = two_folders(tmp_path)
    new = tmp_path / ".client.work.1" / "client"
    rename, left = Path.rename, stopped

    def rename_until_killed(self: Path, other: Path) -> Any:
        nonlocal left
        if left == 0:
            raise KeyboardInterrupt
        left -= 1
        return rename(self, other)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", rename_until_killed)
        patch.setattr("polyreel.codegen.generating.swap.exchange", lambda _one, _two: False)
        if stopped < 3:
            with pytest.raises(KeyboardInterrupt):
                put_in_place(new, target)
        else:
            put_in_place(new, target)
    repair(target)
    assert [path.name for path in tmp_path.iterdir()] == ["client"]
    assert set(files_of(target).values()) == ({b"old"} if stopped < 2 else {b"new"})


def test_a_client_behind_a_symbolic_link_is_replaced_where_it_is(tree: Tree, tmp_path: Path):
    real = tmp_path / "elsewhere"
    shutil.move(tree.output / "one", real)
    (tree.output / "one").symlink_to(real)
    tree.write("one", reels(operationId="seekReel"))

    assert tree.generate("one")["one"].state == "generated"
    assert (tree.output / "one").is_symlink()
    assert (real / "api/reels/seek_reel.py").exists()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_full_disk_leaves_the_old_client_and_says_so(tree: Tree, monkeypatch):
    tree.write("one", reels(operationId="seekReel"))
    before = tree.snapshot("one")

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device", "/tmp/somewhere/of-this-run")

    monkeypatch.setattr(module, "write_manifest", full)
    message = str(tree.generate("one")["one"].error)
    assert message == f"one: No space left on device; {tree.output / 'one'} stays as it was"
    assert tree.snapshot("one") == before
    assert [path.name for path in sorted(tree.output.iterdir())] == ["one", "two"]


def test_a_spec_that_changes_meanwhile_makes_no_client_of_neither(tree: Tree, monkeypatch):
    tree.write("one", reels(operationId="seekReel"))
    write_manifest = module.write_manifest

    def changing(*arguments: Any) -> None:
        write_manifest(*arguments)
        tree.write("one", reels(operationId="huntReel"))

    monkeypatch.setattr(module, "write_manifest", changing)
    assert "changed while its client was being made" in str(tree.generate("one")["one"].error)


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
@pytest.mark.parametrize("delay", [0.15, 0.5, 0.9, 1.3])
def test_killed_at_any_moment_the_next_run_finds_a_whole_client(tree: Tree, delay: float):
    old = tree.snapshot("one")
    tree.write("one", reels(operationId="seekReel"))
    code = (
        "from pathlib import Path; from polyreel.codegen.generating.generate import generate\n"
        f"generate(specs=Path({str(tree.specs)!r}), output=Path({str(tree.output)!r}))\n"
    )
    run = subprocess.Popen([sys.executable, "-c", code], start_new_session=True)
    time.sleep(delay)
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    outcome = tree.generate("one")["one"]
    assert outcome.state in ("generated", "unchanged")
    assert "api/reels/seek_reel.py" in tree.snapshot("one")
    assert tree.generate("one", check=True)["one"].state == "unchanged"
    assert old != tree.snapshot("one")
    assert [path.name for path in sorted(tree.output.iterdir())] == ["one", "two"]


def test_two_runs_at_once_wait_for_each_other(tree: Tree):
    tree.write("one", reels(operationId="seekReel"))
    code = (
        "from pathlib import Path; from polyreel.codegen.generating.generate import generate\n"
        f"out = generate(specs=Path({str(tree.specs)!r}), output=Path({str(tree.output)!r}))\n"
        "print(out[0].state)\n"
    )
    runs = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = sorted(run.communicate(timeout=60)[0].strip() for run in runs)
    assert said == ["generated", "unchanged"]


# The client itself


def test_a_client_imports_and_reads_from_wherever_it_lies(tree: Tree):
    code = (
        "from one.api.reels import get_reel; from one.models import Reel\n"
        "assert get_reel._get_kwargs() == {'method': 'get', 'url': '/reels'}\n"
        "assert Reel.from_dict({'id': None, 'more': 1}).additional_properties == {'more': 1}\n"
    )
    environment = os.environ | {"PYTHONPATH": str(tree.output), "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)


def test_the_manifest_says_what_the_client_was_made_from(tree: Tree):
    manifest = json.loads((tree.output / "one" / MANIFEST).read_text(encoding="utf-8"))
    assert manifest["made_from"]["openapi-python-client"] == "0.29.1"
    assert {"pipeline", "config", "ruff", "openapi.yaml"} < set(manifest["made_from"])
    assert set(manifest["files"]) == set(tree.snapshot("one")) - {MANIFEST}
