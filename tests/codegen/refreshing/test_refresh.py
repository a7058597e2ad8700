"""Refreshing from copies of pages: what is reported, what is stored, and what never replaces it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from polyreel.codegen.reading.readers import DocPage, Fragment, read_page
from polyreel.codegen.refreshing import fetch, sources_lock
from polyreel.codegen.refreshing.refresh import refresh
from polyreel.errors import ConfigurationError, SpecError
from polyreel.openapi.documents import load_yaml
from support.shelf import GET, LIST, PAGES, Shelf, rules


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What a first reading stores; it takes a second, so tests start from it."""
    shelf = Shelf(tmp_path_factory.mktemp("read"))
    assert shelf.refresh().state == "new"
    return {name: data for name, (data, _) in shelf.stored().items()}


@pytest.fixture
def shelf(strict: Shelf, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """A provider that was read before; its documents are valid, and a second is saved by trusting that."""
    monkeypatch.setattr("polyreel.codegen.generating.programs.validate", lambda *_, **__: None)
    return strict


@pytest.fixture
def strict(read: dict[str, bytes], tmp_path: Path) -> Shelf:
    """The same, and documents are validated."""
    shelf = Shelf(tmp_path)
    for name, data in read.items():
        (shelf.folder / name).write_bytes(data)
    return shelf


# What is stored


def test_a_first_reading_stores_a_spec_and_what_it_was_read_from(tmp_path: Path):
    shelf = Shelf(tmp_path)
    outcome = shelf.refresh()
    assert (outcome.state, outcome.report, outcome.error) == ("new", None, None)
    assert set(shelf.stored()) == {"sources.toml", "openapi.yaml", "sources.lock"}
    spec = load_yaml((shelf.folder / "openapi.yaml").read_text(), where="spec")
    assert list(spec["paths"]) == ["/v1/reels", "/v1/reels/{reel_id}"]
    page = json.loads((shelf.folder / "sources.lock").read_text())["pages"]["list-reels.md"]
    assert page["url"] == "https://docs.reelhouse.example/list-reels.md"
    assert page["retrieved"] == "2026-03-14"
    assert len(page["digest"]) == 64
    assert (page["etag"], page["last_modified"]) == (None, None)
    assert "GET /v1/reels query page" in page["prose"]


def test_nothing_that_is_stored_holds_a_sentence_of_the_pages(shelf: Shelf):
    stored = b"".join(
        data for name, (data, _) in shelf.stored().items() if name != "sources.toml"
    ).decode()
    for words in ("at once", "shelf", "machines", "projectionist", "The Reelhouse", "Default is"):
        assert words in LIST
        assert words not in stored


def test_without_a_change_no_byte_and_no_date_is_written(shelf: Shelf):
    before = shelf.stored()
    outcome = shelf.refresh(today=date(2027, 1, 1))
    assert (outcome.state, outcome.report) == ("unchanged", None)
    assert shelf.stored() == before


def test_finding_out_that_nothing_changed_loads_nothing_heavy(shelf: Shelf):
    code = (
        "import sys; from pathlib import Path\n"
        "from polyreel.codegen.refreshing.refresh import refresh\n"
        f"[out] = refresh(specs=Path({str(shelf.specs)!r}), start=Path({str(shelf.pages)!r}))\n"
        "assert out.state == 'unchanged'\n"
        "heavy = {'openapi_python_client', 'openapi_spec_validator', 'jsonpath', 'yaml', 'httpx',\n"
        "         'markdown_it', 'jinja2', 'pydantic', 'rich', 'polyreel.codegen.reading.read'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_stands_on_a_page_beside_its_facts_and_descriptions_is_no_change(shelf: Shelf):
    """A site's header, or a new version of its layout, must not open a pull request every morning."""
    shelf.change("Everything that is documented stands", "All that is documented can be found")
    before = shelf.stored()
    assert shelf.refresh().state == "unchanged"
    assert shelf.stored() == before


def test_refreshing_twice_is_refreshing_once(shelf: Shelf):
    shelf.change("Default is 20", "Default is 50")
    assert shelf.refresh().state == "changed"
    before = shelf.stored()
    assert shelf.refresh().state == "unchanged"
    assert shelf.stored() == before


def test_pages_that_change_back_restore_every_byte_but_the_date(shelf: Shelf):
    before = shelf.stored()
    shelf.change("Default is 20", "Default is 50")
    shelf.refresh()
    shelf.change("Default is 50", "Default is 20")
    assert shelf.refresh().state == "changed"
    assert {name: data for name, (data, _) in shelf.stored().items()} == {
        name: data for name, (data, _) in before.items()
    }


def test_only_the_page_that_changed_gets_a_new_date(shelf: Shelf):
    shelf.change("Default is 20", "Default is 50")
    shelf.refresh(today=date(2026, 5, 1))
    pages = json.loads((shelf.folder / "sources.lock").read_text())["pages"]
    dates = {file: page["retrieved"] for file, page in pages.items()}
    assert dates == {"list-reels.md": "2026-05-01", "get-reel.md": "2026-03-14"}


def test_pages_that_contradict_each_other_are_recorded_and_told_once(shelf: Shelf):
    other = LIST.replace("Default is 20", "Default is 30")
    shelf.name_sources(
        more='[[sources]]\nurl = "https://reelhouse.example/api"\nfile = "other.md"\n'
    )
    shelf.write("other.md", other)
    outcome = shelf.refresh()
    assert [note for note in outcome.notes if "default is 20 by list-reels.md" in note]
    [conflict] = json.loads((shelf.folder / "sources.lock").read_text())["conflicts"]
    assert conflict["place"] == "GET /v1/reels query limit"
    assert (conflict["kept"], conflict["other"]) == (20, 30)
    shelf.change("Default is 1.", "Default is 0.", file="other.md")
    assert not [note for note in shelf.refresh().notes if "default is 20" in note]


# What is reported


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Default is 20", "Default is 50", ("warning", "request-default-changed", "query limit")),
        ("- ready\n", "- ready\n                            - torn\n", "response-enum-value-added"),
        ("poster_url:", "poster_link:", "response-optional-property-removed"),
        ("Where a poster hangs.", "Where posters hang.", "description-changed"),
        ("operationId: listReels", "operationId: getReels", "symbol-renamed"),
    ],
)
def test_a_change_is_reported_and_stored(shelf: Shelf, old: str, new: str, expected: object):
    shelf.change(old, new)
    outcome = shelf.refresh()
    assert outcome.state == "changed"
    found = rules(outcome)
    assert (
        expected in found if isinstance(expected, tuple) else expected in [r for _, r, _ in found]
    )
    assert shelf.refresh().state == "unchanged"


