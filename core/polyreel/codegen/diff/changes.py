"""The result of comparing two specs: changes, and the report of them."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from attrs import field, frozen

EVERYWHERE = "*"
"""The operation of a change that concerns the whole document."""


class Level(StrEnum):
    """How much a change matters, the worst first."""

    BREAKING = "breaking"
    """A correct caller of the old API, or an importer of its client, fails with the new one."""
    WARNING = "warning"
    """Nobody fails by rule, yet somebody should look: behaviour shifts, or is about to."""
    INFO = "info"
    """Safe for every caller."""

    def reaches(self, other: Level) -> bool:
        """Say whether this level is as bad as another one, or worse."""
        order = list(Level)
        return order.index(self) <= order.index(other)


@frozen
class Change:
    """One difference between two specs.

    Attributes:
        level: How much it matters.
        rule: The id of the rule that found it, a key of `polyreel.codegen.diff.rules.RULES`.
        operation: ``"GET /v2/videos"`` in the new document's spelling (a removed one's in the
            old), or ``"*"`` where the whole document is concerned.
        place: Where in the operation: ``"query page"``, ``"request body .prompt"``,
            ``"200 data[].status"``; empty for the operation itself.
        text: One sentence. Values from the specs stand in backticks, escaped and shortened.
    """

    level: Level
    rule: str
    operation: str
    place: str
    text: str


def _sorted(changes: Iterable[Change]) -> tuple[Change, ...]:
    order = list(Level)
    return tuple(
        sorted(
            dict.fromkeys(changes),
            key=lambda c: (order.index(c.level), c.operation, c.place, c.rule, c.text),
        )
    )


@frozen
class Report:
    """All changes between two specs, each once: the worst first, then by operation and place."""

    changes: tuple[Change, ...] = field(converter=_sorted)

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return bool(self.changes)

    @property
    def summary(self) -> dict[str, int]:
        """How many changes there are of each level, every level named."""
        return {level.value: sum(c.level is level for c in self.changes) for level in Level}

    def reaches(self, level: Level) -> bool:
        """Say whether any change is of this level or worse."""
        return any(change.level.reaches(level) for change in self.changes)
