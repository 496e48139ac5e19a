// How far does it climb? The chance of reaching each rung, with its interval, on a log scale.

import { percent, percentage } from "./numbers.js";
import { ignorance, share } from "./statistics.js";
import { element, label, line, logarithmic, picture, wrapped } from "./svg.js";
import { draws, varied } from "./unknown.js";

const LEAST = 1e-5; // the left end of the scale
const DECADES = [1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1];
const DRAW_RUNS = 1000, APART = 2 ** 40; // runs of each draw of what is not known; they are none of the others'

export const curve = { id: "curve", name: "How far?", work, figure, tools };

/** The chance of each rung, and what the numbers leave open of it. */
export function reached(measured, rung) {
  return share(measured.reach[rung], measured.runs);
}

/** Draws of what is not known, once the runs are in and where it is asked for. */
async function work(page, level, alive, redraw) {
  if (!page.ignorant || level < 20000 || page.unknown) return;
  const hits = [], { seed } = page.state;
  const tasks = draws(page.data, page.state).map((values, i) => ({ task: "paired", crises: [values], seed, first: APART + i * DRAW_RUNS, runs: DRAW_RUNS }));
  await page.engine.all(tasks, alive, ({ base }) => hits.push(base.reach));
  if (!alive() || hits.length < 2) return;
  page.unknown = { draws: hits.length, spans: [...hits[0].keys()].map((rung) => ignorance(hits.map((reach) => reach[rung]), DRAW_RUNS)) };
  redraw();
}

function tools(page, box) {
  box.append(page.toggle("ignorance", "Show what is not known", page.ignorant, (on) => {
    page.ignorant = on;
    page.refresh();
  }));
}

function figure(page, width) {
  const { measured, kept, unknown } = page, narrow = width < 620;
  const left = narrow ? 24 : 250, right = narrow ? 28 : 150, row = narrow ? 60 : 44, top = 8;
  const given = page.openingRung(), open = [9, 8, 7, 6, 5, 4, 3, 2, 1].filter((rung) => rung > given);
  const bottom = top + (open.length + (given ? 1 : 0)) * row + 6, x = logarithmic(LEAST, 1, left, width - right);
  const parts = DECADES.map((p) => line(x(p), top, x(p), bottom, "grid") + label(x(p), bottom + 16, `${100 * p} %`, "tick", "middle"));
  open.forEach((rung, i) => parts.push(rungRow(page, rung, top + (i + 0.5) * row, { x, left, width, narrow })));
  if (given) parts.push(givenRow(given, bottom - row / 2 - 6, { x, left, width, narrow }));
  parts.push(label((left + width - right) / 2, bottom + 34, "share of the runs that reach the rung or a higher one", "tick", "middle"));
  return {
    svg: picture(width, bottom + 42, parts),
    name: "escalation-curve",
    said: `How probable it is that a run reaches each rung, with 95 % intervals. ${page.answer()}`,
    note: notes(page, unknown, kept),
    rows: [["rung", "name", "share", "low", "high", "runs", "of"], ...[9, 8, 7, 6, 5, 4, 3, 2, 1].map((rung) => [rung, page.data.layout.rungs[rung], ...reached(measured, rung), measured.reach[rung], measured.runs])],
  };
}

/** One rung: its name, what was kept, what is not known, the chance and its interval. */
function rungRow(page, rung, y, { x, left, width, narrow }) {
  const { measured, kept, unknown, data } = page, [p, low, high] = reached(measured, rung);
  const below = narrow ? y + 18 : y, chosen = rung === page.state.rung ? " chosen" : "";
  const text = p === 0 ? `none of ${measured.runs.toLocaleString("en-US")}; below ${percent(high)}` : percentage([p, low, high]);
  const parts = [];
  const name = `${rung} ${data.layout.rungs[rung]}`;
  if (narrow) parts.push(label(16, y - 14, name, `rung${chosen}`), label(16, y + 2, text, "value"));
  else wrapped(name, 36).forEach((part, i, all) => parts.push(label(left - 12, y + 4 + 13 * (i - (all.length - 1) / 2), part, `rung${chosen}`, "end")));
  if (unknown) {
    const [from, to] = unknown.spans[rung];
    parts.push(element("rect", { x: x(from), y: below - 8, width: Math.max(1, x(to) - x(from)), height: 16, class: "unknown" }));
  }
  if (kept) {
    const was = reached(kept.measured, rung);
    parts.push(element("circle", { cx: x(was[0]), cy: below, r: 6, class: "kept" }));
  }
  parts.push(line(x(low), below, x(high), below, "interval"), p > 0 ? element("circle", { cx: x(p), cy: below, r: 4.5, class: "now" }) : "");
  if (!narrow) parts.push(label(width - 142, y + 4, text, "value"));
  return parts.join("");
}

/** The rungs that the opening gives, in one row. */
function givenRow(given, y, { x, left, width, narrow }) {
  const name = given > 1 ? `1 to ${given}: given by the opening` : "1: given by the opening", at = narrow ? y + 18 : y;
  const circle = element("circle", { cx: x(1), cy: at, r: 4, class: "certain" });
  if (narrow) return label(16, y - 14, name, "rung") + label(16, y + 2, "certain", "value") + circle;
  return label(left - 12, y + 4, name, "rung", "end") + label(width - 142, y + 4, "certain", "value") + circle;
}

function notes(page, unknown, kept) {
  const found = ["Bars are exact 95 % intervals of chance in the runs (Clopper and Pearson); a wrong assumption is not in them."];
  if (page.openingRung()) found.push(`The scenario opens with rung ${page.openingRung()}: rungs up to it are certain by construction.`);
  if (page.ignorant) {
    found.push(unknown
      ? `Hatched: where the chance lies for 95 % of ${unknown.draws} draws of the ${varied(page.data, page.state).length} numbers that nobody has set, from their plausible ranges${page.data.conditioned ? ", as far as the targets accept them" : ""}, chance taken out.`
      : "The draws of what is not known follow once 20,000 runs are in.");
  }
  if (kept) found.push(`Grey rings: what was kept (${kept.name}).`);
  return found.join(" ");
}
