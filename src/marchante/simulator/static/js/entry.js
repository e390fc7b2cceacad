/** What a message means to the page, whichever side wrote it: words for quotes, status order, files. */

import { copy } from "./copy.js";
import { formatted } from "./format.js";

const RANK = { pending: 0, sent: 1, delivered: 2, read: 3, failed: 4 };

/** True when `next` is news after `current`: a status never goes back. */
export const isForward = (current, next) => (RANK[next] ?? -1) > (RANK[current] ?? -1);

/** Address of a picture or file: its public link, else the copy the simulator keeps; null when there is neither. */
export function fileUrl(file) {
  if (/^https?:\/\//u.test(file?.link ?? "")) return file.link;
  return file?.id ? `/phone/api/media/${encodeURIComponent(file.id)}` : null;
}

/** The message as the webhook would carry it, drawn before the simulator has answered. */
export function localBody(payload) {
  const context = payload.context_wamid ? { context: { id: payload.context_wamid } } : {};
  switch (payload.type) {
    case "text":
      return { type: "text", text: { body: payload.text } };
    case "button_reply":
      return { type: "interactive", interactive: { type: "button_reply", button_reply: { id: payload.id, title: payload.title } }, ...context };
    case "list_reply":
      return {
        type: "interactive",
        interactive: { type: "list_reply", list_reply: { id: payload.id, title: payload.title, description: payload.description } },
        ...context,
      };
    case "button":
      return { type: "button", button: { payload: payload.payload, text: payload.text }, ...context };
    case "location": {
      const { type, context_wamid: _quoted, ...place } = payload;
      return { type, location: place, ...context };
    }
    case "contacts":
      return { type: "contacts", contacts: [{ name: { formatted_name: payload.name }, phones: [{ phone: payload.phone }] }], ...context };
    case "reaction":
      return { type: "reaction", reaction: { message_id: payload.message_wamid, emoji: payload.emoji } };
    default:
      return { type: payload.type, [payload.type]: {} };
  }
}

/** The id of the message this one answers, if it shows one. */
export const quotedId = (entry) => entry.body.context?.id ?? entry.body.context?.message_id ?? null;

/** {target, emoji} of a reaction, whichever side sent it. */
export const reactionOf = (entry) => ({ target: entry.body.reaction?.message_id, emoji: entry.body.reaction?.emoji ?? "" });

/** A line that says what the message is, without marks, for quotes and for the list of chats. */
export const summaryOf = (entry) => formatted(rawSummary(entry)).textContent;

function rawSummary(entry) {
  const { body } = entry;
  switch (entry.type) {
    case "text": return body.text?.body ?? "";
    case "button": return body.button?.text ?? "";
    case "interactive": return interactiveSummary(body.interactive ?? {});
    case "image": case "video": case "document":
      return [copy.kinds[entry.type], body[entry.type]?.caption ?? body[entry.type]?.filename].filter(Boolean).join(" · ");
    case "location": return [copy.kinds.location, body.location?.name].filter(Boolean).join(": ");
    case "template": return `${copy.kinds.template} ${body.template?.name ?? ""}`;
    case "reaction": return copy.reactedWith(reactionOf(entry).emoji);
    default: return copy.kinds[entry.type] ?? copy.kinds.unknown;
  }
}

function interactiveSummary(interactive) {
  const answer = interactive.button_reply ?? interactive.list_reply;
  return answer?.title ?? interactive.body?.text ?? interactive.header?.text ?? copy.kinds.product;
}

/** Why a message failed, as one would say it. `error` is Meta's error object or nothing. */
export function errorText(error) {
  if (!error) return copy.noReason;
  return `${copy.errors[error.code] ?? error.error_data?.details ?? error.title} (${error.code})`;
}
