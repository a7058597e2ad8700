"""``specs/<provider>/sources.lock``: what each page said when it was last read.

It holds facts and digests, no prose. With it a page that hasn't changed need not be fetched or read
again, a single page can be merged with what the others said, and a sentence that changes is seen.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import asdict, evolve, field, frozen

from polyreel.codegen.refreshing.page_sources import PageSource, PageSources
from polyreel.errors import SpecError

if TYPE_CHECKING:
    from polyreel.codegen.reading.findings import Conflict
    from polyreel.codegen.reading.read import PageFacts

FILE_NAME = "sources.lock"

_FORMAT = 1


@frozen
class LockedPage:
    """What is known of one page.

    Attributes:
        url: Where it is published.
        operations: What was wanted of it.
        retrieved: The day that these bytes are of, as ``YYYY-MM-DD``: when they were had first, or, for a
            copy, when the copy was made.
        digest: SHA-256 of its bytes.
        etag: What the server calls this state of it, if it does.
        last_modified: When the server says that it changed, if it does.
        facts: What it says, as an OpenAPI document.
        prose: Place to a digest of the prose that stands there.
        conflicts: What it contradicts itself on.
        values: Place to the values that a sentence there lists.
    """

    url: str
    operations: Sequence[str]
    retrieved: str
    digest: str
    etag: str | None
    last_modified: str | None
    facts: Mapping[str, Any]
    prose: Mapping[str, str]
    conflicts: Sequence[Mapping[str, Any]]
    values: Mapping[str, Sequence[Any]] = field(factory=dict)


@frozen
class Lock:
    """What is known of a provider's pages.

    Attributes:
        readers: Digest of the code that read them.
        spec: SHA-256 of the ``openapi.yaml`` that they make.
        title: The provider's name for people at that time.
        server: The base URL that sources.toml named.
        pages: The pages by file name, in the order in which they are believed.
        conflicts: What they contradict each other on, and themselves, and how it was decided.
        checked: The day on which all pages were last had from their addresses, or found unchanged there;
            None if never.
    """

    readers: str
    spec: str
    title: str
    server: str | None
    pages: Mapping[str, LockedPage]
    conflicts: Sequence[Mapping[str, Any]]
    checked: str | None = None

    def fits(self, sources: PageSources) -> bool:
        """Tell whether the sources and the reading code are still those that this lock was made with."""
        return (
            self.readers == readers_digest()
            and self.title == sources.title
            and list(self.pages) == [source.file for source in sources.sources]
            and all(self.page(source, sources) for source in sources.sources)
        )

    def page(self, source: PageSource, sources: PageSources) -> LockedPage | None:
        """Return what is known of a source; None if it was read for something else, or never."""
        page = self.pages.get(source.file)
        if page is None or self.server != sources.server:
            return None
        as_now = (page.url, tuple(page.operations)) == (source.url, source.operations)
        return page if as_now else None

    def says_what(self, other: Lock) -> bool:
        """Tell whether two locks hold the same facts; when and how they were fetched may differ."""
        return self._lasting() == other._lasting()

    def _lasting(self) -> str:
        pages = {
            file: evolve(page, retrieved="", digest="", etag=None, last_modified=None)
            for file, page in self.pages.items()
        }
        return dump_lock(evolve(self, readers="", pages=pages, checked=None))


def load_lock(folder: Path, name: str = FILE_NAME) -> Lock | None:
    """Load a provider's ``sources.lock``; None if there is none yet.

    Args:
        folder: The provider's folder.
        name: The file's name in it.

    Raises:
        SpecError: It is damaged.
    """
    path = folder / name
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        if raw.pop("format") != _FORMAT:
            raise SpecError(f"{path}: of another version of polyreel; {_MADE_ANEW}")
        pages = {file: LockedPage(**page) for file, page in raw.pop("pages").items()}
        return Lock(**raw, pages=pages)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SpecError(f"{path}: {error.strerror}") from error
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise SpecError(f"{path}: damaged; {_MADE_ANEW}") from error


_MADE_ANEW = "take it back from version control, or delete it: refresh makes it anew from all pages"


def dump_lock(lock: Lock) -> str:
    """Write a lock as text, the same for the same lock."""
    return json.dumps({"format": _FORMAT} | asdict(lock), indent=2, ensure_ascii=False) + "\n"


def lock_page(said: PageFacts) -> dict[str, Any]:
    """Convert what a page says to the attributes of a `LockedPage`."""
    document = said.facts.document
    info = document["info"] | {"title": ""}  # the upstream's own words, which nothing needs
    return {
        "facts": document | {"info": info},
        "prose": {place: digests[0] for place, digests in sorted(said.facts.prose.items())},
        "conflicts": lock_conflicts(said.facts.conflicts),
        "values": dict(sorted(said.facts.values.items())),
    }


def lock_conflicts(conflicts: Sequence[Conflict]) -> list[dict[str, Any]]:
    """Return conflicts as a lock holds them."""
    return [asdict(conflict) for conflict in conflicts]


def unlock_page(file: str, page: LockedPage) -> PageFacts:
    """Return what a page says; the reverse of `lock_page`.

    Raises:
        SpecError: The lock is damaged.
    """
    from polyreel.codegen.reading.findings import Conflict
    from polyreel.codegen.reading.normalise import Facts
    from polyreel.codegen.reading.read import PageFacts

    try:
        conflicts = tuple(Conflict(**each) for each in page.conflicts)
        prose = {place: [digest] for place, digest in page.prose.items()}
        document = json.loads(json.dumps(page.facts))  # the reader's to change
        return PageFacts(Facts(file, document, prose, conflicts, ()))
    except (TypeError, AttributeError) as error:
        raise SpecError(f"{FILE_NAME}: {file}: damaged; {_MADE_ANEW}") from error


@cache
def readers_digest() -> str:
    """Return a digest of the code that reads pages; when the code changes, pages are read again."""
    package = Path(__file__).parents[2]
    digest = hashlib.sha256()
    for folder in ("openapi", "codegen/reading"):
        for path in sorted((package / folder).rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
