"""What the tests of the contract are given, and the kinds of item that each runs for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

import pytest

from polyreel.errors import SpecError
from polyreel.models import Kind
from polyreel.testing import subject as subjects
from polyreel.testing.sandbox_hubs import ServedProvider
from polyreel.testing.subject import Subject

if TYPE_CHECKING:
    from _pytest.mark.structures import ParameterSet

_SEE_PLUGIN = "see test_the_plugin_can_be_used"
_SEE_SPEC = "see test_the_client_package_holds_a_spec_that_can_be_served"

both_hubs = pytest.mark.parametrize("mode", ["sync", "async"])


class Fixtures:
    """Fixtures and parameters of all parts of the contract.

    A test that takes ``kind`` runs for every declared kind; ``listed`` and ``got`` are the kinds that
    can be listed and got, and skip, visibly, those that can't.
    """

    provider: ClassVar[str] = ""
    collection: ClassVar[str] = ""

    @pytest.fixture(scope="class")
    @classmethod
    def subject(cls) -> Subject:
        """Return the provider under test."""
        if subjects.problem(cls.provider):
            pytest.skip(_SEE_PLUGIN)
        return subjects.find(cls.provider, cls.collection)

    @pytest.fixture(scope="class")
    @classmethod
    def specified(cls, subject: Subject) -> Subject:
        """Return the provider under test, with a spec that could be read."""
        try:
            _ = subject.spec
        except SpecError:
            pytest.skip(_SEE_SPEC)
        return subject

    @pytest.fixture(scope="class")
    @classmethod
    def running(cls, specified: Subject) -> Iterator[ServedProvider]:
        """Yield the provider's sandbox, which runs for as long as the class is tested."""
        with ServedProvider.of(specified) as running:
            yield running

    @pytest.fixture
    def served(self, running: ServedProvider) -> ServedProvider:
        """Return the provider's sandbox as if nothing had happened yet."""
        running.wire.reset()
        return running

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """Run tests once for every kind that they ask about."""
        for argument, ability in (("kind", ""), ("listed", "list"), ("got", "get")):
            if argument in metafunc.fixturenames:
                metafunc.parametrize(argument, self._kinds(ability))

    def _kinds(self, ability: str) -> list[Kind | ParameterSet]:
        if subjects.problem(self.provider):
            return [pytest.param("videos", marks=pytest.mark.skip(reason=_SEE_PLUGIN))]
        provider = subjects.find(self.provider).provider
        found: list[Kind | ParameterSet] = []
        for kind, resource in provider.resources.items():
            names = resource.collections
            if self.collection and names and self.collection not in names:
                continue
            if not ability or getattr(resource, f"can_{ability}"):
                found.append(kind)
            else:
                why = f"{provider.title} can't {ability} {kind}: it declares can_{ability}=False"
                found.append(pytest.param(kind, marks=pytest.mark.skip(reason=why)))
        return found
