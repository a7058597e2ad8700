// The page: its address says what is shown, and everything follows from the address.
import {Grid} from "./grid.js";
import {showAccounts, showFacets} from "./panel.js";
import {ask, byId, el} from "./text.js";
import {showItem} from "./view.js";

/** @typedef {import("./text.js").State} State */

const FACETS = ["account", "provider", "status", "model", "month"];
const search = /** @type {HTMLInputElement} */ (byId("search"));
const view = /** @type {HTMLDialogElement} */ (byId("view"));
const keys = /** @type {HTMLDialogElement} */ (byId("keys"));
const grid = new Grid(byId("grid"), {more: () => void more(), href: (uid) => address({...state, uid})});
/** @type {State} */
let state = read();
let asked = ""; // the query whose cards are shown
/** @type {string | null} */
let next = null;
let wait = new AbortController();
let loading = false;

/** @returns {State} */
function read() {
  const query = new URLSearchParams(location.hash.slice(1));
  const chosen = Object.fromEntries(FACETS.map((facet) => [facet, query.getAll(facet)]));
  const kind = query.get("kind") === "replicas" ? "replicas" : "videos";
  return {kind, q: query.get("q") ?? "", chosen, uid: query.get("uid")};
}

/** What the server is asked for. @param {State} from */
function query({kind, q, chosen}) {
  const found = new URLSearchParams(kind === "videos" ? {} : {kind});
  if (q) found.set("q", q);
  for (const facet of FACETS) for (const value of chosen[facet]) found.append(facet, value);
  return found;
}

/** @param {State} to */
function address(to) {
  const found = query(to);
  if (to.uid) found.set("uid", to.uid);
  return `#${found}`;
}

/** @param {State} to @param {boolean} [silently] without a step in the browser's history */
function go(to, silently = false) {
  history[silently ? "replaceState" : "pushState"](null, "", address(to));
  follow();
}

/** Show what the address says. */
function follow() {
  state = read();
  if (document.activeElement !== search) search.value = state.q;
  for (const kind of ["videos", "replicas"]) byId(kind).toggleAttribute("aria-current", kind === state.kind);
  byId("clear").hidden = !state.q && !FACETS.some((facet) => state.chosen[facet].length);
  if (asked !== `?${query(state)}`) void load();
  void open();
}

async function load() {
  wait.abort();
  wait = new AbortController();
  const {signal} = wait;
  const wanted = query(state);
  asked = `?${wanted}`;
  loading = true;
  byId("grid").ariaBusy = "true";
  const slow = setTimeout(() => !grid.cards.length && say("loading"), 150);
  try {
    const counting = ask(`/api/facets?${wanted}`, signal).then((found) => {
      byId("count").textContent = `${found.total.toLocaleString("en")} ${state.kind}`;
      showFacets(found.facets, state, toggle);
    });
    const page = await ask(`/api/items?limit=120&${wanted}`, signal);
    next = page.next;
    if (scrollY > 0) scrollTo(0, 0);
    grid.set(page.items, next !== null);
    say(page.items.length ? null : "empty");
    await counting;
  } catch (error) {
    if (!signal.aborted) failed(error);
  } finally {
    clearTimeout(slow);
    if (!signal.aborted) {
      loading = false;
      byId("grid").ariaBusy = "false";
      grid.draw();
    }
  }
}

async function more() {
  if (loading || next === null) return;
  loading = true;
  const {signal} = wait;
  try {
    const page = await ask(`/api/items?limit=120&after=${encodeURIComponent(next)}&${query(state)}`, signal);
    next = page.next;
    loading = false;
    grid.add(page.items, next !== null);
  } catch (error) {
    if (!signal.aborted) failed(error);
  }
}

/** @param {unknown} error */
function failed(error) {
  say("failed", error instanceof Error ? error.message : String(error));
}

