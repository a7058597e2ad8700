"""``polyreel new-provider``: what it prints, where it takes documents from, and how it fails."""

from __future__ import annotations

import json

import pytest
from polyreel.cli import main
from support.acme import document
from support.servers import serve


@pytest.fixture
def spec(tmp_path):
    path = tmp_path / "acme.json"
    path.write_text(json.dumps(document("offset")))
    return path


def test_it_says_what_was_made_what_to_check_and_what_to_do_next(tmp_path, spec, capsys):
    root = tmp_path / "made"
    assert main(["new-provider", "acme", "--spec", str(spec), "--package", str(root)]) == 0
    said = capsys.readouterr().out
    assert "videos: list = GET /videos\nvideos: get = GET /videos/{video_id}\n" in said
    assert f"wrote {root}/src/polyreel_acme/plugin.py" in said
    assert "check these guesses, which are marked in the files:\n  unsure: " in said
    assert "what is left for you:\n  - videos: add newest_first=True" in said
    assert f"next: cd {root} && pip install -e '.[dev]' && pytest" in said
    assert "guessed: only the file was given" in (root / "specs/acme/sources.toml").read_text()


def test_a_document_on_the_web_is_where_it_will_be_refreshed_from(tmp_path, capsys):
    acme = document("offset", servers=[{"url": "/v1"}])
    root = tmp_path / "made"
    with serve(lambda request: acme) as server:
        url = f"{server.url}/openapi.json"
        arguments = ["--spec", url, "--base-url", "https://api.acme.example/v1", "--title", "ACME"]
        assert main(["new-provider", "acme", *arguments, "--package", str(root)]) == 0
    sources = (root / "specs/acme/sources.toml").read_text()
    assert f'url = "{url}"\nfile = "openapi.json"' in sources
    assert 'title = "ACME"' in sources
    assert "only a file" not in capsys.readouterr().out


def test_a_doubt_is_an_error_with_a_line_for_each_candidate(tmp_path, capsys):
    acme = document()
    acme["paths"]["/scenes"] = acme["paths"]["/talks"] = acme["paths"].pop("/videos")
    (tmp_path / "acme.json").write_text(json.dumps(acme))
    spec = str(tmp_path / "acme.json")
    assert main(["new-provider", "acme", "--spec", spec, "--package", str(tmp_path / "made")]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "polyreel: which of these lists videos? Say --videos '…', or --videos none:"
    assert [line.split("(")[0].split() for line in lines[1:3]] == [
        ["polyreel:", "GET", "/talks"], ["polyreel:", "GET", "/scenes"],
    ]  # fmt: skip
    assert lines[3:] == [
        "polyreel: where each is one of several lists, name them: --collection NAME='GET /…'"
    ]
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--spec", "nowhere.json", "--package", "made"], 1, "there is no such file"),
        (["--spec", "{spec}"], 2, "isn't polyreel's source tree"),
        (["--spec", "{spec}", "--package", "."], 1, "nothing is overwritten"),
        (["--spec", "{spec}", "--package", "made", "--title", 'a"b'], 1, "give another, --title"),
    ],
)
def test_each_refusal_says_what_to_do(spec, capsys, monkeypatch, arguments, code, message):
    monkeypatch.chdir(spec.parent)
    given = [each.format(spec=spec) for each in arguments]
    assert main(["new-provider", "acme", *given]) == code
    assert message in capsys.readouterr().err
    assert [path.name for path in spec.parent.iterdir()] == ["acme.json"]
