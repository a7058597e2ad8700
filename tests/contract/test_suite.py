"""The contract lets good plugins pass, and tells the author of another one what is wrong with it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from attrs import field, frozen
from contract.plugins import BREAKS, PLUGIN, install
from polyreel.testing.list_options import ListingOptions
from polyreel.testing.listings import Listings
from polyreel.testing.pure_hooks import PureHooks
from sandbox.specs import STYLES, acme

pytestmark = pytest.mark.slow

# A provider for each way to page: how its plugin sends the cursor, and finds the next one.
PAGERS = {
    "page from 0": ("page=query.cursor", "str(int(query.cursor or 0) + 1) if items else None"),
    "page from 1": (
        "page=query.cursor or 1",
        "str(int(query.cursor or 1) + 1) if response.get('more') else None",
    ),
    "offset": ("offset=query.cursor", "convert.text(response.get('nextOffset'))"),
    "last_id": (
        "after=query.cursor",
        "items[-1].id if items and response.get('has_more') else None",
    ),
    "next_url": ("cursor=cursor_of(query.cursor)", "convert.url(response.get('next'))"),
}


CURSOR_OF = """

def cursor_of(url):
    from urllib.parse import parse_qs, urlsplit
    return parse_qs(urlsplit(url).query)["cursor"][0] if url else None
"""


@frozen
class Report:
    """What pytest told about some tests: the outcomes by test name, and the texts."""

    outcomes: dict[str, list[str]] = field(factory=dict)
    texts: dict[str, str] = field(factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        every = [one for several in self.outcomes.values() for one in several]
        return {word: every.count(word) for word in set(every)}


Run = Callable[..., dict[str, Report]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("authors")


def run(folder: Path, tests: str, *selected: str) -> dict[str, Report]:
    """Run an author's tests as an author does: plain pytest, no conftest, no settings."""
    (folder / "test_contract.py").write_text(
        f"from polyreel.testing import ProviderContract, deviates\n\n{tests}"
    )
    result = folder / "result.xml"
    command = [sys.executable, "-W", "error", "-m", "pytest", "-p", "no:cacheprovider", "-q"]
    done = subprocess.run(
        [*command, f"--junitxml={result}", *(selected or ["test_contract.py"])],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode in {0, 1}, done.stdout + done.stderr
    reports: dict[str, Report] = {}
    for case in ET.parse(result).iter("testcase"):
        report = reports.setdefault(case.attrib["classname"].rpartition(".")[2], Report())
        name = case.attrib["name"].partition("[")[0]
        bad = [child for child in case if child.tag in {"failure", "error", "skipped"}]
        report.outcomes.setdefault(name, []).append(bad[0].tag if bad else "passed")
        text = "".join(f"{child.get('message')}\n{child.text}\n" for child in bad)
        report.texts[name] = report.texts.get(name, "") + text
    return reports


def class_of(number: int, name: str, body: str = "") -> str:
    return f'class TestNumber{number}(ProviderContract):\n    provider = "{name}"\n{body}\n\n'


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Report]:
    """Break the plugin in every way, and run for each the test that should notice."""
    folder = tmp_path_factory.mktemp("broken")
    tests, selected = "", []
    for number, one in enumerate(BREAKS.values()):
        assert one.old in PLUGIN
        install(folder, f"acme{number}", PLUGIN.replace(one.old, one.new))
        tests += class_of(number, f"acme{number}")
        selected.append(f"test_contract.py::TestNumber{number}::{one.noticed_by}")
    return run(folder, tests, *selected)


@pytest.mark.parametrize("way", BREAKS)
def test_a_broken_plugin_is_noticed_and_its_author_told(
    broken: dict[str, Report], way: str
) -> None:
    report = broken[f"TestNumber{[*BREAKS].index(way)}"]

    assert "failure" in report.outcomes[BREAKS[way].noticed_by]
    assert "error" not in report.outcomes[BREAKS[way].noticed_by]
    assert BREAKS[way].says in report.texts[BREAKS[way].noticed_by]


def test_a_good_plugin_keeps_all_of_it(tmp_path: Path) -> None:
    install(tmp_path, "acme")
    report = run(tmp_path, class_of(0, "acme"))["TestNumber0"]

    assert report.counts.keys() == {"passed"}, "".join(report.texts.values())


def test_good_plugins_list_everything_however_they_page(tmp_path: Path) -> None:
    tests, selected = "", []
    for number, (style, (sends, finds)) in enumerate(PAGERS.items()):
        source = (
            PLUGIN.replace("token=query.cursor", sends)
            .replace('convert.text(response.get("next_token"))', finds)
            .replace("def read_page(response)", "def read_page(query, response)")
            .replace("read=read_page", "read=lambda response: read_page(query, response)")
        )
        install(tmp_path, f"paged{number}", source + CURSOR_OF, acme(style))
        tests += class_of(number, f"paged{number}")
        selected += [f"test_contract.py::TestNumber{number}::{name}" for name in vars(Listings)]
    reports = run(tmp_path, tests, *(one for one in selected if "::test_" in one))

    assert PAGERS.keys() | {"token"} == STYLES.keys()
    for report in reports.values():
        assert report.counts == {"passed": 18}, "".join(report.texts.values())


