/** WhatsApp's text marks (*bold* _italic_ ~strike~ `code` ```block``` > quote, - point) and links as DOM nodes. */

import { el } from "./dom.js";

const BLOCK = /```([\s\S]+?)```/gu;
const marked = (sign) => `(?<![\\p{L}\\p{N}${sign}])${sign}(?=\\S)([^${sign}\\n]*[^${sign}\\s])${sign}(?![\\p{L}\\p{N}${sign}])`;
const INLINE = new RegExp(`\`([^\`\\n]+)\`|${marked("\\*")}|${marked("_")}|${marked("~")}|(https?:\\/\\/[^\\s<>"]+)`, "gu");
const TAGS = [null, "code", "strong", "em", "s"];
const AFTER_LINK = /[.,;:!?)\]*_~]+$/u;
const ONLY_EMOJI = /^(?:\p{Extended_Pictographic}(?:\uFE0F|\u200D\p{Extended_Pictographic}|\p{Emoji_Modifier})*\s*){1,3}$/u;

/** One to three emoji and nothing else: shown large. */
export const isOnlyEmoji = (text) => ONLY_EMOJI.test(text.trim());

/** The text with its marks as nodes; nothing in it can become markup. */
export function formatted(text) {
  const fragment = document.createDocumentFragment();
  let last = 0;
  for (const match of text.matchAll(BLOCK)) {
    fragment.append(...lines(text.slice(last, match.index)), el("code", { class: "block", text: match[1].trim() }));
    last = match.index + match[0].length;
  }
  fragment.append(...lines(text.slice(last)));
  return fragment;
}

function lines(text) {
  const nodes = [];
  let afterBlock = true; // a block element ends its own line
  for (const line of text.split("\n")) {
    const node = blockOf(line);
    if (node) nodes.push(node);
    else nodes.push(...(afterBlock ? [] : ["\n"]), ...inline(line));
    afterBlock = node !== null;
  }
  return nodes;
}

function blockOf(line) {
  const quote = /^> (.+)$/u.exec(line);
  if (quote) return el("blockquote", {}, inline(quote[1]));
  const point = /^[-*] (.+)$/u.exec(line);
  return point ? el("span", { class: "point" }, "• ", inline(point[1])) : null;
}

function inline(text) {
  const nodes = [];
  let last = 0;
  for (const match of text.matchAll(INLINE)) {
    const group = match.findIndex((part, index) => index > 0 && part !== undefined);
    const node = group === 5 ? link(match[5]) : [group === 1 ? el("code", { text: match[1] }) : el(TAGS[group], {}, inline(match[group]))];
    nodes.push(text.slice(last, match.index), ...node);
    last = match.index + match[0].length;
  }
  nodes.push(text.slice(last));
  return nodes.filter((node) => node !== "");
}

function link(written) {
  const address = written.replace(AFTER_LINK, "");
  return [el("a", { href: address, target: "_blank", rel: "noopener noreferrer", text: address }), written.slice(address.length)];
}
