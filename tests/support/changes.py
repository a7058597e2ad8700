"""Strategies for servers whose lists change by a script while they are read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from support.lists import Server

STYLES = ("number", "offset", "id", "token", "next_url")
PLACES = ("offset_token", "hidden_offset", "offset_url", "page_url")  # tokens that are offsets
SHUFFLES = st.randoms(use_true_random=False)
WORDS = st.sampled_from(["insert in front", "insert anywhere", "append", "delete"])
# What happens before each request: what, where (as a part of the list), how many rows.
SCRIPTS = st.lists(
    st.none() | st.tuples(WORDS, st.floats(0, 0.999), st.integers(1, 4)), max_size=40
)


def scripted(script: list[tuple[str, float, int] | None]) -> Callable[[Server], None]:
    def change(server: Server) -> None:
        step = script[server.requests] if server.requests < len(script) else None
        if step is None:
            return
        what, where, count = step
        place = int(where * len(server.rows))
        if what == "append":
            server.append(count)
        elif what == "delete":
            server.delete(place, count)
        elif what == "insert in front" or server.style in {"id", "token", "next_url"}:
            server.insert(count)  # servers that compare keys have new rows in front
        else:
            server.insert(count, place)

    return change


def servers(**more: st.SearchStrategy[Any]) -> st.SearchStrategy[Server]:
    return st.builds(
        Server,
        size=st.integers(0, 150),
        style=st.sampled_from(STYLES + PLACES),
        cap=st.integers(1, 20) | st.just(1000),
        fixed=st.none() | st.integers(1, 20),
        says_more=st.booleans(),
        says_total=st.booleans(),
        dead=st.sampled_from(["empty", "refuse", "place"]),
        base=st.sampled_from([0, 1]),
        beyond=st.sampled_from(["empty", "refuse", "last"]),
        **more,
    )
