// The page: it reads the question from the address, plays it, and draws what is found while more runs come in.

import { controls, refreshControls } from "./controls.js";
import { curve, reached } from "./curve.js";
import { chunks, startEngine } from "./engine.js";
import { nameOf } from "./fields.js";
import { guide } from "./guide.js";
import { mechanisms } from "./mechanisms.js";
import { counted, percentage } from "./numbers.js";
import { outcomes } from "./outcomes.js";
import { run, tell } from "./run.js";
import { address, contradiction, playLine, read, textsOf, valueOf, valuesOf } from "./state.js";
import { escaped } from "./svg.js";
import { sweep } from "./sweep.js";
import { csvFile, hand, pngFile, svgFile, texts } from "./take.js";
import { times } from "./times.js";

const LEVELS = [2000, 20000, 200000]; // runs: at once, soon, and while one looks
const CHUNK = 500; // runs of a task: so long a newer gesture waits
const PAUSE = 120; // ms between two drawings while runs come in
const VIEWS = [curve, mechanisms, sweep, outcomes, times, run];

const place = (id) => document.getElementById(id);

/** The bytes of a text in base 64, which were compressed. */
async function unpacked(id) {
  const bytes = Uint8Array.from(atob(place(id).textContent.trim()), (sign) => sign.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

/** Everything the page knows; the views read it, and `change` replaces its state. */
function pageOf(data, engine) {
  const page = {
    data, engine, state: read(data, location.hash), measured: null, kept: null, ignorant: false, ...nothingKnown(),
    answer: () => answer(page), event: () => event(page), title: () => title(page), names: () => names(page),
    nameOf: (key) => nameOf(data, page.state, key), valueOf: (key) => valueOf(data, page.state, key),
    openingRung: () => openingRung(page), figureLine: () => figureLine(page),
    tell: (number) => tell(page, number), change: (state, what) => change(page, state, what), refresh: () => refresh(page), say: (text) => (place("live").textContent = text),
    button, toggle, rungChoice: () => rungChoice(page), fieldChoice: () => fieldChoice(page), wholeNumber, scrubber: (told, moved) => scrubber(told, moved),
  };
  return page;
}

/** What has to be found anew when the question changes. */
function nothingKnown() {
  return { paired: null, swept: null, told: null, unknown: null };
}

// ---- what is said

function names({ data, state }) {
  const own = textsOf(data, state);
  return [own["a.name"] || "A", own["b.name"] || "B"];
}

function title(page) {
  const { data, state } = page, own = textsOf(data, state).title || data.scenarios[state.scenario].label;
  const changed = Object.keys(state.values).length;
  return `${own}${state.mechanism ? `, mechanism ${state.mechanism.replaceAll("_", " ")}` : ""}${changed ? `, ${counted(changed, "field")} changed` : ""}`;
}

/** The event that is looked at: "a strike on the other state's forces or worse". */
function event({ data, state }) {
  const name = data.layout.rungs[state.rung];
  return state.rung === 9 ? name : `${/^[aeiou]/.test(name) ? "an" : "a"} ${name} or worse`;
}

/** The rung a run starts with: it and all below are certain. */
function openingRung(page) {
  const opening = page.valueOf("opening");
  return opening.startsWith("strike") ? page.valueOf("opening_rung") : 0;
}

function answer(page) {
  const what = event(page), days = page.valueOf("horizon");
  const found = reached(page.measured, page.state.rung);
  return `${what[0].toUpperCase()}${what.slice(1)} within ${days} days: ${percentage(found)} of ${counted(page.measured.runs, "run")}.`;
}

function figureLine(page) {
  return page.drawn?.line || playLine(page.data, page.state, page.measured.runs);
}

// ---- small controls that views ask for

function button(name, act) {
  const one = Object.assign(document.createElement("button"), { type: "button", textContent: name });
  one.onclick = act;
  return one;
}

function toggle(id, name, on, act) {
  const one = document.createElement("label");
  one.className = "toggle";
  one.innerHTML = `<input type="checkbox" id="${id}"${on ? " checked" : ""}> ${escaped(name)}`;
  one.firstChild.onchange = ({ target }) => act(target.checked);
  return one;
}

function choice(id, name, options, value, act) {
  const one = document.createElement("label");
  one.innerHTML = `${escaped(name)} <select id="${id}">${options}</select>`;
  one.lastChild.value = value;
  one.lastChild.onchange = ({ target }) => act(target.value);
  return one;
}

function rungChoice(page) {
  const options = page.data.layout.rungs.map((name, rung) => (rung ? `<option value="${rung}">${rung} ${escaped(name)}</option>` : "")).join("");
  return choice("rung", "Rung", options, page.state.rung, (rung) => page.change({ ...page.state, rung: Number(rung) }, "look"));
}

function fieldChoice(page) {
  const groups = Map.groupBy ? Map.groupBy(numeric(page), groupOf) : grouped(numeric(page));
  const options = [...groups].map(([group, fields]) => `<optgroup label="${escaped(group)}">${fields.map(({ key }) => `<option value="${key}">${escaped(page.nameOf(key))}</option>`).join("")}</optgroup>`).join("");
  return choice("swept", "Field", options, page.state.sweep, (key) => page.change({ ...page.state, sweep: key }, "look"));
}

function numeric(page) {
  return Object.values(page.data.fields).filter(({ kind }) => kind !== "choice");
}

function groupOf({ key }) {
  return key.includes(".") ? key.split(".")[0].replace("_", " against ") : "the crisis";
}

function grouped(fields) {
  const found = new Map();
  for (const field of fields) found.set(groupOf(field), [...(found.get(groupOf(field)) ?? []), field]);
  return found;
}

function wholeNumber(id, name, value, act) {
  const one = document.createElement("label");
  one.innerHTML = `${escaped(name)} <input id="${id}" type="text" inputmode="numeric" class="whole" value="${value}">`;
  one.lastChild.onchange = ({ target }) => (/^\d{1,9}$/.test(target.value) ? act(Number(target.value)) : (target.value = value));
  return one;
}

function scrubber(told, moved) {
  const one = document.createElement("label");
  one.className = "scrubber";
  one.innerHTML = `Act by act <input type="range" id="scrub" min="0" max="${Math.max(0, told.lines.length - 1)}" step="1" value="${Math.max(0, told.at)}">`;
  const say = () => one.lastChild.setAttribute("aria-valuetext", told.lines[told.at] ? `${told.lines[told.at].date.trim()}: ${told.lines[told.at].text}` : "nothing happened");
  one.lastChild.oninput = ({ target }) => {
    told.at = Number(target.value);
    say();
    moved();
  };
  told.at = Math.max(0, told.at);
  say();
  return one;
}

// ---- what happens

/** Take a new state. `what` says how much it changes: "look" leaves the runs, "run" the run that is told, else all is new. */
function change(page, state, what = "") {
  const played = what !== "look" && what !== "run";
  page.state = state;
  if (played) Object.assign(page, nothingKnown());
  if (what === "run") page.told = null;
  history.replaceState(null, "", `#${address(page.data, state)}`);
  if (what === "all") controls(page);
  else if (played) refreshControls(page);
  guide(page);
  if (what !== "" && what !== "sliders") frame(page);
  refresh(page, played);
}

/** Play the question anew: 2,000 runs at once, then more, then what the view asks; a newer gesture ends it. */
async function refresh(page, played = false) {
  const mine = (page.generation = (page.generation ?? 0) + 1), alive = () => page.generation === mine && !document.hidden;
  const wrong = contradiction(page.data, page.state);
  place("contradiction").textContent = wrong;
  place("contradiction").hidden = !wrong;
  if (wrong) return;
  if (played) page.next = empty();
  const redraw = paced(page, alive);
  try {
    for (const level of LEVELS) {
      await measure(page, level, alive, redraw);
      if (!alive()) return;
      await view(page).work?.(page, level, alive, redraw);
      if (!alive()) return;
      draw(page);
      if (level === LEVELS[0]) document.body.dataset.drawn = mine;
      if (level === LEVELS[1]) page.say(page.answer());
    }
    document.body.dataset.settled = mine;
  } catch (error) {
    if (page.generation === mine) trouble(error);
  }
}

function empty() {
  return { done: new Set(), found: null };
}

/** Play up to so many runs of the state; the first of them take the place of what was there before. */
async function measure(page, level, alive, redraw) {
  const { next } = page, values = valuesOf(page.data, page.state);
  const tasks = chunks(level, CHUNK, next.done).map((chunk) => ({ task: "measure", values, seed: page.state.seed, ...chunk }));
  await page.engine.all(tasks, () => alive() && page.next === next, (answer, { first }) => {
    next.done.add(first);
    next.found = next.found ? added(next.found, answer) : answer;
    if (next.found.runs < LEVELS[0]) return;
    page.measured = next.found;
    if (next.found.runs === LEVELS[0]) draw(page);
    else redraw();
  });
}

/** Two sets of counts together. */
function added(one, other) {
  if (typeof one === "number") return one + other;
  if (one instanceof Float64Array) return one.map((x, i) => x + other[i]);
  return Object.fromEntries(Object.keys(one).map((key) => [key, key === "id" ? 0 : added(one[key], other[key])]));
}

/** Draw at most every so often. */
function paced(page, alive) {
  let last = performance.now(), due = false;
  return () => {
    if (due) return;
    due = true;
    setTimeout(() => {
      due = false;
      last = performance.now();
      if (alive()) draw(page);
    }, Math.max(0, last + PAUSE - performance.now()));
  };
}

function view({ state }) {
  return VIEWS.find(({ id }) => id === state.view) ?? curve;
}

/** What stands around the figure of a view: its tab and its tools. */
function frame(page) {
  const shown = view(page);
  for (const tab of document.querySelectorAll("[role=tab]")) {
    const on = tab.id === `tab-${shown.id}`;
    tab.setAttribute("aria-selected", String(on));
    tab.tabIndex = on ? 0 : -1;
  }
  place("panel").setAttribute("aria-labelledby", `tab-${shown.id}`);
  const held = document.activeElement?.id;
  place("tools").replaceChildren();
  shown.tools?.(page, place("tools"));
  if (held && place(held) !== document.activeElement) place(held)?.focus();
}

/** Draw the sentence and the figure as far as they are known. */
function draw(page) {
  if (!page.measured) return;
  const shown = view(page), box = place("figure"), width = Math.max(280, Math.floor(box.clientWidth));
  place("title").textContent = title(page);
  place("answer").textContent = answer(page);
  const drawn = shown.figure(page, width);
  page.drawn = drawn;
  place("save").hidden = Boolean(drawn.waiting);
  if (drawn.waiting) {
    box.textContent = drawn.waiting;
    place("after").replaceChildren();
    place("note").textContent = "";
    place("rows").replaceChildren();
    return;
  }
  box.innerHTML = drawn.svg;
  box.setAttribute("aria-label", drawn.said);
  place("note").textContent = drawn.note;
  if (shown.after) {
    if (place("after").dataset.of !== String(page.told?.run) + page.generation) {
      place("after").replaceChildren();
      place("after").dataset.of = String(page.told?.run) + page.generation;
      shown.after(page, place("after"));
    }
  } else place("after").replaceChildren();
  shown.drawn?.(page);
  if (place("numbers").open) rows(page);
  if (place("take").open) take(page);
}

/** The numbers of the figure as a table. */
function rows({ drawn }) {
  const [head, ...body] = drawn.rows, cell = (value) => (typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(5)) : value);
  place("rows").innerHTML = `<table><thead><tr>${head.map((name) => `<th scope="col">${escaped(name)}</th>`).join("")}</tr></thead><tbody>${body.map((row) => `<tr>${row.map((value) => `<td>${escaped(cell(value))}</td>`).join("")}</tr>`).join("")}</tbody></table>`;
}

/** What one can take away, as texts with a button each. */
function take(page) {
  const box = place("texts"), all = texts(page);
  if (box.children.length !== all.length) {
    box.innerHTML = all.map(([name, use], i) => `<div><label for="text-${i}">${escaped(name)} <span class="use"></span></label><textarea id="text-${i}" readonly rows="2" spellcheck="false"></textarea><button type="button" aria-label="Copy: ${escaped(name)}">Copy</button></div>`).join("");
    [...box.children].forEach((one) => (one.querySelector("button").onclick = () => copy(page, one.querySelector("textarea"))));
  }
  all.forEach(([, use, text], i) => {
    const one = box.children[i];
    one.querySelector(".use").textContent = use;
    Object.assign(one.querySelector("textarea"), { value: text, rows: Math.min(10, text.split("\n").length + (text.length > 90 ? 2 : 0)) });
  });
}

async function copy(page, area) {
  area.select();
  const done = await navigator.clipboard?.writeText(area.value).then(() => true, () => false) || document.execCommand("copy");
  page.say(done ? "Copied." : "Select the text and copy it.");
}

async function save(page, kind) {
  const { drawn, state } = page, foot = `${title(page)}; seed ${state.seed}, ${counted(page.measured.runs, "run")}; escalation-game ${page.data.version}, rules ${page.data.rules}`;
  const name = `${drawn.name}.${kind}`, svg = svgFile(drawn.svg, foot);
  if (kind === "csv") hand(name, csvFile(drawn.rows), "text/csv");
  else if (kind === "svg") hand(name, svg, "image/svg+xml");
  else hand(name, await pngFile(svg), "image/png");
}

function keep(page) {
  page.kept = page.kept?.measured === page.measured ? null : { measured: page.measured, name: title(page) };
  place("keep").textContent = page.kept ? "Drop what was kept" : "Keep this to compare";
  page.say(page.kept ? `Kept: ${page.kept.name}.` : "Dropped.");
  draw(page);
}

function trouble(error) {
  place("trouble").textContent = `This page cannot play here: ${error.message}.`;
  place("trouble").hidden = false;
}

/** The tabs: a click or the arrow keys choose the view. */
function tabs(page) {
  const list = place("tabs");
  list.innerHTML = VIEWS.map(({ id, name }) => `<button type="button" role="tab" id="tab-${id}" aria-controls="panel">${escaped(name)}</button>`).join("");
  const all = [...list.children], go = (i) => {
    page.change({ ...page.state, view: VIEWS[i].id }, "look");
    all[i].focus();
  };
  all.forEach((tab, i) => {
    tab.onclick = () => go(i);
    tab.onkeydown = ({ key }) => {
      const to = { ArrowRight: (i + 1) % all.length, ArrowLeft: (i + all.length - 1) % all.length, Home: 0, End: all.length - 1 }[key];
      if (to !== undefined) go(to);
    };
  });
}

function wire(page) {
  tabs(page);
  for (const kind of ["svg", "png", "csv"]) place(`save-${kind}`).onclick = () => save(page, kind);
  place("keep").onclick = () => keep(page);
  place("reset").onclick = () => page.change(read(page.data, ""), "all");
  place("start-guide").onclick = () => page.change({ ...page.state, step: 1 }, "all");
  place("numbers").ontoggle = () => page.drawn?.rows && rows(page);
  place("take").ontoggle = () => page.measured && take(page);
  window.addEventListener("hashchange", () => page.change(read(page.data, location.hash), "all"));
  window.addEventListener("resize", () => draw(page));
  document.addEventListener("visibilitychange", () => document.hidden || refresh(page));
}

async function start() {
  const [data, code] = await Promise.all([unpacked("data"), unpacked("kernel")]);
  const known = JSON.parse(new TextDecoder().decode(data));
  known.fields = Object.fromEntries(known.layout.record.fields.map((field) => [field.key, field]));
  known.words.kinds = known.layout.kinds;
  known.views = VIEWS.map(({ id }) => id);
  const engine = await startEngine(await WebAssembly.compile(code), known.layout, place("worker").textContent);
  const page = pageOf(known, engine);
  window.explorer = page;
  wire(page);
  page.change(page.state, "all");
}

start().catch(trouble);
