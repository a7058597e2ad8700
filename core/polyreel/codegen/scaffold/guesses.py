"""Guesses of the scaffold, each with its reason and its certainty."""

from __future__ import annotations

from enum import IntEnum

from attrs import frozen


class Trust(IntEnum):
    """How sure a guess is."""

    UNSURE = 1
    LIKELY = 2
    SURE = 3


@frozen
class Guess:
    """One guess.

    Attributes:
        what: What was guessed, such as ``videos: title``.
        value: What it was taken to be.
        reason: Why, in a few words.
        trust: How sure it is.
    """

    what: str
    value: str
    reason: str
    trust: Trust

    @property
    def comment(self) -> str:
        """The comment that marks it in code: one line, whatever the names in it hold.

        Empty for what is likely: marks are for what a reader has to check.
        """
        if self.trust > Trust.UNSURE:
            return ""
        return f"# guessed: {''.join(filter(str.isprintable, self.reason))}"

    def __str__(self) -> str:
        return f"{self.trust.name.lower()}: {self.what} = {self.value} ({self.reason})"


@frozen
class FieldGuess:
    """Where a field was found.

    Attributes:
        ours: The name of our field.
        expression: How it is read from ``it``, the generated model.
        guess: Why.
        untyped: The field of the item that it is, where the document doesn't say what stands there.
        reads: The fields of the item that it reads.
        untranslated: Words of the provider that nobody could translate.
    """

    ours: str
    expression: str
    guess: Guess
    untyped: str | None = None
    reads: tuple[str, ...] = ()
    untranslated: tuple[str, ...] = ()
