"""What a sync gives: one line for each account and kind."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define, field, frozen

from polyreel.errors import PolyreelError
from polyreel.models import Kind


@define
class SyncOutcome:
    """What became of one account's items of one kind.

    Attributes:
        account: The account's name.
        kind: ``videos`` or ``replicas``.
        mode: ``full``: everything was read. ``head``: the newest, until nothing was new.
        requests: Pages and single items that were asked for.
        new: Items that were not known.
        changed: Items that were known, and differ; restored ones too.
        gone: Items that the provider has no more.
        seconds: How long it took.
        notes: What a person should know, in sentences.
        error: Why it ended early, or None. What was read until then is kept.
        refused: How many deletions were not believed, 0 for none.
    """

    account: str
    kind: Kind
    mode: str = "full"
    requests: int = 0
    new: int = 0
    changed: int = 0
    gone: int = 0
    seconds: float = 0.0
    notes: list[str] = field(factory=list)
    error: PolyreelError | None = None
    refused: int = 0


@frozen
class SyncReport:
    """All of one sync.

    Attributes:
        outcomes: One for each account and kind, in the order of the accounts.
    """

    outcomes: Sequence[SyncOutcome]

    @property
    def errors(self) -> list[PolyreelError]:
        """The errors of the accounts that failed."""
        return [each.error for each in self.outcomes if each.error is not None]
