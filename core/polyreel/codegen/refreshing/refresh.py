"""From page sources to ``openapi.yaml`` and ``sources.lock``, where something has changed.

::

    pages (conditional requests, or files) -> facts of each -> one document -> checked, compared -> stored

A page that hasn't changed is neither fetched nor read again: the lock knows what it said. Whatever
goes wrong on the way, what is stored stays as it was, byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path

from polyreel.codegen.refreshing.fetch import AT_ONCE, DocFetcher
from polyreel.codegen.refreshing.one import Progress, ProviderRefresh, SpecOutcome
from polyreel.codegen.refreshing.origins import Origin, Web, local
from polyreel.codegen.refreshing.page_sources import FILE_NAME, PageSources, load_sources
from polyreel.errors import ConfigurationError

__all__ = ["Progress", "SpecOutcome", "refresh"]


def refresh(
    providers: Iterable[str] | None = None,
    *,
    specs: Path,
    start: Path | None = None,
    check: bool = False,
    accept_removal: bool = False,
    copied: date | None = None,
    record: bool = False,
    today: date | None = None,
    progress: Progress = lambda _what: None,
) -> list[SpecOutcome]:
    """Read the providers' pages again, and store what they say where it has changed.

    Args:
        providers: Names of folders in ``specs``; None for all of them, or all that ``start`` has pages of.
        specs: The folder of specs, one folder per provider.
        start: A folder with the pages, or a copy of a single one, to read instead of the web.
        check: Write nothing, only say what would change.
        copied: The day on which the copies in ``start`` were made; today where nobody says.
        accept_removal: Accept that an operation is gone. Otherwise that is a failure.
        record: Record in ``sources.lock`` that the pages were held against what is stored, also where they
            say the same.
        today: The day that is noted for new pages, and by which announced ends of service are judged.
        progress: Told about each page.

    Returns:
        One outcome per provider, in the order of their names. A provider that fails doesn't keep the
        others from being refreshed.

    Raises:
        ConfigurationError: There are no specs here, none of that name, or no such pages.
        SpecError: A ``sources.toml`` can't be read.
    """
    known = _providers(providers, specs)
    with ThreadPoolExecutor(AT_ONCE) as pool, ExitStack() as stack:
        if start is None:
            web = Web(stack.enter_context(DocFetcher()))
            jobs: list[tuple[PageSources, Origin]] = [(sources, web) for sources in known]
        else:
            jobs = local(start, known, named=providers is not None)

        def one(job: tuple[PageSources, Origin]) -> SpecOutcome:
            folder = specs / job[0].provider
            day = today or datetime.now(UTC).date()
            return ProviderRefresh(
                *job, folder, check, accept_removal, copied, record, day, progress
            ).outcome()

        return list(pool.map(one, jobs))


def _providers(wanted: Iterable[str] | None, specs: Path) -> list[PageSources]:
    found = sorted(path.parent.name for path in specs.glob(f"*/{FILE_NAME}"))
    if not found:
        raise ConfigurationError(
            f"{specs} holds no specs; refresh runs in polyreel's source tree, or with --root naming it"
        )
    names = found if wanted is None else sorted(set(wanted))
    for name in names:
        if name not in found:
            listed = ", ".join(found)
            raise ConfigurationError(f"no {FILE_NAME} for {name!r} in {specs}; there are {listed}")
    return [load_sources(specs / name) for name in names]
