"""The pages that a new provider is made from, as somebody names them: files and addresses."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from polyreel.codegen.reading.bundle import Load, refers_elsewhere
from polyreel.codegen.refreshing.fetch import Copy, DocFetcher, from_file
from polyreel.codegen.refreshing.whole_pages import beside, by_address, whole
from polyreel.errors import ConfigurationError, SpecError


def read_given(
    given: Sequence[str], published: Sequence[str] = ()
) -> tuple[dict[str, str], Mapping[str, str]]:
    """Read or fetch pages. An OpenAPI document in several files becomes one.

    Args:
        given: Files and addresses. What a document refers to is taken from among them, or else from beside
            it.
        published: The addresses of the files, in their order.

    Returns:
        The pages' texts, and their addresses where they have one, by file name.

    Raises:
        SpecError: A page can't be had, or one that it refers to.
        ConfigurationError: Two have one name, or there are more addresses than files.
    """
    copies: dict[str, Copy] = {}
    urls: dict[str, str] = {}
    loads: dict[str, Load] = {}
    addresses = iter(published)
    with DocFetcher() as fetcher:
        for each in given:
            is_url = re.match(r"https?://", each) is not None
            try:
                copy = fetcher.fetch(each) if is_url else from_file(Path(each))
            except SpecError as error:
                raise SpecError(f"{each}: {error}") from error
            file = (urlsplit(each).path if is_url else each).rstrip("/").rpartition("/")[2]
            file = re.sub(r"[^A-Za-z0-9._-]", "-", file).lstrip(".") or "page"
            if file in copies:
                raise ConfigurationError(f"two pages have the file name {file!r}")
            if copy is not None:
                copies[file] = copy
            loads[file] = by_address(fetcher, each) if is_url else beside(Path(each))
            if address := each if is_url else next(addresses, None):
                urls[file] = address
        if next(addresses, None) is not None:
            raise ConfigurationError("there are more --source-url than files of --spec")
        return _joined(copies, loads), urls


def _joined(copies: Mapping[str, Copy], loads: Mapping[str, Load]) -> dict[str, str]:
    """Put the documents together that refer to each other; what is only a part is no page of its own."""
    parts: set[str] = set()
    texts: dict[str, str] = {}

    def loading(file: str) -> Load:
        def load(place: str) -> str:
            name = posixpath.basename(urlsplit(place).path)
            if name in copies and name != file:
                parts.add(name)
                return copies[name].text
            try:
                return loads[file](place)
            except SpecError as error:
                raise SpecError(f"{error}; give it with a second --spec") from error

        return load

    for file, copy in copies.items():
        texts[file] = (
            whole(copy, file, loading(file)).text if refers_elsewhere(copy.text) else copy.text
        )
    return {file: text for file, text in texts.items() if file not in parts}
