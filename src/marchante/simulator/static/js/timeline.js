/** The conversation on the screen: rows, days, typing dots, scrolling. Knows nothing of the network. */

import { dayKey, dayName } from "./clock.js";
import { copy } from "./copy.js";
import { el } from "./dom.js";
import { reactionOf } from "./entry.js";
import { showReactions } from "./reactions.js";
import { drawRow, refreshRow, typingRow } from "./row.js";

const NEAR_BOTTOM_PX = 140;
const FLASH_MS = 1200;
const still = matchMedia("(prefers-reduced-motion: reduce)");

export class Timeline {
  #scroller;
  #messages;
  #toBottom;
  #count;
  #rows = new Map(); // entry -> row
  #reactions = new Map(); // wamid -> {in, out}: a reaction may come before the row it belongs to
  #context = {};
  #lastDay = "";
  #typing = null;
  #unread = 0;

  /** `chat` is the .chat element of a phone. */
  constructor(chat) {
    this.#scroller = chat.querySelector(".timeline");
    this.#messages = chat.querySelector(".messages");
    this.#toBottom = chat.querySelector(".to-bottom");
    this.#count = chat.querySelector(".to-bottom-count");
    this.#scroller.addEventListener("scroll", () => this.#onScroll(), { passive: true });
    this.#toBottom.addEventListener("click", () => this.#goToBottom(true));
  }

  /** Empties the screen for another chat; `context` as in drawRow, without goTo. */
  reset(context) {
    this.#context = { ...context, goTo: (wamid) => this.#goTo(wamid) };
    this.#scroller.setAttribute("aria-label", copy.log(context.shopName));
    this.clear();
  }

  clear() {
    this.#scroller.setAttribute("aria-busy", "true"); // history is not read aloud
    this.#rows.clear();
    this.#reactions.clear();
    this.#lastDay = "";
    this.#typing = null;
    this.#messages.replaceChildren();
    this.#goToBottom(false);
  }

  /** `live`: it has just been said, so it slides in; otherwise it is history. */
  add(entry, live) {
    if (entry.type === "reaction") {
      this.#react(entry);
      return;
    }
    this.#messages.querySelector(".welcome")?.remove();
    const arrival = live ? { heightBefore: this.#messages.offsetHeight, stick: this.#nearBottom || entry.direction === "out" } : null;
    this.#startDay(entry);
    const row = drawRow(entry, this.#context);
    const previous = this.#typing ? this.#typing.previousElementSibling : this.#messages.lastElementChild;
    if (!previous?.classList.contains(entry.direction)) row.classList.add("first");
    this.#rows.set(entry, row);
    this.#showReactions(entry.wamid);
    if (this.#typing) this.#typing.before(row);
    else this.#messages.append(row);
    if (arrival) this.#arrive(row, entry, arrival);
  }

  /** Its ticks, its error, or its id, which a message of ours only learns once it is sent. */
  refresh(entry) {
    const row = this.#rows.get(entry);
    if (!row) return;
    const named = row.dataset.wamid !== undefined;
    refreshRow(row, entry, this.#context.actions);
    if (!named) this.#showReactions(entry.wamid);
  }

  /** The simulator knows more of it than we did when we sent it, such as the name of the file. */
  redraw(entry) {
    const row = drawRow(entry, this.#context);
    const old = this.#rows.get(entry);
    row.classList.toggle("first", old.classList.contains("first"));
    old.replaceWith(row);
    this.#rows.set(entry, row);
    this.#showReactions(entry.wamid);
  }

  remove(entry) {
    this.#rows.get(entry)?.remove();
    this.#rows.delete(entry);
  }

  setTyping(on) {
    if (on === (this.#typing !== null)) return;
    if (on) {
      const before = this.#messages.offsetHeight;
      this.#typing = typingRow(this.#context.shopName);
      this.#messages.append(this.#typing);
      this.#slide(before);
    } else {
      this.#typing.remove();
      this.#typing = null;
    }
  }

  /** The history is there. A chat without any gets a first screen; an idea that is tapped is sent. */
  loaded(onIdea) {
    this.#scroller.removeAttribute("aria-busy");
    if (this.#rows.size || this.#messages.querySelector(".welcome")) return;
    this.#messages.append(el("div", { class: "welcome" }, el("p", { text: copy.welcome(this.#context.shopName) }),
      el("div", { class: "welcome-ideas" }, copy.ideas.map((idea) => el("button", {
        class: "idea", type: "button", text: idea, data: { testid: "idea" }, on: { click: () => onIdea(idea) },
      })))));
  }

  get #nearBottom() {
    return -this.#scroller.scrollTop < NEAR_BOTTOM_PX;
  }

  #startDay(entry) {
    const day = dayKey(entry.at);
    if (day === this.#lastDay) return;
    this.#lastDay = day;
    const mark = el("div", { class: "day", text: dayName(entry.at) });
    if (this.#typing) this.#typing.before(mark);
    else this.#messages.append(mark);
  }

  #arrive(row, entry, { heightBefore, stick }) {
    row.classList.add("fresh");
    if (stick) {
      this.#goToBottom(false);
      this.#slide(heightBefore);
    } else if (entry.direction === "in") {
      this.#unread += 1;
      this.#onScroll();
    }
  }

  /** The reversed scroller is already at the end: let what was there glide up instead of jumping. */
  #slide(heightBefore) {
    const grown = this.#messages.offsetHeight - heightBefore;
    if (grown <= 0 || still.matches || document.hidden || !this.#nearBottom) return;
    this.#messages.animate([{ transform: `translateY(${Math.min(grown, 240)}px)` }, { transform: "none" }], { duration: 200, easing: "cubic-bezier(.2,.8,.3,1)" });
  }

  #goToBottom(smooth) {
    this.#scroller.scrollTo({ top: 0, behavior: smooth && !still.matches ? "smooth" : "instant" });
    this.#onScroll();
  }

  #onScroll() {
    const near = this.#nearBottom;
    if (near) this.#unread = 0;
    this.#toBottom.hidden = near;
    this.#count.hidden = this.#unread === 0;
    this.#count.textContent = String(this.#unread);
    this.#count.setAttribute("aria-label", copy.newMessages(this.#unread));
  }

  #rowOf(wamid) {
    for (const [entry, row] of this.#rows) if (entry.wamid === wamid) return row;
    return null;
  }

  #goTo(wamid) {
    const row = this.#rowOf(wamid);
    if (!row) return;
    row.scrollIntoView({ block: "center", behavior: still.matches ? "instant" : "smooth" });
    row.classList.add("flash");
    setTimeout(() => row.classList.remove("flash"), FLASH_MS);
  }

  #react(entry) {
    const { target, emoji } = reactionOf(entry);
    this.#reactions.set(target, { ...this.#reactions.get(target), [entry.direction]: emoji });
    this.#showReactions(target);
  }

  #showReactions(wamid) {
    const row = wamid && this.#reactions.has(wamid) ? this.#rowOf(wamid) : null;
    if (row) showReactions(row, this.#reactions.get(wamid));
  }
}
