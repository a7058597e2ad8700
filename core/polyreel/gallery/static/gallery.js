// The page: its address says what is shown, and everything follows from the address.
import {Grid} from "./grid.js";
import {showAccounts, showFacets} from "./panel.js";
import {ask, byId, el} from "./text.js";
import {showItem} from "./view.js";
/** @typedef {import("./text.js").State} State */

const FACETS = ["account", "provider", "status", "model", "month"];
const NONE = {q: "", chosen: Object.fromEntries(FACETS.map((facet) => [facet, /** @type {string[]} */ ([])]))};
const search = /** @type {HTMLInputElement} */ (byId("search"));
const [view, keys] = ["view", "keys"].map((id) => /** @type {HTMLDialogElement} */ (byId(id)));
const grid = new Grid(byId("grid"), () => void load(true), (uid) => `#${query({...state, uid})}`);
let state = read(), shown = "", typed = 0, reading = false, wait = new AbortController();
let next = /** @type {string | null} */ (null); // where the server goes on
/** @returns {State} what the address says */
function read() {
  const found = new URLSearchParams(location.hash.slice(1));
  const chosen = Object.fromEntries(FACETS.map((facet) => [facet, found.getAll(facet)]));
  return {kind: found.get("kind") === "replicas" ? "replicas" : "videos", q: found.get("q") ?? "", chosen, uid: found.get("uid")};
}
/** Write a state as an address has it; without its uid, as the server is asked. @param {State} from */
function query({kind, q, chosen, uid}) {
  const found = new URLSearchParams(kind === "videos" ? {} : {kind});
  if (q) found.set("q", q);
  for (const facet of FACETS) for (const value of chosen[facet]) found.append(facet, value);
  if (uid) found.set("uid", uid);
  return found;
}
/** Go to another state, with a step in the browser's history or without. @param {Partial<State>} to */
function go(to, silently = false) {
  history[silently ? "replaceState" : "pushState"](null, "", `#${query({...state, ...to})}`);
  follow();
}
/** Show what the address says. */
function follow() {
  state = read();
  if (document.activeElement !== search) search.value = state.q;
  for (const kind of ["videos", "replicas"]) byId(kind).ariaCurrent = String(kind === state.kind);
  byId("clear").hidden = !state.q && FACETS.every((facet) => state.chosen[facet].length === 0);
  if (shown !== `?${query({...state, uid: null})}`) void load();
  void open();
}
/** Load cards: the next ones, or others. */
async function load(more = false) {
  if (more && (next === null || grid.list.ariaBusy === "true")) return;
  if (!more) wait.abort(), wait = new AbortController();
  const {signal} = wait, asked = query({...state, uid: null});
  shown = `?${asked}`;
  grid.list.ariaBusy = "true";
  const slow = setTimeout(() => grid.cards.length || say("loading", ...Array.from({length: 12}, () => el("i"))), 150);
  try {
    const cards = ask(`/api/items?limit=120&after=${encodeURIComponent(more ? next ?? "" : "")}&${asked}`, signal).then((page) => {
      next = page.next;
      grid.list.ariaBusy = "false";
      if (!more) scrollTo(0, 0), page.items.length ? say("") : sayEmpty();
      more ? grid.add(page.items) : grid.set(page.items);
    });
    const counts = more || ask(`/api/facets?${asked}`, signal).then(({total, facets}) => {
      byId("count").textContent = `${total.toLocaleString("en")} ${state.kind}`;
      showFacets(facets, state, (facet, values) => go({chosen: {...state.chosen, [facet]: values}}));
    });
    await Promise.all([cards, counts]);
  } catch (error) {
    if (signal.aborted) return;
    next = null;
    grid.list.ariaBusy = "false";
    if (!more) grid.set([]);
    say("failed", el("h2", {}, "That didn’t work"), el("p", {}, String(error).replace("Error: ", "")), button("Try again", retry));
  } finally {
    clearTimeout(slow);
  }
}
const retry = () => void (load(), accounts());
const button = (/** @type {string} */ text, /** @type {() => void} */ onclick) => el("button", {type: "button", onclick}, text);
/** Say what the cards don't: loading, nothing there, failed. @param {string} what @param {...Node} how */
function say(what, ...how) {
  byId("state").hidden = what === "";
  byId("state").className = what;
  byId("state").replaceChildren(...how);
}

function sayEmpty() {
  if (!byId("clear").hidden) say("empty", el("h2", {}, "Nothing matches"),
    el("p", {}, "No title or prompt has these words with these filters."), button("Clear all", () => go(NONE)));
  else say("empty", el("h2", {}, "Nothing here yet"), el("p", {}, "Fill the library with ", el("code", {}, "polyreel sync"),
    ", or look around without a key: ", el("code", {}, "polyreel gallery --sandbox")), button("Look again", retry));
}

async function open() {
  const {uid} = state;
  if (uid === null) return view.close();
  const item = await ask(`/api/item?${new URLSearchParams({uid})}`).catch((error) => error);
  if (uid !== state.uid) return;
  if (item instanceof Error) view.replaceChildren(el("div", {className: "about"},
    el("h2", {id: "view-title"}, item.message), button("Close", () => view.close())));
  else showItem(view, item, step);
  if (!view.open) view.showModal();
}

const place = () => grid.cards.findIndex(({uid}) => uid === state.uid);
/** Open the card before or after. @param {number} by */
function step(by) {
  const card = grid.cards[place() + by];
  if (card) go({uid: card.uid}, true);
  if (place() > grid.cards.length - 5) void load(true);
}
/** Show the accounts, and the archive's items when it has been read. */
async function accounts() {
  const told = await ask("/api/accounts").catch(() => null);
  if (told === null) return;
  showAccounts(told);
  if (told.archive?.reading) setTimeout(accounts, 700);
  else if (reading) void load();
  reading = told.archive?.reading ?? false;
}

addEventListener("keydown", (event) => {
  const {key, target} = event, film = view.querySelector("video");
  const move = {ArrowLeft: -1, ArrowRight: 1, ArrowUp: -grid.columns, ArrowDown: grid.columns}[key] ?? 0;
  const inside = (/** @type {string} */ selector) => target instanceof Element && target.closest(selector) !== null;
  if (target === search && key === "Escape") return event.preventDefault(), search.blur(); // and keep the words
  if (target === search || event.ctrlKey || event.metaKey || event.altKey || keys.open) return;
  if (key === "?") keys.showModal();
  else if (view.open && target === film) return; // the player has its own keys
  else if (view.open && Math.abs(move) === 1 && !inside("pre, .prompt")) step(move);
  else if (view.open && key === " " && film && !inside("button, a, summary")) film.paused ? void film.play() : film.pause();
  else if (view.open || (move && inside("#panel"))) return;
  else if (key === "/") search.select();
  else if (move) grid.go(inside("#grid") ? grid.current + move : grid.current);
  else return;
  event.preventDefault();
});
search.oninput = () => (clearTimeout(typed), typed = setTimeout(() => go({q: search.value.trim()}, true), 80));
view.addEventListener("close", () => {
  const at = place();
  view.replaceChildren();
  if (state.uid !== null) go({uid: null}, true);
  grid.go(at);
});
byId("clear").onclick = () => go(NONE);
byId("help").onclick = () => keys.showModal();
byId("filters").onclick = () => (byId("filters").ariaExpanded = String(byId("panel").classList.toggle("open")));
addEventListener("popstate", follow); // also when the hash changes
follow();
void accounts();
