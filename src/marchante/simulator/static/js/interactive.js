/** Messages one can tap: reply buttons, lists, links, location requests, products. Old ones stay tappable, as in WhatsApp. */

import { copy } from "./copy.js";
import { el, icon } from "./dom.js";
import { blankPhoto } from "./drawing.js";
import { formatted } from "./format.js";
import { fileCard, picture, tappable, words } from "./parts.js";

const CHOICES = {
  button: replyButtons,
  list: listButton,
  cta_url: (entry) => [linkButton(entry.body.interactive.action?.parameters)],
  location_request_message: placeButton,
  catalog_message: () => [closedButton("basket", copy.seeCatalog)],
  product: () => [closedButton("basket", copy.seeCatalog)],
  product_list: () => [closedButton("basket", copy.seeProducts)],
  flow: (entry) => [closedButton("list", entry.body.interactive.action?.parameters?.flow_cta ?? copy.onlyRealPhone)],
  request_contact_info: (entry, actions) => [tappable("share-contact", "person", copy.shareContact, () => actions.shareContact(entry))],
};

export function interactive(entry, actions) {
  const message = entry.body.interactive ?? {};
  const answer = message.button_reply ?? message.list_reply;
  if (answer) return answered(answer);
  if (message.type === "nfm_reply") return words(message.nfm_reply?.body ?? "");
  const nodes = [headerOf(message.header), cardOf(message)];
  let tail = null;
  if (message.body?.text) {
    tail = el("div", { class: "text" }, formatted(message.body.text));
    nodes.push(tail);
  }
  if (message.footer?.text) {
    tail = el("div", { class: "foot", text: message.footer.text });
    nodes.push(tail);
  }
  if (message.type === "carousel") nodes.push(carousel(message.action?.cards ?? []));
  const choices = CHOICES[message.type]?.(entry, actions) ?? [];
  return { nodes, tail: message.type === "carousel" ? null : tail, choices, look: choices.length > 0 || message.type === "carousel" ? "rich" : "" };
}

/** What the customer tapped, as the words of his own bubble. */
function answered(answer) {
  const block = el("div", { class: "text" }, answer.title);
  if (!answer.description) return { nodes: [block], tail: block };
  const note = el("span", { class: "foot", text: answer.description });
  return { nodes: [block, note], tail: note };
}

function headerOf(header) {
  if (!header) return null;
  if (header.type === "text") return el("span", { class: "title" }, formatted(header.text ?? ""));
  if (header.type === "image") return picture(header.image, blankPhoto, copy.photo);
  if (header.type === "document") return fileCard(header.document ?? {});
  return el("span", { class: "media" }, blankPhoto(copy.video));
}

function cardOf({ type, action = {} }) {
  if (!["product", "product_list", "catalog_message"].includes(type)) return null;
  const count = (action.sections ?? []).reduce((total, section) => total + (section.product_items ?? []).length, 0);
  const name = type === "product" ? copy.product(action.product_retailer_id) : copy.catalog;
  return el("span", { class: "product" },
    el("span", { class: "product-art" }, icon("basket")),
    el("span", {}, el("span", { class: "product-name", text: name }),
      el("span", { class: "product-sku", text: count ? copy.catalogOf(count) : copy.onlyRealPhone })));
}

function replyButtons(entry, actions) {
  return (entry.body.interactive.action?.buttons ?? []).map(({ reply }) => tappable("reply-button", "reply", reply.title,
    () => actions.send({ type: "button_reply", id: reply.id, title: reply.title, context_wamid: entry.wamid })));
}

function listButton(entry, actions) {
  const action = entry.body.interactive.action ?? {};
  return [tappable("list-open", "list", action.button ?? "", () => actions.openList(entry))];
}

function placeButton(entry, actions) {
  return [tappable("location-request", "pin", copy.sendLocation, () => actions.openPlaces(entry))];
}

function closedButton(symbol, title) {
  return el("button", { class: "choice", type: "button", disabled: true, title: copy.onlyRealPhone }, icon(symbol), title);
}

function linkButton(parameters = {}) {
  const title = parameters.display_text ?? copy.openLink;
  if (!/^https?:\/\//u.test(parameters.url ?? "")) return closedButton("external", title);
  return el("a", { class: "choice-link", href: parameters.url, target: "_blank", rel: "noopener noreferrer" }, icon("external"), title);
}

function carousel(cards) {
  return el("div", { class: "cards", role: "group", tabindex: "0" }, cards.map((card) => el("div", { class: "card" },
    headerOf(card.header),
    card.body?.text && el("div", { class: "text" }, formatted(card.body.text)),
    card.action?.name === "cta_url" ? linkButton(card.action.parameters) : closedButton("basket", copy.seeCatalog))));
}
