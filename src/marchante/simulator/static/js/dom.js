/** Building blocks for the page: every text becomes a text node, never markup. */

const SVG = "http://www.w3.org/2000/svg";
const SPRITE = "/phone/static/art/icons.svg";

/**
 * Creates an element. `props`: `class`, `data` (dataset), `on` (listeners), `text`; anything else is an
 * attribute (true = present, false/null/undefined = absent). Children that are strings become text nodes.
 */
export function el(tag, props = {}, ...children) {
  return fill(document.createElement(tag), props, children);
}

/** The same for SVG shapes. */
export function shape(tag, props = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), props, children);
}

function fill(node, { data, on, text, ...attributes }, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value === true ? "" : String(value));
  }
  Object.assign(node.dataset, data ?? {});
  for (const [event, listener] of Object.entries(on ?? {})) node.addEventListener(event, listener);
  if (text !== undefined) node.textContent = text;
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** One drawing of our sprite; decorative, so hidden from screen readers. */
export function icon(name) {
  return shape("svg", { class: "icon", "aria-hidden": "true" }, shape("use", { href: `${SPRITE}#${name}` }));
}

/** Text only a screen reader says. */
export function spoken(text) {
  return el("span", { class: "sr", text });
}
