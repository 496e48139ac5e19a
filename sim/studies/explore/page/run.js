// One run, told in the words of `escalation play`, with a timeline to scrub.

import { actsOf, cast, ending, killed, lines, sideOf, told } from "./story.js";
import { playLine, textsOf, valueOf, valuesOf } from "./state.js";
import { below, beside, element, escaped, label, line, linear, path, picture, ticks } from "./svg.js";
import { brief, counted } from "./numbers.js";
import { chunks } from "./engine.js";

const DAY = 1440;
const SEARCHED = 200000; // runs that are looked through for one that climbs so high

export const run = { id: "run", name: "One run", work, figure, tools, after, drawn: (page) => mark(page, document.querySelector(".story ol")) };

/** Play the run that is told. */
async function work(page, level, alive, redraw) {
  if (page.told?.run === page.state.run) return;
  const found = await page.engine.ask({ task: "acts", values: valuesOf(page.data, page.state), seed: page.state.seed, run: page.state.run }, alive, true);
  if (!found || !alive()) return;
  const acts = actsOf(found.acts), crisis = crisisOf(page);
  page.told = { run: page.state.run, acts, row: found.row, lines: lines(page.data.words, acts, crisis), ending: ending(page.data.words, found.row, crisis), at: -1 };
  redraw();
}

export function crisisOf({ data, state }) {
  return cast(textsOf(data, state), data.scenarios[state.scenario].start, (key) => valueOf(data, state, key));
}

/** A run as `escalation play` tells it: the same text. */
export async function tell(page, number) {
  const found = await page.engine.ask({ task: "acts", values: valuesOf(page.data, page.state), seed: page.state.seed, run: number });
  return told(page.data.words, actsOf(found.acts), found.row, crisisOf(page));
}

/** Go to another run. */
function go(page, number) {
  page.change({ ...page.state, run: Math.max(0, number) }, "run");
}

/** Look for the next run that reaches the chosen rung, and go to it. */
async function seek(page, button) {
  button.disabled = true;
  const { state, engine } = page, values = valuesOf(page.data, state), alive = () => page.state === state;
  let best = Infinity;
  for (let from = state.run + 1; best === Infinity && from < state.run + SEARCHED && alive(); from += 8000) {
    await engine.all(chunks(from + 8000, 1000, new Set(), from).map((chunk) => ({ task: "find", values, seed: state.seed, rung: state.rung, ...chunk })), alive, ({ run }) => {
      if (run >= 0) best = Math.min(best, run);
    });
  }
  button.disabled = false;
  if (best < Infinity) go(page, best);
  else if (alive()) page.say(`No run of the next ${SEARCHED.toLocaleString("en-US")} reaches ${page.event()}.`);
}

function tools(page, box) {
  const button = (name, act) => page.button(name, act);
  const found = button(`Show me a run that reaches rung ${page.state.rung}`, () => seek(page, found));
  box.append(
    button("Previous run", () => go(page, page.state.run - 1)), button("Next run", () => go(page, page.state.run + 1)),
    page.wholeNumber("run", "Run", page.state.run, (n) => go(page, n)), page.rungChoice(), found,
  );
}

function figure(page, width) {
  const { state } = page, one = page.told;
  if (!one || one.run !== state.run) return { waiting: "Playing the run …" };
  return {
    svg: timeline(page, width),
    name: `run-${state.run}`,
    said: `Run ${state.run} of seed ${state.seed}. ${one.ending}`,
    note: `Run ${state.run} of seed ${state.seed}, act by act: ${escaped(page.names()[0])} in blue circles, ${escaped(page.names()[1])} in orange squares, attacks by militants as triangles; the grey steps are the rung of the crisis. The command below tells the same run in the same words.`,
    rows: [["date", "sentence"], ...one.lines.map(({ date, text }) => [date.trim(), text]), ["", one.ending]],
    line: playLine(page.data, state, 10000),
    head: "What happened",
  };
}

