"""A small plugin that keeps the contract, a client for it, and ways to break it."""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import dedent
from typing import Any

from attrs import frozen
from sandbox.specs import acme

CLIENT = {
    "list_films.py": """
        def _get_kwargs(**params):
            return {"method": "get", "url": "/v1/films", "params": params}
        """,
    "get_film.py": """
        from urllib.parse import quote

        def _get_kwargs(id):
            return {"method": "get", "url": f"/v1/films/{quote(id, safe='')}"}
        """,
    "models.py": """
        class Unset:
            def __bool__(self):
                return False

        class Film:
            names = (
                "filmId state progress videoUrl createdAt title durationSeconds durationMs failure"
            ).split()

            @classmethod
            def from_dict(cls, row):
                film = cls()
                for name in cls.names:
                    setattr(film, name, row.get(name, Unset()))
                return film
        """,
}

PLUGIN = """
from datetime import date

from polyreel import (
    Bearer, Request, FieldMap, Lifecycle, Page, Provider, Resource, Video, convert, files_of, hookimpl,
)

WORDS = {"simmering": "running"}


@hookimpl
def polyreel_provider():
    return Provider(
        name="acme",
        title="Acme",
        base_url="https://api.example/v1",
        auth=Bearer(),
        resources={
            "videos": Resource(
                page_size=20,
                max_page_size=50,
                orders=("asc", "desc"),
                filters={"shape": "wide or tall", "filmIds": "ids, separated by commas"},
            )
        },
        lifecycle=Lifecycle(retrieved=date(2026, 11, 1)),
        client="acme_client",
        docs="https://api.example/docs",
    )


@hookimpl
def polyreel_list(query):
    from acme_client import list_films

    return Request.of(
        list_films,
        limit=query.page_size,
        token=query.cursor,
        sort=query.order,
        **query.filters,
        read=read_page,
    )


@hookimpl
def polyreel_get(id):
    from acme_client import get_film

    return Request.of(get_film, id=id, read=read_film)


@hookimpl
def polyreel_files(item):
    return files_of(item, [("captions", item.raw.get("captionsUrl"))])


def read_film(response):
    return response.item(fields(), "film")


def read_page(response):
    items = response.items(fields(), "films")
    return Page(items=items, next=convert.text(response.get("next_token")))


def fields():
    from acme_client.models import Film

    return FieldMap(
        Video,
        Film,
        id="filmId",
        fields={
            "title": lambda it: it.title,
            "provider_status": lambda it: it.state,
            "status": lambda it: WORDS.get(it.state, it.state),
            "progress": lambda it: it.progress * 100,
            "download_url": lambda it: it.videoUrl,
            "created_at": lambda it: it.createdAt,
            "duration": lambda it: it.durationSeconds,
            "error": lambda it: it.failure["message"],
        },
    )
"""


@frozen
class Break:
    """One way to break the plugin: what is replaced by what, which test notices, and what it says."""

    old: str
    new: str
    noticed_by: str
    says: str