def test_a_provider_that_can_only_get_skips_the_listing_and_says_so(tmp_path: Path) -> None:
    spec: dict[str, Any] = acme()
    del spec["paths"]["/v1/films"]
    spec["paths"]["/v1/films/{id}"]["get"]["x-polyreel"]["id"] = "filmId"
    resource = "Resource(can_list=False)"
    start, end = PLUGIN.index("Resource(\n"), PLUGIN.index("        },\n        lifecycle")
    source = f"{PLUGIN[:start]}{resource}\n{PLUGIN[end:]}"
    install(tmp_path, "getonly", source, spec)
    report = run(tmp_path, class_of(0, "getonly"))["TestNumber0"]

    assert report.counts.keys() == {"passed", "skipped"}, "".join(report.texts.values())
    assert set(report.outcomes["test_every_item_comes_once_in_order"]) == {"skipped"}
    assert "Acme can't list videos" in report.texts["test_every_item_comes_once_in_order"]
    assert set(report.outcomes["test_a_uid_leads_to_its_item"]) == {"passed"}


def test_a_filter_without_which_nothing_is_listed_is_given(tmp_path: Path) -> None:
    spec = acme("token")
    spec["paths"]["/v1/films"]["get"]["parameters"] += [
        {"name": "workspace", "in": "query", "required": True, "schema": {"type": "string"}}
    ]
    source = PLUGIN.replace('"shape": "wide or tall"', '"workspace": "its name"')
    install(tmp_path, "strict", source, spec)
    tests = [name for part in (Listings, PureHooks, ListingOptions) for name in vars(part)]
    selected = (f"test_contract.py::TestNumber0::{one}" for one in tests if one[:5] == "test_")
    report = run(tmp_path, class_of(0, "strict"), *selected)["TestNumber0"]

    assert report.counts.keys() == {"passed"}, "".join(report.texts.values())


def test_one_cause_is_one_failure(tmp_path: Path) -> None:
    install(tmp_path, "crashing", "raise RuntimeError('half written')")
    install(tmp_path, "specless")
    (tmp_path / "client_specless" / "openapi.json").unlink()
    names = ["crashing", "specless", "nobody", ""]
    reports = run(tmp_path, "".join(class_of(number, name) for number, name in enumerate(names)))

    failed = [
        {name: report.texts[name] for name, words in report.outcomes.items() if "failure" in words}
        for report in (reports[f"TestNumber{number}"] for number in range(len(names)))
    ]
    use, spec = (
        "test_the_plugin_can_be_used",
        "test_the_client_package_holds_a_spec_that_can_be_served",
    )
    assert [[*each] for each in failed] == [[use], [spec], [use], [use]]
    assert "half written" in failed[0][use]
    assert "client_specless" in failed[1][spec]
    assert "no provider named 'nobody' is installed" in failed[2][use]
    assert "must say which: provider = 'acme'" in failed[3][use]
    assert "error" not in {word for one in reports.values() for word in one.counts}


def test_a_key_that_the_entry_points_name_otherwise_is_told(tmp_path: Path) -> None:
    install(tmp_path, "acme")
    points = tmp_path / "polyreel_acme-1.0.dist-info" / "entry_points.txt"
    points.write_text(f"{points.read_text()}\n[polyreel.keys]\nACME_TOKEN = acme\n")
    rule = "test_the_entry_points_name_the_variable_that_holds_the_key"
    reports = run(tmp_path, class_of(0, "acme"), f"test_contract.py::TestNumber0::{rule}")
    assert reports["TestNumber0"].outcomes[rule] == ["failure"]
    assert (
        "name ACME_TOKEN for acme, whose key is in ACME_API_KEY"
        in reports["TestNumber0"].texts[rule]
    )


def test_a_standard_test_is_not_changed_in_silence(tmp_path: Path) -> None:
    install(tmp_path, "acme")
    silent = "    def test_an_unknown_id_is_not_found(self): ...\n"
    off = "    test_hooks_do_no_io = None\n"
    told = f'    @deviates(reason="answers 200 with null")\n{silent}'
    rule = "test_no_standard_test_is_changed_without_a_reason"
    reports = run(
        tmp_path,
        "".join(class_of(number, "acme", body) for number, body in enumerate([silent, off, told])),
        *(f"test_contract.py::TestNumber{number}::{rule}" for number in range(3)),
    )

    assert [reports[f"TestNumber{number}"].outcomes[rule] for number in range(3)] == [
        ["failure"], ["failure"], ["passed"]
    ]  # fmt: skip
    assert (
        "changes test_an_unknown_id_is_not_found of the contract"
        in reports["TestNumber0"].texts[rule]
    )


def test_a_deviation_needs_a_reason() -> None:
    from polyreel.testing import deviates

    with pytest.raises(ValueError, match="needs a reason"):
        deviates(reason=" ")
