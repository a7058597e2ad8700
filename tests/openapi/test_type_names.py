"""Types that are called as other languages call them are the types that are meant."""

from __future__ import annotations

import pytest
from polyreel.codegen.diff import diff
from polyreel.codegen.reading.read import DocPage, read_pages
from polyreel.openapi.documents import dump_json

CALLED = [("int", "integer"), ("Float", "number"), ("bool", "boolean"), ("str", "string")]


def acme(type_name: str) -> dict[str, object]:
    schema = {"type": "object", "properties": {"field": {"type": type_name}}}
    body = {"application/json": {"schema": schema}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Acme", "version": "1"},
        "servers": [{"url": "https://api.acme.example"}],
        "paths": {
            "/films": {
                "get": {
                    "operationId": "listFilms",
                    "responses": {"200": {"description": "d", "content": body}},
                }
            }
        },
    }


@pytest.mark.parametrize(("called", "meant"), CALLED)
def test_it_is_read_as_the_type_that_is_meant_and_said(called: str, meant: str) -> None:
    reading = read_pages([DocPage("acme.json", dump_json(acme(called)))])
    same = read_pages([DocPage("acme.json", dump_json(acme(meant)))])
    assert reading.document == same.document
    assert any(f"the type '{called}' is read as {meant}" in note for note in reading.notes)


@pytest.mark.parametrize(("called", "meant"), CALLED)
def test_putting_it_right_is_no_change(called: str, meant: str) -> None:
    assert diff(acme(called), acme(meant)).changes == ()
    assert diff(acme(called), acme("object")).changes != ()
