// The cards: as many elements as fit the window, however many cards there are.
import {age, el, fileUrl, length, moment} from "./text.js";

/** @typedef {import("./text.js").Card} Card */

const NARROWEST = 232, GAP = 20, CAPTION = 52, SPARE = 2; // pixels; rows beyond the window's edges

export class Grid {
  /**
   * @param {HTMLElement} list
   * @param {{more: () => void, href: (uid: string) => string}} owner
   */
  constructor(list, owner) {
    this.list = list;
    this.owner = owner;
    /** @type {Card[]} */
    this.cards = [];
    /** @type {Map<number, HTMLElement>} */
    this.shown = new Map();
    this.current = 0;
    this.columns = 1;
    this.row = 1;
    this.more = false;
    const draw = () => requestAnimationFrame(() => this.draw());
    addEventListener("scroll", draw, {passive: true});
    new ResizeObserver(() => this.measure()).observe(list);
    list.addEventListener("focusin", (event) => {
      const at = /** @type {HTMLElement} */ (event.target).closest("li")?.ariaPosInSet;
      if (at) this.point(Number(at) - 1);
    });
  }

  /** Show other cards. @param {Card[]} cards @param {boolean} more whether the server has more */
  set(cards, more) {
    this.list.replaceChildren();
    this.shown.clear();
    this.cards = [];
    this.current = 0;
    this.add(cards, more);
  }

  /** @param {Card[]} cards @param {boolean} more */
  add(cards, more) {
    this.cards.push(...cards);
    this.more = more;
    this.measure();
  }

  measure() {
    const width = this.list.clientWidth;
    const columns = Math.max(1, Math.floor((width + GAP) / (NARROWEST + GAP)));
    this.row = Math.round(((width - GAP * (columns - 1)) / columns) * 9 / 16) + CAPTION + GAP;
    if (columns !== this.columns) {
      this.columns = columns;
      this.list.style.setProperty("--columns", String(columns));
    }
    this.list.style.setProperty("--row", `${this.row - GAP}px`);
    this.draw();
  }

  draw() {
    const {cards, columns, row, list, shown} = this;
    const rows = Math.ceil(cards.length / columns);
    const above = Math.max(0, -list.getBoundingClientRect().top);
    const first = Math.max(0, Math.min(rows, Math.floor(above / row)) - SPARE);
    const last = Math.min(rows, Math.ceil((above + innerHeight) / row) + SPARE);
    list.style.height = `${Math.max(0, rows * row - GAP)}px`;
    list.style.paddingTop = `${first * row}px`;
    const from = first * columns, to = Math.min(cards.length, last * columns);
    for (const [at, card] of shown) {
      if (at < from || at >= to) {
        card.remove();
        shown.delete(at);
      }
    }
    /** @type {HTMLElement | null} */
    let next = null;
    for (let at = to - 1; at >= from; at--) {
      const card = shown.get(at) ?? this.make(at);
      if (!card.isConnected) list.insertBefore(card, next);
      shown.set(at, card);
      next = card;
    }
    if (this.more && to >= cards.length - columns * 4) this.owner.more();
  }

  /** @param {number} at */
  make(at) {
    const card = this.cards[at];
    const link = el("a", {href: this.owner.href(card.uid), tabIndex: at === this.current ? 0 : -1},
      el("div", {className: "thumb"}, picture(card),
        card.status === "ready" ? null : el("span", {className: `status ${card.status}`, textContent: card.status}),
        card.duration === null ? null : el("span", {className: "length", textContent: length(card.duration)})),
      el("strong", {textContent: card.title}),
      el("small", {}, card.account, card.created_at === null ? null : " · ", card.created_at === null ? null :
        el("time", {dateTime: card.created_at, title: moment(card.created_at), textContent: age(card.created_at)})));
    const total = this.more ? -1 : this.cards.length;
    return el("li", {ariaPosInSet: String(at + 1), ariaSetSize: String(total)}, link);
  }

  /** Make a card the one that Tab reaches. @param {number} at */
  point(at) {
    this.shown.get(this.current)?.querySelector("a")?.setAttribute("tabindex", "-1");
    this.current = at;
    this.shown.get(at)?.querySelector("a")?.setAttribute("tabindex", "0");
  }

  /** Go to a card and focus it. @param {number} at */
  go(at) {
    if (at < 0 || at >= this.cards.length) return;
    this.point(at);
    const top = this.list.getBoundingClientRect().top + scrollY + Math.floor(at / this.columns) * this.row;
    const head = 130; // the page's header
    if (top - head < scrollY) scrollTo({top: top - head});
    else if (top + this.row > scrollY + innerHeight) scrollTo({top: top + this.row - innerHeight});
    this.draw();
    this.shown.get(at)?.querySelector("a")?.focus({preventScroll: true});
  }

  /** @param {string} uid */
  find(uid) {
    return this.cards.findIndex((card) => card.uid === uid);
  }
}

/** What stands for a video: its picture, a first picture of its film, or why there is none. @param {Card} card */
function picture(card) {
  const none = () => el("span", {className: "none"}, el("b", {textContent: card.provider}),
    card.note === card.status ? null : card.note ?? "no picture");
  if (card.poster === null) return none();
  const src = fileUrl(card.uid, card.poster.role);
  const made = card.poster.moving
    ? el("video", {src: `${src}#t=0.1`, muted: true, preload: "metadata", tabIndex: -1, ariaHidden: "true"})
    : el("img", {src, alt: "", loading: "lazy", decoding: "async"});
  made.onerror = () => made.replaceWith(none());
  return made;
}
