"""The error tree is what its drawing says, and every error survives what programs do to errors."""

from __future__ import annotations

import copy
import inspect
import pickle
import re

import pytest
from polyreel import NotFound, PartialFailure, PolyreelError, RateLimited, errors

CLASSES = {
    name: value
    for name, value in vars(errors).items()
    if inspect.isclass(value) and value.__module__ == errors.__name__
}
DETAILS = {
    "provider": "acme",
    "account": "work",
    "status_code": 418,
    "request_id": "r1",
    "resume": "polyreel-x",
}


def drawn() -> dict[str, str | None]:
    """Read the tree in the module's docstring: class → the class that it hangs from."""
    parents: dict[str, str | None] = {}
    path: dict[int, str] = {}
    for line in (errors.__doc__ or "").splitlines():
        if match := re.match(r"    ([│├└─ ]*)([A-Z]\w+)( |$)", line):
            depth = len(match[1]) // 3
            path[depth] = match[2]
            parents[match[2]] = path.get(depth - 1)
    return parents


def test_the_drawing_shows_every_class_where_it_is() -> None:
    tree = drawn()
    assert tree.keys() == CLASSES.keys()
    for name, parent in tree.items():
        expected = Exception if parent is None else CLASSES[parent]
        assert CLASSES[name].__bases__[0] is expected, name


def test_every_error_says_in_its_docstring_what_it_means() -> None:
    assert all(kind.__doc__ for kind in CLASSES.values())


@pytest.mark.parametrize("name", sorted(CLASSES.keys() - {"PartialFailure"}))
def test_details_survive_pickling_and_copying(name: str) -> None:
    error = CLASSES[name]("what, who and what to do", **DETAILS)
    if isinstance(error, RateLimited):
        error.retry_after = 2.5
    for either_hub in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert type(either_hub) is type(error)
        assert str(either_hub) == "what, who and what to do"
        assert vars(either_hub) == vars(error)


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_only_transient_errors_are_worth_asking_again(name: str) -> None:
    kind = CLASSES[name]
    assert kind.retryable == issubclass(kind, errors.TransientError)


def partial() -> PartialFailure:
    return PartialFailure(
        "2 of 3 accounts failed",
        [NotFound("gone", account="a", resume="polyreel-a"), RateLimited("slow", account="b")],
    )


def test_a_partial_failure_survives_pickling_and_copying() -> None:
    for either_hub in (pickle.loads(pickle.dumps(partial())), copy.copy(partial())):
        assert isinstance(either_hub, PartialFailure)
        assert either_hub.message == "2 of 3 accounts failed"
        assert [(type(e), e.account, e.resume) for e in either_hub.exceptions] == [
            (NotFound, "a", "polyreel-a"),
            (RateLimited, "b", None),
        ]


def test_a_partial_failure_is_caught_as_a_polyreel_error() -> None:
    with pytest.raises(PolyreelError, match="2 of 3 accounts failed") as caught:
        raise partial()
    assert caught.value.retryable is False
    assert (caught.value.account, caught.value.status_code) == (None, None)


def test_a_partial_failure_is_taken_apart_by_except_star() -> None:
    met: list[str | None] = []

    def fail() -> None:
        try:
            raise partial()
        except* RateLimited as group:
            met.extend(error.account for error in group.exceptions)  # type: ignore[union-attr]

    with pytest.raises(PartialFailure) as rest:
        fail()
    assert met == ["b"]
    assert [error.account for error in rest.value.exceptions] == ["a"]


def test_splitting_a_partial_failure_gives_partial_failures() -> None:
    match, rest = partial().split(NotFound)
    assert isinstance(match, PartialFailure)
    assert isinstance(rest, PartialFailure)
    assert len(match.exceptions) == len(rest.exceptions) == 1
