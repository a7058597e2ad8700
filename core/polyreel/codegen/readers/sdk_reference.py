"""Rendered SDK reference, TypeScript."""

from __future__ import annotations

from polyreel.codegen.readers.page import Fragment, Page


def looks_like(page: Page) -> bool:
    return False


def read(page: Page) -> Fragment:
    raise NotImplementedError
