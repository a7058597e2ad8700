"""Properties that are made when they are first asked for, once for all threads."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")

_lock = threading.RLock()


class made_once(Generic[T]):  # noqa: N801 - it is used as a decorator, as functools.cached_property is
    """A property whose value is made when it is first asked for, and is the same for all threads.

    Since Python 3.12, two threads that ask :class:`functools.cached_property` at the same time each make a
    value, and one of the two is lost; lost connections are never closed, and lost limits never kept.
    """

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make = make
        self._name = make.__name__
        self.__doc__ = make.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> made_once[T]: ...

    @overload
    def __get__(self, instance: object, owner: type) -> T: ...

    def __get__(self, instance: object | None, owner: type) -> made_once[T] | T:
        """Return the value; from then on, Python finds it in the instance itself."""
        if instance is None:
            return self
        with _lock:
            values = vars(instance)
            if self._name not in values:
                values[self._name] = self._make(instance)
            value: T = values[self._name]
            return value
