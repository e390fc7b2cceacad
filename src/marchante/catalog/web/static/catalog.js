// The catalog works without this file; with it, taps count, the total is shown and the cart survives a reload.
const form = document.querySelector("form[data-shop]");
if (form) {
  const inputs = [...form.querySelectorAll(".stepper input")];
  const key = `cart:${form.dataset.shop}`;
  const pesos = new Intl.NumberFormat("es-MX", { style: "currency", currency: "MXN" });
  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const quantity = (input) => (input.validity.valid ? Number(input.value) || 0 : 0);
  const round = (value) => Math.round(value * 1000) / 1000;

  const read = () => { try { return JSON.parse(localStorage.getItem(key)) || {}; } catch { return {}; } };
  const keep = (cart) => { try { localStorage.setItem(key, JSON.stringify(cart)); } catch { /* private window */ } };

  const show = () => {
    const chosen = inputs.filter((input) => quantity(input) > 0);
    const cents = chosen.reduce((sum, input) => sum + Math.round(Number(input.dataset.cents) * quantity(input)), 0);
    for (const input of inputs) input.closest(".stepper").classList.toggle("chosen", input.value !== "");
    document.querySelector(".total").hidden = !chosen.length;
    document.querySelector("#count").textContent = chosen.length === 1 ? "1 producto" : `${chosen.length} productos`;
    document.querySelector("#total").textContent = pesos.format(cents / 100);
    document.querySelector(".order").disabled = !chosen.length;
    keep(Object.fromEntries(chosen.map((input) => [input.name, input.value])));
  };

  const tap = (input, direction) => {
    const { first, more } = input.dataset;
    const now = quantity(input);
    const next = direction > 0 ? (now ? now + Number(more) : Number(first)) : now - Number(more);
    input.value = next > 0 ? Math.min(round(next), Number(input.max)) : "";
    show();
  };

  const search = () => {
    const words = plain(document.querySelector("#search").value).split(/\s+/).filter(Boolean);
    let found = 0;
    for (const section of form.querySelectorAll("section")) {
      let inside = 0;
      for (const item of section.querySelectorAll("li")) {
        const name = plain(item.dataset.name);
        item.hidden = !words.every((word) => name.includes(word));
        inside += !item.hidden;
      }
      section.hidden = !inside;
      found += inside;
    }
    form.querySelector(".nothing").hidden = found > 0;
  };

  document.documentElement.classList.add("scripted");
  for (const hidden of document.querySelectorAll(".search, .stepper button")) hidden.hidden = false;
  document.querySelector("#search").addEventListener("input", search);
  if (inputs.length) {
    const cart = read();
    for (const input of inputs) {
      const stepper = input.closest(".stepper");
      input.value = cart[input.name] ?? input.value;
      input.addEventListener("input", show);
      stepper.querySelector(".less").addEventListener("click", () => tap(input, -1));
      stepper.querySelector(".more").addEventListener("click", () => tap(input, 1));
    }
    document.querySelector("#empty").addEventListener("click", () => {
      for (const input of inputs) input.value = "";
      show();
    });
    form.addEventListener("submit", () => {
      // Empty fields would only make the address longer.
      for (const input of inputs) input.disabled = quantity(input) === 0;
      setTimeout(() => { for (const input of inputs) input.disabled = false; });
    });
    window.addEventListener("pageshow", show);
    show();
  }
}
