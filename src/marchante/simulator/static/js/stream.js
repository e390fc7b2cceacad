/** Live events of one chat, reconnecting for ever. */

const EVENTS = ["entry", "status", "typing", "read"];
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 5000;

/**
 * Listens at `url`; `handlers` has one function per event plus `up` (connected, also after a break) and `down`.
 * Returns a function that stops listening.
 */
export function listen(url, handlers) {
  let source = null;
  let timer = 0;
  let wait = FIRST_WAIT_MS;

  const connect = () => {
    source = new EventSource(url);
    source.addEventListener("open", () => {
      wait = FIRST_WAIT_MS;
      handlers.up();
    });
    source.addEventListener("error", () => {
      handlers.down();
      // The browser gives up for good on an HTTP error (the server restarting); we do not.
      if (source.readyState === EventSource.CLOSED) {
        timer = setTimeout(connect, wait);
        wait = Math.min(wait * 2, LONGEST_WAIT_MS);
      }
    });
    for (const name of EVENTS) source.addEventListener(name, (event) => handlers[name](JSON.parse(event.data)));
  };

  connect();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}
