// A run in the words of `escalation play`: the phrases are sim/story/phrases.py, the facts those of sim/story/facts.py, made
// of the numbers in the kernel's log. A test requires the same texts of both.

import { written } from "./grammar.js";
import { general } from "./numbers.js";

const DAY = 1440; // minutes
const MILITANTS_A = 2, CHANNEL = 4; // actors from here on: the groups; the channel and the mechanism

/** The acts of a run as objects, from the kernel's columns. */
export function actsOf(columns) {
  const names = Object.keys(columns);
  return Array.from(columns.at, (_, i) => Object.fromEntries(names.map((name) => [name, columns[name][i]])));
}

/** What a story needs to know of a crisis: names, start, horizon and the few fields its words hang on. */
export function cast(texts, start, value) {
  const mechanism = ["", "none"].includes(texts["mechanism.name"]) ? "" : texts["mechanism.name"].replaceAll("_", " ");
  return {
    names: [texts["a.name"] || "A", texts["b.name"] || "B"],
    groups: [texts["militants_a.name"] || "militants", texts["militants_b.name"] || "militants"],
    reviews: [value("a.review"), value("b.review")],
    mechanism,
    toBeAgreed: Number(value("mechanism.in_force") === "agreement"),
    horizon: value("horizon"),
    start,
  };
}

/** The nation that acts or is attacked, 0 or 1. */
export function sideOf(act) {
  return act.who < CHANNEL ? act.who & 1 : 0;
}

/** Nationals of the other side killed by a strike; of the side attacked, killed by militants. */
export function killed(act) {
  const side = act.who >= MILITANTS_A ? sideOf(act) : 1 - sideOf(act);
  return side ? act.dead_b : act.dead_a;
}

/** The facts of an act; the first of a run has nothing known before it. */
function factsOfAct(act, crisis, known) {
  const side = sideOf(act), own = "ab"[side];
  return {
    ...act, known: Number(known), known_after: 1,
    a: crisis.names[0], b: crisis.names[1], me: crisis.names[side], other: crisis.names[1 - side], group: crisis.groups[side],
    dead: killed(act), envoy: act[`envoy_${own}`], envoy_after: act[`envoy_${own}_after`],
    review: crisis.reviews[side], mechanism: crisis.mechanism, named: Number(crisis.mechanism !== ""),
    to_be_agreed: crisis.toBeAgreed,
  };
}

/** The facts of a run's row (an object by column), days beside minutes. */
function factsOfRun(row, crisis) {
  const [a, b] = crisis.names;
  return {
    ...row, a, b, horizon: `${general(crisis.horizon)} day${crisis.horizon === 1 ? "" : "s"}`,
    strikes_all: row.strikes_a + row.strikes_b,
    in_strikes_all: row.killed_by_strikes_a + row.killed_by_strikes_b + row.killed_kin,
    in_attacks_all: row.killed_by_attacks_a + row.killed_by_attacks_b,
    envoyless_days: row.envoyless / DAY, war_day: row.war_at / DAY, recurrence_day: row.recurrence_at / DAY,
    stand_down_lag: (row.stand_down_at - row.first_strike_at) / DAY,
  };
}

/** The date and time so many minutes after the start: "16 Jan 2024 20:00". */
export function date(words, start, minutes) {
  const [year, month, day, hour, minute] = start;
  const t = new Date(0);
  t.setUTCFullYear(year, month - 1, day);
  t.setUTCHours(hour, minute);
  t.setTime(t.getTime() + Math.trunc(minutes) * 60000);
  const two = (n) => String(n).padStart(2, "0");
  const month_ = words.months[t.getUTCMonth()];
  return `${String(t.getUTCDate()).padStart(2)} ${month_} ${t.getUTCFullYear()} ${two(t.getUTCHours())}:${two(t.getUTCMinutes())}`;
}

/** One act in a sentence. */
function sentence(words, act, crisis, known) {
  const text = written(words.sentences, words.kinds[act.kind], factsOfAct(act, crisis, known));
  const [first, ...rest] = text;
  return `${first.toUpperCase()}${rest.join("")}.`;
}

/** Whether nothing came of an act, nor was meant to. */
function noise(words, act) {
  const kind = words.kinds[act.kind];
  const nothing = act.rung === 0 && act.seen === 0 && act.slipped === 0;
  return kind === "try" || kind === "averted" || ((kind === "order" || kind === "act") && nothing);
}

/** The lines of a run, {date, text, from, to} each: numbers of its first and last act; meetings in a row are one. */
export function lines(words, acts, crisis) {
  const found = [];
  const shown = acts.map((act, i) => ({ act, i })).filter(({ act }) => !noise(words, act));
  for (let at = 0; at < shown.length;) {
    const { act, i } = shown[at];
    let end = at + 1;
    if (words.kinds[act.kind] === "meeting") while (end < shown.length && shown[end].act.kind === act.kind) end++;
    const last = shown[end - 1];
    let text = sentence(words, act, crisis, i > 0);
    if (end - at > 1) {
      const until = date(words, crisis.start, last.act.at).trim();
      text = `${text.replace(/\.+$/, "")}${written(words.sentences, "meetings", { count: end - at, until })}.`;
    }
    found.push({ date: date(words, crisis.start, act.at), text, from: i, to: last.i });
    at = end;
  }
  return found;
}

/** What came of a run: a paragraph. */
export function ending(words, row, crisis) {
  return written(words.ending, "ending", factsOfRun(row, crisis));
}

/** The whole run as `escalation play` tells it. */
export function told(words, acts, row, crisis) {
  const dated = lines(words, acts, crisis).map((line) => `${line.date}  ${line.text}`);
  return [...(dated.length ? dated : [words.sentences.nothing]), "", ending(words, row, crisis)].join("\n");
}
