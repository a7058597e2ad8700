"""The whole contract in one class, and the rule that no part of it is left out in silence."""

from __future__ import annotations

from polyreel.testing.coherence import Coherence
from polyreel.testing.description import Description
from polyreel.testing.deviations import reason_of
from polyreel.testing.documented_units import DocumentedUnits
from polyreel.testing.error_mapping import Failures
from polyreel.testing.field_mapping import MappedFields
from polyreel.testing.file_naming import FileNaming
from polyreel.testing.gets import Gets
from polyreel.testing.list_options import ListingOptions
from polyreel.testing.listings import Listings
from polyreel.testing.pure_hooks import PureHooks
from polyreel.testing.tolerance import TolerantFields


class ProviderContract(
    Description,
    Coherence,
    PureHooks,
    Listings,
    ListingOptions,
    Gets,
    MappedFields,
    DocumentedUnits,
    FileNaming,
    TolerantFields,
    Failures,
):
    """What every provider's plugin keeps; subclass it and say which provider.

    Attributes:
        provider: The provider's name, which is its entry point's.
        collection: Which of its several lists of a kind is tested; a class for each tests them all.
    """

    def test_no_standard_test_is_changed_without_a_reason(self) -> None:
        """Whoever relies on the contract must see where a provider doesn't keep it."""
        standard = {name for name in dir(ProviderContract) if not name.startswith("__")}
        changed = [
            name
            for base in type(self).__mro__
            if not issubclass(ProviderContract, base)
            for name, value in vars(base).items()
            if name in standard - {"provider", "collection"} and reason_of(value) is None
        ]
        assert not changed, (
            f"{type(self).__name__} changes {', '.join(sorted(changed))} of the contract; if this "
            "provider really is different there, say how: @deviates(reason=...)"
        )
