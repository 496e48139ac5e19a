// A field as a reader meets it: what it is called, where it is from, and how far a slider reaches.

import { brief } from "./numbers.js";
import { fileValue, number, plausibleOf, sourceOf, textsOf, valueOf } from "./state.js";

/** A field's name with whose it is: "Iran: generosity". */
export function nameOf(data, state, key) {
  const texts = textsOf(data, state), [part, field] = key.includes(".") ? key.split(".") : ["", key];
  const words = field.replaceAll("_", " ");
  const owner = { a: texts["a.name"] || "A", b: texts["b.name"] || "B" };
  if (owner[part]) return `${owner[part]}: ${words}`;
  if (part.startsWith("militants_")) return `militants against ${owner[part.at(-1)]}: ${words}`;
  return part ? `${part === "diplomacy" ? "the channel" : part}: ${words}` : words;
}

/** How far a field's slider reaches: its plausible range where it has one, its bounds where they are near, and what it has. */
export function span(data, state, field) {
  const [low, high] = [number(field.low), number(field.high)];
  const usual = [fileValue(data, state, field.key), valueOf(data, state, field.key)].filter(Number.isFinite);
  const plausible = plausibleOf(data, state, field.key)?.slice(0, 2) ?? [];
  const far = Math.max(...usual, ...plausible, 0), near = Math.min(...usual, ...plausible, 0);
  const top = Number.isFinite(high) && high <= Math.max(10, 8 * far) ? high : far > 0 ? Math.min(high, nice(2 * far)) : Math.min(high, 1);
  const bottom = Number.isFinite(low) && low >= -10 ? low : Math.max(low, nice(2 * near));
  return [bottom, Math.max(top, bottom + (field.kind === "whole" ? 1 : 1e-9))];
}

function nice(x) {
  return x === 0 ? 0 : Number(x.toPrecision(1));
}

/** A number from a slider as a short decimal: three figures of the slider's range. */
export function short(x, [low, high]) {
  const digits = Math.max(0, 2 - Math.floor(Math.log10(high - low)));
  return Number(x.toFixed(Math.min(12, digits)));
}

/** What stands below a control: bounds and unit, then the source or the word assumption, and the plausible range. */
export function about(data, state, field) {
  const bounds = `${brief(number(field.low))} to ${brief(number(field.high))}${field.unit ? ` ${field.unit}` : ""}`;
  const usual = fileValue(data, state, field.key), plausible = plausibleOf(data, state, field.key);
  const given = field.kind === "choice" ? usual.replaceAll("_", " ") : brief(usual);
  const own = Object.hasOwn(state.values, field.key) ? `Yours; the file has ${given}: ` : "";
  const range = plausible ? `; plausible ${brief(plausible[0])} to ${brief(plausible[1])}${plausible[2] && plausible[2] !== "assumption" ? ` (${plausible[2]})` : ""}` : "";
  return `${field.kind === "choice" ? "" : `${bounds}. `}${own}${sourceOf(data, state, field.key) || "assumption"}${range}`;
}
