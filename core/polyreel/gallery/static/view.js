// One item: its player, what can be done with it, and all that is known of it.
import {age, el, fileUrl, length, moment} from "./text.js";

/** @typedef {import("./text.js").Item} Item */

/** Links that a browser may follow; anything else stays text. @param {unknown} value */
const isLink = (value) => typeof value === "string" && /^https?:\/\//i.test(value) && URL.canParse(value);

/** @param {HTMLDialogElement} dialog @param {Item} item @param {(by: number) => void} step */
export function showItem(dialog, item, step) {
  const download = el("a", {className: "button", href: `${fileUrl(item.uid, item.film ?? "video")}&download=1`,
    download: "", textContent: "Download"});
  const out = item.page_url !== null && isLink(item.page_url)
    ? el("a", {className: "button", href: item.page_url, target: "_blank", rel: "noopener noreferrer",
      textContent: "Open at the provider"}) : null;
  const copy = el("button", {type: "button", textContent: "Copy uid", onclick: async () => {
    await navigator.clipboard.writeText(item.uid);
    copy.textContent = "Copied";
  }});
  dialog.replaceChildren(
    el("div", {className: "stage"}, player(item)),
    el("div", {className: "about"},
      el("div", {className: "tools"},
        el("button", {type: "button", ariaLabel: "Previous", textContent: "←", onclick: () => step(-1)}),
        el("button", {type: "button", ariaLabel: "Next", textContent: "→", onclick: () => step(1)}),
        el("button", {type: "button", ariaLabel: "Close", textContent: "✕", onclick: () => dialog.close()})),
      el("h2", {id: "view-title", textContent: item.title}),
      el("p", {className: "meta"}, el("span", {className: `status ${item.status}`, textContent: item.status}),
        [item.account, item.created_at && age(item.created_at), item.duration && length(item.duration)]
          .filter(Boolean).join(" · ")),
      item.error === null ? null : el("p", {className: "error", textContent: item.error}),
      el("p", {className: "actions"}, item.film === null ? null : download, out, copy),
      item.prompt === null || item.prompt === item.title ? null : el("p", {className: "prompt", textContent: item.prompt}),
      facts(item),
      item.versions.length ? versions(item) : null,
      el("details", {}, el("summary", {textContent: "Provider’s JSON"}), el("pre", {tabIndex: 0, textContent: item.raw}))));
}

/** @param {Item} item */
function player(item) {
  const none = (/** @type {string} */ why, /** @type {string | null} */ todo) =>
    el("div", {className: "none"}, el("b", {textContent: why}), el("span", {textContent: todo ?? ""}));
  if (item.film === null) return none(item.note ?? "no file", item.todo);
  const video = el("video", {controls: true, playsInline: true, preload: "metadata",
    src: fileUrl(item.uid, item.film), ariaLabel: item.title});
  if (item.poster && !item.poster.moving) video.poster = fileUrl(item.uid, item.poster.role);
  if (item.captions) video.append(el("track", {kind: "captions", src: fileUrl(item.uid, "captions"), default: true}));
  video.onerror = () => video.replaceWith(item.from === "archive"
    ? none("The archived file can’t be played.", "polyreel archive verify says what is wrong with it.")
    : none("The provider’s link doesn’t play.", "It may have ended: polyreel sync asks for a new one."));
  return video;
}

/** @param {Item} item */
function facts(item) {
  return el("dl", {}, ...Object.entries(item.fields).flatMap(([name, value]) => {
    const text = typeof value === "object" ? JSON.stringify(value) : String(value);
    const time = /^\d{4}-\d\d-\d\dT/.test(text) ? text : null;
    return [el("dt", {textContent: name.replaceAll("_", " ")}), el("dd", {},
      time ? el("time", {dateTime: time, title: time, textContent: moment(time)})
        : isLink(value) ? el("a", {href: text, target: "_blank", rel: "noopener noreferrer",
          textContent: text.split(/[?#]/)[0]}) : text)];
  }));
}

/** @param {Item} item */
function versions(item) {
  return el("details", {className: "versions"},
    el("summary", {textContent: `Earlier versions (${item.versions.length})`}),
    el("ol", {}, ...item.versions.map(({seen_at, status, changed}) => el("li", {},
      el("p", {}, `Until ${moment(seen_at)}: ${status}`),
      el("dl", {}, ...Object.entries(changed).flatMap(([name, [before, after]]) =>
        [el("dt", {textContent: name}), el("dd", {}, el("del", {textContent: before ?? "nothing"}), " ",
          el("ins", {textContent: after ?? "nothing"}))]))))));
}
