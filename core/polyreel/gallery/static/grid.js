// The cards: as many elements as fit the window, however many cards there are.
import {age, el, fileUrl, length, moment} from "./text.js";
/** @typedef {import("./text.js").Card} Card */

const NARROWEST = 232, GAP = 20, CAPTION = 52, SPARE = 2; // pixels; rows beyond the window's edges

export class Grid {
  cards = /** @type {Card[]} */ ([]);
  shown = /** @type {Map<number, HTMLAnchorElement>} */ (new Map());
  current = 0; columns = 1; row = 1;
  /** @param {HTMLElement} list @param {() => void} more @param {(uid: string) => string} href */
  constructor(list, more, href) {
    this.list = list, this.more = more, this.href = href;
    addEventListener("scroll", () => requestAnimationFrame(() => this.draw()), {passive: true});
    new ResizeObserver(() => this.measure()).observe(list);
  }
  /** Show other cards. @param {Card[]} cards */
  set(cards) {
    this.list.replaceChildren();
    this.shown.clear();
    this.current = this.cards.length = 0;
    this.add(cards);
  }
  /** @param {Card[]} cards */
  add(cards) {
    this.cards.push(...cards);
    this.measure();
  }

  measure() {
    const width = this.list.clientWidth;
    this.columns = Math.max(1, Math.floor((width + GAP) / (NARROWEST + GAP)));
    this.row = Math.round((width - GAP * (this.columns - 1)) / this.columns * 9 / 16) + CAPTION + GAP;
    this.list.style.setProperty("--columns", String(this.columns));
    this.list.style.setProperty("--row", `${this.row - GAP}px`);
    this.draw();
  }

  draw() {
    const {cards, columns, row, list, shown} = this, rows = Math.ceil(cards.length / columns);
    const above = -list.getBoundingClientRect().top;
    const first = Math.min(rows, Math.max(0, Math.floor(above / row) - SPARE));
    const last = Math.min(rows, Math.ceil((above + innerHeight) / row) + SPARE);
    list.style.height = `${Math.max(0, rows * row - GAP)}px`;
    list.style.paddingTop = `${first * row}px`;
    for (const [at, link] of shown)
      if (at < first * columns || at >= last * columns) link.parentElement?.remove(), shown.delete(at);
    let next = /** @type {Node | null} */ (null);
    for (let at = Math.min(cards.length, last * columns) - 1; at >= first * columns; at--) {
      if (!shown.has(at)) list.insertBefore(this.make(at), next);
      next = shown.get(at)?.parentElement ?? null;
    }
    if (last > rows - 4) this.more();
  }
  /** Make a card's element. @param {number} at */
  make(at) {
    const card = this.cards[at], {created_at: made} = card;
    const link = el("a", {href: this.href(card.uid), tabIndex: at === this.current ? 0 : -1, onfocus: () => this.point(at)},
      el("span", {className: "thumb"}, picture(card),
        card.status === "ready" ? null : el("span", {className: `status ${card.status}`}, card.status),
        card.duration === null ? null : el("span", {className: "length"}, length(card.duration))),
      el("strong", {}, card.title),
      el("small", {}, card.account, made && " · ", made && el("time", {title: moment(made)}, age(made))));
    this.shown.set(at, link);
    return el("li", {ariaPosInSet: String(at + 1), ariaSetSize: "-1"}, link);
  }
  /** Let Tab reach this card. @param {number} at */
  point(at) {
    this.shown.get(this.current)?.setAttribute("tabindex", "-1");
    this.shown.get(this.current = at)?.setAttribute("tabindex", "0");
  }
  /** Focus a card. @param {number} at */
  go(at) {
    if (!(at in this.cards)) return;
    if (!this.shown.has(at)) scrollTo({top: this.list.offsetTop + Math.floor(at / this.columns - 1) * this.row});
    this.draw();
    this.point(at);
    this.shown.get(at)?.focus();
  }
}
/** What stands for a video: its picture, a first picture of its film, or why there is none. @param {Card} card */
function picture(card) {
  const why = card.note === card.status ? null : card.note ?? "no picture";
  const none = el("span", {className: "none"}, el("b", {}, card.provider), why);
  if (card.poster === null) return none;
  const src = fileUrl(card.uid, card.poster.role);
  const made = card.poster.moving
    ? el("video", {src: `${src}#t=0.1`, muted: true, preload: "metadata", tabIndex: -1, ariaHidden: "true"})
    : el("img", {src, alt: "", decoding: "async"});
  made.onerror = () => made.replaceWith(none);
  return made;
}
