"""The overlay of a new provider: readable names, one model for one thing, and what the sandbox needs.

Each action says why it is there, as those that people write do. It begins with what the spec has, and
is held to it: a target that selects nothing is an error.
"""

from __future__ import annotations

from typing import Any

from attrs import Factory, define, field

from polyreel.codegen.generating.apply_overlay import apply_overlay
from polyreel.codegen.generating.overlay import parse_overlay
from polyreel.codegen.scaffold.candidates import Candidate
from polyreel.codegen.scaffold.choice import Choice
from polyreel.codegen.scaffold.item_models import (
    Located,
    locate,
    merged_properties,
    mixed,
    named,
    quoted,
)
from polyreel.codegen.scaffold.merged import merged
from polyreel.codegen.scaffold.page_style import PageGuess, guess_paging
from polyreel.codegen.scaffold.parameter_roles import asked_of, is_key
from polyreel.codegen.scaffold.responses import response_schema
from polyreel.codegen.scaffold.wording import plain
from polyreel.http.urls import origin
from polyreel.models import Kind
from polyreel.openapi.documents import Document
from polyreel.openapi.names import pascal, singular, words as name_words
from polyreel.openapi.view import SchemaView

_LONGEST_NAME = 4  # words


@define
class Claims:
    """Collects the overlay actions for one provider; each is applied at once, so that the next one sees it.

    Attributes:
        document: The spec as it is with the actions so far.
        source: Where its facts are from, and when they were read.
        title: The provider's name for people.
        paging: How each list is read in parts, by kind and collection.
        notes: What a person should look at.
        key: The header that operations have as a parameter for the key, if they do.
        view: The schemas of the document.
    """

    document: Document
    source: str
    title: str
    paging: dict[tuple[Kind, str], PageGuess] = field(factory=dict)
    notes: list[str] = field(factory=list)
    key: str | None = None
    view: SchemaView = field(
        init=False, default=Factory(lambda self: SchemaView(self.document), takes_self=True)
    )
    _actions: list[dict[str, Any]] = field(factory=list)

    def overlay(self) -> Document:
        """Return the overlay's document."""
        return {
            "overlay": "1.0.0",
            "info": {
                "title": f"What is known of {self.title} beyond its documents",
                "version": "1.0.0",
            },
            "extends": "openapi.yaml",
            "actions": self._actions,
        }

    def serve_from(self, base: str) -> None:
        """Add the address that somebody gave, where the document has others."""
        urls = [str(each.get("url", "")) for each in self.document.get("servers", ())]
        if urls and origin(base) not in map(origin, urls):
            reason = "Where the API is; the document names another server."
            self._act("$", reason, update={"servers": [{"url": base}]})

    def make(self, choices: list[Choice]) -> None:
        """Add the actions for the operations of all kinds."""
        for choice in choices:
            for one in choice.operations():
                self._name(one, choice)
                self._clean_parameters(one)
            self._one_model(choice)
            for one in choice.operations():
                self._annotate(one, choice)

    def sample(self, component: str, name: str, value: str, reason: str) -> None:
        """Add a sample value of a field, for the sandbox."""
        component = self._holder(component, name) or component
        target = f"$.components.schemas[{quoted(component)}].properties[{quoted(name)}]"
        self._act(target, f"For the sandbox: {reason}", update={"x-polyreel-sample": [value]})

    def _holder(self, component: str, name: str) -> str:
        """Return the component where a field stands: itself, or one that it is made of."""
        schema = self.document["components"]["schemas"][component]
        if name in schema.get("properties", {}):
            return component
        parts = [str(part.get("$ref", "")).rpartition("/")[2] for part in schema.get("allOf", ())]
        found = (self._holder(part, name) for part in parts if part)
        return next((each for each in found if each), "") if parts else ""

    def operation(self, one: Candidate) -> Document:
        """Return an operation with the actions so far applied."""
        found: Document = self.document["paths"][one.path][one.method]
        return found

    def asked(self, one: Candidate) -> list[Document]:
        """Return an operation's parameters with the actions so far applied."""
        return asked_of(self.view, self.document["paths"][one.path], self.operation(one))

    def _act(self, target: str, reason: str, *, update: Any = None, remove: bool = False) -> None:
        action: dict[str, Any] = {"target": target, "description": reason}
        action |= {"remove": True} if remove else {"update": update}
        overlay = parse_overlay(self.overlay() | {"actions": [action]}, where="the new overlay")
        self.document = apply_overlay(self.document, overlay)
        self.view = SchemaView(self.document)
        self._actions.append(action)

    def _name(self, one: Candidate, choice: Choice) -> None:
        """Add a readable name and a short tag to an operation that has neither."""
        operation, at = self.operation(one), _at(one)
        thing = pascal(singular(_resource(one)))
        name = str(operation.get("operationId", ""))
        usual = 2 <= len(name_words(name)) <= _LONGEST_NAME
        if not usual or "__" in name or not name[:1].isalpha():
            plural = pascal(_resource(one)) or choice.kind.title()
            readable = f"list{plural}" if one.role == "list" else f"get{thing or 'Item'}"
            reason = f"{name!r} makes an unreadable module. The name is ours."
            self._act(at, reason, update={"operationId": readable})
        tags = operation.get("tags") or []
        if not tags:
            reason = "Without a tag the client's modules would be in a package named default."
            self._act(at, reason, update={"tags": [pascal(_resource(one)) or choice.kind.title()]})
        elif len(name_words(str(tags[0]))) > 2 or not str(tags[0])[:1].isalpha():
            self._act(
                f"{at}.tags", f"{str(tags[0])[:60]!r} makes a long package name.", remove=True
            )
            reason = "A short tag instead of the one that the action before removes."
            self._act(at, reason, update={"tags": [pascal(_resource(one))]})

    def _clean_parameters(self, one: Candidate) -> None:
        """Remove the key, which the core sends, and write parameters out that stand for several."""
        at = _at(one)
        for parameter in list(self.operation(one).get("parameters", ())):
            target = f"{at}.parameters[?@.name == {quoted(parameter['name'])}]"
            said = merged(self.view, parameter.get("schema"))
            if is_key(parameter):
                self.key = str(parameter["name"])
                self._act(
                    target,
                    "It carries the key, which is no argument: the core sends it.",
                    remove=True,
                )
            elif parameter.get("in") == "query" and said.is_object:
                reason = (
                    "An object in the query is sent as one parameter for each of its fields (style form, "
                    "exploded); so that is what the operation has."
                )
                self._act(target, reason, remove=True)
                for name, schema in said.properties.items():
                    update = {"name": name, "in": "query", "schema": schema}
                    self._act(
                        f"{at}.parameters", f"{name!r} of the parameter above.", update=update
                    )

    def _one_model(self, choice: Choice) -> None:
        """Use one schema for the item of a list and the item of a get, whatever their variants."""
        places = [
            found for one in choice.operations() if (found := locate(self.view, one)) is not None
        ]
        if len(places) < len(choice.operations()):
            self.notes.append(f"{choice.kind}: a response is too odd to be given one model")
            return
        components = [named(self.view, place.node) for place in places]
        if len(set(components)) == 1 and components[0] is not None:
            return
        if None in components or not self._extend(places, [str(each) for each in components]):
            self._merge(choice, places)

    def _extend(self, places: list[Located], components: list[str]) -> bool:
        """Add the missing fields to the schema that has more of them, and use it for both.

        Returns:
            Whether that could be done: a field of another shape can't be changed where it is inherited.
        """
        sizes = [len(merged(self.view, place.node).properties) for place in places]
        keep = sizes.index(max(sizes))
        other = 1 - keep
        kept, rest = (merged(self.view, places[each].node).properties for each in (keep, other))
        target = f"$.components.schemas[{quoted(components[keep])}]"
        both = f"{components[keep]} and {components[other]}"
        own = self.document["components"]["schemas"][components[keep]].get("properties", {})
        different = mixed(self.view, kept, rest)
        if not own.keys() >= {*different}:
            return False
        for name in different:
            reason = f"{both} have {name!r} in different shapes, so that any is accepted."
            self._act(f"{target}.properties[{quoted(name)}]", reason, remove=True)
            self._act(target, "Its place, see the action above.", update={"properties": {name: {}}})
        missing = {name: schema for name, schema in rest.items() if name not in kept}
        if missing:
            reason = f"{both} are one thing, listed and alone; these fields only the other has."
            self._act(target, f"{reason} ({self.source})", update={"properties": missing})
        reason = f"One model for both, see {components[keep]}."
        self._act(
            places[other].target,
            reason,
            update={"$ref": f"#/components/schemas/{components[keep]}"},
        )
        return True

    def _merge(self, choice: Choice, places: list[Located]) -> None:
        """Add one schema that has the fields of all variants."""
        name = pascal(singular(_resource(choice.operations()[0]))) or choice.kind.title()
        taken = self.document.get("components", {}).get("schemas", {})
        while name in taken or f"{name}List" == name:
            name += "Item"
        properties = merged_properties(self.view, [place.node for place in places])
        reason = (
            f"One model for what comes in several variants, with the fields of all. ({self.source})"
        )
        schema = {"type": "object", "properties": properties}
        self._act("$.components.schemas", reason, update={name: schema})
        for place in places:
            why = f"See {name}."
            if "$ref" not in place.node:
                self._act(place.target, f"{why} The variants go.", remove=True)
                update: Any = {place.key: {"$ref": f"#/components/schemas/{name}"}}
                self._act(place.parent, why, update=update)
            else:
                self._act(place.target, why, update={"$ref": f"#/components/schemas/{name}"})

    def _annotate(self, one: Candidate, choice: Choice) -> None:
        """Describe an operation's purpose in a summary and in ``x-polyreel``."""
        about: dict[str, Any] = {"kind": choice.kind, "role": one.role}
        about |= {"collection": choice.collection} if choice.collection else {}
        if one.keys:
            about["items"] = ".".join(one.keys)
        reason = "Our words, and what the operation is for."
        if one.id and choice.operations()[0] is one:
            about["id"] = one.id
        if one.role == "list":
            schema = response_schema(self.view, self.operation(one))
            paging = guess_paging(self.view, self.asked(one), schema, one.keys)
            self.paging[choice.kind, choice.collection] = paging
            about |= {"paging": said} if (said := paging.annotation()) else {}
            reason = (
                f"Our words, and how pages follow one another (guessed: {paging.guess.reason})."
            )
        summary = f"List {choice.kind}." if one.role == "list" else f"Get one of the {choice.kind}."
        self._act(_at(one), reason, update={"summary": summary, "x-polyreel": about})


def _at(one: Candidate) -> str:
    return f"$.paths[{quoted(one.path)}].{one.method}"


def _resource(one: Candidate) -> str:
    """Name what a path is about: its last word that is no parameter and no detail of one thing."""
    segments = [part for part in one.path.split("/") if part and "{" not in part]
    if len(segments) > 1 and not one.path.endswith("}") and one.role == "get":
        segments.pop()  # a status, behind the id
    return plain(segments[-1]).replace("_", " ") if segments else ""
