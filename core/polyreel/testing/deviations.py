"""Marking a standard test of the contract that a provider deviates from, with the reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

_MARK = "polyreel_deviates"


def deviates(*, reason: str) -> Callable[[F], F]:
    """Allow a method to stand in for a standard test of the same name.

    Args:
        reason: What is different about the provider, for whoever reads the tests or their report.

    Example::

        class TestAcme(ProviderContract):
            provider = "acme"

            @deviates(reason="Acme answers 200 with a null film for an unknown id")
            def test_an_unknown_id_is_not_found(self, served, got): ...

    Raises:
        ValueError: There is no reason.
    """
    if not isinstance(reason, str) or not reason.strip():
        raise ValueError("a deviation needs a reason, as a sentence")

    def mark(test: F) -> F:
        setattr(test, _MARK, reason)
        return test

    return mark


def reason_of(test: object) -> str | None:
    """Return the reason that a test was marked with, or None."""
    return getattr(test, _MARK, None)
