// Beside the cards: the facets with their counts, and a line for each account.
import {age, byId, el, moment} from "./text.js";

const FEW = 8, unfolded = /** @type {Set<string>} */ (new Set());
/**
 * @param {Record<string, [string, number][]>} facets @param {import("./text.js").State} state
 * @param {(facet: string, values: string[]) => void} choose
 */
export function showFacets(facets, state, choose) {
  const focused = document.activeElement?.id;
  const told = Object.entries(facets).filter(([, values]) => values.some(([value]) => value !== ""));
  byId("facets").replaceChildren(...told.map(([facet, values]) => {
    const chosen = state.chosen[facet], all = values.length <= FEW + 1 || unfolded.has(facet);
    const few = values.filter(([value], at) => all || at < FEW || chosen.includes(value));
    const made = el("fieldset", {}, el("legend", {}, facet), ...few.map(([value, count]) => el("label", {},
      el("input", {type: "checkbox", id: `${facet}=${value}`, checked: chosen.includes(value), onchange: () =>
        choose(facet, chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value])}),
      el("span", {}, label(facet, value)), el("output", {}, count.toLocaleString("en")))));
    if (few.length < values.length) made.append(el("button", {type: "button", className: "more",
      onclick: () => (unfolded.add(facet), showFacets(facets, state, choose))}, `${values.length - few.length} more`));
    return made;
  }));
  if (focused?.includes("=")) document.getElementById(focused)?.focus();
}
/** @param {string} facet @param {string} value */
function label(facet, value) {
  if (value === "") return facet === "month" ? "no date" : "not told";
  return facet === "month" && /^\d{4}-\d\d$/.test(value)
    ? new Date(`${value}-15T12:00Z`).toLocaleDateString("en", {month: "long", year: "numeric"}) : value;
}
/** @param {import("./text.js").Told} told */
export function showAccounts({accounts, archive}) {
  const lines = accounts.map(({account, items, synced, error}) => line(account, items, error ? "bad" : synced ? "good" : "",
    el("small", {title: synced ? moment(synced) : ""}, synced ? `synced ${age(synced)}` : "never synced"), error));
  if (archive) lines.push(line("archive", archive.items, archive.error ? "bad" : archive.reading ? "busy" : "good",
    el("small", {}, archive.reading ? "being read …" : "files are played from there"), archive.error));
  byId("accounts").replaceChildren(...lines);
}
/** @param {string} name @param {number} items @param {string} look @param {Node} told @param {string | null} error */
const line = (name, items, look, told, error) => el("li", {className: look}, el("span", {}, name),
  el("output", {}, items.toLocaleString("en")), told, error && el("small", {className: "error"}, error));
