/** Reactions: the little bar to choose one and the chip under the bubble. */

import { copy } from "./copy.js";
import { el, icon } from "./dom.js";

const QUICK = ["👍", "❤️", "😂", "😮", "😢", "🙏"];
const LONG_PRESS_MS = 450;

/** The button beside a shop's message; a long press on the bubble opens the same bar. */
export function reactionButton(entry, row, actions) {
  const button = el("button", { class: "react", type: "button", "aria-label": copy.reply, "aria-expanded": "false", data: { testid: "react" } }, icon("smile"));
  const open = () => openBar(entry, row, button, actions);
  button.addEventListener("click", open);
  let timer = 0;
  const bubble = row.querySelector(".bubble");
  bubble.addEventListener("touchstart", () => { timer = setTimeout(open, LONG_PRESS_MS); }, { passive: true });
  for (const event of ["touchend", "touchmove", "touchcancel"]) bubble.addEventListener(event, () => clearTimeout(timer), { passive: true });
  return button;
}

function openBar(entry, row, button, actions) {
  if (row.querySelector(".reaction-bar")) return;
  const mine = row.dataset.reactionOut ?? "";
  const away = new AbortController();
  const close = () => {
    away.abort();
    const hadFocus = bar.contains(document.activeElement);
    bar.remove();
    button.setAttribute("aria-expanded", "false");
    if (hadFocus) button.focus({ preventScroll: true });
  };
  const bar = el("div", { class: "reaction-bar", role: "group", "aria-label": copy.reply }, QUICK.map((emoji) => el("button", {
    class: "reaction-key", type: "button", text: emoji, "aria-label": copy.reactWith(emoji), "aria-pressed": String(emoji === mine),
    data: { testid: "reaction" },
    on: { click: () => { close(); actions.send({ type: "reaction", emoji: emoji === mine ? "" : emoji, message_wamid: entry.wamid }); } },
  })));
  row.append(bar);
  button.setAttribute("aria-expanded", "true");
  bar.firstChild.focus({ preventScroll: true });
  document.addEventListener("pointerdown", (event) => bar.contains(event.target) || close(), { signal: away.signal });
  document.addEventListener("keydown", (event) => event.key === "Escape" && close(), { signal: away.signal });
}

/** Shows under a row what each side reacted with; no emoji: that side took it back or never did. */
export function showReactions(row, { in: theirs = "", out: mine = "" }) {
  row.dataset.reactionOut = mine;
  const all = [...new Set([theirs, mine].filter(Boolean))];
  row.querySelector(".reactions")?.remove();
  if (!all.length) return;
  const chip = el("div", { class: "reactions", role: "img", "aria-label": copy.reactedWith(all.join(" ")), data: { testid: "reactions" }, text: all.join(" ") });
  row.querySelector(".bubble").after(chip);
}