/** Below the figure: a slider along the acts, and the story with the act at hand marked. */
function after(page, box) {
  const { told: one } = page;
  if (!one || one.run !== page.state.run) return;
  const list = document.createElement("ol");
  list.innerHTML = one.lines.map(({ date, text }, i) => `<li id="act-${i}"><time>${escaped(date.trim())}</time> ${escaped(text)}</li>`).join("");
  const story = Object.assign(document.createElement("div"), { className: "story", tabIndex: 0 });
  story.setAttribute("role", "region");
  story.setAttribute("aria-label", "The run, act by act");
  story.append(list);
  const last = document.createElement("p");
  last.className = "ending";
  last.textContent = one.lines.length ? one.ending : `${page.data.words.sentences.nothing} ${one.ending}`;
  box.append(page.scrubber(one, () => mark(page, list)), story, last);
}

/** Mark the act at hand in the story and on the timeline. */
function mark(page, list) {
  const one = page.told;
  if (!one || !list) return;
  [...list.children].forEach((item, i) => {
    item.classList.toggle("at", i === one.at);
    if (i === one.at) item.setAttribute("aria-current", "true");
    else item.removeAttribute("aria-current");
  });
  const cursor = document.querySelector("#figure .cursor"), item = list.children[one.at];
  if (!item) return cursor?.setAttribute("opacity", "0");
  list.parentElement.scrollTop = item.offsetTop - list.parentElement.clientHeight / 2 + item.clientHeight / 2;
  const x = cursor?.dataset && one.scale(one.acts[one.lines[one.at].from].at / DAY);
  cursor?.setAttribute("opacity", "1");
  for (const name of ["x1", "x2"]) cursor?.setAttribute(name, x);
}

/** The last day that is drawn: that of the last act, and a little more. */
function lastDay({ acts }, horizon) {
  return Math.min(horizon, Math.max(2, 1.06 * ((acts.at(-1)?.at ?? 0) / DAY)));
}

function timeline(page, width) {
  const { told: one, data } = page, { acts } = one, left = 34, right = 14, top = 10, bottom = 250;
  const last = lastDay(one, page.valueOf("horizon"));
  const x = linear(0, last, left, width - right), y = linear(0, 9, bottom - 12, top + 8);
  one.scale = x;
  const rungs = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  const steps = [[x(0), y(0)]];
  for (const act of acts) steps.push([x(act.at / DAY), steps.at(-1)[1]], [x(act.at / DAY), y(act.crisis_rung)]);
  const marks = acts.map((act) => markOf(data.words.kinds[act.kind], act, x, y)).join("");
  return picture(width, bottom + 44, [
    ...beside(y, rungs, left, width - right, (rung) => `${rung}`), ...below(x, ticks(0, last, width < 620 ? 5 : 9), top, bottom),
    path([...steps, [x(last), steps.at(-1)[1]]], "steps"), line(0, top, 0, bottom, "cursor"), marks,
    label((left + width - right) / 2, bottom + 36, "days since the start; upward, the rung of the ladder", "tick", "middle"),
  ]);
}

/** An act on the timeline, with what it is as its title. */
function markOf(kind, act, x, y) {
  const cx = x(act.at / DAY), side = sideOf(act), owner = "ab"[side];
  const dead = killed(act) + act.dead_kin, title = `<title>${kind}, day ${brief(Math.round((10 * act.at) / DAY) / 10)}${act.rung ? `, rung ${act.rung}` : ""}${dead ? `, ${counted(dead, "death")}` : ""}</title>`;
  if (kind === "act" && act.rung > 0) return shape(side, cx, y(act.rung), act.rung >= 5 ? 6 : 4, `side ${owner}`, title);
  if (kind === "words" && act.rung > 0) return shape(side, cx, y(act.rung), 4, `side ${owner} words`, title);
  if (kind === "attack") return element("path", { d: `M${cx - 5} ${y(4) + 4}h10l-5 -9z`, class: `side ${owner}${act.seen ? "" : " words"}` }, title);
  if (["contact", "statement", "envoys", "visit", "agreement", "fading"].includes(kind)) return element("path", { d: `M${cx - 4} ${y(0)}l4 -5l4 5l-4 5z`, class: "step" }, title);
  return "";
}

function shape(side, cx, cy, r, kind, title) {
  return side ? element("rect", { x: cx - r, y: cy - r, width: 2 * r, height: 2 * r, class: kind }, title) : element("circle", { cx, cy, r, class: kind }, title);
}
