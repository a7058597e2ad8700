"""Specs of somebody who means harm: each ends in a clear error or in a harmless client.

Pages are written by others, so a spec may hold anything. None of these may run code, write outside
of its folder, read a file, open a connection or keep a run busy for long.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from polyreel.codegen.generating import processes
from polyreel.codegen.generating.generate import build_client, generate, overlaid_spec
from polyreel.errors import ConfigurationError, SpecError
from polyreel.openapi.documents import dump_yaml

Document = dict[str, Any]
Change = Callable[[Document], Any]

CODE = 'x"]; __import__("os").system("touch pwned"); ["'
CYRILLIC = "Vide\u043e"  # its last letter is not the Latin one
OVERRIDE = "\u202e"
HIDDEN = "\u200b"


def reels() -> Document:
    reel = {"type": "object", "properties": {"id": {"type": "string"}}}
    page = {"name": "page", "in": "query", "schema": {"type": "string"}}
    schema = {"$ref": "#/components/schemas/Reel"}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Reels", "version": "1"},
        "servers": [{"url": "https://example.org"}],
        "paths": {
            "/reels": {
                "get": {
                    "operationId": "listReels",
                    "tags": ["Reels"],
                    "parameters": [page],
                    "responses": {
                        "200": {
                            "description": "OK",
                            "content": {"application/json": {"schema": schema}},
                        }
                    },
                }
            }
        },
        "components": {"schemas": {"Reel": reel}},
    }


def operation(document: Document) -> Document:
    found: Document = document["paths"]["/reels"]["get"]
    return found


def parameter(document: Document) -> Document:
    found: Document = operation(document)["parameters"][0]
    return found


def properties(document: Document) -> Document:
    found: Document = document["components"]["schemas"]["Reel"]["properties"]
    return found


def schemas(document: Document, more: Document) -> None:
    document["components"]["schemas"].update(more)


def path(name: str) -> Change:
    return lambda doc: doc["paths"].update({name: doc["paths"].pop("/reels")})


def ref(to: str) -> Change:
    return lambda doc: properties(doc).update(other={"$ref": to})


REFUSED: dict[str, tuple[Change, str]] = {
    # Names that would become files, classes, functions or literals
    "code in an operationId": (lambda d: operation(d).update(operationId=CODE), "operationId"),
    "a path as an operationId": (lambda d: operation(d).update(operationId="../x"), "operationId"),
    "no operationId": (lambda d: operation(d).pop("operationId"), "has no operationId"),
    "an endless operationId": (lambda d: operation(d).update(operationId="a" * 101), "operationId"),
    "code in a tag": (lambda d: operation(d).update(tags=[CODE]), "the tag"),
    "a path as a tag": (lambda d: operation(d).update(tags=["../../x"]), "the tag"),
    "an absolute path as a tag": (lambda d: operation(d).update(tags=["/etc"]), "the tag"),
    "a path as a component": (lambda d: schemas(d, {"../../x": {}}), "not valid OpenAPI"),
    "two dots in a component": (lambda d: schemas(d, {"a..b": {}}), "the component"),
    "code in a component": (lambda d: schemas(d, {CODE: {}}), "plain ASCII"),
    "a look-alike component": (lambda d: schemas(d, {CYRILLIC: {}}), "plain ASCII"),
    "components of one module": (lambda d: schemas(d, {"RE_el": {}}), "the same module"),
    "code in a property": (lambda d: properties(d).update({CODE: {}}), "plain ASCII"),
    "a newline in a property": (lambda d: properties(d).update({"a\nb": {}}), "plain ASCII"),
    "a hidden character in a property": (
        lambda d: properties(d).update({f"id{HIDDEN}": {}}),
        "plain ASCII",
    ),
    "code in a parameter": (lambda d: parameter(d).update(name=CODE), "the parameter"),
    "a parameter that is called": (lambda d: parameter(d).update(name="Quote"), "breaks"),
    "code in a path": (path('/a"+__import__("os").getcwd()+"'), "plain ASCII"),
    "a format field in a path": (path("/a{x.__class__}"), "not valid OpenAPI"),
    "a path that climbs": (path("/a/../../b"), "the path"),
    "code in a status": (
        lambda d: operation(d)["responses"].update({"200; import os": {"description": ""}}),
        "not valid OpenAPI",
    ),
    "code in a media type": (
        lambda d: operation(d)["responses"]["200"]["content"].update({CODE: {}}),
        "plain ASCII",
    ),
    # Values that would become literals, and words that would become docstrings
    "code in an enum": (lambda d: parameter(d)["schema"].update(enum=["a", CODE]), "quotes"),
    "a newline in an enum": (lambda d: parameter(d)["schema"].update(enum=["a\nb"]), "quotes"),
    "code in a default": (lambda d: parameter(d)["schema"].update(default=CODE), "quotes"),
    "a backslash in a constant": (lambda d: parameter(d)["schema"].update(const="\\"), "quotes"),
    "an end of a docstring": (lambda d: operation(d).update(summary='a """ b'), "docstring"),
    "an escape in a docstring": (
        lambda d: operation(d).update(description="a \\N{DIGIT ONE}"),
        "docstring",
    ),
    "text that runs backwards": (
        lambda d: operation(d).update(summary=f"a {OVERRIDE} b"),
        "RIGHT-TO-LEFT OVERRIDE",
    ),
    "a null in the title": (lambda d: d["info"].update(title="a\0b"), "U+0000"),
    "an endless title": (lambda d: d["info"].update(title="a" * 20_001), "20,001 characters"),
    # What leads out of the document
    "a reference to a file": (ref("file:///etc/passwd"), "is followed"),
    "a reference to a file beside": (ref("../../pyproject.toml"), "is followed"),
    "a reference into a file beside": (ref("overlay.yaml#/info"), "is followed"),
    "a reference to nothing": (ref("#/components/schemas/Nothing"), "points at nothing"),
    "a reference into a schema": (ref("#/components/schemas/Reel/properties/id"), "is followed"),
    "references in a circle": (
        lambda d: schemas(
            d,
            {
                "A": {"$ref": "#/components/schemas/B"},
                "B": {"$ref": "#/components/schemas/A"},
            },
        ),
        "circle",
    ),
    "another base for references": (
        lambda d: d["components"]["schemas"]["Reel"].update({"$id": "http://example.org/"}),
        "lead out",
    ),
    "another dialect": (
        lambda d: d.update(jsonSchemaDialect="http://example.org/dialect"),
        "lead out",
    ),
    "an example elsewhere": (
        lambda d: d["components"].update(examples={"A": {"externalValue": "http://example.org/a"}}),
        "lead out",
    ),
    "a path elsewhere": (
        lambda d: d["paths"]["/reels"].update({"$ref": "#/components/pathItems/A"}),
        "points at nothing",
    ),
    "a server that is a script": (
        lambda d: d.update(servers=[{"url": "javascript:alert(1)"}]),
        "server URL",
    ),
    "a server that is a file": (lambda d: d.update(servers=[{"url": "file:///etc"}]), "server URL"),
    "a server with a password": (
        lambda d: d.update(servers=[{"url": "https://me:secret@example.org"}]),
        "server URL",
    ),
    # What has no end
    "a schema that is all of itself": (
        lambda d: schemas(d, {"A": {"allOf": [{"$ref": "#/components/schemas/A"}]}}),
        "not valid OpenAPI",
    ),
}