def test_a_sentence_that_states_no_fact_is_reported_by_its_place(shelf: Shelf):
    shelf.change("How far the projectionist has come.", "How far the machine has come.")
    outcome = shelf.refresh()
    assert [(rule, place) for _, rule, place in rules(outcome)] == [
        ("description-changed", "200 data[].state")
    ]


def test_a_sentence_about_a_named_type_is_reported_by_the_types_name(shelf: Shelf):
    """Such a type serves several operations, so the place is none of theirs."""
    listed = LIST[LIST.index("                      type: object\n", LIST.index("items:")) :]
    item = listed[: listed.index("                  total_count")]
    named = "".join(line[16:] + "\n" for line in item.splitlines())
    shelf.change(item, "                      $ref: '#/components/schemas/Reel'\n")
    shelf.change("components:\n", f"components:\n  schemas:\n    Reel:\n{named}")
    shelf.refresh()
    shelf.change("Where a poster hangs.", "Where posters hang.")
    outcome = shelf.refresh()
    assert outcome.report is not None
    [change] = outcome.report.changes
    assert (change.rule, change.operation, change.place) == (
        "description-changed",
        "*",
        "Reel.poster_url",
    )
    shelf.change("poster_url:", "poster_link:")
    assert "description-changed" not in [rule for _, rule, _ in rules(shelf.refresh())]


def test_a_check_reports_the_same_and_writes_nothing(shelf: Shelf):
    shelf.change("Default is 20", "Default is 50")
    before = shelf.stored()
    checked = shelf.refresh(check=True)
    assert shelf.stored() == before
    assert checked == shelf.refresh()


def test_an_end_of_service_that_a_page_announces_becomes_a_fact(shelf: Shelf):
    said = "operationId: getReel\n      description: This endpoint will be shut down on March 24, 2027.\n"
    shelf.change("operationId: getReel\n", f"{said}      deprecated: true\n", "get-reel.md")
    found = [rule for _, rule, _ in rules(shelf.refresh())]
    assert {"operation-deprecated", "sunset-announced"} <= set(found)
    spec = load_yaml((shelf.folder / "openapi.yaml").read_text(), where="spec")
    operation = spec["paths"]["/v1/reels/{reel_id}"]["get"]
    assert (operation["deprecated"], operation["x-sunset"]) == (True, "2027-03-24")


# A single page


