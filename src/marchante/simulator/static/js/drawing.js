/** Pictures the page draws itself: a street map, a handwritten list, a sticker. */

import { shape } from "./dom.js";

/** A generator that gives the same streets for the same corner of the world. */
function seeded(text) {
  let state = 2166136261;
  for (const char of text) state = Math.imul(state ^ char.codePointAt(0), 16777619);
  return () => {
    state = Math.imul(state ^ (state >>> 15), 2246822507) + 0x9e3779b9;
    return ((state ^ (state >>> 13)) >>> 0) / 4294967296;
  };
}

/** A map of nowhere in particular around (latitude, longitude), with the pin in the middle. */
export function mapPicture(latitude, longitude, label) {
  const random = seeded(`${latitude.toFixed(3)} ${longitude.toFixed(3)}`);
  const streets = [];
  const line = (from, to, kind, width) => streets.push(shape("path", {
    class: kind, d: `M${from} L${to}`, "stroke-width": width, fill: "none", "stroke-linecap": "round",
  }));
  for (let x = -60 + random() * 20; x < 320; x += 26 + random() * 20) line(`${x} -40`, `${x + 8} 180`, "road", random() < 0.25 ? 7 : 4);
  for (let y = -40 + random() * 20; y < 190; y += 22 + random() * 16) line(`-60 ${y}`, `320 ${y - 8}`, "road", random() < 0.25 ? 7 : 4);
  const avenue = 20 + random() * 90;
  line(`-60 ${avenue}`, `320 ${avenue + 30 - random() * 60}`, "avenue", 9);
  const water = random() < 0.5 ? [] : [shape("path", {
    class: "water", fill: "none", "stroke-width": 16,
    d: `M-60 ${150 - random() * 40} C60 ${90 + random() * 40} 160 ${150 - random() * 50} 320 ${60 + random() * 60}`,
  })];
  const parks = [0, 1].map(() => shape("rect", {
    class: "park", x: random() * 200, y: random() * 90, width: 34 + random() * 34, height: 24 + random() * 22, rx: 4,
  }));
  return shape("svg", { class: "map", viewBox: "0 0 250 130", preserveAspectRatio: "xMidYMid slice", role: "img", "aria-label": label },
    shape("rect", { class: "block", width: 250, height: 130 }),
    shape("g", { transform: `rotate(${Math.round(random() * 36 - 18)} 125 65)` }, parks, water, streets),
    pin());
}

function pin() {
  return shape("g", {},
    shape("ellipse", { class: "pin-shade", cx: 125, cy: 69, rx: 9, ry: 3 }),
    shape("path", { class: "pin", d: "M125 30c9.4 0 16 6.8 16 15.6C141 56.5 130 62 125 69c-5-7-16-12.5-16-23.4C109 36.8 115.6 30 125 30z" }),
    shape("circle", { class: "pin-eye", cx: 125, cy: 45.5, r: 5.5 }));
}

/** The photo a customer sends: the shopping list on a sheet of paper. */
export function listPhoto(label) {
  const line = (y, width) => shape("path", {
    d: `M76 ${y}q6 -7 12 0t12 0 12 0 12 0${width > 60 ? " 12 0 12 0" : ""}`, fill: "none", stroke: "#2c4a7c", "stroke-width": 2.4, "stroke-linecap": "round",
  });
  return shape("svg", { viewBox: "0 0 250 190", role: "img", "aria-label": label },
    shape("rect", { width: 250, height: 190, fill: "#a8794f" }),
    shape("path", { d: "M0 40h250M0 96h250M0 150h250", stroke: "#94673f", "stroke-width": 3 }),
    shape("g", { transform: "rotate(-5 125 95)" },
      shape("rect", { x: 58, y: 14, width: 134, height: 164, rx: 3, fill: "#fffdf3" }),
      shape("path", { d: "M58 46h134M58 70h134M58 94h134M58 118h134M58 142h134M58 166h134", stroke: "#cfdcec", "stroke-width": 1.2 }),
      shape("path", { d: "M70 14v164", stroke: "#efb0ac", "stroke-width": 1.2 }),
      [42, 66, 90, 114, 138].map((y, index) => line(y, index % 2 ? 40 : 80))),
    shape("circle", { cx: 218, cy: 150, r: 25, fill: "#d9432f" }),
    shape("path", { d: "M218 128c-4-7-9-6-13-4 4 1 7 4 13 4 6 0 9-3 13-4-4-2-9-3-13 4z", fill: "#4f8f35" }));
}

/** A happy tomato. */
export function tomatoSticker(label) {
  return shape("svg", { viewBox: "0 0 160 160", role: "img", "aria-label": label },
    shape("circle", { cx: 80, cy: 88, r: 62, fill: "#fff" }),
    shape("circle", { cx: 80, cy: 88, r: 55, fill: "#e2472f" }),
    shape("path", { d: "M38 66c6-12 16-20 28-23", stroke: "#f58b73", "stroke-width": 8, fill: "none", "stroke-linecap": "round" }),
    shape("path", { d: "M80 44c-7-17-24-17-35-11 10 2 14 12 35 17 21-5 25-15 35-17-11-6-28-6-35 11z", fill: "#4c9a36" }),
    shape("path", { d: "M80 42c-1-8 2-15 8-19", stroke: "#356f25", "stroke-width": 6, fill: "none", "stroke-linecap": "round" }),
    shape("path", { d: "M57 84q6-9 12 0M91 84q6-9 12 0", stroke: "#3b0f09", "stroke-width": 5, fill: "none", "stroke-linecap": "round" }),
    shape("path", { d: "M60 98c5 22 35 22 40 0z", fill: "#5f140b" }),
    shape("path", { d: "M69 110c5-5 17-5 22 0-5 6-17 6-22 0z", fill: "#ff8f7d" }));
}

/** Stands for a picture the page cannot show. */
export function blankPhoto(label) {
  return shape("svg", { viewBox: "0 0 250 150", role: "img", "aria-label": label },
    shape("rect", { width: 250, height: 150, fill: "#7d9b91" }),
    shape("circle", { cx: 190, cy: 42, r: 17, fill: "#f5d88d" }),
    shape("path", { d: "M0 150V112l52-46 44 40 40-34 114 78z", fill: "#4d6f63" }),
    shape("path", { d: "M0 150v-22l52-30 70 52z", fill: "#3c5a50" }));
}
