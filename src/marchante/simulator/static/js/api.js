/** The simulator's phone API. Every call rejects with an Error whose message can be shown. */

import { copy } from "./copy.js";

const BASE = "/phone/api";

async function call(path, body) {
  let response;
  try {
    response = await fetch(`${BASE}${path}`, body === undefined ? { cache: "no-store" } : {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
  } catch {
    throw new Error(copy.noConnection);
  }
  if (!response.ok) throw new Error(await reason(response));
  const text = await response.text();
  return text ? JSON.parse(text) : {};
}

async function reason(response) {
  try {
    const { detail } = await response.json();
    return typeof detail === "string" ? detail : detail[0].msg;
  } catch {
    return `error ${response.status}`;
  }
}

function chatPath({ customer, shop }) {
  return `/chats/${encodeURIComponent(customer.wa_id)}/${encodeURIComponent(shop.phone_number_id)}`;
}

/** → {numbers: [{phone_number_id, name, display_phone}], customers: [{wa_id, name, user_id}]} */
export const fetchState = () => call("/state");

/** → entries of one chat, oldest first. */
export const fetchEntries = async (chat) => (await call(chatPath(chat))).entries;

/** Sends what the customer wrote or tapped → {wamid}. */
export const postMessage = (chat, payload) => call(`${chatPath(chat)}/messages`, payload);

/** The customer has the chat open: the shop's messages become read. */
export const postSeen = (chat) => call(`${chatPath(chat)}/seen`, {});

/** → {wa_id, name} of a customer the simulator invents a number for. */
export const createCustomer = (name) => call("/customers", { name });

export const streamUrl = (chat) => `${BASE}${chatPath(chat)}/stream`;
