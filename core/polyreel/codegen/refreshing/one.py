"""Refreshing one provider: what its pages say now, compared with what is stored, and stored if it may be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from attrs import asdict, define, evolve, field, frozen

from polyreel.codegen.generating.swap import alone
from polyreel.codegen.refreshing import sources_lock, spec_store
from polyreel.codegen.refreshing.fetch import AT_ONCE, Copy
from polyreel.codegen.refreshing.origins import Origin, Web
from polyreel.codegen.refreshing.page_sources import PageSource, PageSources
from polyreel.codegen.refreshing.sources_lock import Lock, LockedPage
from polyreel.codegen.refreshing.spec_store import StoredSpec
from polyreel.errors import SpecError

if TYPE_CHECKING:
    from polyreel.codegen.diff import Report
    from polyreel.codegen.reading.read import PageFacts, Reading

Progress = Callable[[str], None]
"""Called with what has just been had; from several threads."""


@frozen
class SpecOutcome:
    """What became of one provider's spec.

    Attributes:
        provider: The provider's name.
        state: ``unchanged``: the pages say what they said, and nothing was written. ``changed``: they
            say something else. ``new``: there was no spec before. ``failed``: the pages can't be had,
            read or accepted; what is stored was not touched.
        report: What changed for callers; None where there is nothing to compare.
        notes: What a person should know.
        unread: Addresses of pages that the site's index names and nobody reads.
        error: What went wrong, a line each, for ``failed``.
    """

    provider: str
    state: Literal["unchanged", "changed", "new", "failed"]
    report: Report | None = None
    notes: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    error: SpecError | None = None


@define
class ProviderRefresh:
    """Refreshes one provider; one use."""

    _sources: PageSources
    _origin: Origin
    _folder: Path
    _check: bool
    _accept_removal: bool
    _copied: date | None
    _record: bool
    _today: date
    _progress: Progress
    _notes: list[str] = field(factory=list, init=False)
    _report: Report | None = field(default=None, init=False)

    def outcome(self) -> SpecOutcome:
        """Refresh it, and say what became of it; nothing is raised."""
        name = self._sources.provider
        try:
            with ExitStack() as stack:
                if not self._check:
                    stack.enter_context(alone(self._folder))
                    spec_store.repair(self._folder)
                unread, state = self._unread(), self._run()
            return SpecOutcome(name, state, self._report, tuple(self._notes), unread)
        except SpecError as error:
            said = str(error)
        except OSError as error:
            said = f"{error.filename or self._folder}: {error.strerror or error}"
        except Exception as error:  # noqa: BLE001 - one provider's pages must not cost another's
            said = f"unexpected {type(error).__name__}: {error}; that is a fault of polyreel's"
        lines = [f"{name}: {line}" for line in said.splitlines()]
        lines.append(f"{name}: nothing was written; {self._folder} stays as it was")
        failure = SpecError("\n".join(lines), provider=name)
        return SpecOutcome(name, "failed", self._report, tuple(self._notes), error=failure)

    def _unread(self) -> tuple[str, ...]:
        """Find pages that nobody reads; that the index can't be had is worth a note, no failure."""
        from polyreel.codegen.refreshing.site_index import unread

        index = self._sources.index
        if index is None:
            return ()
        try:
            text = self._origin.index(index)
        except SpecError as error:
            self._notes.append(f"{index.url}: {error}; so pages that nobody reads can't be named")
            return ()
        return unread(text, index, [each.url for each in self._sources.sources]) if text else ()

    def _run(self) -> Literal["unchanged", "changed", "new"]:
        stored = spec_store.load(self._folder)
        copies = self._copies(stored.lock)
        if stored.lock and stored.whole and self._are_known(copies, stored.lock):
            self._record_check(stored)
            return "unchanged"
        reading, new, spec = self._read(copies, stored.lock)
        if stored.lock and stored.whole and new.says_what(stored.lock):
            self._record_check(stored)
            return "unchanged"
        recorded = stored.lock.conflicts if stored.lock else ()
        fresh = [each for each in reading.conflicts if asdict(each) not in recorded]
        self._notes += [*reading.notes, *map(str, fresh)]
        self._accept(reading, spec, stored)
        if not self._check:
            spec_store.save(self._folder, spec, new)
        return "new" if stored.spec is None else "changed"

    def _record_check(self, stored: StoredSpec) -> None:
        """Record, where it is asked for, that the pages were held against what is stored and say the same."""
        if not self._record or self._check or not self._is_whole_web():
            return
        today = self._today.isoformat()
        if stored.lock and stored.spec and stored.lock.checked != today:
            spec_store.save(self._folder, stored.spec, evolve(stored.lock, checked=today))

    def _is_whole_web(self) -> bool:
        """Tell whether every page was fetched from its own address."""
        by_hand = any(source.by_hand for source in self._sources.sources)
        return isinstance(self._origin, Web) and not by_hand

    def _accept(self, reading: Reading, spec: str, stored: StoredSpec) -> None:
        """Compare what the pages say now with what is stored, and refuse what must not replace it."""
        from polyreel.codegen.generating.overlay import load_overlay
        from polyreel.codegen.generating.programs import validate
        from polyreel.codegen.refreshing.replace import compared, refuse_removal
        from polyreel.openapi.documents import load_yaml

        where = str(self._folder / spec_store.SPEC)
        if spec != stored.spec:
            validate(reading.document, where=f"what the pages say now as {where}")
        if stored.spec is None:
            return
        if stored.lock and not stored.whole:
            self._notes.append(
                f"{where} isn't as refresh wrote it; what follows is the difference to it"
            )
        old = load_yaml(stored.spec, where=where)
        file, name = self._folder / "overlay.yaml", self._folder.name
        overlay = load_overlay(file) if file.exists() else None
        self._report = compared(old, stored.lock, reading, self._today, overlay, name)
        if not self._accept_removal:
            refuse_removal(old, reading.document)

    def _copies(self, known: Lock | None) -> list[Copy | None]:
        """Take all pages, several at once; None for those that are as they were."""

        def take(source: PageSource) -> Copy | SpecError | None:
            trusted = known is not None and known.readers == sources_lock.readers_digest()
            try:
                return self._origin.take(
                    source, known.page(source, self._sources) if known and trusted else None
                )
            except SpecError as error:
                return SpecError(f"{self._origin.place(source)}: {error}")
            finally:
                self._progress(f"{self._sources.provider}: {source.file}")

        with ThreadPoolExecutor(AT_ONCE) as pool:
            taken = list(pool.map(take, self._sources.sources))
        _raise_all(each for each in taken if isinstance(each, SpecError))
        copies = [each for each in taken if not isinstance(each, SpecError)]
        for source, copy in zip(self._sources.sources, copies, strict=True):
            self._notes += [f"{source.url}: {note}" for note in copy.notes] if copy else []
            if copy is None and source.by_hand:
                self._notes.append(
                    f"{source.file} is read by hand (--from FILE) and counts as it was last read"
                )
        return copies

    def _are_known(self, copies: Sequence[Copy | None], known: Lock) -> bool:
        """Say, without reading any page, whether all of them are as they were."""
        digests = [page.digest for page in known.pages.values()]
        return known.fits(self._sources) and all(
            copy is None or copy.digest == digest
            for copy, digest in zip(copies, digests, strict=True)
        )

    def _read(self, copies: Sequence[Copy | None], known: Lock | None) -> tuple[Reading, Lock, str]:
        """Read the pages that may have changed, and merge them with those that haven't."""
        from polyreel.codegen.reading.read import merge_facts
        from polyreel.openapi.documents import dump_yaml

        said: list[PageFacts] = []
        pages: dict[str, LockedPage] = {}
        errors: list[SpecError] = []
        for source, copy in zip(self._sources.sources, copies, strict=True):
            before = known.page(source, self._sources) if known else None
            try:
                facts, pages[source.file] = self._page(source, copy, before)
                said.append(facts)
            except SpecError as error:
                text = str(error).removeprefix(f"{source.file}: ")
                errors.append(SpecError(f"{self._origin.place(source)}: {text}"))
        _raise_all(errors)
        wanted = {name for source in self._sources.sources for name in source.operations}
        reading = merge_facts(said, title=self._sources.title, wanted=wanted)
        spec = dump_yaml(reading.document)
        new = Lock(
            readers=sources_lock.readers_digest(),
            spec=spec_store.digest(spec),
            title=self._sources.title,
            server=self._sources.server,
            pages=pages,
            conflicts=sources_lock.lock_conflicts(reading.conflicts),
            checked=self._today.isoformat()
            if self._is_whole_web()
            else (known.checked if known else None),
        )
        return reading, new, spec

    def _page(
        self, source: PageSource, copy: Copy | None, before: LockedPage | None
    ) -> tuple[PageFacts, LockedPage]:
        from polyreel.codegen.reading.read import read_facts

        if copy is None:
            if before is None:
                raise SpecError("never read as sources.toml says now; refresh from all pages first")
            return sources_lock.unlock_page(source.file, before), before
        facts = read_facts(
            source.page(copy.text),
            server=self._sources.server,
            known_values=before.values if before else None,
        )
        same = before is not None and before.digest == copy.digest
        return facts, LockedPage(
            url=source.url,
            operations=source.operations,
            retrieved=self._day_of(before if same else None),
            digest=copy.digest,
            etag=copy.etag,
            last_modified=copy.last_modified,
            **sources_lock.lock_page(facts),
        )

    def _day_of(self, before: LockedPage | None) -> str:
        """Return the day on which a page was retrieved; for a copy, the day on which it was made."""
        if self._copied is not None:
            return self._copied.isoformat()
        return before.retrieved if before else self._today.isoformat()


def _raise_all(errors: Iterable[SpecError]) -> None:
    said = [str(error) for error in errors]
    if said:
        raise SpecError("\n".join(said))
