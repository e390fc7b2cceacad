/** One customer's chat with one shop: what was said, in order, kept true to the simulator through breaks of the line. */

import { fetchEntries, postMessage, postSeen, streamUrl } from "./api.js";
import { nowSeconds } from "./clock.js";
import { isForward, localBody } from "./entry.js";
import { listen } from "./stream.js";

export class Chat {
  #pair;
  #timeline;
  #events;
  #entries = [];
  #byWamid = new Map();
  #statuses = new Map(); // wamid -> status told before its entry
  #held = []; // entries of ours that arrived while we wait to learn which one is the one we sent
  #outbox = Promise.resolve();
  #sending = 0;
  #typingTimer = 0;
  #seenWamid = null;
  #stop = () => {};
  #closed = false;

  /**
   * `pair`: {customer, shop}. `events`: {connection(up), typing(on), loaded(), visible() → bool}.
   */
  constructor(pair, timeline, events) {
    this.#pair = pair;
    this.#timeline = timeline;
    this.#events = events;
  }

  open() {
    this.#stop = listen(streamUrl(this.#pair), {
      up: () => this.#sync(),
      down: () => this.#events.connection(false),
      entry: (entry) => this.#receive(entry),
      status: (status) => this.#applyStatus(status),
      typing: ({ until }) => this.#showTyping(until),
      read: ({ wamid }) => this.#markRead(wamid),
    });
    this.#sync();
  }

  close() {
    this.#closed = true;
    this.#stop();
    clearTimeout(this.#typingTimer);
  }

  find(wamid) {
    return this.#byWamid.get(wamid) ?? null;
  }

  /** Shows the customer's message at once and posts it; messages leave one by one, in order. */
  send(payload) {
    const body = localBody(payload);
    const entry = { direction: "out", wamid: null, at: nowSeconds(), type: body.type, body, status: "pending", payload };
    this.#show(entry, true);
    this.#post(entry);
  }

  retry(entry) {
    this.#entries.splice(this.#entries.indexOf(entry), 1);
    this.#timeline.remove(entry);
    this.send(entry.payload);
  }

  /** The shop's messages become read while the customer looks at them. */
  markSeen() {
    const last = this.#entries.findLast((entry) => entry.direction === "in");
    if (this.#closed || !last || last.wamid === this.#seenWamid || !this.#events.visible()) return;
    this.#seenWamid = last.wamid;
    postSeen(this.#pair).catch(() => { this.#seenWamid = null; }); // told again with the next message or look
  }

  #post(entry) {
    this.#sending += 1;
    this.#outbox = this.#outbox.then(async () => {
      try {
        const { wamid } = await postMessage(this.#pair, entry.payload);
        entry.wamid = wamid;
        entry.status = "sent";
        this.#byWamid.set(wamid, entry);
        this.#adoptStatus(entry);
      } catch (error) {
        entry.status = "failed";
        entry.error = error.message;
      }
      this.#sending -= 1;
      this.#timeline.refresh(entry);
      if (this.#sending === 0) this.#held.splice(0).forEach((held) => this.#receive(held));
    });
  }

  async #sync() {
    const before = [...this.#byWamid.keys()]; // what is sent while we ask may be missing in the answer
    let entries;
    try {
      entries = await fetchEntries(this.#pair);
    } catch {
      this.#events.connection(false);
      return;
    }
    if (this.#closed) return;
    const known = new Set(entries.map((entry) => entry.wamid));
    const unsent = before.some((wamid) => !known.has(wamid)) ? this.#forget() : [];
    const first = this.#byWamid.size === 0;
    for (const entry of entries) this.#receive(entry, !first);
    for (const entry of unsent) this.#show(entry, false);
    this.#events.connection(true);
    this.#events.loaded();
    this.markSeen();
  }

  /** The simulator was started anew: what it no longer knows leaves the screen. Returns what it never knew. */
  #forget() {
    const unsent = this.#entries.filter((entry) => !entry.wamid);
    this.#entries = [];
    this.#byWamid.clear();
    this.#statuses.clear();
    this.#timeline.clear();
    return unsent;
  }

  #receive(entry, live = true) {
    if (this.#closed) return;
    const known = this.#byWamid.get(entry.wamid);
    if (known) {
      if (entry.type === "document" && known.payload) this.#timeline.redraw(Object.assign(known, { body: entry.body, payload: null }));
      this.#applyStatus(entry);
    } else if (entry.direction === "out" && this.#sending > 0) {
      this.#held.push(entry);
    } else {
      this.#byWamid.set(entry.wamid, entry);
      this.#adoptStatus(entry);
      if (entry.direction === "in") this.#showTyping(0);
      this.#show(entry, live);
      if (live) this.markSeen();
    }
  }

  #show(entry, live) {
    this.#entries.push(entry);
    this.#timeline.add(entry, live);
  }

  #applyStatus({ wamid, status, error }) {
    const entry = this.#byWamid.get(wamid);
    if (!entry) {
      if (isForward(this.#statuses.get(wamid)?.status, status)) this.#statuses.set(wamid, { wamid, status, error });
    } else if (isForward(entry.status, status)) {
      entry.status = status;
      entry.error = error ?? null;
      this.#timeline.refresh(entry);
    }
  }

  #adoptStatus(entry) {
    const early = this.#statuses.get(entry.wamid);
    if (!early) return;
    this.#statuses.delete(entry.wamid);
    this.#applyStatus(early);
  }

  /** Reading one message reads all before it. */
  #markRead(wamid) {
    if (!this.#byWamid.has(wamid)) {
      this.#applyStatus({ wamid, status: "read" });
      return;
    }
    for (const entry of this.#entries) {
      if (entry.direction === "out" && entry.wamid && entry.status !== "failed") this.#applyStatus({ wamid: entry.wamid, status: "read" });
      if (entry.wamid === wamid) return;
    }
  }

  #showTyping(until) {
    clearTimeout(this.#typingTimer);
    const left = (until - nowSeconds()) * 1000;
    const on = left > 0;
    this.#timeline.setTyping(on);
    this.#events.typing(on);
    if (on) this.#typingTimer = setTimeout(() => this.#showTyping(0), left);
  }
}
