/** One message on the screen: who said it, its quote, its inside, time and ticks, what can be tapped below. */

import { contentOf } from "./content.js";
import { copy } from "./copy.js";
import { isoOf, timeOf } from "./clock.js";
import { el, icon, spoken } from "./dom.js";
import { errorText, quotedId, summaryOf } from "./entry.js";
import { reactionButton } from "./reactions.js";

const TICK_ICON = { pending: "clock", sent: "check", delivered: "checks", read: "checks", failed: "alert" };

/**
 * Draws `entry`. `context`: {customerName, shopName, find(wamid) → entry, goTo(wamid), actions}.
 * Returns the row; `refreshRow` brings its ticks and its error up to date.
 */
export function drawRow(entry, context) {
  const mine = entry.direction === "out";
  const content = contentOf(entry, context.actions);
  const meta = el("span", { class: "meta" }, el("time", { datetime: isoOf(entry.at), text: timeOf(entry.at) }),
    mine && el("span", { class: "ticks", role: "img", data: { testid: "ticks" } }));
  const bubble = el("div", { class: "bubble" },
    spoken(`${mine ? context.customerName : context.shopName}: `), quoteOf(entry, context), content.nodes);
  if (content.tail) content.tail.append(meta);
  else bubble.append(el("div", { class: "meta-line" }, meta));

  const row = el("div", {
    class: `row ${entry.direction} ${content.look}`,
    data: { testid: mine ? "bubble-out" : "bubble-in" },
  }, bubble);
  if (content.choices.length) row.append(el("div", { class: "choices" }, content.choices));
  if (!mine) row.append(reactionButton(entry, row, context.actions));
  refreshRow(row, entry, context.actions);
  return row;
}

/** Ticks, failure and id of a row that is already on the screen. */
export function refreshRow(row, entry, actions) {
  if (entry.wamid) row.dataset.wamid = entry.wamid;
  const ticks = row.querySelector(".ticks");
  if (ticks && ticks.dataset.status !== entry.status) {
    ticks.dataset.status = entry.status ?? "sent";
    ticks.setAttribute("aria-label", copy.status[ticks.dataset.status]);
    ticks.replaceChildren(icon(TICK_ICON[ticks.dataset.status]));
  }
  row.querySelector(".problem")?.remove();
  if (entry.status === "failed") showProblem(row, entry, actions);
}

function showProblem(row, entry, actions) {
  const unsent = entry.direction === "out" && !entry.wamid;
  const problem = el("div", { class: "problem", role: "status", data: { testid: "problem" } },
    unsent ? copy.notSent(entry.error) : copy.notDelivered(errorText(entry.error)),
    unsent && el("button", { class: "retry", type: "button", text: copy.retry, on: { click: () => actions.retry(entry) } }));
  (entry.direction === "in" ? row.querySelector(".bubble") : row).append(problem);
}

function quoteOf(entry, context) {
  const wamid = quotedId(entry);
  const quoted = wamid && context.find(wamid);
  if (!quoted) return null;
  return el("button", { class: "quote", type: "button", title: copy.goToQuoted, data: { testid: "quote" }, on: { click: () => context.goTo(wamid) } },
    el("span", { class: "quote-who", text: quoted.direction === "out" ? copy.you : context.shopName }),
    el("span", { class: "quote-what", text: summaryOf(quoted).slice(0, 160) }));
}

/** The dots of somebody writing. */
export function typingRow(shopName) {
  return el("div", { class: "row in first typing", data: { testid: "typing" } },
    el("div", { class: "bubble" }, spoken(`${shopName} ${copy.typing}`), [1, 2, 3].map(() => el("span", { class: "typing-dot" }))));
}
