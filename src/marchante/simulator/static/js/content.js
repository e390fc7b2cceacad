/**
 * The inside of a bubble, by message type.
 *
 * A renderer returns {nodes, tail, choices, look}: `tail` is the last text block, where the time can sit on the
 * last line; `choices` go below the bubble; `look` is "rich" (full width), "pictured" (as wide as a picture), "bare" (no bubble) or "".
 */

import { copy } from "./copy.js";
import { el, icon } from "./dom.js";
import { blankPhoto, listPhoto, mapPicture, tomatoSticker } from "./drawing.js";
import { fileUrl } from "./entry.js";
import { interactive } from "./interactive.js";
import { fileCard, picture, words } from "./parts.js";
import { template } from "./template.js";

const RENDERERS = {
  text: ({ body }) => words(body.text?.body ?? ""),
  button: ({ body }) => words(body.button?.text ?? ""),
  image, video, audio, document: file, sticker, location, contacts, order, interactive, template,
};

/** `actions`: what a tap can do, see Phone. */
export function contentOf(entry, actions) {
  const render = RENDERERS[entry.type] ?? unsupported;
  return { nodes: [], tail: null, choices: [], look: "", ...render(entry, actions) };
}

function captioned(node, caption) {
  if (!caption) return { nodes: [node], look: "pictured" };
  const { nodes, tail } = words(caption);
  return { nodes: [node, ...nodes], tail, look: "pictured" };
}

/** What the customer attaches is a sample of the simulator: our drawing says more than its few bytes. */
const shownUrl = ({ direction, body, type }) => (direction === "out" ? null : fileUrl(body[type]));

function image({ body, direction }) {
  const shown = direction === "out" ? picture(null, listPhoto, copy.samplePhoto) : picture(body.image, blankPhoto, copy.photo);
  return captioned(shown, body.image?.caption);
}

function video(entry) {
  const address = shownUrl(entry);
  const frame = address
    ? el("span", { class: "media" }, el("video", { src: address, controls: true, preload: "metadata", "aria-label": copy.video }))
    : el("span", { class: "media" }, blankPhoto(copy.videoUnavailable), el("span", { class: "media-play", "aria-hidden": "true" }, icon("play")));
  return captioned(frame, entry.body.video?.caption);
}

function audio(entry) {
  const address = shownUrl(entry);
  if (address) return { nodes: [el("audio", { src: address, controls: true, preload: "metadata", "aria-label": copy.voice })] };
  const bars = [..."1223453425213443212354321243212"].map((height) => el("span", { class: "wave-bar", data: { h: height } }));
  return {
    nodes: [el("div", { class: "voice", role: "img", "aria-label": `${copy.voice}, 0:07` },
      el("span", { class: "voice-play" }, icon("play")), el("span", { class: "wave" }, bars), el("span", { class: "voice-time", text: "0:07" }))],
  };
}

function file({ body }) {
  return captioned(fileCard(body.document ?? {}), body.document?.caption);
}

function sticker({ direction, body }) {
  return { nodes: [picture(direction === "out" ? null : body.sticker, tomatoSticker, copy.sticker, "sticker")], look: "bare" };
}

function location({ body }) {
  const { latitude, longitude, name, address } = body.location ?? {};
  const lat = Number(latitude);
  const lon = Number(longitude);
  const coordinates = `${lat.toFixed(5)}, ${lon.toFixed(5)}`;
  const tail = el("span", { class: "place-address", text: address ?? (name ? coordinates : "") });
  const title = el("span", { class: "place-name", text: name ?? coordinates });
  return {
    nodes: [el("span", { class: "media" }, mapPicture(lat, lon, copy.mapOf(name ?? coordinates))), title, tail],
    tail: tail.textContent ? tail : title,
    look: "pictured",
  };
}

function contacts({ body }) {
  const cards = (body.contacts ?? []).map((contact) => el("div", { class: "contact" },
    el("span", { class: "avatar", data: { hue: "2" }, "aria-hidden": "true" }, icon("person")),
    el("span", {},
      el("span", { class: "contact-name", text: contact.name?.formatted_name ?? "" }),
      (contact.phones ?? []).map((line) => el("span", { class: "contact-phone", text: line.phone ?? line.wa_id ?? "" })))));
  return { nodes: cards };
}

function order({ body }) {
  const items = body.order?.product_items ?? [];
  const lines = items.map((item) => copy.pieces(item.quantity, item.product_retailer_id)).join("\n");
  const { nodes, tail } = words(lines);
  return { nodes: [el("span", { class: "title", text: copy.kinds.order }), ...nodes], tail };
}

function unsupported(entry) {
  const block = el("div", { class: "text unsupported", text: copy.unsupported(entry.type) });
  return { nodes: [block], tail: block };
}