TEXTS: dict[str, tuple[str, str]] = {
    "a tag that makes objects": ("info: !!python/object/apply:os.system ['touch pwned']", "tag"),
    "aliases that multiply": (
        "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
        + "\n".join(
            f"{new}: &{new} [{', '.join([f'*{old}'] * 10)}]"
            for old, new in zip("abcdefg", "bcdefgh", strict=True)
        ),
        "aliases",
    ),
    "a key that stands twice": ("openapi: 3.1.0\nopenapi: 3.0.0", "twice"),
    "nesting without end": ("a: " + "[" * 5000, "nested deeper"),
    "ten million characters": ("a: " + "x" * 10_000_001, "longer than"),
    "numbers that are none": ("a: .inf", "not a number"),
    "a Swagger document": ("swagger: '2.0'", "not a version 3.x"),
    "no mapping": ("- openapi", "no mapping"),
    "nothing": ("", "no mapping"),
}


@pytest.fixture(autouse=True)
def _bounded() -> Iterator[None]:
    """Fail a case that hangs, instead of the whole run."""

    def late(*_: Any) -> None:
        raise TimeoutError("took longer than 20 seconds")

    if not hasattr(signal, "SIGALRM"):
        yield
        return
    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(20)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The spec's folder, in an otherwise empty working directory."""
    monkeypatch.chdir(tmp_path)
    inner = tmp_path / "specs" / "evil"
    inner.mkdir(parents=True)
    return inner


def write(folder: Path, document: Document) -> None:
    (folder / "openapi.yaml").write_text(dump_yaml(document), encoding="utf-8")


def files(folder: Path) -> list[str]:
    return sorted(
        found.relative_to(folder).as_posix() for found in folder.rglob("*") if found.is_file()
    )


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_with_its_place_before_anything_is_generated(name, folder, tmp_path):
    change, words = REFUSED[name]
    document = reels()
    change(document)
    write(folder, document)
    with pytest.raises(SpecError) as caught:
        overlaid_spec(folder)
    assert words in str(caught.value)
    assert str(folder / "openapi.yaml") in str(caught.value)
    assert len(str(caught.value)) < 1500
    assert files(tmp_path) == ["specs/evil/openapi.yaml"]