@pytest.mark.parametrize("file", PAGES)
def test_a_single_page_changes_what_it_would_change_among_all(
    shelf: Shelf, tmp_path: Path, file: str
):
    old = {"list-reels.md": "Default is 20", "get-reel.md": "type: number"}[file]
    new = {"list-reels.md": "Default is 50", "get-reel.md": "type: integer"}[file]
    changed = shelf.change(old, new, file)
    either_hub = Shelf(tmp_path / "either_hub")
    for name, (data, _) in shelf.stored().items():
        (either_hub.folder / name).write_bytes(data)
    outcome = either_hub.refresh(changed)
    assert outcome.state == "changed"
    assert outcome == shelf.refresh()
    assert [data for data, _ in either_hub.stored().values()] == [
        data for data, _ in shelf.stored().values()
    ]


def test_a_single_page_isnt_enough_before_the_others_were_ever_read(tmp_path: Path):
    shelf = Shelf(tmp_path)
    outcome = shelf.refresh(shelf.pages / "list-reels.md")
    assert outcome.state == "failed"
    assert "get-reel.md: never read as sources.toml says now" in str(outcome.error)
    assert set(shelf.stored()) == {"sources.toml"}


def test_a_page_that_is_added_to_the_sources_can_be_read_alone(shelf: Shelf):
    shelf.name_sources(more='[[sources]]\nurl = "https://reelhouse.example/x"\nfile = "cut.md"\n')
    cut = GET.replace("/v1/reels/{reel_id}", "/v1/reels/{reel_id}/cut").replace(
        "getReel", "cutReel"
    )
    outcome = shelf.refresh(shelf.write("cut.md", cut))
    assert "operation-added" in [rule for _, rule, _ in rules(outcome)]


def test_a_page_is_found_by_its_provider_when_each_has_a_folder(shelf: Shelf):
    (shelf.pages / "reelhouse").mkdir()
    for file in PAGES:
        (shelf.pages / file).rename(shelf.pages / "reelhouse" / file)
    assert shelf.refresh().state == "unchanged"


def test_a_file_that_is_no_source_is_a_misuse_that_names_those_that_are(shelf: Shelf):
    with pytest.raises(ConfigurationError, match=r"get-reel\.md"):
        shelf.refresh(shelf.write("reels.md", LIST))
    with pytest.raises(ConfigurationError, match="there is no"):
        shelf.refresh(shelf.root / "nowhere")
    with pytest.raises(ConfigurationError, match="reelhouse"):
        refresh(["reelhuose"], specs=shelf.specs, start=shelf.pages)
    with pytest.raises(ConfigurationError, match="holds no specs"):
        refresh(specs=shelf.root / "nowhere")


# What never replaces anything

HTML = "<!DOCTYPE html>\n<html><head><title>{}</title></head><body>{}</body></html>"
NAMES = "abcdefghijklmnopqrstuvwxyz"
BOMB = "a: &a [x, x]\n" + "".join(
    f"{two}: &{two} [*{one}, *{one}]\n" for one, two in pairwise(NAMES)
)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "the page is empty"),
        (" \n\n", "the page is empty"),
        (HTML.format("Sign in", "Password"), "login"),
        (HTML.format("Page not found", ""), "not found"),
        (HTML.format("Reels", LIST), "HTML"),
        ("# Page not found\n\nThere is no such page.", "not found"),
        ("# Reels\n\nWe have reels.", "no operation was found"),
        (LIST[: LIST.index("properties:")], "cut off"),
        (LIST.removesuffix("````\n"), "cut off"),
        (GET, "GET /v1/reels is not on the page, which has GET /v1/reels/{reel_id}"),
        (LIST.replace("/v1/reels", "/v2/reels"), "GET /v1/reels is not on the page"),
        (LIST.replace("get /v1/reels", "get /v1/tapes"), "announces GET /v1/tapes"),
        (LIST.replace("in: query", "in: [query", 1), "line"),
        (LIST.replace("type: integer", "type: whole"), "whole"),
        (LIST.replace("openapi: 3.0.3", "openapi: 3.0.3\n" + BOMB), "alias"),
        (LIST.replace("title: The", "title: !!python/object:os.system The"), "tag"),
        (LIST.replace("how", "h\xf6w").replace("How", "H\xf6w").encode("latin-1"), "not UTF-8"),
        (LIST.encode("utf-16"), "not UTF-8"),
        (LIST.encode("utf-16-le"), "control character"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not UTF-8"),
        (LIST + " " * fetch.MAX_BYTES, "longer than"),
        (None, "there is no such file"),
    ],
)
def test_what_is_no_good_page_changes_nothing(
    shelf: Shelf, content: str | bytes | None, message: str
):
    path = shelf.pages / "list-reels.md"
    path.unlink() if content is None else shelf.write("list-reels.md", content)
    before = shelf.stored()
    outcome = shelf.refresh()
    assert outcome.state == "failed"
    assert message in str(outcome.error)
    assert str(path) in str(outcome.error)
    assert "nothing was written" in str(outcome.error)
    assert shelf.stored() == before


