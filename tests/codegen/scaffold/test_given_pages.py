"""A provider may be made from a document in several files, wherever they lie."""

from __future__ import annotations

import json

import pytest
from codegen.scaffold.test_scaffold_kinds import ITEM, get, published
from polyreel.codegen.scaffold.choice import Known
from polyreel.codegen.scaffold.choosing import choose
from polyreel.codegen.scaffold.given_pages import read_given
from polyreel.errors import ConfigurationError, SpecError


def referring(to):
    rows = {"type": "object", "properties": {"data": {"type": "array", "items": {"$ref": to}}}}
    acme = published(
        {"/videos": {"get": get(rows)}, "/videos/{id}": {"get": get({"$ref": to}, "id")}}
    )
    del acme["components"]["schemas"]
    return json.dumps(acme)


PARTS = json.dumps({"Video": ITEM | {"$ref": "#/Base"}, "Base": {"type": "object"}})


def write(folder, **texts):
    for name, text in texts.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text)
    return folder


@pytest.mark.parametrize("elsewhere", [False, True], ids=["beside it", "given with it"])
def test_what_a_document_refers_to_is_taken_from_beside_it_or_from_what_is_given(
    tmp_path, elsewhere
):
    write(tmp_path, openapi_json=referring("./parts/schemas.yaml#/Video"))
    write(tmp_path / ("other" if elsewhere else "parts"), schemas_yaml=PARTS)
    given = [str(tmp_path / "openapi.json")]
    given += [str(tmp_path / "other/schemas.yaml")] if elsewhere else []
    texts, urls = read_given(given, [])
    assert (list(texts), urls) == (["openapi.json"], {})
    [choice] = choose([json.loads(texts["openapi.json"])], Known(), None).made
    assert choice.list is not None
    assert (choice.list.name, choice.list.component) == ("GET /videos", "Video")


def test_a_document_that_is_not_there_is_asked_for_by_name(tmp_path):
    write(tmp_path, openapi_json=referring("./schemas.yaml#/Video"))
    with pytest.raises(
        SpecError, match=r"'schemas.yaml': there is no such file; give it with a second --spec"
    ):
        read_given([str(tmp_path / "openapi.json")])


def test_no_file_outside_of_the_documents_folder_is_read(tmp_path):
    write(tmp_path, secret_yaml=PARTS, inner__openapi_json=referring("../secret.yaml#/Video"))
    with pytest.raises(SpecError, match="isn't in its folder"):
        read_given([str(tmp_path / "inner/openapi.json")])
    (tmp_path / "inner/linked.yaml").symlink_to(tmp_path / "secret.yaml")
    (tmp_path / "inner/openapi.json").write_text(referring("linked.yaml#/Video"))
    with pytest.raises(SpecError, match="isn't in its folder"):
        read_given([str(tmp_path / "inner/openapi.json")])


def test_two_pages_of_one_name_and_addresses_without_a_file_are_refused(tmp_path):
    one, two = (write(tmp_path / name, page_md="# A page") / "page.md" for name in ("a", "b"))
    with pytest.raises(ConfigurationError, match="two pages have the file name"):
        read_given([str(one), str(two)])
    with pytest.raises(ConfigurationError, match="more --source-url"):
        read_given([str(one)], ["https://a.example/1", "https://a.example/2"])
