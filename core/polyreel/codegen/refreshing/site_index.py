"""A documentation site's own list of its pages, such as ``llms.txt``: what is there that nobody reads."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

from polyreel.codegen.refreshing.page_sources import SiteIndex

_LINK = re.compile(r"\]\(\s*<?([^\s)>]+)|(https?://[^\s)>\]\"'`]+)")


def unread(text: str, index: SiteIndex, read: Iterable[str]) -> tuple[str, ...]:
    """Find the pages below an index's prefixes that are no sources.

    Args:
        text: The index, in Markdown.
        index: Where it stands, and which of its pages are of interest.
        read: The addresses of the sources.

    Returns:
        Their addresses, each once, in the order of the index.
    """
    known = {_plain(url) for url in read}
    found: dict[str, str] = {}
    for match in re.finditer(_LINK, text):
        with contextlib.suppress(ValueError):  # some addresses are none
            url = urljoin(index.url, match[1] or match[2])
            if url.startswith(index.prefixes) and _plain(url) not in known:
                found.setdefault(_plain(url), url)
    return tuple(found.values())


def _plain(url: str) -> str:
    """Spell an address so that a page and its Markdown are the same."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/").removesuffix("/index.html.md").removesuffix(".md")
    return f"{parts.netloc.lower()}{path}"