/** Say what the cards don't: loading, nothing found, failed. @param {string | null} what @param {string} [why] */
function say(what, why = "") {
  const button = (/** @type {string} */ text, /** @type {() => void} */ onclick) =>
    el("button", {type: "button", textContent: text, onclick});
  const filtered = !byId("clear").hidden;
  const shown = {
    loading: () => Array.from({length: 12}, () => el("div", {className: "skeleton"})),
    empty: () => filtered
      ? [el("h2", {}, "Nothing matches"), el("p", {}, "No title or prompt has these words with these filters."),
        button("Clear all", clear)]
      : [el("h2", {}, "Nothing here yet"), el("p", {}, "Fill the library with ", el("code", {}, "polyreel sync"),
        ", or look around without a key: ", el("code", {}, "polyreel gallery --sandbox")), button("Look again", retry)],
    failed: () => [el("h2", {}, "That didn’t work"), el("p", {}, why), button("Try again", retry)],
  };
  const place = byId("state");
  place.hidden = what === null;
  place.className = what ?? "";
  place.replaceChildren(...(what === null ? [] : shown[/** @type {keyof typeof shown} */ (what)]()));
  if (what === "failed") grid.set([], false);
}

const clear = () => go({...state, q: "", chosen: Object.fromEntries(FACETS.map((facet) => [facet, []]))});
const retry = () => void (load(), accounts());

/** @param {string} facet @param {string} value */
function toggle(facet, value) {
  const before = state.chosen[facet];
  const after = before.includes(value) ? before.filter((each) => each !== value) : [...before, value];
  go({...state, chosen: {...state.chosen, [facet]: after}});
}

async function open() {
  const {uid} = state;
  if (uid === null) return view.close();
  try {
    const item = await ask(`/api/item?${new URLSearchParams({uid})}`);
    if (uid === state.uid) showItem(view, item, step);
  } catch (error) {
    view.replaceChildren(el("div", {className: "about"}, el("h2", {id: "view-title"}, "Not found"),
      el("p", {}, error instanceof Error ? error.message : ""), el("form", {method: "dialog"}, el("button", {}, "Close"))));
  }
  if (uid === state.uid && !view.open) view.showModal();
}

/** Open the card before or after. @param {number} by */
function step(by) {
  const at = grid.find(state.uid ?? "") + by;
  if (!(at in grid.cards)) return;
  go({...state, uid: grid.cards[at].uid}, true);
  grid.go(at);
  if (grid.more && at > grid.cards.length - 5) void more();
}

async function accounts() {
  const told = await ask("/api/accounts").catch(() => null);
  if (told === null) return;
  showAccounts(told);
  if (told.archive?.reading) setTimeout(accounts, 700);
  else if (wasReading) void load();
  wasReading = told.archive?.reading ?? false;
}
let wasReading = false;

/** @param {KeyboardEvent} event */
function press(event) {
  const typing = event.target instanceof HTMLInputElement && event.target.type === "search";
  if (event.key === "Escape" && typing) return search.blur();
  if (typing || event.ctrlKey || event.metaKey || event.altKey || keys.open) return;
  const film = view.querySelector("video");
  const [across, down] = [1, grid.columns];
  const moves = {ArrowLeft: -across, ArrowRight: across, ArrowUp: -down, ArrowDown: down};
  const move = moves[/** @type {keyof typeof moves} */ (event.key)];
  if (event.key === "?") keys.showModal();
  else if (view.open && event.target === film) return; // the player has its own keys
  else if (view.open && Math.abs(move) === 1) step(move);
  else if (view.open && event.key === " " && film && !(event.target instanceof HTMLButtonElement)) toggleFilm(film);
  else if (view.open) return;
  else if (event.key === "/") search.focus(), search.select();
  else if (move && byId("panel").contains(/** @type {Node} */ (event.target))) return;
  else if (move) grid.go(document.activeElement?.closest("#grid") ? grid.current + move : grid.current);
  else return;
  event.preventDefault();
}

/** @param {HTMLVideoElement} film */
const toggleFilm = (film) => void (film.paused ? film.play().catch(() => {}) : film.pause());

let typed = 0;
search.addEventListener("input", () => {
  clearTimeout(typed);
  typed = setTimeout(() => go({...state, q: search.value.trim()}, true), 120);
});
view.addEventListener("close", () => {
  const at = grid.find(state.uid ?? "");
  view.replaceChildren();
  if (state.uid !== null) go({...state, uid: null}, true);
  if (at >= 0) grid.go(at);
});
byId("clear").addEventListener("click", clear);
byId("help").addEventListener("click", () => keys.showModal());
byId("filters").addEventListener("click", () => {
  const shown = byId("panel").classList.toggle("open");
  byId("filters").ariaExpanded = String(shown);
});
addEventListener("keydown", press);
addEventListener("hashchange", follow);
addEventListener("popstate", follow);
follow();
void accounts();
