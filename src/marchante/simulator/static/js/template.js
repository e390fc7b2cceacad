/** Template messages: the phone does not know the approved text, so it shows the name and the values filled in. */

import { copy } from "./copy.js";
import { el } from "./dom.js";
import { tappable } from "./parts.js";

/** The words a parameter would put into the template. */
function valueOf(parameter) {
  const { type } = parameter;
  if (type === "text" || type === "payload") return parameter[type];
  const filled = parameter[type] ?? {};
  return filled.fallback_value ?? filled.filename ?? filled.link ?? filled.name ?? copy.kinds[type] ?? type;
}

export function template(entry, actions) {
  const { name, language, components = [] } = entry.body.template ?? {};
  const values = components.filter((component) => component.type !== "button").flatMap((component) => component.parameters ?? []).map(valueOf);
  const choices = components.filter((component) => component.sub_type === "quick_reply").map(({ parameters = [] }) => {
    const payload = parameters.map(valueOf).join(" ");
    return tappable("template-button", "reply", payload, () => actions.send({ type: "button", payload, text: payload, context_wamid: entry.wamid }));
  });
  return {
    nodes: [
      el("span", { class: "template-tag", text: copy.template(name, language?.code) }),
      el("ul", { class: "template-values" }, values.map((value) => el("li", { text: value }))),
    ],
    choices,
  };
}
