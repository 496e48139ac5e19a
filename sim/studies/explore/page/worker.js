// What a worker does: runs of the compiled clock, and what is kept of them. One message is one task; the answer has its number.

import { bin, emptyBins, emptyTimeBins, timeBins } from "./bins.js";
import { clock, record } from "kernel";

const RUNGS = 10;
const DAY = 1440;
const STRIKES = ["strikes_a", "strikes_b"];
const DEATHS = ["killed_by_strikes_a", "killed_by_strikes_b", "killed_kin", "killed_by_attacks_a", "killed_by_attacks_b"];

let layout, engine, column;

/** Take the module and what is known of its numbers. */
function prepare(message) {
  layout = message.layout;
  engine = clock(message.module, layout);
  column = Object.fromEntries(layout.row.map(({ name }, i) => [name, i]));
  const warm = record(layout, {}); // the first thousand runs are slow, until the browser has compiled them well
  for (let i = 0; i < 3; i++) engine.rows(warm, 1, 0, 300);
  return {};
}

/** How high the runs climbed, what they cost, and when each step came: all as counts, which are added up elsewhere. */
function measure({ values, seed, first, runs }) {
  const rows = engine.rows(record(layout, values), seed, first, runs), width = layout.row.length;
  const timeBin = timeBins(values.horizon * DAY), { peak, envoyless } = column;
  const times = layout.row.flatMap(({ name, kind }, at) => (kind === "time" ? [{ name, at, bins: emptyTimeBins() }] : []));
  const found = {
    runs,
    reach: new Float64Array(RUNGS),
    strikes: emptyBins(), deaths: emptyBins(), days: emptyBins(),
    times: Object.fromEntries(times.map(({ name, bins }) => [name, bins])),
  };
  const places = (names) => names.map((name) => column[name]);
  const strikes = places(STRIKES), deaths = places(DEATHS), { reach } = found;
  for (let start = 0; start < rows.length; start += width) {
    for (let rung = 0; rung <= rows[start + peak]; rung++) reach[rung]++;
    found.strikes[bin(sum(rows, start, strikes))]++;
    found.deaths[bin(sum(rows, start, deaths))]++;
    found.days[bin(Math.ceil(rows[start + envoyless] / DAY))]++;
    for (let i = 0; i < times.length; i++) {
      const minutes = rows[start + times[i].at];
      if (minutes >= 0) times[i].bins[timeBin(minutes)]++;
    }
  }
  return found;
}

/** The sum of some columns of the run whose row starts there. */
function sum(rows, start, columns) {
  let so = 0;
  for (let i = 0; i < columns.length; i++) so += rows[start + columns[i]];
  return so;
}

/** Which of the runs reached each rung under each of several crises, the first of them alone or the other alone. */
function paired({ crises, seed, first, runs }) {
  const peaks = crises.map((values) => peaksOf(values, seed, first, runs));
  const [base, ...others] = peaks;
  const tally = (peak) => {
    const found = { reach: new Float64Array(RUNGS), gained: new Float64Array(RUNGS), lost: new Float64Array(RUNGS) };
    for (let i = 0; i < runs; i++) {
      for (let rung = 0; rung <= peak[i]; rung++) found.reach[rung]++;
      for (let rung = base[i] + 1; rung <= peak[i]; rung++) found.gained[rung]++;
      for (let rung = peak[i] + 1; rung <= base[i]; rung++) found.lost[rung]++;
    }
    return found;
  };
  return { runs, base: tally(base), others: others.map(tally) };
}

function peaksOf(values, seed, first, runs) {
  const rows = engine.rows(record(layout, values), seed, first, runs), width = layout.row.length;
  return Uint8Array.from({ length: runs }, (_, i) => rows[i * width + column.peak]);
}

/** One run: its acts and its row. */
function acts({ values, seed, run }) {
  const crisis = record(layout, values);
  const row = engine.rows(crisis, seed, run, 1);
  return { acts: engine.acts(crisis, seed, run, 1), row: Object.fromEntries(layout.row.map(({ name }, i) => [name, row[i]])) };
}

/** The first of so many runs that reached a rung, -1 where none did. */
function find({ values, seed, first, runs, rung }) {
  const at = peaksOf(values, seed, first, runs).findIndex((peak) => peak >= rung);
  return { run: at < 0 ? -1 : first + at };
}

const TASKS = { prepare, measure, paired, acts, find };

self.onmessage = ({ data }) => {
  try {
    self.postMessage({ id: data.id, ...TASKS[data.task](data) });
  } catch (error) {
    self.postMessage({ id: data.id, error: error.message });
  }
};
