"""A whole new provider: everything is made in a folder aside, then put in place without overwriting."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from attrs import evolve, field, frozen

from polyreel.codegen.reading.readers import DocPage, read_page, split_page
from polyreel.codegen.scaffold.access import guess_access
from polyreel.codegen.scaffold.arguments import Arguments
from polyreel.codegen.scaffold.base_url import docs_of, server_of, title_of
from polyreel.codegen.scaffold.choice import FLAGS, Ask, Choice, Known
from polyreel.codegen.scaffold.choice_messages import missing
from polyreel.codegen.scaffold.choosing import choose, with_all_gets
from polyreel.codegen.scaffold.field_guesses import guess_fields
from polyreel.codegen.scaffold.guesses import Guess, Trust
from polyreel.codegen.scaffold.item_models import locate, named
from polyreel.codegen.scaffold.left_over import left_over
from polyreel.codegen.scaffold.merged import merged
from polyreel.codegen.scaffold.mixed_lists import kept_of
from polyreel.codegen.scaffold.overlay_draft import Claims
from polyreel.codegen.scaffold.plugin import Plugin
from polyreel.codegen.scaffold.resources import ResourceDraft, read_alike
from polyreel.codegen.scaffold.source_tree import SourceTree
from polyreel.codegen.scaffold.sources_draft import sources_draft
from polyreel.errors import SpecError
from polyreel.openapi.documents import Document, dump_yaml, load_yaml

_TITLE = re.compile(r"[^\W_][^\"'\\`]{0,59}")


@frozen(kw_only=True)
class Order:
    """What is asked for.

    Attributes:
        name: The new provider's name.
        pages: Its documents: file name and text.
        urls: Where they are published, by file name, as far as that is known.
        known: What is decided already.
        docs: The address of its reference, or None to take it from the document.
        title: Its name for people, or None to take it from the document.
        base_url: The API's base URL, or None to take it from the document.
        today: The day that the facts are from.
    """

    name: str
    pages: Mapping[str, str]
    urls: Mapping[str, str] = field(factory=dict)
    known: Known = field(factory=Known)
    docs: str | None = None
    title: str | None = None
    base_url: str | None = None
    today: date


@frozen(kw_only=True)
class Scaffold:
    """What was made.

    Attributes:
        choices: The operations of each kind.
        files: The new files, relative to the layout's root.
        guesses: All that was guessed, the least sure first.
        left: What is left for a person to do, in sentences.
    """

    choices: Sequence[Choice]
    files: Sequence[Path]
    guesses: Sequence[Guess]
    left: Sequence[str] = ()


def build(
    order: Order,
    layout: SourceTree,
    *,
    ask: Ask | None = None,
    progress: Callable[[str], None] = lambda _step: None,
) -> Scaffold:
    """Make a provider's spec folder, client, plugin and test.

    Args:
        order: What is asked for.
        layout: Where the files go.
        ask: Asks a person where several operations would do.
        progress: Told about each step.

    Raises:
        SpecError: The documents can't be used as they are, or something is there already. Nothing
            was written then.
    """
    layout.check_free()
    raw = {
        file: [read_page(part).document for part in split_page(DocPage(file, text))]
        for file, text in order.pages.items()
    }
    published = [each for parts in raw.values() for each in parts]
    chosen = choose(published, order.known, ask)
    choices = with_all_gets(chosen.made)
    with tempfile.TemporaryDirectory(prefix="polyreel-") as folder:
        work = _Work(order, layout, raw, choices, Path(folder), progress)
        try:
            guesses = work.run()
        except SpecError as error:
            raise _in_the_users_words(error, Path(folder), layout) from error
        files = layout.put(Path(folder) / "tree")
    return Scaffold(
        choices=choices,
        files=files,
        guesses=sorted(guesses, key=lambda each: each.trust),
        left=[
            *chosen.left,
            *filter(None, (missing(choice, published) for choice in chosen.made)),
            *work.left,
        ],
    )


def _in_the_users_words(error: SpecError, folder: Path, layout: SourceTree) -> SpecError:
    """Name the user's own files where a message names those of this run, which are gone by then."""
    said = str(error)
    for ours, theirs in (
        (folder / "pages", ""),
        (folder / "tree", f"{layout.root}/"),
        (folder, ""),
    ):
        said = said.replace(f"{ours}/", theirs)
    return SpecError(said)


