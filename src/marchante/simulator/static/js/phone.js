/** One phone on the desk: who holds it, which shop it talks to, and everything that can be tapped on it. */

import { hueOf } from "./avatar.js";
import { Chat } from "./chat.js";
import { nowSeconds, timeOf } from "./clock.js";
import { wireComposer } from "./composer.js";
import { copy } from "./copy.js";
import { el, icon } from "./dom.js";
import { leaveSheet } from "./sheet.js";
import { openChats, openList, openNewCustomer, openPlaces } from "./sheets.js";
import { Timeline } from "./timeline.js";

const CLOCK_MS = 10_000;
const OFFLINE_GRACE_MS = 800;

export class Phone {
  #desk;
  #screen;
  #timeline;
  #composer;
  #chat = null;
  #offlineTimer = 0;
  #clock = 0;
  #typing = false;
  #online = true;

  /**
   * `desk`: {numbers, customers, addCustomer(name) → customer, suggestName(), remember()}.
   * `choice`: {customer, shop}, either may be null.
   */
  constructor(desk, number, choice) {
    this.#desk = desk;
    this.customer = choice.customer;
    this.shop = choice.shop;
    this.root = document.getElementById("phone-template").content.cloneNode(true).firstElementChild;
    this.root.setAttribute("aria-label", copy.phone(number));
    this.#screen = this.root.querySelector(".screen");
    this.#timeline = new Timeline(this.root.querySelector(".chat"));
    this.#composer = wireComposer(this.root.querySelector(".composer"), {
      sendText: (text) => this.#chat?.send({ type: "text", text }),
      sendMedia: (type) => this.#chat?.send({ type }),
      openPlaces: () => this.#openPlaces(),
    });
    this.#wirePickers();
    this.#part("back").addEventListener("click", () => this.#openChats());
    this.#tellTime();
    this.#clock = setInterval(() => this.#tellTime(), CLOCK_MS);
  }

  /** Call once the phone lies on the desk. */
  start() {
    this.refreshPickers();
    this.#openChat();
    if (!this.customer) this.#openNewCustomer();
  }

  stop() {
    clearInterval(this.#clock);
    clearTimeout(this.#offlineTimer);
    this.#chat?.close();
    this.root.remove();
  }

  /** The desk learnt of other customers or shops. */
  refreshPickers() {
    fillSelect(this.#part("customer-select"), this.#desk.customers, (customer) => [customer.wa_id, customer.name ?? customer.wa_id], this.customer?.wa_id);
    fillSelect(this.#part("shop-select"), this.#desk.numbers, (shop) => [shop.phone_number_id, shop.name], this.shop?.phone_number_id);
  }

  look() {
    this.#chat?.markSeen();
  }

  #part(testid) {
    return this.root.querySelector(`[data-testid="${testid}"]`);
  }

  #wirePickers() {
    this.#part("customer-select").addEventListener("change", (event) => {
      this.#choose({ customer: this.#desk.customers.find((customer) => customer.wa_id === event.target.value) });
    });
    this.#part("shop-select").addEventListener("change", (event) => {
      this.#choose({ shop: this.#desk.numbers.find((shop) => shop.phone_number_id === event.target.value) });
    });
    this.#part("new-customer").addEventListener("click", () => this.#openNewCustomer());
  }

  #openNewCustomer() {
    openNewCustomer(this.#screen, this.#desk.suggestName(), async (name) => {
      this.#choose({ customer: await this.#desk.addCustomer(name) });
      this.#composer.focus();
    });
  }

  #choose({ customer = this.customer, shop = this.shop }) {
    this.customer = customer;
    this.shop = shop;
    this.refreshPickers();
    this.#desk.remember();
    this.#openChat();
  }

  #openChat() {
    this.#chat?.close();
    this.#chat = null;
    this.#typing = false;
    leaveSheet(this.#screen);
    if (!this.customer || !this.shop) return;
    const { shop, customer } = this;
    this.#part("composer").setAttribute("aria-label", `Mensaje de ${customer.name ?? customer.wa_id} para ${shop.name}`);
    this.root.querySelector(".shop-name").textContent = shop.name;
    const avatar = this.root.querySelector(".shop-avatar");
    avatar.dataset.hue = hueOf(shop);
    avatar.replaceChildren(icon("shop"));
    const chat = new Chat({ customer, shop }, this.#timeline, {
      connection: (up) => this.#showConnection(up),
      typing: (on) => { this.#typing = on; this.#showPresence(); },
      loaded: () => this.#timeline.loaded((idea) => chat.send({ type: "text", text: idea })),
      visible: () => document.visibilityState === "visible" && this.root.checkVisibility(),
    });
    this.#chat = chat;
    this.#timeline.reset({
      shopName: shop.name, customerName: customer.name ?? customer.wa_id, find: (wamid) => chat.find(wamid), actions: this.#actions(chat),
    });
    this.#showPresence();
    chat.open();
  }

  /** What a tap inside a message does. */
  #actions(chat) {
    return {
      send: (payload) => chat.send(payload),
      retry: (entry) => chat.retry(entry),
      openPlaces: (entry) => this.#openPlaces(entry),
      shareContact: (entry) => chat.send({ type: "contacts", ...this.#contact(), context_wamid: entry.wamid }),
      openList: (entry) => openList(this.#screen, entry, (row) => chat.send({
        type: "list_reply", id: row.id, title: row.title, description: row.description ?? "", context_wamid: entry.wamid,
      })),
    };
  }

  /** `request`: the message that asks for the place, if one does. */
  #openPlaces(request) {
    const context = request ? { context_wamid: request.wamid } : {};
    openPlaces(this.#screen, (place) => this.#chat?.send({ type: "location", ...place, ...context }));
  }

  #contact() {
    return { name: this.customer.name, phone: `+${this.customer.wa_id}` };
  }

  #openChats() {
    if (!this.customer) return;
    openChats(this.#screen, { customer: this.customer, shops: this.#desk.numbers, current: this.shop }, (shop) => {
      this.#choose({ shop });
      this.#composer.focus();
    });
  }

  /** A line that comes back at once is not worth a banner. */
  #showConnection(up) {
    clearTimeout(this.#offlineTimer);
    const show = () => {
      this.#online = up;
      const banner = this.#part("offline");
      banner.hidden = up;
      banner.textContent = up ? "" : copy.offline;
      this.#showPresence();
    };
    if (up) show();
    else this.#offlineTimer = setTimeout(show, OFFLINE_GRACE_MS);
  }

  #showPresence() {
    const presence = this.#part("presence");
    presence.dataset.typing = String(this.#typing && this.#online);
    presence.textContent = this.#online ? (this.#typing ? copy.typing : copy.online) : copy.connecting;
  }

  #tellTime() {
    this.root.querySelector(".statusbar-clock").textContent = timeOf(nowSeconds()).replace(/\s[ap].*$/u, "");
  }
}

function fillSelect(select, things, optionOf, chosen) {
  select.replaceChildren(...things.map((thing) => {
    const [value, text] = optionOf(thing);
    return el("option", { value, text });
  }));
  select.value = chosen ?? "";
}
