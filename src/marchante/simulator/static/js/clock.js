/** Times and dates as a Mexican phone shows them, in the zone of the browser. Moments are Unix seconds. */

import { copy } from "./copy.js";

const DAY_MS = 86_400_000;
const time = new Intl.DateTimeFormat("es-MX", { hour: "numeric", minute: "2-digit", hour12: true });
const weekday = new Intl.DateTimeFormat("es-MX", { weekday: "long" });
const longDate = new Intl.DateTimeFormat("es-MX", { day: "numeric", month: "long", year: "numeric" });
const shortDate = new Intl.DateTimeFormat("es-MX", { day: "2-digit", month: "2-digit", year: "2-digit" });

export const nowSeconds = () => Date.now() / 1000;

/** 5:04 p.m. */
export const timeOf = (at) => time.format(at * 1000);

/** Two moments share a day when their keys are equal. */
export const dayKey = (at) => new Date(at * 1000).toDateString();

function daysAgo(at) {
  const midnight = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((midnight(new Date()) - midnight(new Date(at * 1000))) / DAY_MS);
}

/** hoy · ayer · martes · 12 de octubre de 2026 */
export function dayName(at) {
  const ago = daysAgo(at);
  if (ago === 0) return copy.today;
  if (ago === 1) return copy.yesterday;
  return (ago > 1 && ago < 7 ? weekday : longDate).format(at * 1000);
}

/** For a list of chats: the time today, else ayer, else the date. */
export function momentOf(at) {
  const ago = daysAgo(at);
  if (ago === 0) return timeOf(at);
  return ago === 1 ? copy.yesterday : shortDate.format(at * 1000);
}

export const isoOf = (at) => new Date(at * 1000).toISOString();
