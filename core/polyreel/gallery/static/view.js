// One item: its player, what can be done with it, and all that is known of it.
import {age, el, fileUrl, length, moment} from "./text.js";
/** @typedef {import("./text.js").Item} Item */
/** Whether a browser may follow it; anything else stays text. @param {string} text */
const isLink = (text) => /^https?:\/\//i.test(text) && URL.canParse(text);
/** @param {string} href @param {string} text @param {string} className */
const outside = (href, text, className = "") => el("a", {href, className, target: "_blank", rel: "noopener noreferrer"}, text);
/** @param {HTMLDialogElement} dialog @param {Item} item @param {(by: number) => void} step */
export function showItem(dialog, item, step) {
  const tool = (/** @type {string} */ ariaLabel, /** @type {string} */ sign, /** @type {() => void} */ onclick) =>
    el("button", {type: "button", ariaLabel, onclick}, sign);
  const copy = el("button", {type: "button", onclick: () =>
    navigator.clipboard.writeText(item.uid).then(() => copy.replaceChildren("Copied"))}, "Copy uid");
  const meta = [item.account, item.created_at && age(item.created_at), item.duration && length(item.duration)];
  dialog.replaceChildren(
    el("div", {className: "stage"}, player(item)), el("div", {className: "about", tabIndex: -1},
      el("div", {className: "tools"}, tool("Previous", "←", () => step(-1)), tool("Next", "→", () => step(1)),
        tool("Close", "✕", () => dialog.close())),
      el("h2", {id: "view-title"}, item.title),
      el("p", {className: "meta"}, el("span", {className: `status ${item.status}`, textContent: item.status}),
        meta.filter(Boolean).join(" · ")),
      item.error && el("p", {className: "error", textContent: item.error}),
      el("p", {className: "actions"},
        item.page_url && isLink(item.page_url) ? outside(item.page_url, "Open at the provider", "button") : null,
        item.film && el("a", {className: "button", download: "", textContent: "Download", target: item.leaves ? "_blank" : "",
          href: `${fileUrl(item.uid, item.film)}&download=1`}), copy),
      item.prompt && item.prompt !== item.title ? el("p", {className: "prompt", tabIndex: 0, textContent: item.prompt}) : null,
      el("dl", {}, ...Object.entries(item.fields).flatMap(fact)),
      item.versions.length ? versions(item.versions) : null,
      el("details", {}, el("summary", {textContent: "Raw JSON"}), el("pre", {tabIndex: 0, textContent: item.raw}))));
}
/** @param {Item} item */
function player(item) {
  const none = (/** @type {string | null} */ why, /** @type {string | null} */ todo) =>
    el("div", {className: "none"}, el("b", {}, why), el("span", {}, todo));
  if (item.film === null) return none(item.note, item.todo);
  const video = el("video", {controls: true, preload: "metadata", src: fileUrl(item.uid, item.film), ariaLabel: item.title});
  if (item.poster && !item.poster.moving) video.poster = fileUrl(item.uid, item.poster.role);
  if (item.captions) video.append(el("track", {src: fileUrl(item.uid, "captions"), default: true}));
  video.onerror = () => video.replaceWith(item.from === "archive"
    ? none("The archived file can’t be played", "polyreel archive verify says what is wrong with it.")
    : none("The provider’s link doesn’t play", "It may have ended: polyreel sync asks for a new one."));
  return video;
}
/** @param {[string, unknown]} field */
function fact([name, value]) {
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return [el("dt", {textContent: name.replaceAll("_", " ")}), el("dd", {},
    /^\d{4}-\d\d-\d\dT/.test(text) ? el("time", {dateTime: text, title: text, textContent: moment(text)})
      : isLink(text) ? outside(text, text.split(/[?#]/)[0]) : text)];
}
/** @param {import("./text.js").Version[]} all */
function versions(all) {
  return el("details", {className: "versions"}, el("summary", {textContent: `Earlier versions (${all.length})`}),
    ...all.map(({seen_at, status, changed}) => el("dl", {}, el("dt", {textContent: `until ${moment(seen_at)}`}),
      el("dd", {textContent: status}), ...Object.entries(changed).flatMap(([name, [before, after]]) => [
        el("dt", {textContent: name}), el("dd", {}, el("del", {textContent: before ?? "nothing"}), " → ",
          el("ins", {textContent: after ?? "nothing"}))]))));
}
