/** A panel that slides over one phone's screen and takes the keyboard until it is closed. */

import { copy } from "./copy.js";
import { el, icon } from "./dom.js";

const LEAVE = "leave";
let count = 0;

/**
 * Opens a sheet in `screen`. `parts`: {title, body: Node[], foot?: Node[], full?: bool, testid?}.
 * Focus goes to the element marked `data-focus`, else to the sheet; it returns to where it was. → {close()}
 */
export function openSheet(screen, { title, body, foot = [], full = false, testid }) {
  leaveSheet(screen);
  const opener = document.activeElement;
  const behind = [...screen.children];
  const away = new AbortController();
  const id = `sheet-title-${(count += 1)}`;

  const close = () => {
    if (away.signal.aborted) return;
    away.abort();
    shade.remove();
    for (const node of behind) node.inert = false;
    if (opener?.isConnected) opener.focus({ preventScroll: true });
  };

  const panel = el("div", { class: full ? "sheet full" : "sheet", role: "dialog", "aria-labelledby": id, tabindex: "-1", data: { testid: testid ?? "sheet" } },
    el("div", { class: "sheet-head" },
      el("button", { class: "round", type: "button", "aria-label": copy.close, data: { testid: "sheet-close" }, on: { click: close } }, icon(full ? "back" : "close")),
      el("h3", { id, text: title })),
    el("div", { class: "sheet-body" }, body),
    foot.length ? el("div", { class: "sheet-foot" }, foot) : null);
  const shade = el("div", { class: "shade", on: { click: (event) => event.target === shade && close() } }, panel);

  for (const node of behind) node.inert = true;
  screen.append(shade);
  (panel.querySelector("[data-focus]") ?? panel).focus({ preventScroll: true });
  shade.addEventListener("keydown", (event) => event.key === "Escape" && close(), { signal: away.signal });
  screen.addEventListener(LEAVE, close, { signal: away.signal });
  return { close };
}

/** Closes whatever sheet is open in `screen`. */
export function leaveSheet(screen) {
  screen.dispatchEvent(new Event(LEAVE));
}

/** A line of words with an optional second, smaller one. */
export function optionWords(title, text) {
  return el("span", { class: "option-words" },
    el("span", { class: "option-title", text: title }), text ? el("span", { class: "option-text", text }) : null);
}
