/** Pieces that several kinds of message share. */

import { copy } from "./copy.js";
import { el, icon } from "./dom.js";
import { fileUrl } from "./entry.js";
import { formatted, isOnlyEmoji } from "./format.js";

/** A text block; also the place for the time. */
export function words(text) {
  const block = el("div", { class: isOnlyEmoji(text) ? "text big" : "text" }, formatted(text));
  return { nodes: [block], tail: block };
}

/** A picture by its address, or a drawing when there is none or it does not load. */
export function picture(image, drawing, label, kind = "media") {
  const address = fileUrl(image);
  if (!address) return el("span", { class: kind }, drawing(label));
  const img = el("img", { src: address, alt: image.caption ?? label, referrerpolicy: "no-referrer" });
  img.addEventListener("error", () => img.replaceWith(drawing(label)));
  return el("span", { class: kind }, img);
}

/** A document by its name; it opens when it has an address. */
export function fileCard(details) {
  const name = details.filename ?? copy.documentName;
  const kind = (/\.(\w{2,5})$/u.exec(name)?.[1] ?? details.mime_type ?? copy.document).toUpperCase();
  const address = fileUrl(details);
  const link = address ? { href: address, target: "_blank", rel: "noopener noreferrer" } : {};
  return el(address ? "a" : "span", { class: "file", ...link },
    icon("document"), el("span", {}, el("span", { class: "file-name", text: name }), el("span", { class: "file-kind", text: kind })));
}

/** A choice under a bubble. */
export function tappable(testid, symbol, title, onTap) {
  return el("button", {
    class: "choice", type: "button", data: { testid },
    // The second click of a double click is a slip, not an answer.
    on: { click: (event) => event.detail < 2 && onTap() },
  }, icon(symbol), title);
}
