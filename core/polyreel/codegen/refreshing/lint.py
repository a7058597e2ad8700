"""A report for review: sentences that may be facts, contradictions, and an overlay's reasons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from polyreel.codegen.reading.read import Reading


class Reasoned(Protocol):
    """An overlay's action, as far as it is shown."""

    @property
    def target(self) -> str:
        """The query for what is changed."""

    @property
    def reason(self) -> str:
        """Why it is changed."""


def lint_reading(reading: Reading) -> list[str]:
    """Report on pages: one line for each sentence that wasn't understood, contradiction and note."""
    lines = [f"not understood: {unread_sentence}" for unread_sentence in reading.unread_sentences]
    lines += [f"contradiction: {conflict}" for conflict in reading.conflicts]
    return lines + [f"note: {note}" for note in reading.notes]


def lint_overlay(provider: str, actions: Sequence[Reasoned]) -> Iterable[str]:
    """Report on an overlay: each action's target, and its reason."""
    for number, action in enumerate(actions, 1):
        target, reason = " ".join(action.target.split()), " ".join(action.reason.split())
        yield f"{provider} overlay {number}: {target}: {reason}"
