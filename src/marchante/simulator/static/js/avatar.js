/** A round picture for a shop: a storefront on a colour that is always the same for the same shop. */

import { el, icon } from "./dom.js";

const HUES = 6;

export function hueOf(shop) {
  return String([...shop.phone_number_id].reduce((sum, char) => sum + char.codePointAt(0), 0) % HUES);
}

export function shopAvatar(shop) {
  return el("span", { class: "avatar", "aria-hidden": "true", data: { hue: hueOf(shop) } }, icon("shop"));
}
