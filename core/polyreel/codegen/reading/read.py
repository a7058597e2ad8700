"""Pages of one provider in, one document of facts out.

::

    page -read_facts-> facts and digests -merge_facts-> document

What stands between the two steps holds no prose, so it can be stored, and a page that is read again is
merged with what the others said.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set as AbstractSet
from typing import Any
from urllib.parse import urlsplit

from attrs import evolve, frozen

from polyreel.codegen.reading.findings import Conflict, UnreadSentence
from polyreel.codegen.reading.make_legal import make_operations_legal, make_schemas_legal
from polyreel.codegen.reading.merge import merge
from polyreel.codegen.reading.name_schemas import name_schemas
from polyreel.codegen.reading.normalise import Facts, normalise
from polyreel.codegen.reading.readers import (
    DocPage,
    Fragment,
    NoOperations,
    operations,
    read_page,
    split_page,
)
from polyreel.errors import SpecError
from polyreel.openapi.documents import Document
from polyreel.openapi.methods import METHODS

__all__ = ["DocPage", "PageFacts", "Reading", "merge_facts", "prose_of", "read_facts", "read_pages"]


@frozen
class PageFacts:
    """What one page says.

    Attributes:
        facts: Its facts; of its prose only a digest by place.
        rank: Which page is believed where two disagree and nobody has set an order; the lowest first.
        notes: What a person should know about how the page was read.
    """

    facts: Facts
    rank: int = 0
    notes: tuple[str, ...] = ()


@frozen
class Reading:
    """What the pages of one provider say.

    Attributes:
        document: A valid OpenAPI 3.1 document: facts only, in one spelling and order.
        prose: Place to a digest of the prose that stands there, by which a changed sentence is seen.
        conflicts: What pages contradict each other on, and how it was decided.
        unread_sentences: Sentences that look like facts and were not understood.
        notes: What else a person should know.
    """

    document: Document
    prose: Mapping[str, str]
    conflicts: tuple[Conflict, ...]
    unread_sentences: tuple[UnreadSentence, ...]
    notes: tuple[str, ...]


def read_pages(
    pages: Sequence[DocPage],
    *,
    title: str | None = None,
    server: str | None = None,
    in_order: bool = False,
    complete: bool = True,
) -> Reading:
    """Read the pages of one provider and merge what they say.

    Args:
        pages: One or more pages, in any formats.
        title: The provider's name for people; otherwise its host names it.
        server: The base URL, for pages that don't say it; what a page says itself stands.
        in_order: Believe the pages in the order given. Otherwise the kind of page decides: a reference
            written by a generator that knows the types goes before one that lists fields.
        complete: Refuse a page that lacks an operation that is wanted of it. Otherwise what it has of
            them is taken, or everything when it has none.

    Raises:
        SpecError: A page can't be read, or isn't complete.
    """
    said = [(page, read_facts(page, server=server, complete=complete)) for page in pages]
    if not in_order:
        said.sort(key=lambda pair: (pair[1].rank, pair[0].name, pair[0].text))
    wanted = {name for page in pages for name in page.operations} if complete else set()
    return merge_facts([facts for _, facts in said], title=title, wanted=wanted)


def read_facts(
    page: DocPage,
    *,
    server: str | None = None,
    complete: bool = True,
    known_values: Mapping[str, Sequence[Any]] | None = None,
) -> PageFacts:
    """Read one page.

    Args:
        page: The page, in any format.
        server: The base URL, for pages that don't say it; what a page says itself stands.
        complete: Refuse a page that lacks an operation that is wanted of it. Otherwise what it has of
            them is taken, or everything when it has none.
        known_values: Place to values that a sentence listed when the page was read before; while the
            text there names them all, they are still what it means.

    Raises:
        SpecError: The page can't be read, or isn't complete.
    """
    fragments, notes = _fragments(page, server, complete)
    facts = merge([normalise(fragment, page.operations, known_values) for fragment in fragments])
    prose = {place: [_digest(texts)] for place, texts in facts.prose.items()}
    notes += [note for fragment in fragments for note in fragment.notes]
    notes += facts.warnings
    return PageFacts(evolve(facts, prose=prose), fragments[0].rank, tuple(notes))


def merge_facts(
    said: Sequence[PageFacts], *, title: str | None = None, wanted: AbstractSet[str] = frozenset()
) -> Reading:
    """Merge what pages say; the earlier one is believed.

    Args:
        said: What `read_facts` gave for each page, in the order in which they are believed.
        title: The provider's name for people; otherwise its host names it.
        wanted: The operations that must be in the document, such as ``GET /v2/videos``; any other one is left
            out, with a note, where no client could have it.

    Raises:
        SpecError: There is no page, what they say doesn't fit together, or a client can't have a wanted
            operation.
    """
    facts = merge([each.facts for each in said])
    document, changed = make_operations_legal(facts.document, wanted)
    document, renamed = make_schemas_legal(_finished(document, title))
    notes = [note for each in said for note in each.notes] + changed + renamed
    if "servers" not in document:
        notes.append("no page names the API's base URL; state it as 'server' in sources.toml")
    notes += _partly_known(facts.document)
    if open_ := _without_security(document):
        notes.append(f"no page says how {open_} is authenticated; state it in the overlay")
    return Reading(
        document=document,
        prose=prose_of(said),
        conflicts=tuple({str(each): each for each in facts.conflicts}.values()),
        unread_sentences=tuple(dict.fromkeys(facts.unread_sentences)),
        notes=tuple(dict.fromkeys(notes)),
    )


def _partly_known(document: Document) -> Iterator[str]:
    """Yield a note for each list of whose envelope no page says more than under which name it stands."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            for status, response in operation["responses"].items():
                for media in response.get("content", {}).values():
                    schema = media.get("schema", {})
                    if "x-partial" in schema:
                        yield (
                            f"{method.upper()} {path} {status}: no page describes what stands beside the "
                            f"list {next(iter(schema['properties']))!r}; state it in the overlay"
                        )


