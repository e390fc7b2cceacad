/** Starts the desk: learns which shops and customers there are, lays one or two phones, remembers them in the address. */

import { createCustomer, fetchState } from "./api.js";
import { copy } from "./copy.js";
import { el } from "./dom.js";
import { Phone } from "./phone.js";

const RETRY_MS = 2000;

class Desk {
  numbers = [];
  customers = [];
  #main = document.querySelector(".desk");
  #toggle = document.querySelector(".toggle");
  #phones = [];

  async start() {
    await this.#waitForShops();
    const wanted = new URLSearchParams(location.search);
    this.#main.replaceChildren();
    this.#main.removeAttribute("aria-busy");
    this.#lay(this.#choice(wanted, 0));
    if (wanted.get("two") === "1") this.#lay(this.#choice(wanted, 1));
    this.#show(0);
    this.#toggle.addEventListener("click", () => this.#changeCount());
    for (const tab of document.querySelectorAll(".tab")) tab.addEventListener("click", () => this.#show(Number(tab.dataset.tab)));
    document.addEventListener("visibilitychange", () => document.hidden || this.#comeBack());
    this.remember();
  }

  async addCustomer(name) {
    const customer = await createCustomer(name);
    this.customers.push(customer);
    for (const phone of this.#phones) phone.refreshPickers();
    return customer;
  }

  /** A first name nobody here has yet. */
  suggestName() {
    const taken = new Set(this.customers.map((customer) => customer.name));
    return copy.names.find((name) => !taken.has(name)) ?? "";
  }

  /** Keeps the address bar true to the desk, so that a reload or a shared link shows the same. */
  remember() {
    const query = new URLSearchParams();
    this.#phones.forEach((phone, index) => {
      const suffix = index ? String(index + 1) : "";
      if (phone.shop) query.set(`shop${suffix}`, phone.shop.phone_number_id);
      if (phone.customer) query.set(`customer${suffix}`, phone.customer.wa_id);
    });
    if (this.#phones.length === 2) query.set("two", "1");
    history.replaceState(null, "", `?${query}`);
  }

  async #waitForShops() {
    for (;;) {
      try {
        await this.#learn();
        if (this.numbers.length) return;
        this.#note(copy.noShops);
      } catch {
        this.#note(copy.unreachable);
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }

  async #learn() {
    const { numbers, customers } = await fetchState();
    this.numbers = numbers;
    this.customers = customers;
  }

  #note(text) {
    this.#main.replaceChildren(el("p", { class: "desk-note", role: "status", text }));
  }

  /** What phone `index` shows: as the address says, else the first shop and a customer of its own. */
  #choice(wanted, index) {
    const suffix = index ? String(index + 1) : "";
    const shopId = wanted.get(`shop${suffix}`) ?? this.#phones[0]?.shop?.phone_number_id;
    return {
      shop: this.numbers.find((shop) => shop.phone_number_id === shopId) ?? this.numbers[0],
      customer: this.customers.find((customer) => customer.wa_id === wanted.get(`customer${suffix}`))
        ?? this.customers.find((customer) => this.#phones.every((phone) => phone.customer?.wa_id !== customer.wa_id)) ?? null,
    };
  }

  #lay(choice) {
    const phone = new Phone(this, this.#phones.length + 1, choice);
    this.#phones.push(phone);
    this.#main.append(phone.root);
    phone.start();
    this.#showCount();
  }

  #changeCount() {
    if (this.#phones.length === 2) this.#phones.pop().stop();
    else this.#lay(this.#choice(new URLSearchParams(), 1));
    this.#showCount();
    this.#show(0);
    this.remember();
  }

  #showCount() {
    document.body.dataset.phones = String(this.#phones.length);
    this.#toggle.setAttribute("aria-pressed", String(this.#phones.length === 2));
  }

  /** On a narrow window two phones take turns. */
  #show(index) {
    document.body.dataset.shown = String(index);
    for (const tab of document.querySelectorAll(".tab")) tab.setAttribute("aria-pressed", String(Number(tab.dataset.tab) === index));
    for (const phone of this.#phones) phone.look();
  }

  async #comeBack() {
    for (const phone of this.#phones) phone.look();
    try {
      await this.#learn();
    } catch {
      return; // each phone shows by itself that the line is down
    }
    for (const phone of this.#phones) phone.refreshPickers();
  }
}

await new Desk().start();
