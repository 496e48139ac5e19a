// How much? The share of runs with at least so many strikes, deaths, days without ambassadors.

import { binStart } from "./bins.js";
import { brief, counted, percentage } from "./numbers.js";
import { share } from "./statistics.js";
import { band, below, beside, label, linear, logarithmic, path, picture, ticks } from "./svg.js";

const KINDS = [["strikes", "strikes by both"], ["deaths", "deaths of any cause"], ["days", "days without an ambassador"]];

export const outcomes = { id: "outcomes", name: "How much?", figure };

/** The share of runs with at least so much: [amount, share, low, high], where it changes. */
export function atLeast(counts, runs) {
  const found = [];
  let more = runs;
  for (let i = 0; i < counts.length && more > 0; i++) {
    if (i === 0 || counts[i - 1] > 0) found.push([binStart(i), ...share(more, runs)]);
    more -= counts[i];
  }
  return found;
}

/** The least amount that half of the runs do not pass. */
function median(counts, runs) {
  let below_ = 0;
  for (let i = 0; i < counts.length; i++) if ((below_ += counts[i]) >= runs / 2) return binStart(i);
  return NaN;
}

function figure(page, width) {
  const { measured } = page, narrow = width < 620, each = narrow ? width : width / 3, height = 250;
  const panels = KINDS.map(([key, name], i) => panel(measured, key, name, narrow ? 0 : i * each, narrow ? i * height : 0, each));
  const { runs } = measured;
  return {
    svg: picture(width, narrow ? 3 * height : height, panels),
    name: "outcomes",
    said: KINDS.map(([key, name]) => `${name}: median ${brief(median(measured[key], runs))}, none in ${percentage(share(measured[key][0], runs))}`).join("; "),
    note: `The share of ${counted(runs, "run")} with at least so much; all have at least 0. Deaths are those in strikes and in militant attacks. Medians: ${KINDS.map(([key, name]) => `${brief(median(measured[key], runs))} ${name}`).join(", ")}. Band: exact 95 % intervals, pointwise. Counts above 100 are kept in steps of 5 %.`,
    rows: [["outcome", "at least", "share", "low", "high", "runs"], ...KINDS.flatMap(([key]) => atLeast(measured[key], runs).map((one) => [key, ...one, runs]))],
  };
}

function panel(measured, key, name, left_, top_, width) {
  const all = atLeast(measured[key], measured.runs).filter(([amount]) => amount > 0);
  const left = left_ + 56, right = left_ + width - 16, top = top_ + 14, bottom = top_ + 190;
  const last = Math.max(2, all.at(-1)?.[0] ?? 2), long = last > 40;
  const x = long ? logarithmic(1, last, left, right) : linear(1, last, left, right);
  const marks = long ? [1, 10, 100, 1000, 10000].filter((one) => one <= last) : ticks(1, last, 4).filter(Number.isInteger);
  const most = Math.max(0.01, ...all.map((one) => one[3])), y = linear(0, Math.min(1, most * 1.05), bottom, top);
  const ends = all.flatMap((one, i) => (i ? [[one[0], all[i - 1]], [one[0], one]] : [[one[0], one]])); // of steps, not slopes
  return [
    ...beside(y, ticks(0, Math.min(1, most * 1.05), 4), left, right), ...below(x, marks, top, bottom),
    band(ends.map(([at, [, , low, high]]) => [x(at), y(low), y(high)]), "band"), path(ends.map(([at, [, p]]) => [x(at), y(p)]), "curve"),
    label((left + right) / 2, bottom + 36, `${name}, or more`, "tick", "middle"),
  ].join("");
}