def _without_security(document: Document) -> str:
    """Name the operations of which nobody says whether and how a request is authenticated."""
    if "security" in document:
        return ""
    heads = [
        f"{method.upper()} {path}"
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if "security" not in operation
    ]
    return ", ".join(heads[:5]) + (f" and {len(heads) - 5} more" if len(heads) > 5 else "")


def prose_of(said: Iterable[PageFacts]) -> dict[str, str]:
    """Return one digest by place for what pages say there; what they say alike counts once."""
    digests: dict[str, set[str]] = {}
    for each in said:
        for place, found in each.facts.prose.items():
            digests.setdefault(place, set()).update(found)
    return {
        place: _sha(different) if len(different) > 1 else min(different)
        for place, different in sorted(digests.items())
    }


def _rebased(fragment: Fragment, server: str | None) -> Fragment:
    """Write a fragment's paths below the provider's base URL, where it says nothing else."""
    if server is None:
        return fragment
    base = server.rstrip("/")
    stated = _server(fragment.document)
    if not stated:
        prefix = urlsplit(base).path
    elif stated == base or (stated.startswith("/") and base.endswith(stated)):
        prefix = ""
    elif base.startswith(f"{stated}/"):
        prefix = base.removeprefix(stated)
    else:
        return fragment
    paths = fragment.document["paths"]
    if prefix and all(path.startswith(f"{prefix}/") for path in paths):
        paths = {path.removeprefix(prefix): item for path, item in paths.items()}
    elif prefix and stated:
        return fragment
    return evolve(
        fragment, document=fragment.document | {"servers": [{"url": base}], "paths": paths}
    )


def _server(document: Document) -> str:
    servers = document.get("servers")
    if isinstance(servers, list) and servers and isinstance(servers[0], dict):
        return str(servers[0].get("url", "")).rstrip("/")
    return ""


def _fragments(
    page: DocPage, server: str | None, complete: bool
) -> tuple[list[Fragment], list[str]]:
    """Read the operations that are wanted of a page, wherever on it they stand.

    Returns:
        One fragment for each part of the page that has any of them, and what a person should know. A part
        that can't be read is no reason to refuse the others, if what is wanted is in those.
    """
    fragments: list[Fragment] = []
    notes: list[str] = []
    broken: list[SpecError] = []
    empty: list[SpecError] = []
    for part in split_page(page):
        try:
            fragments.append(_rebased(read_page(part), server))
        except NoOperations as error:
            empty.append(error)
        except SpecError as error:
            broken.append(error)
    found = [" ".join(each) for fragment in fragments for each in operations(fragment.document)]
    missing = [wanted for wanted in page.operations if wanted not in found]
    if broken and (missing or not page.operations or not found):
        raise broken[0]
    if empty and not fragments:
        raise empty[0]
    notes += [f"not wanted, and not read: {error}" for error in broken]
    notes += [f"{error}; not read" for error in empty]
    if not found:
        raise SpecError(f"{page.name}: the document has no operation")
    listed = ", ".join(found[:10]) + (", …" if len(found) > 10 else "")
    absent = [f"{page.name}: {each} is not on the page, which has {listed}" for each in missing[:1]]
    if absent and complete:
        raise SpecError(absent[0])
    kept = set(page.operations) & set(found)
    selected = [_selected(fragment, kept) for fragment in fragments] if kept else fragments
    return [each for each in selected if operations(each.document)], notes + absent


def _selected(fragment: Fragment, wanted: AbstractSet[str]) -> Fragment:
    """Keep only the operations that are wanted of a document."""
    paths: Document = {}
    for path, item in fragment.document["paths"].items():
        if not isinstance(item, dict):
            continue
        unwanted = {
            method
            for method in METHODS
            if method in item and f"{method.upper()} {path}" not in wanted
        }
        if set(METHODS) & set(item) > unwanted:
            paths[path] = {key: value for key, value in item.items() if key not in unwanted}
    return evolve(fragment, document=fragment.document | {"paths": paths})


def _finished(document: Document, title: str | None) -> Document:
    document = name_schemas(document)
    url = document["servers"][0]["url"] if "servers" in document else ""
    name = title or urlsplit(url).hostname or "Provider"
    finished: Document = {"openapi": "3.1.0"}
    finished["info"] = {"title": f"{name} API", "version": document["info"]["version"]}
    if "servers" in document:
        finished["servers"] = document["servers"]
    all_operations = [each for item in document["paths"].values() for each in item.values()]
    said = [each.get("security") for each in all_operations]
    if said and said[0] is not None and all(each == said[0] for each in said):
        finished["security"] = said[0]
        for operation in all_operations:
            del operation["security"]
    finished["paths"] = document["paths"]
    if "components" in document:
        finished["components"] = document["components"]
    return finished


def _digest(texts: Iterable[str]) -> str:
    """Digest prose so that neither white space, nor the order of pages, nor a page read twice shows."""
    return _sha({re.sub(r"\s+", " ", text).strip() for text in texts})


def _sha(texts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(texts)).encode()).hexdigest()[:16]