def test_every_page_that_is_no_good_is_named(shelf: Shelf):
    shelf.write("list-reels.md", "")
    shelf.write("get-reel.md", "")
    error = str(shelf.refresh().error)
    assert "list-reels.md" in error
    assert "get-reel.md" in error


def test_a_document_that_is_no_valid_openapi_changes_nothing(strict: Shelf):
    """The page is in order, yet the path names a parameter that nothing describes."""
    shelf = strict
    path = "/v1/reels/{reel_id}"
    shelf.change(path, f"{path}/{{cut}}", "get-reel.md")
    sources = shelf.folder / "sources.toml"
    sources.write_text(sources.read_text().replace(path, f"{path}/{{cut}}"))
    before = shelf.stored()
    outcome = shelf.refresh(accept_removal=True)
    assert outcome.state == "failed"
    assert "not valid OpenAPI" in str(outcome.error)
    assert shelf.stored() == before


def test_an_operation_that_vanished_is_reported_and_refused_until_it_is_accepted(shelf: Shelf):
    shelf.name_sources(["list-reels.md"])
    before = shelf.stored()
    outcome = shelf.refresh()
    assert outcome.state == "failed"
    assert "GET /v1/reels/{reel_id}: gone from the pages" in str(outcome.error)
    assert "operation-removed" in [rule for _, rule, _ in rules(outcome)]
    assert shelf.stored() == before
    assert shelf.refresh(accept_removal=True).state == "changed"
    assert shelf.refresh().state == "unchanged"


def test_one_providers_failure_costs_no_others_refresh(shelf: Shelf):
    (shelf.specs / "tapes").mkdir()
    (shelf.specs / "tapes" / "sources.toml").write_text(
        'title = "Tapes"\n[[sources]]\nurl = "https://tapes.example/x"\nfile = "x.md"\n'
    )
    for provider, files in {"tapes": {"x.md": ""}, "reelhouse": dict(PAGES)}.items():
        (shelf.pages / provider).mkdir()
        for file, text in files.items():
            (shelf.pages / provider / file).write_text(text.replace("is 20", "is 50"))
    outcomes = refresh(specs=shelf.specs, start=shelf.pages)
    assert {each.provider: each.state for each in outcomes} == {
        "reelhouse": "changed",
        "tapes": "failed",
    }
    assert {path.name for path in (shelf.specs / "tapes").iterdir()} == {"sources.toml"}


def test_a_fault_of_our_own_costs_no_others_refresh(shelf: Shelf, monkeypatch: pytest.MonkeyPatch):
    def broken(*_: object, **__: object) -> None:
        raise KeyError("paths")

    monkeypatch.setattr("polyreel.codegen.reading.read.read_facts", broken)
    shelf.change("Default is 20", "Default is 50")
    outcome = shelf.refresh()
    assert isinstance(outcome.error, SpecError)
    assert "unexpected KeyError" in str(outcome.error)


# What people do to the files


def test_a_spec_that_was_edited_by_hand_is_made_anew_and_the_difference_shown(shelf: Shelf):
    path = shelf.folder / "openapi.yaml"
    path.write_text(path.read_text().replace("default: 20", "default: 25"))
    outcome = shelf.refresh()
    assert outcome.state == "changed"
    assert "request-default-changed" in [rule for _, rule, _ in rules(outcome)]
    assert [note for note in outcome.notes if "isn't as refresh wrote it" in note]
    assert "default: 20" in path.read_text()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": 1}', '{"format": 0, "pages": {}}'])
def test_a_damaged_lock_is_an_error_that_says_what_to_do(shelf: Shelf, content: str):
    (shelf.folder / "sources.lock").write_text(content)
    before = shelf.stored()
    outcome = shelf.refresh()
    assert outcome.state == "failed"
    assert "delete it" in str(outcome.error)
    assert shelf.stored() == before


def test_a_lock_that_is_missing_is_made_anew(shelf: Shelf, read: dict[str, bytes]):
    (shelf.folder / "sources.lock").unlink()
    outcome = shelf.refresh()
    assert outcome.state == "changed"
    assert not outcome.report
    assert (shelf.folder / "sources.lock").read_bytes() == read["sources.lock"]


