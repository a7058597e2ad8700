"""Where in an API something stands, as people write it: ``GET /v2/videos 200 data[].status``."""

from __future__ import annotations

from attrs import evolve, frozen


@frozen
class Place:
    """A place inside of an operation or a named schema.

    Attributes:
        head: An operation with what of it, such as ``GET /v2/videos 200``, or a schema's name.
        path: The way from there, such as ``data[].status``; empty for the whole.
        joint: What stands between the two: a blank after an operation, a dot after a schema's name.
    """

    head: str
    path: str = ""
    joint: str = " "

    def member(self, name: str) -> Place:
        """Go to a property."""
        return evolve(self, path=f"{self.path}.{name}" if self.path else name)

    def items(self) -> Place:
        """Go to the items of an array."""
        return evolve(self, path=f"{self.path}[]")

    def values(self) -> Place:
        """Go to the values of a map, whose keys are free."""
        return evolve(self, path=f"{self.path}{{}}")

    def variant(self, number: int) -> Place:
        """Go to one of several alternatives, counted from 1."""
        return evolve(self, path=f"{self.path}({number})")

    def __str__(self) -> str:
        joint = "" if self.joint == "." and self.path[:1] in "([{" else self.joint
        return f"{self.head}{joint}{self.path}" if self.path else self.head
