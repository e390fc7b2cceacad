/** Where the customer writes: text, emoji, attachments. */

import { copy } from "./copy.js";
import { el, icon } from "./dom.js";

const EMOJI = ["😀", "😂", "😊", "😍", "😘", "🤔", "😅", "😢", "👍", "👎", "👌", "🙏", "👏", "💪", "🤝", "🙌",
  "❤️", "🎉", "✅", "❌", "⏰", "🏠", "🚚", "📍", "💵", "💳", "🛒", "🧾", "🍅", "🥑", "🧅", "🥔",
  "🌶️", "🍋", "🍌", "🍎", "🥚", "🥛", "🍞", "🌮", "🧀", "🍗", "💧", "🧼", "👔", "🧺", "🔨", "🐶"];
const KINDS = [["image", "photo"], ["audio", "mic"], ["location", "pin"], ["sticker", "sticker"], ["document", "document"], ["video", "video"]];
const MAX_HEIGHT_PX = 126;

/**
 * Wires the form of one phone. `actions`: {sendText(text), sendMedia(type), openPlaces()}.
 * → {focus(), write(text)}
 */
export function wireComposer(form, actions) {
  const field = form.querySelector("textarea");
  const fit = () => {
    field.style.setProperty("height", "auto");
    field.style.setProperty("height", `${Math.min(field.scrollHeight, MAX_HEIGHT_PX)}px`);
  };
  const submit = () => {
    const text = field.value.trim();
    if (!text) return;
    field.value = "";
    fit();
    actions.sendText(text);
  };

  field.addEventListener("input", fit);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
    field.focus();
  });
  // Pressing a button must not take the focus from the text: the keyboard of a phone would fold away.
  form.querySelector(".send").addEventListener("pointerdown", (event) => event.preventDefault());
  wirePopover(form, "attach", () => attachMenu(actions));
  wirePopover(form, "emoji", () => emojiMenu(field, fit));
  return { focus: () => field.focus({ preventScroll: true }) };
}

/** A button that opens a panel above the composer; the panel closes on Escape, outside, or after a choice that says so. */
function wirePopover(form, testid, build) {
  const button = form.querySelector(`[data-testid="${testid}"]`);
  let popover = null;
  let away = null;
  const close = () => {
    if (!popover) return;
    away.abort();
    const hadFocus = popover.contains(document.activeElement);
    popover.remove();
    popover = null;
    button.setAttribute("aria-expanded", "false");
    if (hadFocus) button.focus({ preventScroll: true });
  };
  const open = () => {
    away = new AbortController();
    popover = build();
    popover.addEventListener("chosen", close);
    form.append(popover);
    button.setAttribute("aria-expanded", "true");
    document.addEventListener("pointerdown", (event) => popover.contains(event.target) || button.contains(event.target) || close(), { signal: away.signal });
    form.addEventListener("keydown", (event) => event.key === "Escape" && close(), { signal: away.signal });
  };
  button.addEventListener("click", () => (popover ? close() : open()));
}

function attachMenu(actions) {
  const choose = (type) => {
    menu.dispatchEvent(new Event("chosen"));
    if (type === "location") actions.openPlaces();
    else actions.sendMedia(type);
  };
  const menu = el("div", { class: "popover", role: "group", "aria-label": copy.attachMenu }, el("div", { class: "attach-grid" },
    KINDS.map(([type, symbol]) => el("button", {
      class: "attach-item", type: "button", data: { testid: `attach-${type}` }, on: { click: () => choose(type) },
    }, el("span", { class: "attach-disc" }, icon(symbol)), copy.attach[type]))));
  return menu;
}

function emojiMenu(field, fit) {
  const insert = (emoji) => {
    field.setRangeText(emoji, field.selectionStart, field.selectionEnd, "end");
    fit();
  };
  return el("div", { class: "popover", role: "group", "aria-label": copy.emojiMenu }, el("div", { class: "emoji-grid" },
    EMOJI.map((emoji) => el("button", {
      class: "emoji-key", type: "button", text: emoji, "aria-label": emoji, data: { testid: "emoji-key" }, on: { click: () => insert(emoji) },
    }))));
}
