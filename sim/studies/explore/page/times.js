// When? The share of runs that have reached each step by each day. Runs that end in war first, or at the horizon, count as not
// having reached it: they are in the denominator, never dropped.

import { timeBinEnd } from "./bins.js";
import { brief, counted, percentage } from "./numbers.js";
import { share } from "./statistics.js";
import { band, below, beside, label, linear, logarithmic, path, picture, ticks } from "./svg.js";

const SHOWN = ["answer_at", "stand_down_at", "statement_at", "envoys_at", "recurrence_at", "war_at"]; // in the order of a crisis
const DAY = 1440;
const DAYS = [1 / 24, 1, 7, 30, 90, 365, 1460, 3650, 36500];

export const times = { id: "times", name: "When?", figure };

/** The steps that are drawn: those named above that are columns of this engine, or all times where it names them otherwise. */
function steps({ layout }) {
  const all = layout.row.filter(({ kind }) => kind === "time");
  const some = SHOWN.flatMap((name) => all.filter((one) => one.name === name));
  return some.length > 2 ? some : all.slice(0, 6);
}

/** The share that has reached a step by the end of each bin of time: [day, share, low, high]. */
export function incidence(counts, runs, horizon) {
  let so = 0;
  return Array.from(counts, (k, i) => [timeBinEnd(i, horizon * DAY) / DAY, ...share((so += k), runs)]);
}

/** The day by which half of the runs have reached it; infinite where half never do. */
function median(curve) {
  return curve.find((one) => one[1] >= 0.5)?.[0] ?? Infinity;
}

function figure(page, width) {
  const { measured, data } = page, horizon = page.valueOf("horizon"), all = steps(data);
  const columns = width < 620 ? 1 : width < 900 ? 2 : 3, each = width / columns, height = 214;
  const curves = all.map((step) => incidence(measured.times[step.name], measured.runs, horizon));
  const panels = all.map((step, i) => panel(step, curves[i], horizon, (i % columns) * each, Math.floor(i / columns) * height, each));
  const ends = curves.map((curve) => curve.at(-1));
  return {
    svg: picture(width, Math.ceil(all.length / columns) * height, panels),
    name: "time-to-each-step",
    said: all.map(({ meaning }, i) => `${meaning}: ${percentage(ends[i].slice(1))} by day ${brief(horizon)}`).join("; "),
    note: `Of ${counted(measured.runs, "run")}, how many have reached each step by each day (log scale from an hour to the horizon). Runs that end in war before, or reach the horizon without it, stay in the count as not having reached it. Band: exact 95 % intervals, pointwise.`,
    rows: [["step", "by day", "share", "low", "high", "runs"], ...all.flatMap(({ name }, i) => curves[i].filter((_, j) => j % 8 === 0 || j === curves[i].length - 1).map((one) => [name, ...one, measured.runs]))],
  };
}

function panel({ words }, curve, horizon, left_, top_, width) {
  const left = left_ + 52, right = left_ + width - 24, top = top_ + 42, bottom = top_ + 166;
  const x = logarithmic(1 / 24, horizon, left, right), most = Math.max(0.01, curve.at(-1)[3]), top_share = Math.min(1, most * 1.08);
  const y = linear(0, top_share, bottom, top), marks = DAYS.filter((day) => day <= horizon);
  const half = median(curve), end = curve.at(-1)[1];
  const told = Number.isFinite(half) ? `half by ${half < 1 ? `${brief(Math.round(half * 24))} h` : `day ${brief(Number(half.toPrecision(2)))}`}` : `${(100 * end).toFixed(end < 0.1 ? 2 : 0)} % by the end`;
  return [
    label(left, top - 22, words, "rung"), label(left, top - 7, told, "tick"),
    ...beside(y, ticks(0, top_share, 3), left, right), ...below(x, marks, top, bottom, (day) => (day < 1 ? "1 h" : `${brief(day)} d`)),
    band(curve.map(([day, , low, high]) => [x(day), y(low), y(high)]), "band"), path(curve.map(([day, p]) => [x(day), y(p)]), "curve"),
  ].join("");
}
