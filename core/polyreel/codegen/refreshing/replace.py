"""A new document beside the one that it would replace: what changed, and whether it may."""

from __future__ import annotations

from datetime import date

from polyreel.codegen.diff import Report, diff
from polyreel.codegen.diff.plugin_reads import reads
from polyreel.codegen.diff.plugin_statuses import statuses
from polyreel.codegen.generating.overlay import Overlay
from polyreel.codegen.reading.read import Reading, prose_of
from polyreel.codegen.reading.readers import operations
from polyreel.codegen.refreshing.sources_lock import Lock, unlock_page
from polyreel.errors import SpecError
from polyreel.openapi.documents import Document


def compared(
    old: Document,
    lock: Lock | None,
    reading: Reading,
    today: date,
    overlay: Overlay | None = None,
    provider: str = "",
) -> Report:
    """Say what a reading changes.

    Args:
        old: The stored document.
        lock: What its pages said, for the sentences that changed; without it none is known.
        reading: What the pages say now.
        today: The day by which announced ends of service are judged.
        overlay: What people add to the document: what its annotations name is used by the plugin.
        provider: The provider's name, whose plugin tells which fields it reads.

    Raises:
        SpecError: The stored document is broken.
    """
    said = [unlock_page(file, page) for file, page in lock.pages.items()] if lock else None
    return diff(
        old,
        reading.document,
        prose_old=None if said is None else prose_of(said),
        prose_new=None if said is None else reading.prose,
        today=today,
        overlay=overlay,
        reads=reads(provider),
        statuses=statuses(provider),
    )


def refuse_removal(old: Document, new: Document) -> None:
    """Refuse a document without an operation that was there.

    Raises:
        SpecError: Which operations are gone, and what to do.
    """
    gone = [" ".join(each) for each in operations(old) if each not in operations(new)]
    if gone:
        raise SpecError(
            f"{', '.join(gone)}: gone from the pages. If it was renamed, say so in sources.toml; if the "
            "provider has removed it, accept that with --accept-removal"
        )
