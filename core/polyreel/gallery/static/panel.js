// Beside the cards: the facets with their counts, and a line for each account.
import {age, byId, el, moment, monthName} from "./text.js";

const FEW = 8;
/** @type {Record<string, string>} */
const NAMES = {account: "Account", provider: "Provider", status: "Status", model: "Model", month: "Month"};
/** @type {Set<string>} */
const unfolded = new Set();

/**
 * @param {Record<string, [string, number][]>} facets
 * @param {import("./text.js").State} state
 * @param {(facet: string, value: string) => void} toggle
 */
export function showFacets(facets, state, toggle) {
  const focused = document.activeElement?.id;
  byId("facets").replaceChildren(...Object.entries(facets).filter(worthShowing).map(([facet, values]) => {
    const chosen = state.chosen[facet] ?? [];
    const all = unfolded.has(facet) || values.length <= FEW + 1;
    const few = all ? values : values.filter(([value], at) => at < FEW || chosen.includes(value));
    const more = all ? null : el("button", {type: "button", className: "more",
      textContent: `${values.length - few.length} more`,
      onclick: () => (unfolded.add(facet), showFacets(facets, state, toggle))});
    return el("fieldset", {}, el("legend", {textContent: NAMES[facet]}), ...few.map(([value, count]) =>
      el("label", {}, el("input", {type: "checkbox", id: `facet-${facet}-${value}`, name: facet, value,
        checked: chosen.includes(value), onchange: () => toggle(facet, value)}),
      el("span", {textContent: label(facet, value)}), el("output", {textContent: count.toLocaleString("en")}))), more);
  }));
  if (focused?.startsWith("facet-")) document.getElementById(focused)?.focus();
}

/** A facet that tells nothing apart is left out. @param {[string, [string, number][]]} facet */
const worthShowing = ([name, values]) =>
  values.length > 1 || (values.length === 1 && (values[0][0] !== "" && name !== "provider"));

/** @param {string} facet @param {string} value */
function label(facet, value) {
  if (value === "") return facet === "month" ? "no date" : "not told";
  return facet === "month" ? monthName(value) : value;
}

/** @param {import("./text.js").Accounts} told */
export function showAccounts({accounts, archive}) {
  const lines = accounts.map(({account, items, synced, error}) => el("li", {className: error ? "bad" : synced ? "good" : ""},
    el("span", {textContent: account}), el("output", {textContent: items.toLocaleString("en")}),
    el("small", {title: synced ? moment(synced) : "", textContent: synced ? `synced ${age(synced)}` : "never synced"}),
    error ? el("small", {className: "error", textContent: error}) : null));
  if (archive?.reading || archive?.error)
    lines.unshift(el("li", {className: archive.error ? "bad" : "busy"}, el("span", {textContent: "archive"}),
      el("output", {textContent: archive.items.toLocaleString("en")}),
      el("small", {className: archive.error ? "error" : "", textContent: archive.error ?? "being read …"})));
  byId("accounts").replaceChildren(...lines);
  byId("accounts").parentElement?.toggleAttribute("hidden", lines.length === 0);
}
