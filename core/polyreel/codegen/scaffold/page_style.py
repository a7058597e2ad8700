"""How a list is read in parts, guessed from its parameters and from what stands around its items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from attrs import field, frozen

from polyreel.codegen.scaffold.guesses import Guess, Trust
from polyreel.codegen.scaffold.merged import merged
from polyreel.codegen.scaffold.wording import names, plain, words
from polyreel.openapi.documents import Document
from polyreel.openapi.shapes import Shape
from polyreel.openapi.view import SchemaView

PageStyle = Literal["page", "offset", "token", "last_id", "next_url", "whole"]

_SIZES = names(
    "limit page_size page_limit per_page size pagesize max_results max_items num_items count take "
    "items_per_page results_per_page first"
)
_PAGES = names("page page_number page_num page_index page_no current_page pagenum pagenumber")
_OFFSETS = names("offset skip start from start_index start_at")
_TOKENS = names(
    "token page_token next_token pagination_token cursor next_cursor continuation_token continuation "
    "next_page_token page_cursor start_cursor paging_token after_cursor after page start_key next"
)
_AFTERS = names("after starting_after after_id start_after last_id cursor since_id")
_MORE = names("has_more more has_next has_next_page hasmore is_more")
_TOTALS = names("total total_count total_items total_results totalcount total_records total_size")
_NEXT_URLS = names("next next_url next_page_url next_page next_link next_href")
_NEXT_OFFSETS = names("next_offset next_start next_skip")
_NEXT_TOKENS = names(
    "next_token next_cursor next_page_token next_page token cursor page_token pagination_token next "
    "continuation_token end_cursor continuation"
)
_FIRSTS, _LASTS = ("first_id", "firstid"), ("last_id", "lastid")


@frozen(kw_only=True)
class PageGuess:
    """How a list is read in parts.

    Attributes:
        style: What tells one page from the next; ``whole`` if nothing does.
        guess: Why.
        parameter: The parameter that does, in the API's spelling; empty for ``whole``.
        size: The query parameter for the items per page, or None.
        first: The first page's number.
        first_is_known: Whether that number is to be relied on; else the first page is asked for
            without one.
        default_size: Items per page when nobody says.
        max_size: The most that can be asked for, or None.
        min_size: The fewest.
        signals: What the response says about itself (``total``, ``more``, ``next``, ``first_id``,
            ``last_id``): the keys that lead to it.
    """

    style: PageStyle
    guess: Guess
    parameter: str = ""
    size: str | None = None
    first: int = 1
    first_is_known: bool = True
    default_size: int = 20
    max_size: int | None = None
    min_size: int = 1
    signals: Mapping[str, tuple[str, ...]] = field(factory=dict)

    def annotation(self) -> dict[str, Any] | None:
        """Return what ``x-polyreel`` says of it; None for a list that comes whole."""
        if self.style == "whole":
            return None
        said: dict[str, Any] = {"style": self.style, "parameter": self.parameter}
        said |= {"size": self.size} if self.size else {}
        said |= {"first": self.first} if self.style == "page" else {}
        said["default_size"] = self.default_size
        said |= {"max_size": self.max_size} if self.max_size is not None else {}
        return said | {name: ".".join(keys) for name, keys in self.signals.items()}


def guess_paging(
    view: SchemaView, asked: Sequence[Document], schema: Any, keys: tuple[str, ...]
) -> PageGuess:
    """Guess how a list is read in parts.

    Args:
        view: The schemas of the whole spec.
        asked: What the operation is asked with: its parameters, and the fields of its body.
        schema: The schema of its response.
        keys: The fields that lead to the items.
    """
    query = {
        plain(each["name"]): (each, merged(view, each.get("schema")))
        for each in asked
        if each.get("in") in {"query", "body"}
    }
    around = dict(_around(view, schema, keys))
    return _Guesser(query, around).paging()


def _around(
    view: SchemaView, schema: Any, keys: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Shape]]:
    """Yield the fields that stand around the items: beside them, above them, and one level below the top."""
    top = merged(view, schema)
    for name, each in top.properties.items():
        below = merged(view, each)
        if (name,) != keys and not (below.is_object or below.items is not None):
            yield (name,), below
        for inner, deep in below.properties.items():
            if (found := merged(view, deep)).items is None and not found.is_object:
                yield (name, inner), found
    said = top
    for depth, key in enumerate(keys[:-1], 1):
        said = merged(view, said.properties.get(key))
        for name, each in said.properties.items() if depth > 1 else ():
            beside = merged(view, each)
            if not (beside.is_object or beside.items is not None):
                yield (*keys[:depth], name), beside


class _Guesser:
    def __init__(
        self,
        query: Mapping[str, tuple[Document, Shape]],
        around: Mapping[tuple[str, ...], Shape],
    ) -> None:
        self._query = query
        self._around = around

    def paging(self) -> PageGuess:
        size, limits = self._size()
        signals = {
            name: keys
            for name, spellings, types in (
                ("total", _TOTALS, {"integer", "number"}),
                ("more", _MORE, {"boolean"}),
            )
            if (keys := self._signal(spellings, types))
        }
        for attempt in (
            self._by_token_in_url,
            self._by_page,
            self._by_offset,
            self._by_token,
            self._by_last_id,
            self._by_url,
        ):
            found = attempt()
            if found is not None:
                style, parameter, more, guess, extra = found
                return PageGuess(
                    style=style, parameter=parameter, size=size, signals=signals | more,
                    guess=guess, **{"default_size": 20, **limits, **extra},
                )  # fmt: skip
        if size is None:
            reason = "no parameter and no field of the response leads to another page"
            guess = Guess("paging", "all items at once", reason, Trust.LIKELY)
            return PageGuess(style="whole", signals=signals, guess=guess)
        reason = f"{size!r} limits a page, but nothing leads to a second: more items are not listed"
        guess = Guess("paging", "all items at once", reason, Trust.UNSURE)
        return PageGuess(
            style="whole", size=size, signals=signals, guess=guess, **{"default_size": 20, **limits}
        )

    def _size(self) -> tuple[str | None, dict[str, Any]]:
        for name in _SIZES:
            if name in self._query:
                parameter, said = self._query[name]
                if said.named_types and not said.named_types <= {"integer", "number", "string"}:
                    continue
                limits: dict[str, Any] = {}
                if isinstance(said.default, int | float) and said.default >= 1:
                    limits["default_size"] = int(said.default)
                for name_of, keyword in (("max_size", "maximum"), ("min_size", "minimum")):
                    if (limit := said.limit(keyword)) is not None and limit >= 1:
                        limits[name_of] = int(limit)
                return parameter["name"], limits
        return None, {}

    def _by_token_in_url(self) -> _Found | None:
        """A token that only the next page's address has: a page number beside it is not enough."""
        found = self._by_url()
        sure = found is not None and found[3].trust is Trust.SURE
        tokens = [name for name in _TOKENS if "token" in words(name) and name in self._query]
        return found if sure and tokens and not self._signal(_NEXT_TOKENS, {"string"}) else None

    def _by_page(self) -> _Found | None:
        for name in _PAGES:
            if name in self._query and not self._query[name][1].named_types <= {"string"}:
                parameter, said = self._query[name]
                first, reason = _first(parameter, said)
                # A number that has to be sent has to be known.
                must = first is None and parameter.get("required") is True
                value = "page number" if first is None else f"page number from {first}"
                value = "page number from 1" if must else value
                trust = Trust.UNSURE if must else Trust.SURE if first is not None else Trust.LIKELY
                guess = Guess("paging", value, reason, trust)
                known = {
                    "first": 1 if first is None else first,
                    "first_is_known": must or first is not None,
                }
                return "page", parameter["name"], {}, guess, known
        return None

    def _by_offset(self) -> _Found | None:
        for name in _OFFSETS:
            if name in self._query and not self._query[name][1].named_types <= {"string"}:
                parameter = self._query[name][0]
                following = self._signal(_NEXT_OFFSETS, {"integer", "number", "string"})
                reason, trust = f"the parameter {parameter['name']!r} counts items", Trust.SURE
                if _first(parameter, self._query[name][1])[0] == 1:
                    reason = (
                        f"{parameter['name']!r} begins with 1, so it may count pages, not items"
                    )
                    trust = Trust.UNSURE
                guess = Guess("paging", "offset", reason, trust)
                more = {"next": following} if following else {}
                return "offset", parameter["name"], more, guess, {}
        return None

    def _by_token(self) -> _Found | None:
        """A token that the response holds and the next request sends."""
        following = self._signal(_NEXT_TOKENS, {"string", ""})
        for name in _TOKENS:
            if name in self._query and following:
                parameter = self._query[name][0]
                if self._around[following].format in {"uri", "url"}:
                    continue
                reason = f"the response's {following[-1]!r} goes into {parameter['name']!r}"
                guess = Guess("paging", "token", reason, Trust.SURE)
                return "token", parameter["name"], {"next": following}, guess, {}
        return None

    def _by_last_id(self) -> _Found | None:
        for name in _AFTERS:
            if name in self._query:
                parameter = self._query[name][0]
                ends = {
                    "first_id": self._signal(_FIRSTS, set()),
                    "last_id": self._signal(_LASTS, set()),
                }
                found = {end: keys for end, keys in ends.items() if keys}
                reason = f"{parameter['name']!r} takes an id, and the response holds no token"
                trust = Trust.SURE if found else Trust.LIKELY
                guess = Guess("paging", "after the last item's id", reason, trust)
                return "last_id", parameter["name"], found, guess, {}
        return None

    def _by_url(self) -> _Found | None:
        following = self._signal(_NEXT_URLS, {"string", ""})
        if not following:
            return None
        known = self._around[following].format in {"uri", "url"} or "url" in plain(following[-1])
        parameter = next(
            (self._query[name][0]["name"] for name in _TOKENS if name in self._query), None
        )
        reason = f"the response's {following[-1]!r} is taken to be the next page's address"
        guess = Guess("paging", "next URL", reason, Trust.SURE if known else Trust.LIKELY)
        return "next_url", parameter or "cursor", {"next": following}, guess, {}

    def _signal(self, spellings: tuple[str, ...], types: set[str]) -> tuple[str, ...] | None:
        """Find a field around the items by its name, the best name first; ``""`` allows any type."""
        for name in spellings:
            for keys, said in self._around.items():
                fits = not types or not said.named_types or said.named_types & types
                if plain(keys[-1]) == name and fits:
                    return keys
        return None


_Found = tuple[PageStyle, str, dict[str, tuple[str, ...]], Guess, dict[str, Any]]


def _first(parameter: Document, said: Shape) -> tuple[int | None, str]:
    """Tell where page numbers begin, None if nothing says so, and from what."""
    if parameter.get("x-index-base") in (0, 1):
        return parameter["x-index-base"], "the documentation says so"
    if said.default in (0, 1) and not isinstance(said.default, bool):
        return int(said.default), "that is the default"
    if (least := said.limit("minimum")) in (0, 1):
        return int(least or 0), "that is the least"
    return None, "nothing says where it begins"
