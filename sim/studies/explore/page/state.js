// What is asked: a scenario, a mechanism, the fields that differ from them, a seed; and how to say it as an address, as a
// command line and as a file. `data` is what the page was made with; a state is a plain object, replaced and never changed.

/** The question a page opens with where its address asks nothing. */
export function opening(data) {
  return { ...blank(data), ...data.start };
}

function blank(data) {
  const scenario = Object.hasOwn(data.scenarios, data.usual) ? data.usual : Object.keys(data.scenarios)[0];
  return { scenario, mechanism: "", values: {}, seed: 1, run: 0, rung: 7, view: "curve", sweep: data.swept, step: 0 };
}

/** What a field has in a state: what was set, or what the mechanism or the scenario says, or the default. */
export function valueOf(data, state, key) {
  if (Object.hasOwn(state.values, key)) return state.values[key];
  return fileValue(data, state, key);
}

/** What the files say: the mechanism's option for a field of its own, else the scenario, else the default. */
export function fileValue(data, state, key) {
  const own = fileOf(data, state, key);
  return Object.hasOwn(own.values, key) ? number(own.values[key]) : number(data.fields[key].default);
}

/** Where the value of a field is from: the source in the file that gives it, or that of its declaration. */
export function sourceOf(data, state, key) {
  const own = fileOf(data, state, key);
  return own.sources[key] || data.fields[key].source;
}

/** What a number may plausibly be: [low, high, evidence] by its file, or by its declaration. */
export function plausibleOf(data, state, key) {
  return fileOf(data, state, key).ranges[key] || data.plausible[key];
}

/** The file a field's value is from where nobody set it: of the mechanism that was chosen, or of the scenario. */
function fileOf(data, state, key) {
  return key.startsWith("mechanism.") && state.mechanism ? data.mechanisms[state.mechanism] : data.scenarios[state.scenario];
}

/** All values of a state by key. */
export function valuesOf(data, state) {
  return Object.fromEntries(Object.keys(data.fields).map((key) => [key, valueOf(data, state, key)]));
}

/** The texts of a state: its title and the names in it. */
export function textsOf(data, state) {
  const own = data.scenarios[state.scenario].texts;
  return state.mechanism ? { ...own, "mechanism.name": data.mechanisms[state.mechanism].name } : own;
}

/** The state with a field set; one that has what the files say is not set. */
export function withValue(data, state, key, value) {
  const values = { ...state.values, [key]: value };
  if (value === fileValue(data, state, key)) delete values[key];
  return { ...state, values };
}

/** The state with another scenario or mechanism; what was set stays set. */
export function chosen(data, state, group, name) {
  const next = { ...state, [group]: name };
  const values = Object.fromEntries(Object.entries(state.values).filter(([key, value]) => value !== fileValue(data, next, key)));
  return { ...next, values };
}

/** Why a state cannot be played, in the words of the command line; "" where it can. */
export function contradiction(data, state) {
  for (const [higher, lower] of data.atLeast) {
    const [least, value] = [valueOf(data, state, lower), valueOf(data, state, higher)];
    if (value < least) return `${higher} must be at least ${lower} (${least}), got ${value}`;
  }
  return "";
}

/** A number or the name of a choice from a text; null where the field cannot have it. `inf` and ∞ are numbers. */
export function readValue(field, text) {
  if (field.kind === "choice") return field.names.includes(text) ? text : null;
  const trimmed = text.trim().replace("−", "-").replace(",", ".");
  const x = /^\+?(inf|infinity|∞)$/i.test(trimmed) ? Infinity : trimmed === "" ? NaN : Number(trimmed);
  return Number.isNaN(x) || (field.kind === "whole" && !Number.isInteger(x)) ? null : x;
}

/** A number within the bounds of its field. */
export function clamped(field, x) {
  return field.kind === "choice" ? x : Math.min(number(field.high), Math.max(number(field.low), x));
}

/** A number as JSON holds it: infinity is a text there. */
export function number(value) {
  return value === "Infinity" ? Infinity : value === "-Infinity" ? -Infinity : value;
}

// ---- the address: only what differs, only what is known, numbers within their bounds

const WHOLE = { seed: [1, 2 ** 53 - 1], run: [0, 1e9], rung: [7, 9], step: [0, 6] }; // what is left out of the address, and the most

/** The part of the address after #. */
export function address(data, state) {
  const parts = settings(data, state);
  for (const [name, [usual]] of Object.entries(WHOLE)) if (state[name] !== usual) parts.push([name, state[name]]);
  if (state.view !== "curve") parts.push(["view", state.view]);
  if (state.sweep !== data.swept) parts.push(["sweep", state.sweep]);
  if (!parts.length && Object.keys(data.start).length) parts.push(["scenario", state.scenario]);
  return parts.map(([key, value]) => `${key}=${encodeURIComponent(written(value))}`).join("&");
}

