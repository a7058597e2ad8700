// What the server sends, and how it is written.
/**
 * @typedef {{kind: string, q: string, chosen: Record<string, string[]>, uid: string | null}} State
 * @typedef {{uid: string, title: string, account: string, provider: string, status: string, note: string | null,
 *   created_at: string | null, duration: number | null, poster: {role: string, moving: boolean} | null}} Card
 * @typedef {{seen_at: string, status: string, changed: Record<string, [string | null, string | null]>}} Version
 * @typedef {Card & {prompt: string | null, error: string | null, page_url: string | null, raw: string,
 *   fields: Record<string, unknown>, film: string | null, from: string | null, captions: boolean, leaves: boolean,
 *   todo: string | null, versions: Version[]}} Item
 * @typedef {{account: string, items: number, synced: string | null, error: string | null}} Account
 * @typedef {{accounts: Account[], archive: {items: number, reading: boolean, error: string | null} | null}} Told
 */
/**
 * Make an element; texts become text, never markup.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag @param {Partial<HTMLElementTagNameMap[K]>} properties @param {...(Node | string | null)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children.filter((child) => child !== null));
  return made;
}

export const byId = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
/** Ask the server; what it says is the error's message. @param {string} path @param {AbortSignal} [signal] */
export async function ask(path, signal) {
  const response = await fetch(path, {signal}).catch((error) => {
    throw signal?.aborted ? error : new Error("The gallery doesn’t answer. Start it again with: polyreel gallery");
  });
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.error ?? `The gallery answered with ${response.status}.`);
  return body;
}
/** @param {string} uid @param {string} role */
export const fileUrl = (uid, role) => `/file?${new URLSearchParams({uid, role})}`;
const SPANS = /** @type {const} */ ([["year", 31557600], ["month", 2629800], ["week", 604800],
  ["day", 86400], ["hour", 3600], ["minute", 60]]);
const relative = new Intl.RelativeTimeFormat("en", {numeric: "auto"});
/** Write how long ago a time is. @param {string} iso */
export function age(iso) {
  const seconds = (Date.parse(iso) - Date.now()) / 1000;
  const span = SPANS.find(([, size]) => Math.abs(seconds) >= size);
  return span ? relative.format(Math.round(seconds / span[1]), span[0]) : "just now";
}
/** @param {string} iso */
export const moment = (iso) => new Date(iso).toLocaleString("en", {dateStyle: "medium", timeStyle: "short"});
/** Write a length as 1:02:03. @param {number} seconds */
export function length(seconds) {
  const parts = [seconds / 3600, (seconds / 60) % 60, Math.round(seconds) % 60].map(Math.floor);
  return (parts[0] ? parts : parts.slice(1)).map((part, at) => String(part).padStart(at ? 2 : 1, "0")).join(":");
}
