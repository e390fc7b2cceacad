/** The sheets a customer meets: a list's options, places to share, a new customer, all the chats. */

import { fetchEntries } from "./api.js";
import { shopAvatar } from "./avatar.js";
import { momentOf } from "./clock.js";
import { copy } from "./copy.js";
import { el, icon } from "./dom.js";
import { summaryOf } from "./entry.js";
import { PLACES } from "./places.js";
import { openSheet, optionWords } from "./sheet.js";

let group = 0;

/** The options of a list message; `onChoose(row)` with the row that was sent. */
export function openList(screen, entry, onChoose) {
  const { action = {} } = entry.body.interactive;
  const name = `list-${(group += 1)}`;
  let chosen = null;
  const send = el("button", { class: "primary", type: "button", disabled: true, text: copy.send, data: { testid: "list-send" } });
  const option = (row) => el("label", { class: "option", data: { testid: "list-row", rowId: row.id } },
    optionWords(row.title, row.description),
    el("input", { type: "radio", name, on: { change: () => { chosen = row; send.disabled = false; } } }));
  const sections = (action.sections ?? []).map((section) => el("fieldset", { class: "section" },
    section.title ? el("legend", { text: section.title }) : null, (section.rows ?? []).map(option)));
  const sheet = openSheet(screen, { title: action.button ?? "", body: sections, foot: [send], testid: "list-sheet" });
  send.addEventListener("click", () => {
    sheet.close();
    onChoose(chosen);
  });
}

/** Example places and a pair of coordinates; `onChoose({latitude, longitude, name?, address?})`. */
export function openPlaces(screen, onChoose) {
  const done = (place) => {
    sheet.close();
    onChoose(place);
  };
  const places = PLACES.map((place) => el("button", { class: "option", type: "button", data: { testid: "location-place" }, on: { click: () => done(place) } },
    el("span", { class: "place-disc" }, icon("pin")), optionWords(place.name, place.address)));
  const sheet = openSheet(screen, {
    title: copy.whichPlace, body: [el("p", { class: "hint", text: copy.placeHint }), ...places, coordinates(done)], testid: "location-sheet",
  });
}

function coordinates(done) {
  const field = (label, testid) => el("label", { class: "field" }, label, el("input", { type: "text", inputmode: "decimal", autocomplete: "off", data: { testid } }));
  const latitude = field(copy.latitude, "location-latitude");
  const longitude = field(copy.longitude, "location-longitude");
  const problem = el("p", { class: "field-problem", role: "alert", text: copy.badCoordinates, hidden: true });
  const read = (label, limit) => {
    const text = label.lastChild.value.trim().replace(",", ".").replace("−", "-");
    return text && Math.abs(Number(text)) <= limit ? Number(text) : null;
  };
  const submit = (event) => {
    event.preventDefault();
    const place = { latitude: read(latitude, 90), longitude: read(longitude, 180) };
    problem.hidden = place.latitude !== null && place.longitude !== null;
    if (problem.hidden) done(place);
  };
  return el("form", { class: "fields", novalidate: true, on: { submit } }, latitude, longitude, problem,
    el("button", { class: "primary wide", type: "submit", text: copy.sendThisPlace, data: { testid: "location-send" } }));
}

/** Asks for a name; `onCreate(name)` may reject with an Error to show. */
export function openNewCustomer(screen, suggestion, onCreate) {
  const input = el("input", { type: "text", maxlength: "60", autocomplete: "off", data: { focus: "", testid: "new-customer-name" } });
  input.value = suggestion;
  const problem = el("p", { class: "field-problem", role: "alert", hidden: true });
  const submit = async (event) => {
    event.preventDefault();
    if (!input.value.trim()) return;
    try {
      await onCreate(input.value.trim());
      sheet.close();
    } catch (error) {
      problem.textContent = error.message;
      problem.hidden = false;
    }
  };
  const sheet = openSheet(screen, {
    title: copy.newCustomer,
    body: [el("form", { class: "fields", on: { submit } },
      el("label", { class: "field wide" }, copy.name, input), el("p", { class: "hint wide", text: copy.newCustomerHint }), problem,
      el("button", { class: "primary wide", type: "submit", text: copy.createCustomer, data: { testid: "new-customer-create" } }))],
    testid: "new-customer-sheet",
  });
  input.select();
}

/** All the shops as a list of chats, with the last message of each; `onChoose(shop)`. */
export function openChats(screen, { customer, shops, current }, onChoose) {
  const line = (shop) => {
    const last = el("span", { class: "chat-line-last", text: "…" });
    const time = el("span", { class: "chat-line-time" });
    showLast({ customer, shop }, last, time);
    const choose = () => {
      sheet.close();
      onChoose(shop);
    };
    return el("li", {}, el("button", {
      class: "chat-line", type: "button", data: { testid: "chat-line" }, "aria-current": shop.phone_number_id === current?.phone_number_id ? "true" : null, on: { click: choose },
    }, shopAvatar(shop), el("span", { class: "chat-line-words" },
      el("span", { class: "chat-line-top" }, el("span", { class: "chat-line-name", text: shop.name }), time), last)));
  };
  const sheet = openSheet(screen, { title: copy.chats, body: [el("ul", { class: "chat-list" }, shops.map(line))], full: true, testid: "chats-sheet" });
}

async function showLast(chat, last, time) {
  try {
    const entry = (await fetchEntries(chat)).at(-1);
    last.textContent = entry ? summaryOf(entry).split("\n", 1)[0] : copy.noMessages;
    time.textContent = entry ? momentOf(entry.at) : "";
  } catch (error) {
    last.textContent = error.message;
  }
}