/** The question in an address: what is not known in it is left out, numbers out of bounds are taken to them. */
export function read(data, hash) {
  const given = hash.replace(/^#/, "").split("&").slice(0, 1000).map(pair).filter(Boolean);
  if (!given.length) return opening(data);
  let state = blank(data);
  for (const [key, value] of given) {
    if (key === "scenario" && Object.hasOwn(data.scenarios, value)) state = { ...state, scenario: value };
    if (key === "mechanism" && Object.hasOwn(data.mechanisms, value)) state = { ...state, mechanism: value };
    if (key === "view" && data.views.includes(value)) state = { ...state, view: value };
    if (key === "sweep" && Object.hasOwn(data.fields, value) && data.fields[value].kind !== "choice") state = { ...state, sweep: value };
    if (Object.hasOwn(WHOLE, key) && /^\d{1,16}$/.test(value)) state = { ...state, [key]: Math.min(WHOLE[key][1], Number(value)) };
  }
  state.rung = Math.max(1, state.rung);
  for (const [key, value] of given) {
    if (!Object.hasOwn(data.fields, key)) continue;
    const x = readValue(data.fields[key], value);
    if (x !== null) state = withValue(data, state, key, clamped(data.fields[key], x));
  }
  for (const [higher, lower] of data.atLeast) {
    const least = valueOf(data, state, lower);
    if (valueOf(data, state, higher) < least) state = withValue(data, state, higher, least);
  }
  return state;
}

function pair(part) {
  const at = part.indexOf("=");
  if (at < 1) return null;
  try {
    return [decodeURIComponent(part.slice(0, at)), decodeURIComponent(part.slice(at + 1))];
  } catch {
    return null;
  }
}

/** What differs from the usual scenario: pairs of key and value, groups first. */
function settings(data, state) {
  const fields = Object.keys(data.fields).filter((key) => Object.hasOwn(state.values, key));
  return [
    ...(state.scenario === data.usual ? [] : [["scenario", state.scenario]]),
    ...(state.mechanism ? [["mechanism", state.mechanism]] : []),
    ...fields.map((key) => [key, state.values[key]]),
  ];
}

function written(value) {
  return value === Infinity ? "inf" : String(value);
}

// ---- the same for others: a command line, a file

/** The words that say the question on a command line, less the command. */
export function words(data, state) {
  const { base, words: own } = data.scenarios[state.scenario];
  const rest = settings(data, state).filter(([key]) => key !== "scenario").map(([key, value]) => `${key}=${written(value)}`);
  return [...(base ? [`scenario=${base}`] : []), ...own, ...rest].map(quoted);
}

/** A word as a shell takes it. */
function quoted(word) {
  return /^[\w.@=+:,/-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** The command line that tells this run and says how many like it end. */
export function playLine(data, state, runs) {
  const more = [...(state.run ? [`run=${state.run}`] : []), ...(runs === 10000 ? [] : [`runs=${runs}`]), ...seed(state)];
  return ["escalation play", ...words(data, state), ...more].join(" ");
}

/** The command line of the paired comparison of all mechanisms. */
export function mechanismsLine(data, state, names, runs) {
  const axis = `'sweep.axes=[{vary: mechanism, over: [${names.join(", ")}]}]'`;
  const own = words(data, { ...state, mechanism: "" });
  return ["escalation sweep", axis, ...own, `rung=${state.rung}`, `runs=${runs}`, ...seed(state)].join(" ");
}

/** The command line of a sweep of one field. */
export function sweepLine(data, state, values, runs) {
  const axis = `'sweep.axes=[{vary: ${state.sweep}, over: [${values.map(written).join(", ")}]}]'`;
  const { [state.sweep]: _, ...rest } = state.values;
  return ["escalation sweep", axis, ...words(data, { ...state, values: rest }), `rung=${state.rung}`, `runs=${runs}`, ...seed(state)].join(" ");
}

function seed(state) {
  return state.seed === 1 ? [] : [`seed=${state.seed}`];
}

/** A scenario file for --config-dir that holds this question: "mine/scenario/from_the_page.yaml". */
export function yaml(data, state) {
  const { base, words: own } = data.scenarios[state.scenario];
  const given = own.map((word) => [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)]);
  const groups = given.filter(([key]) => !key.includes(".") && !Object.hasOwn(data.fields, key) && !["title", "start"].includes(key));
  const lines = [
    "# @package _global_", "# Made by the page that plays. Save it as mine/scenario/from_the_page.yaml, then:",
    "#   escalation play --config-dir mine scenario=from_the_page", "defaults:", `  - ${base || data.usual}`,
    ...groups.map(([group, option]) => `  - override /${group}: ${option}`),
    ...(state.mechanism ? [`  - override /mechanism: ${state.mechanism}`] : []), "  - _self_", "",
  ];
  const parts = {};
  for (const [key, value] of [...given.filter((one) => !groups.includes(one)), ...Object.entries(state.values)]) {
    const at = key.lastIndexOf(".");
    (parts[key.slice(0, Math.max(0, at))] ??= []).push([key.slice(at + 1), value === Infinity ? ".inf" : value]);
  }
  for (const [part, fields] of Object.entries(parts).sort()) {
    if (part) lines.push(`${part}:`);
    for (const [name, value] of fields) lines.push(`${part ? "  " : ""}${name}: ${value}`);
  }
  return `${lines.join("\n")}\n`;
}
