// What the server sends, and how it is written.

/**
 * @typedef {{role: string, moving: boolean}} Poster
 * @typedef {{uid: string, title: string, account: string, provider: string, status: string, note: string | null,
 *   created_at: string | null, duration: number | null, poster: Poster | null}} Card
 * @typedef {{seen_at: string, status: string, changed: Record<string, [string | null, string | null]>}} Version
 * @typedef {Card & {prompt: string | null, error: string | null, page_url: string | null, raw: string,
 *   fields: Record<string, unknown>, film: string | null, from: string | null, captions: boolean,
 *   todo: string | null, versions: Version[]}} Item
 * @typedef {{account: string, provider: string, items: number, synced: string | null, error: string | null}} Account
 * @typedef {{accounts: Account[], library: boolean,
 *   archive: {items: number, reading: boolean, error: string | null} | null}} Accounts
 * @typedef {{kind: string, q: string, chosen: Record<string, string[]>, uid: string | null}} State
 */

/**
 * Make an element; texts become text, never markup.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Partial<HTMLElementTagNameMap[K]>} [properties]
 * @param {...(Node | string | null)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** @param {string} id */
export const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/**
 * Ask the server; its own sentence is the error's message.
 * @param {string} path
 * @param {AbortSignal} [signal]
 */
export async function ask(path, signal) {
  const response = await fetch(path, {signal, headers: {accept: "application/json"}}).catch((error) => {
    throw signal?.aborted ? error : new Error("The gallery doesn't answer. Start it again with: polyreel gallery");
  });
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.error ?? `The gallery answered with ${response.status}.`);
  return body;
}

/** @param {string} uid @param {string} role */
export const fileUrl = (uid, role) => `/file?${new URLSearchParams({uid, role})}`;

const SPANS = /** @type {[Intl.RelativeTimeFormatUnit, number][]} */ ([
  ["year", 31557600], ["month", 2629800], ["week", 604800], ["day", 86400], ["hour", 3600], ["minute", 60]]);
const relative = new Intl.RelativeTimeFormat("en", {numeric: "auto"});

/** How long ago a time is. @param {string} iso */
export function age(iso) {
  const seconds = (Date.parse(iso) - Date.now()) / 1000;
  const [unit, size] = SPANS.find(([, each]) => Math.abs(seconds) >= each) ?? ["second", 1];
  return unit === "second" ? "just now" : relative.format(Math.round(seconds / size), unit);
}

/** @param {string} iso */
export const moment = (iso) => new Date(iso).toLocaleString("en", {dateStyle: "medium", timeStyle: "short"});

/** @param {string} month such as 2026-11 */
export const monthName = (month) =>
  new Date(`${month}-15T12:00:00Z`).toLocaleDateString("en", {month: "short", year: "numeric"});

/** @param {number} seconds */
export function length(seconds) {
  const whole = Math.round(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const tail = `${String(minutes).padStart(hours ? 2 : 1, "0")}:${String(whole % 60).padStart(2, "0")}`;
  return hours ? `${hours}:${tail}` : tail;
}
