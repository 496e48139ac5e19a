// What is not known: the numbers with a plausible range that nobody has set, and what draws of them take.

import { latin } from "./statistics.js";
import { fileValue, number, plausibleOf, valuesOf, withValue } from "./state.js";

const SCALE = 2; // a number outside its plausible range goes from its half to its double (sim/design/uncertainty.py)

/** The numbers that are drawn: {keys, low, high, whole, at} each; `at` is its column among the accepted vectors, or -1. */
export function varied(data, state) {
  const all = [...data.varied.map((one, at) => ({ ...one, at })), ...(state.mechanism ? data.mechanisms[state.mechanism].varied : [])];
  return all.map((one) => spanned(data, state, one)).filter(Boolean);
}

/** A number over the range it has in this state; null where somebody has set it, or it has none. */
function spanned(data, state, { keys, low, high, whole, at = -1 }) {
  const left = keys.filter((key) => !Object.hasOwn(state.values, key));
  if (!left.length) return null;
  const values = left.map((key) => fileValue(data, state, key)), given = plausibleOf(data, state, left[0]) ?? [low, high];
  const inside = ([from, to]) => values.every((value) => from <= value && value <= to);
  const span = inside([low, high]) ? [low, high] : inside(given) ? given : doubled(data.fields[left[0]], values);
  if (!span || span[0] >= span[1]) return null;
  return { keys: left, low: span[0], high: span[1], whole, at: span[0] === low && span[1] === high ? at : -1 };
}

/** From half to double of what it has, within its bounds; null for a whole number and for nothing. */
function doubled(field, values) {
  if (field.kind === "whole" || !values.every((value) => value > 0 && Number.isFinite(value))) return null;
  return [Math.max(number(field.low), Math.min(...values) / SCALE), Math.min(number(field.high), Math.max(...values) * SCALE)];
}

/** The values of a state at each draw: accepted vectors where there are, else spread evenly; contradictions are left out. */
export function draws(data, state) {
  const accepted = Uint8Array.from(atob(data.shares), (sign) => sign.charCodeAt(0)), columns = data.varied.length;
  const count = columns ? accepted.length / columns : 0, all = varied(data, state), other = latin(count, all.length, state.seed);
  const share = (i, j) => (all[j].at < 0 ? other[i][j] : accepted[i * columns + all[j].at] / 255);
  return Array.from({ length: count }, (_, i) => {
    const drawn = all.reduce((so, one, j) => one.keys.reduce((next, key) => withValue(data, next, key, taken(one, share(i, j))), so), state);
    return valuesOf(data, drawn);
  }).filter((values) => data.atLeast.every(([higher, lower]) => values[higher] >= values[lower]));
}

/** What a number is at a share of the way through its range. */
function taken({ low, high, whole }, share) {
  return whole ? Math.min(high, Math.floor(low + share * (high - low + 1))) : low + share * (high - low);
}
