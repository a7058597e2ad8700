"""Validators for configuration fields. Their messages contain no value but a number."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from polyreel.errors import ConfigurationError

Validator: TypeAlias = Callable[[Any, Any, Any], None]


def of_type(expected: str, is_right: Callable[[Any], bool]) -> Validator:
    """Make an attrs validator.

    Args:
        expected: What the field must be, for people.
        is_right: Tells whether a value is.
    """

    def validate(instance: object, attribute: Any, value: object) -> None:
        if not is_right(value):
            # The value itself may be a key, in the wrong place.
            raise ConfigurationError(
                f"{type(instance).__name__}: {attribute.name} must be {expected}, not "
                f"{_a(type(value).__name__)}"
            )

    return validate


def at_least(smallest: int) -> Validator:
    """Make an attrs validator of a number, or None, that may not be smaller than this one."""
    return _in_range(f"{smallest} or more", lambda value: value >= smallest)


def above(bound: int) -> Validator:
    """Make an attrs validator of a number, or None, that must be greater than this one."""
    return _in_range(f"more than {bound}", lambda value: value > bound)


def _in_range(expected: str, is_right: Callable[[float], bool]) -> Validator:
    def validate(instance: object, attribute: Any, value: float | None) -> None:
        if value is not None and not is_right(value):
            raise ConfigurationError(
                f"{type(instance).__name__}: {attribute.name} must be {expected}, not {value}"
            )

    return validate


def is_text(value: object) -> bool:
    """Tell whether a value is a text."""
    return isinstance(value, str)


def is_whole(value: object) -> bool:
    """Tell whether a value is a whole number; True and False are none."""
    return isinstance(value, int) and not isinstance(value, bool)


def is_number(value: object) -> bool:
    """Tell whether a value is a number; True and False are none."""
    return is_whole(value) or isinstance(value, float)


def is_texts_by_name(value: object) -> bool:
    """Tell whether a value is a mapping from texts to texts."""
    return isinstance(value, Mapping) and all(
        isinstance(each, str) for pair in value.items() for each in pair
    )


def or_none(is_right: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """Return a check that also accepts None."""
    return lambda value: value is None or is_right(value)


TEXT = of_type("a text", is_text)
TEXT_OR_NONE = of_type("a text or None", or_none(is_text))
WHOLE = of_type("a whole number", is_whole)
NUMBER = of_type("a number", is_number)
NUMBER_OR_NONE = of_type("a number or None", or_none(is_number))
FLAG = of_type("True or False", lambda value: isinstance(value, bool))
TEXTS_BY_NAME = of_type("a mapping from names to texts", is_texts_by_name)


def _a(name: str) -> str:
    return f"an {name}" if name[:1].lower() in "aeiou" else f"a {name}"