@pytest.mark.parametrize("name", TEXTS)
def test_text_that_is_no_plain_document_is_refused(name, folder, tmp_path):
    text, words = TEXTS[name]
    (folder / "openapi.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(SpecError) as caught:
        overlaid_spec(folder)
    assert words in str(caught.value)
    assert files(tmp_path) == ["specs/evil/openapi.yaml"]


def test_what_an_overlay_brings_in_is_checked_like_the_spec(folder):
    write(folder, reels())
    (folder / "overlay.yaml").write_text(
        "overlay: 1.0.0\ninfo: {title: ours, version: 1.0.0}\nactions:\n"
        "  - target: $.components.schemas.Reel.properties\n    description: why\n"
        "    update: {other: {$ref: 'http://example.org/schema.yaml'}}\n",
        encoding="utf-8",
    )
    with pytest.raises(SpecError, match="is followed"):
        overlaid_spec(folder)


def test_nobody_is_asked_for_what_a_reference_names(folder):
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}/schema.json"
        for change in (ref(url), ref(f"{url}#/a"), lambda d: d.update({"$schema": url})):
            document = reels()
            change(document)
            write(folder, document)
            with pytest.raises(SpecError):
                overlaid_spec(folder)
        document = reels()  # what nobody follows may stay
        document["externalDocs"] = {"url": url}
        document["info"]["termsOfService"] = url
        write(folder, document)
        overlaid_spec(folder)
        server.setblocking(False)
        with pytest.raises(BlockingIOError):
            server.accept()


def test_a_spec_that_keeps_a_tool_busy_is_given_up(folder, monkeypatch):
    """Twenty-five schemas, each all of the next one twice: thirty million ways through."""
    monkeypatch.setattr(processes, "SECONDS", 2)
    document = reels()
    for number in range(25):
        following = {"$ref": f"#/components/schemas/S{number + 1}"}
        schemas(document, {f"S{number}": {"allOf": [following, following]}})
    schemas(document, {"S25": {"type": "object", "properties": {"id": {"type": "string"}}}})
    ref("#/components/schemas/S0")(document)
    write(folder, document)
    with pytest.raises(SpecError, match="stopped after 2 seconds: the spec is too entangled"):
        overlaid_spec(folder)


def test_a_provider_that_is_no_package_is_refused(tmp_path):
    for name in ("a-b", "class", "A", "a b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "openapi.yaml").write_text("openapi: 3.1.0\n", encoding="utf-8")
        with pytest.raises(SpecError, match="becomes a Python package"):
            generate([name], specs=tmp_path, output=tmp_path / "out")
    with pytest.raises(ConfigurationError, match=r"no spec for '\.\./a-b'"):
        generate(["../a-b"], specs=tmp_path, output=tmp_path / "out")


def test_what_is_let_through_becomes_a_client_that_does_nothing(folder, tmp_path):
    """All that may reach the generator at once; then every module is imported."""
    code = "{}; __import__('os').system('touch pwned')  # {0} %s ${x}"
    document = reels()
    document["info"] |= {"title": f"' {code}", "description": code, "x-code": [code]}
    document |= {"tags": [{"name": code, "description": code}], "x-code": code}
    get = operation(document)
    get |= {"summary": f"'' {code}", "description": f"'''\n{code}\n\"\"", "x-code": code}
    get["tags"] = ["Reels (and/or) films & more: v1.2"]
    get["externalDocs"] = {"url": "file:///etc/passwd", "description": code}
    parameter(document)["description"] = code
    parameter(document)["schema"] |= {"title": code, "enum": ["a; import os", "{x}", "%s", ""]}
    parameter(document)["schema"] |= {"examples": [code], "pattern": "(a+)+$"}
    document["components"]["schemas"]["Reel"] |= {"title": "Reel2", "description": code}
    taken = ["additional_properties", "cast", "cls", "d", "field_dict", "fromDict", "To-Dict"]
    names = ["__class__", "__import__", "self", "1", "lambda", "None", "print", "{x}", "a b", "@z"]
    for name in [*taken, *names]:
        properties(document)[name] = {"type": "string", "default": "a", "description": code}
    schemas(
        document,
        {"os": {"type": "object", "properties": {"reel": {"$ref": "#/components/schemas/Reel"}}}},
    )
    properties(document)["os"] = {"$ref": "#/components/schemas/os"}
    write(folder, document)
    output = tmp_path / "clients" / "evil"
    output.parent.mkdir()
    build_client(folder, output)
    outside = [name for name in files(tmp_path) if not name.startswith("clients/evil/")]
    assert outside == ["clients/config.json", "clients/tolerant.json", "specs/evil/openapi.yaml"]
    imported = (
        "import importlib, pathlib, sys\n"
        "for path in sorted(pathlib.Path('evil').rglob('*.py')):\n"
        "    importlib.import_module('.'.join(path.with_suffix('').parts))\n"
        "from evil.models import Reel\n"
        f"taken, names = {taken!r}, {names!r}\n"
        "item = dict.fromkeys(taken + names, 'v') | {'os': {'reel': {'id': 'a'}}}\n"
        "read = Reel.from_dict(item)\n"
        "assert read.os.reel.id == 'a', read\n"
        "assert list(read.additional_properties) == taken\n"
        "assert read.to_dict() == item\n"
    )
    environment = os.environ | {"PYTHONPATH": str(output.parent), "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run(
        [sys.executable, "-c", imported], cwd=output.parent, env=environment, check=True, timeout=20
    )
    assert not [name for name in files(tmp_path) if "pwned" in name]
