"""A new provider's ``sources.toml``: the pages, and what is wanted of each."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence, Set as AbstractSet
from urllib.parse import urlsplit

from polyreel.codegen.reading.readers import operations
from polyreel.codegen.scaffold.base_url import Server
from polyreel.codegen.scaffold.guesses import Guess, Trust
from polyreel.openapi.documents import Document


def sources_draft(
    title: str,
    server: Server,
    pages: Mapping[str, Sequence[Document]],
    wanted: AbstractSet[str],
    urls: Mapping[str, str],
) -> tuple[str, list[Guess]]:
    """Write the file.

    Args:
        title: What the provider is called.
        server: Where its API is.
        pages: What each page's file says.
        wanted: The operations that are wanted, such as ``GET /v1/videos``.
        urls: Where the pages are published, by file, as far as that is known.

    Returns:
        Its text, and the addresses that were made up.
    """
    guesses = []
    text = f"# Which pages the {title} spec is read from.\ntitle = {json.dumps(title)}\n"
    text += f"server = {json.dumps(server.example)}\n" if server.is_known else ""
    for file, parts in pages.items():
        said = [" ".join(each) for document in parts for each in operations(document)]
        names = [name for name in said if name in wanted]
        if not names:
            continue
        url, mark = urls.get(file), ""
        if url is None:
            url = f"https://{urlsplit(server.example).hostname}/{file}"
            mark = "  # guessed: only the file was given"
            reason = "only a file was given; --source-url names it"
            guesses.append(Guess("sources.toml: url", url, reason, Trust.UNSURE))
        listed = "".join(f"  {json.dumps(name)},\n" for name in names)
        text += (
            f"\n[[sources]]\nurl = {json.dumps(url)}{mark}\nfile = {json.dumps(file)}\n"
            f"operations = [\n{listed}]\n"
        )
    return text, guesses
