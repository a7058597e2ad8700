"""The vocabulary of fabricated items; plain words, no real names of people or brands."""

from __future__ import annotations

TITLES = (
    "Autumn market", "Harbour at dawn", "How tides work", "Kitchen opening", "Letter to a neighbour",
    "Mountain hut tour", "New bicycle lanes", "Onboarding, day one", "Paper boats", "Quiet garden",
    "Rooftop bees", "Snow report", "Tea for beginners", "Town library", "Winter timetable",
)  # fmt: skip

NAMES = (
    "Alder", "Bryony", "Clover", "Fern", "Hazel", "Juniper", "Laurel", "Maple", "Olive", "Rowan",
    "Sage", "Willow",
)  # fmt: skip

SUBJECTS = (
    "A paper boat", "A small orange kite", "An old tram", "The morning ferry", "A beekeeper",
    "A fox in fresh snow", "The night baker", "A lighthouse",
)  # fmt: skip

ACTIONS = (
    "drifts past painted houses", "turns slowly in warm light", "waits in soft rain",
    "crosses a quiet square", "appears out of the fog", "greets the first visitors",
)  # fmt: skip

CAMERAS = ("wide shot", "slow pan", "close-up", "seen from above", "hand-held")

WORDS = ("amber", "birch", "cedar", "delta", "ember", "flint", "grove", "heron")
