"""Whole OpenAPI documents, and pages that no reader can make anything of."""

from __future__ import annotations

import time

import pytest
from polyreel.codegen.reading.readers import DocPage, operations, read_page
from polyreel.errors import SpecError

_YAML = "openapi: 3.0.3\npaths:\n  /clips:\n    get: {responses: {'200': {description: OK}}}\n"


@pytest.mark.parametrize(
    "text",
    [
        _YAML,
        "# a comment\n" + _YAML,
        "---\n" + _YAML,
        _YAML.replace("openapi: 3.0.3", "'openapi': \"3.0.3\""),
        "info: {title: Clips}\n" + _YAML,
        '{"openapi": "3.1.0", "paths": {"/clips": {"get": {"responses": {"200": {}}}}}}',
        '{\n  "info": {},\n  "openapi": "3.1.0",\n  "paths": {"/clips": {"get": {}}}\n}',
        '{"info": {}, "openapi": "3.1.0", "paths": {"/clips": {"get": {"responses": {"200": {}}}}}}',
        "\ufeff" + _YAML,
    ],
)
def test_a_document_is_known_by_the_version_that_it_states(text: str) -> None:
    assert operations(read_page(DocPage("any", text)).document) == [("GET", "/clips")]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("swagger: '1.2'\npaths: {}", "a Swagger 1.2 document; only Swagger 2.0"),
        ("swagger: '2.0'\n", "without paths"),
        ("openapi: 3.9.0\npaths: {}", "'3.9.0' isn't read"),
        ("openapi: 2.9.0\npaths: {}", "'2.9.0' isn't read"),
        ("openapi: 3.1.0\npaths: []", "without paths"),
        ("openapi: 3.1.0\n", "without paths"),
        ("openapi: 3.1.0\npaths: {a: b: c}", "line 2: not valid YAML"),
    ],
)
def test_a_document_of_another_kind_is_refused_by_name(text: str, problem: str) -> None:
    with pytest.raises(SpecError, match=rf"^any.*{problem}"):
        read_page(DocPage("any", text))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "the page is empty"),
        (" \n\t\n", "the page is empty"),
        ("<!DOCTYPE html><title>Clips</title><p>All clips.", "an HTML page"),
        ("<html><body><h1>404</h1>Page not found</body></html>", "HTML 'not found' page"),
        ("<!doctype html><form>Log in<input type=password></form>", "HTML login or access page"),
        ("# Sign in\n\nSign in to see this page.\n", "a login or access page"),
        ("%PDF-1.7 …", "a PDF file"),
        ("<?xml version='1.0'?><Error/>", "an XML answer"),
        ("# Page not found\n\nNothing is here.", "'not found' page"),
        ("# Clips\n\nClips are short films.\n", "no operation was found on the page"),
        (
            "## List\n\n**get** `/clips`\n\n### Returns\n\n- `id: string`\n",
            "SDK reference as Markdown",
        ),
        ('{"error": "unknown"}', "a JSON answer, such as an error's"),
        ("x" * 10_000_001, "longer than 10,000,000 characters"),
    ],
)
def test_a_page_that_is_no_reference_is_refused_with_what_was_seen(text: str, problem: str) -> None:
    with pytest.raises(SpecError, match=rf"^clips\.md: .*{problem}"):
        read_page(DocPage("clips.md", text))


@pytest.mark.parametrize(
    "text",
    [
        "\n" * 1_900_000 + "x",
        " " * 1_900_000 + "x",
        "[a](" * 450_000,
        "- " * 900_000,
        "*a " * 600_000,
        "```\n" * 400_000,
        "openapi:\n" * 200_000,
        "word " * 600_000,
    ],
    ids=["lines", "blanks", "links", "lists", "stars", "fences", "keys", "too long"],
)
def test_a_page_that_is_made_to_keep_a_reader_busy_is_refused_in_seconds(text: str) -> None:
    started = time.monotonic()
    with pytest.raises(SpecError):
        read_page(DocPage("clips.md", text))

    assert time.monotonic() - started < 20


LINKED = "<!doctype html><html><head><title>{title} | Acme</title></head><body>{body}</body></html>"
LONG = "<p>" + "All that there is to say of clips. " * 200 + "</p>"


@pytest.mark.parametrize(
    ("title", "body", "problem"),
    [
        ("List clips", f"<a href='/login'>Log in</a>{LONG}", "an HTML page;"),
        ("List clips", "<a href='/login'>Log in</a> All clips.", "an HTML page;"),
        (
            "List clips",
            "GET /clips lists what you made since you signed in: log in.",
            "an HTML page;",
        ),
        ("Acme", "Please <a href='/login'>log in</a>, or sign in by mail.", "an HTML login"),
        (
            "List clips",
            f"<h1>List clips</h1>{LONG}<h2>404</h2> Page not found: no such clip.",
            "an HTML page;",
        ),
        ("Sign in", "<form></form>", "an HTML login or access page"),
        ("List clips", f"{LONG}<input type='password'>", "an HTML login or access page"),
        ("404: Page not found", LONG, "an HTML 'not found' page"),
    ],
)
def test_a_page_of_html_is_judged_by_its_title_and_forms(
    title: str, body: str, problem: str
) -> None:
    with pytest.raises(SpecError, match=problem):
        read_page(DocPage("clips.md", LINKED.format(title=title, body=body)))


def test_a_page_that_documents_404_is_no_page_that_is_missing() -> None:
    text = "# Get a clip\n\n`GET /clips/{id}`\n\n404: the clip was not found.\n"

    with pytest.raises(SpecError, match="an operation is named on the page, but not described"):
        read_page(DocPage("clips.md", text))
