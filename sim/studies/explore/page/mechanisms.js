// Which mechanism? All alternatives against the base, on the same chances: the difference each makes, with its paired interval.

import { counted, points } from "./numbers.js";
import { difference, share } from "./statistics.js";
import { below, element, label, line, linear, picture, ticks } from "./svg.js";
import { chunks } from "./engine.js";
import { chosen, contradiction, mechanismsLine, valuesOf, withValue } from "./state.js";

const CHUNK = 250; // runs of each alternative in one task
const MOST = 50000; // runs of each alternative

export const mechanisms = { id: "mechanisms", name: "Which mechanism?", work, figure, tools };

/** The base and the alternatives as states; those that cannot be played are left out. */
export function alternatives(page) {
  const { data, state } = page;
  const base = data.compared ? state : without(data, state);
  const all = data.alternatives.map(({ name, mechanism, values }) => {
    let one = mechanism ? chosen(data, state, "mechanism", mechanism) : state;
    for (const [key, value] of Object.entries(values)) one = withValue(data, one, key, value);
    return { name, state: one };
  });
  return { base, all: all.filter((one) => !contradiction(data, one.state)) };
}

/** The state without any mechanism, and without what was set on one. */
function without(data, state) {
  const values = Object.fromEntries(Object.entries(state.values).filter(([key]) => !key.startsWith("mechanism.")));
  return chosen(data, { ...state, values }, "mechanism", "none");
}

async function work(page, level, alive, redraw) {
  const { base, all } = alternatives(page);
  const crises = [base, ...all.map((one) => one.state)].map((state) => valuesOf(page.data, state));
  const found = (page.paired ??= { runs: 0, done: new Set(), base: null, others: all.map(({ name }) => ({ name, gained: null, lost: null })) });
  const tasks = chunks(Math.min(level, MOST), CHUNK, found.done).map((chunk) => ({ task: "paired", crises, seed: page.state.seed, ...chunk }));
  await page.engine.all(tasks, alive, (answer, { first }) => {
    found.done.add(first);
    add(found, answer);
    redraw();
  });
}

function add(found, { runs, base, others }) {
  found.runs += runs;
  found.base = sum(found.base, base.reach);
  others.forEach((one, i) => {
    found.others[i].gained = sum(found.others[i].gained, one.gained);
    found.others[i].lost = sum(found.others[i].lost, one.lost);
  });
}

function sum(one, other) {
  return one ? one.map((x, i) => x + other[i]) : other;
}

function tools(page, box) {
  box.append(page.rungChoice());
}

/** Each alternative with its difference, the lowest first: {name, gap: [d, low, high], verdict}. */
export function ranked({ paired, state }) {
  return paired.others
    .map(({ name, gained, lost }) => {
      const gap = difference(gained[state.rung], lost[state.rung], paired.runs);
      return { name, gained: gained[state.rung], lost: lost[state.rung], gap, verdict: gap[2] < 0 ? "lowers" : gap[1] > 0 ? "raises" : "not told apart" };
    })
    .sort((one, other) => one.gap[0] - other.gap[0]);
}

function figure(page, width) {
  const { paired, state, data } = page;
  if (!paired?.base) return { waiting: "Playing all alternatives on the same chances …" };
  const all = ranked(page), narrow = width < 620, left = narrow ? 14 : 170, right = narrow ? 16 : 228, row = narrow ? 44 : 28, top = 8;
  const bottom = top + all.length * row + 4, reach = Math.max(0.002, ...all.flatMap(({ gap }) => [Math.abs(gap[1]), Math.abs(gap[2])]));
  const x = linear(-reach, reach, left, width - right);
  const parts = below(x, ticks(-reach, reach, narrow ? 4 : 6), top, bottom, (d) => points([d, d, d]).split(" ")[0]);
  parts.push(line(x(0), top, x(0), bottom, "axis"));
  all.forEach((one, i) => parts.push(alternativeRow(one, top + (i + 0.5) * row, { x, left, right, width, narrow })));
  parts.push(label((left + width - right) / 2, bottom + 34, "difference in percentage points", "tick", "middle"));
  const base = share(paired.base[state.rung], paired.runs);
  return {
    svg: picture(width, bottom + 42, parts),
    name: "mechanisms",
    said: `What each alternative changes in the chance of ${page.event()}: ${all.map(({ name, gap, verdict }) => `${name} ${verdict}, ${points(gap)} points`).join("; ")}.`,
    note: `${data.compared || "All mechanisms against none"}${/[?.!]$/.test(data.compared) ? "" : ":"} ${counted(paired.runs, "run")} of each on the same chances; the base has ${page.event()} in ${(100 * base[0]).toFixed(1)} % of them. Triangles point the way of a difference that the runs resolve (down: less likely); rings are not told from no difference. Each line is a paired 95 % interval of its own. What a mechanism can do is an assumption: see its fields.`,
    rows: [["alternative", "difference", "low", "high", "verdict", "only with it", "only without", "runs"], ...all.map(({ name, gap, verdict, gained, lost }) => [name, ...gap, verdict, gained, lost, paired.runs])],
    line: data.compared ? "" : mechanismsLine(data, state, ["none", ...data.alternatives.map(({ mechanism }) => mechanism)], paired.runs),
  };
}

function alternativeRow({ name, gap, verdict }, y, { x, left, width, narrow, right }) {
  const [d, low, high] = gap, at = narrow ? y + 8 : y, cx = x(d);
  const marks = { lowers: `M${cx - 5.5} ${at - 4}h11l-5.5 9z`, raises: `M${cx - 5.5} ${at + 4}h11l-5.5 -9z` };
  const mark = marks[verdict] ? element("path", { d: marks[verdict], class: verdict }) : element("circle", { cx, cy: at, r: 4.5, class: "open" });
  const parts = [line(x(low), at, x(high), at, verdict === "not told apart" ? "interval faint" : `interval ${verdict}`), mark];
  if (narrow) parts.push(label(left, y - 8, name, "rung"), label(width - right, y - 8, points(gap), "value", "end"));
  else parts.push(label(left - 12, y + 4, name, "rung", "end"), label(width - right + 14, y + 4, `${points(gap)} ${verdict === "not told apart" ? "" : verdict}`, "value"));
  return parts.join("");
}