def test_a_spec_that_is_missing_is_made_anew(shelf: Shelf, read: dict[str, bytes]):
    (shelf.folder / "openapi.yaml").unlink()
    assert shelf.refresh().state == "new"
    assert (shelf.folder / "openapi.yaml").read_bytes() == read["openapi.yaml"]


def test_an_address_that_is_corrected_is_recorded(shelf: Shelf):
    sources = shelf.folder / "sources.toml"
    sources.write_text(sources.read_text().replace("docs.reel", "documentation.reel"))
    assert shelf.refresh().state == "changed"
    assert "https://documentation.reel" in (shelf.folder / "sources.lock").read_text()
    assert shelf.refresh().state == "unchanged"


def test_what_other_code_has_read_is_read_again(shelf: Shelf, monkeypatch: pytest.MonkeyPatch):
    """An improved reader sees more on the same page, and must not be told that nothing changed."""
    monkeypatch.setattr(sources_lock, "readers_digest", lambda: "improved")
    seen = []

    def watched(page: DocPage) -> Fragment:
        seen.append(page.name)
        return read_page(page)

    monkeypatch.setattr("polyreel.codegen.reading.read.read_page", watched)
    before = shelf.stored()
    assert shelf.refresh().state == "unchanged"
    assert seen == list(PAGES)
    assert shelf.stored() == before


def test_all_modules_that_decide_what_a_page_says_are_in_the_digest_of_the_readers():
    code = (
        "import sys, polyreel.codegen.reading.read as read\n"
        "try: read.read_pages([read.Page('x.md', 'x')])\n"
        "except Exception: print(*(name for name in sys.modules if name.startswith('polyreel.')))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name for name in done.stdout.split() if not name.startswith("polyreel.errors")}
    digested = ("polyreel.codegen.reading", "polyreel.openapi")
    assert {name for name in loaded if not name.startswith(digested)} == {"polyreel.codegen"}


# Values that a sentence lists


def test_values_that_are_worded_anew_are_still_known(tmp_path: Path):
    shelf = Shelf(tmp_path)
    shelf.change("description: Where a poster hangs.", "description: 'Can be `wall` or `door`.'")
    assert shelf.refresh().state == "new"

    shelf.change("Can be `wall` or `door`.", "A poster hangs on a `wall`, seldom on a `door`.")
    outcome = shelf.refresh()
    assert "known-values" not in " ".join(rule for _, rule, _ in rules(outcome))
    assert (shelf.folder / "openapi.yaml").read_text().count("- wall") == 1

    shelf.change("seldom on a `door`", "never elsewhere")
    assert (shelf.refresh().state, (shelf.folder / "openapi.yaml").read_text().count("- wall")) == (
        "changed",
        0,
    )


# Pages that nobody reads


def test_pages_that_the_index_names_and_nobody_reads_are_reported(shelf: Shelf):
    base = "https://docs.reelhouse.example"
    shelf.name_sources(more=f'[index]\nurl = "{base}/llms.txt"\nprefixes = ["{base}/"]\n')
    shelf.write(
        "llms.txt",
        f"# Reelhouse\n\n- [List]({base}/list-reels.md): all\n- [One]({base}/get-reel): one\n"
        f"- [Cut]({base}/cut-reel.md): new\n- [Again](/cut-reel.md)\n- <{base}/splice.md>\n"
        "- [Elsewhere](https://other.example/x.md)\n- [Odd](http://[)\n",
    )
    outcome = shelf.refresh()
    assert outcome.state == "unchanged"
    assert outcome.unread == (f"{base}/cut-reel.md", f"{base}/splice.md")


def test_a_page_that_is_read_by_hand_is_not_fetched_and_counts_as_it_was_read(shelf: Shelf):
    sources = shelf.folder / "sources.toml"
    address = "http://127.0.0.1:9/"  # where nobody listens
    text = re.sub(r'url = "https://[^"]*/', f'url = "{address}', sources.read_text())
    sources.write_text(re.sub(r'(file = "[^"]*")', r"\1\nby_hand = true", text))
    shelf.refresh()  # the addresses are other ones now
    stored = shelf.stored()

    (outcome,) = refresh(specs=shelf.folder.parent)

    assert outcome.state == "unchanged"
    assert all("is read by hand" in note for note in outcome.notes if "llms.txt" not in note)
    assert outcome.notes
    assert shelf.stored() == stored
