// What if? One field over its range, the chance of a rung at each of 21 values, filled in as they come.

import { brief, counted, percentage } from "./numbers.js";
import { share } from "./statistics.js";
import { band, below, beside, element, label, line, linear, path, picture, ticks } from "./svg.js";
import { chunks } from "./engine.js";
import { contradiction, sweepLine, valueOf, valuesOf, withValue } from "./state.js";
import { span } from "./fields.js";

const STEPS = 21;
const LEVELS = [500, 2000, 10000]; // runs of each value
const CHUNK = 500;

export const sweep = { id: "sweep", name: "What if?", work, figure, tools };

/** The values of a field that are tried, short decimals from one end of its range to the other. */
function values(page) {
  const field = page.data.fields[page.state.sweep];
  const [low, high] = span(page.data, page.state, field);
  const all = Array.from({ length: STEPS }, (_, i) => Number((low + ((high - low) * i) / (STEPS - 1)).toPrecision(6)));
  return [...new Set(field.kind === "whole" ? all.map(Math.round) : all)];
}

async function work(page, level, alive, redraw) {
  if (page.swept && page.swept.field !== page.state.sweep) page.swept = null;
  page.swept ??= { field: page.state.sweep, values: values(page), hits: new Map(), runs: new Map(), done: values(page).map(() => new Set()) };
  const { hits, runs, done } = page.swept;
  const crises = page.swept.values.map((value) => withValue(page.data, page.state, page.state.sweep, value));
  const playable = inTurn(crises.length).filter((i) => !contradiction(page.data, crises[i]));
  for (const most of LEVELS.filter((runs) => runs <= level)) {
    const tasks = playable.flatMap((i) => chunks(most, CHUNK, done[i]).map((chunk) => ({ task: "paired", crises: [valuesOf(page.data, crises[i])], seed: page.state.seed, i, ...chunk })));
    await page.engine.all(tasks, alive, ({ base, runs: played }, { i, first }) => {
      done[i].add(first);
      hits.set(i, (hits.get(i) ?? base.reach.map(() => 0)).map((x, rung) => x + base.reach[rung]));
      runs.set(i, (runs.get(i) ?? 0) + played);
      redraw();
    });
    if (!alive()) return;
  }
}

/** Numbers below `n` in an order that fills the whole range early: ends, middle, quarters and so on. */
function inTurn(n) {
  const order = new Set([0, n - 1]);
  for (let step = n - 1; step >= 1; step /= 2) for (let x = 0; x < n; x += step) order.add(Math.round(x) % n);
  return [...order];
}

function tools(page, box) {
  box.append(page.fieldChoice(), page.rungChoice());
}

function figure(page, width) {
  const { swept, state, data } = page;
  if (!swept?.runs.size || swept.field !== state.sweep) return { waiting: "Playing the first values …" };
  const field = data.fields[state.sweep], known = [...swept.runs.keys()].sort((one, other) => one - other);
  const found = known.map((i) => [swept.values[i], ...share(swept.hits.get(i)[state.rung], swept.runs.get(i))]);
  const left = 62, right = 24, top = 12, bottom = Math.min(360, 200 + width / 5);
  const [low, high] = [swept.values[0], swept.values.at(-1)], most = Math.max(0.01, ...found.map((one) => one[3]));
  const x = linear(low, high, left, width - right), y = linear(0, Math.min(1, 1.08 * most), bottom, top);
  const dots = found.map(([value, p]) => element("circle", { cx: x(value), cy: y(p), r: 3.5, class: "now" }));
  const here = valueOf(data, state, state.sweep), inside = here >= low && here <= high;
  const parts = [
    ...beside(y, ticks(0, Math.min(1, 1.08 * most), 5), left, width - right), ...below(x, ticks(low, high, width < 620 ? 4 : 8), top, bottom),
    band(found.map(([value, , below_, above]) => [x(value), y(below_), y(above)]), "band"), path(found.map(([value, p]) => [x(value), y(p)]), "curve"), ...dots,
    inside ? line(x(here), top, x(here), bottom, "here") : "",
    label((left + width - right) / 2, bottom + 36, `${page.nameOf(state.sweep)}${field.unit ? ` (${field.unit})` : ""}`, "tick", "middle"),
  ];
  const fewest = Math.min(...swept.runs.values()), ends = [found[0], found.at(-1)];
  return {
    svg: picture(width, bottom + 44, parts),
    name: `sweep-${state.sweep}`,
    said: `The chance of ${page.event()} over ${page.nameOf(state.sweep)}: ${ends.map(([value, ...p]) => `${percentage(p)} at ${brief(value)}`).join(", ")}.`,
    note: `${field.meaning[0].toUpperCase()}${field.meaning.slice(1)}. Each value meets the same chances: ${counted(fewest, "run")} or more each, band: 95 % intervals, pointwise. The dashed line is the value set now (${brief(here)}).`,
    rows: [[state.sweep, "share", "low", "high", "runs"], ...known.map((i, j) => [...found[j], swept.runs.get(i)])],
    line: sweepLine(data, state, swept.values, fewest),
  };
}