@frozen
class _Work:
    """Makes one provider in a folder aside."""

    order: Order
    layout: SourceTree
    raw: Mapping[str, Sequence[Document]]
    choices: list[Choice]
    folder: Path
    progress: Callable[[str], None]
    left: list[str] = field(factory=list)

    def run(self) -> list[Guess]:
        from polyreel.codegen.generating.generate import generate, overlaid_spec

        main = next(iter(self.raw.values()))[0]
        url = next(iter(self.order.urls.values()), None)
        server = server_of(main, url, self.order.base_url)
        base = server.example
        self.left.extend(server.left(self.order.name))
        title = self.order.title or title_of(main, self.order.name)
        if not _TITLE.fullmatch(title) or not title.isprintable():
            raise SpecError(
                f"the title {title[:80]!r} can't stand in a docstring; give another, --title"
            )
        docs, docs_guess = docs_of(main, url, base, self.order.docs)
        guesses = [docs_guess]

        tree = self.folder / "tree"
        spec = tree / self.layout.spec
        spec.mkdir(parents=True)
        self.progress("reading")
        wanted = {one.name for choice in self.choices for one in choice.operations()}
        sources, made_up = sources_draft(title, server, self.raw, wanted, self.order.urls)
        (spec / "sources.toml").write_text(sources, encoding="utf-8")
        guesses += made_up
        self._refresh(spec)
        claims = self._claims(spec, title, base)
        guesses += [
            evolve(paging.guess, what=f"{choice.named}: {paging.guess.what}")
            for choice in self.choices
            if (paging := claims.paging.get((choice.kind, choice.collection)))
        ]
        guesses += [Guess("spec", "left as it is", note, Trust.UNSURE) for note in claims.notes]
        resources = read_alike([self._resource(claims, choice) for choice in self.choices])
        overlay = dump_yaml(claims.overlay())
        (spec / "overlay.yaml").write_text(overlay, encoding="utf-8")
        document = overlaid_spec(spec)
        env = f"{self.order.name.upper()}_API_KEY"
        first = claims.operation(self.choices[0].operations()[0])
        access = guess_access(env, document, main, first, claims.key)
        access = evolve(access, settings={**server.settings, **access.settings})
        guesses += [access.guess, *_guesses(resources)]
        self.left.extend(left_over(claims.view, resources))
        plugin = Plugin(
            name=self.order.name,
            title=title,
            base_url=server.url,
            access=access,
            docs=docs,
            client=self.layout.client_module,
            document=document,
            resources=resources,
            today=self.order.today,
        )
        self._write(tree, plugin)
        self.progress("generating the client")
        [outcome] = generate(
            [self.order.name], specs=spec.parent, output=(tree / self.layout.client).parent
        )
        if outcome.error:
            raise SpecError(
                f"{', '.join(self.order.pages)}: no client can be made of it: "
                f"{str(outcome.error).partition(chr(10) + 'If that is right')[0]}\n"
                "mend that in a copy of the document: --spec names the copy, --source-url the address"
            )
        return guesses

    def _refresh(self, spec: Path) -> None:
        """Read the pages as ``polyreel spec refresh`` will from now on."""
        from polyreel.codegen.refreshing.refresh import refresh

        pages = self.folder / "pages"
        pages.mkdir()
        for file, text in self.order.pages.items():
            (pages / file).write_text(text, encoding="utf-8")
        [outcome] = refresh(
            [self.order.name], specs=spec.parent, start=pages, today=self.order.today
        )
        if outcome.error:
            raise SpecError(self._with_a_way_out(str(outcome.error)))

    def _with_a_way_out(self, said: str) -> str:
        """Name the flag that leaves out an operation that is in the way."""
        for choice in self.choices:
            for one in choice.operations():
                if one.name in said and not choice.collection:
                    flag = FLAGS[choice.kind, one.role]
                    return f"{said}\nwithout it: {flag} none, or {flag} with another operation"
        return said

    def _claims(self, spec: Path, title: str, base: str) -> Claims:
        text = (spec / "openapi.yaml").read_text(encoding="utf-8")
        source = f"{urlsplit(base).hostname}, {self.order.today.isoformat()}"
        claims = Claims(load_yaml(text, where="openapi.yaml"), source, title)
        if self.order.base_url:
            claims.serve_from(base)
        claims.make(self.choices)
        return claims

    def _resource(self, claims: Claims, choice: Choice) -> ResourceDraft:
        one = choice.operations()[0]
        place = locate(claims.view, one)
        component = named(claims.view, place.node) if place else None
        if place is None or component is None:
            raise SpecError(f"{one.name}: what it answers is too odd to make one class of")
        paging = claims.paging.get((choice.kind, choice.collection))
        asked = claims.asked(one)
        arguments = Arguments.of_list(claims.view, asked, one, paging) if paging else None
        item = merged(claims.view, place.node)
        fields = guess_fields(claims.view, item, one.id, choice.kind, one.item)
        for name in (each.untyped for each in fields if each.untyped):
            reason = f"the spec doesn't say what {name!r} is; made up here."
            claims.sample(component, name, "https://files.example/video.mp4", reason)
        for name in sorted(arguments.needed & item.properties.keys() if arguments else ()):
            reason = f"all items are of one {name!r}, by which a list has to be filtered."
            claims.sample(component, name, "sample", reason)
        keep = kept_of(claims.view, item) if choice.kind == "videos" and paging else None
        if keep:
            reason = f"the list holds other things, too; {keep.field!r} tells which."
            claims.sample(component, keep.field, keep.values[0], reason)
        return ResourceDraft(
            choice=choice,
            paging=paging,
            arguments=arguments,
            component=component,
            fields=fields,
            keep=keep.expression if keep else "",
        )

    def _others(self) -> list[str]:
        """Return the lists that aren't the first of their kind."""
        first = {choice.kind: choice for choice in reversed(self.choices)}.values()
        names = [each.collection for each in self.choices if each not in [*first]]
        return list(dict.fromkeys(names))

    def _write(self, tree: Path, plugin: Plugin) -> None:
        from polyreel.codegen.generating.programs import format_python

        texts = {
            self.layout.plugin: plugin.render(),
            **self.layout.others(plugin.title, self._others()),
        }
        for path, text in texts.items():
            (tree / path).parent.mkdir(parents=True, exist_ok=True)
            (tree / path).write_text(text, encoding="utf-8")
        format_python([tree / path for path in texts if path.suffix == ".py"])


def _guesses(resources: Sequence[ResourceDraft]) -> list[Guess]:
    return [
        evolve(guess, what=f"{each.named}: {guess.what.partition(': ')[2]}")
        for each in resources
        for guess in (
            *(found.guess for found in each.fields),
            *(each.arguments.guesses if each.arguments else ()),
        )
    ]