BREAKS = {
    "reads a file in a hook": Break(
        "    from acme_client import list_films\n",
        "    from acme_client import list_films\n    open(__file__).close()\n",
        "test_hooks_do_no_io",
        "the plugin does I/O in its hooks: open",
    ),
    "asks the network while it reads": Break(
        "    items = response.items",
        "    __import__('socket').create_connection(('127.0.0.1', 9))\n    items = response.items",
        "test_reading_a_response_does_no_io",
        "where it reads responses: socket.",
    ),
    "asks the network when a field is asked for": Break(
        "it.title",
        "__import__('urllib.request').request.urlopen('http://127.0.0.1:9') and it.title",
        "test_reading_a_response_does_no_io",
        "where it reads responses: urllib.Request",
    ),
    "forgets the next page": Break(
        'next=convert.text(response.get("next_token"))',
        "next=None",
        "test_every_item_comes_once_in_order",
        "of 22 items are missing",
    ),
    "forgets the cursor": Break(
        "        token=query.cursor,\n",
        "",
        "test_every_item_comes_once_in_order",
        "again instead of the next one: its cursors don't lead on",
    ),
    "imports httpx": Break(
        "from datetime import date\n",
        "from datetime import date\nimport httpx\n",
        "test_importing_the_plugin_is_light",
        "httpx",
    ),
    "imports its client": Break(
        "from datetime import date\n",
        "from datetime import date\nfrom acme_client import list_films\n",
        "test_importing_the_plugin_is_light",
        ", at every start of every program; import them inside the hooks",
    ),
    "declares an order that it doesn't send": Break(
        "        sort=query.order,\n",
        "",
        "test_every_declared_order_is_kept",
        "order='asc' gives another order; is query.order sent?",
    ),
    "declares an order that isn't there": Break(
        'orders=("asc", "desc")',
        'orders=("upwards",)',
        "test_orders_are_what_a_parameter_takes",
        "no parameter of the spec takes such values; its parameters are limit, token, sort",
    ),
    "bears another name": Break(
        'name="acme"',
        'name="emca"',
        "test_the_plugin_can_be_used",
        "must have one polyreel_provider that gives a Provider named",
    ),
    "declares a filter that isn't there": Break(
        '"shape": "wide or tall"',
        '"colour": "red or blue"',
        "test_filters_bear_the_names_of_parameters",
        "the list of videos has no parameter colour",
    ),
    "doesn't send its filters": Break(
        "        **query.filters,\n",
        "",
        "test_every_declared_filter_is_sent",
        "the filter shape=sample was sent as shape=None",
    ),
    "maps a field that isn't there": Break(
        "it.title",
        "it.titel",
        "test_every_mapped_field_is_one_of_the_client",
        "'title' is mapped to 'titel', which the generated Film doesn't have; it has createdAt",
    ),
    "maps a field of another shape": Break(
        "it.createdAt",
        "it.title",
        "test_every_mapped_field_is_found_in_some_item",
        "created_at (it was sent 'Autumn",
    ),
    "doesn't know a status": Break(
        "WORDS.get(it.state, it.state)",
        "it.state",
        "test_every_documented_status_is_understood",
        "Acme documents the state 'simmering'",
    ),
    "doesn't say how large a page may be": Break(
        "max_page_size=50,",
        "",
        "test_the_largest_page_is_the_specs",
        "Resource(max_page_size=None) for videos, but the spec's 'limit' goes up to 50",
    ),
    "takes an unknown id for a bad request": Break(
        "id=id, read=read_film",
        "id=id, read=read_film, missing=frozenset({410})",
        "test_an_unknown_id_is_not_found",
        "build the request with missing=frozenset({404",
    ),
    "doesn't quote ids": Break(
        "Request.of(get_film, id=id, read=read_film)",
        'Request(method="GET", path=f"/v1/films/{id}", read=read_film)',
        "test_an_id_stays_one_part_of_the_path",
        "'a/b' becomes several segments",
    ),
    "relies on the envelope": Break(
        'convert.text(response.get("next_token"))',
        'response.data["next_token"]',
        "test_a_page_is_read_without_its_envelope",
        "KeyError: 'next_token'",
    ),
    "takes whatever comes for a cursor": Break(
        'convert.text(response.get("next_token"))',
        'response.get("next_token")',
        "test_a_surprise_around_the_items_is_no_crash",
        "read such fields with polyreel.convert",
    ),
    "reads rows by hand": Break(
        'response.items(fields(), "films")',
        "tuple(Video(provider=response.provider, account=response.account, id=row['filmId'],"
        " title=row['title'].strip()) for row in response.data['films'])",
        "test_a_surprise_in_any_field_costs_that_field",
        "AttributeError: 'NoneType' object has no attribute 'strip'",
    ),
    "takes a response without a list for an empty one": Break(
        'response.items(fields(), "films")',
        'response.items(fields(), "films") if response.get("films") else ()',
        "test_json_of_another_shape_is_malformed",
        "no error was raised; the caller was given",
    ),
    "names a file of no kind": Break(
        '("captions", item.raw',
        '("Captions!", item.raw["videoUrl"] + "#c" if item.raw.get("videoUrl") else item.raw',
        "test_files_have_roles_and_links",
        "'Captions!' is no role; use video, thumbnail",
    ),
    "leaves the download out of the files": Break(
        "    return files_of(item, [",
        "    return files_of(Video(provider='acme', account='a', id='b'), [",
        "test_the_download_is_one_of_the_files",
        "has a download_url that polyreel_files leaves out",
    ),
    "asks the network for more files": Break(
        "    return files_of(item",
        "    __import__('socket').socket().connect_ex(('127.0.0.1', 9))\n    return files_of(item",
        "test_naming_files_does_no_io_and_changes_nothing",
        "does I/O in polyreel_files: socket.",
    ),
    "relies on a field that names files": Break(
        'item.raw.get("captionsUrl")',
        'item.raw["videoUrl"].lower()',
        "test_a_surprise_costs_no_item_its_other_files",
        "polyreel_files fails for an item that can be read",
    ),
    "sends the key itself": Break(
        "id=id, read=read_film)",
        "id=id, read=read_film).__class__(method='GET', path='/v1/films/x', read=read_film,"
        " headers={'Authorization': 'Bearer x'})",
        "test_hooks_handle_no_keys",
        "leave the header 'authorization' to the core",
    ),
}


def install(
    folder: Path,
    name: str,
    source: str = PLUGIN,
    spec: dict[str, Any] | None = None,
    groups: tuple[str, ...] = ("polyreel.providers",),
) -> None:
    """Put a plugin of a name of its own into a folder on the import path, as an installer would."""
    module = f"plugin_{name}"
    (folder / f"{module}.py").write_text(
        source.replace('name="acme"', f'name="{name}"').replace("acme_client", f"client_{name}")
    )
    client = folder / f"client_{name}"
    client.mkdir()
    (client / "__init__.py").touch()
    (client / "openapi.json").write_text(json.dumps(spec or acme("token")))
    for file, text in CLIENT.items():
        (client / file).write_text(dedent(text))
    info = folder / f"polyreel_{name}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: polyreel-{name}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        "".join(f"[{group}]\n{name} = {module}\n" for group in groups)
    )
