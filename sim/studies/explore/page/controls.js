// What one can change: scenario, mechanism, policies, a dozen sliders, and every other field by search.

import { about, nameOf, short, span } from "./fields.js";
import { brief } from "./numbers.js";
import { chosen, clamped, readValue, valueOf, withValue } from "./state.js";
import { escaped } from "./svg.js";

const FOUND = 10; // fields that a search shows
const NOTCHES = 100; // steps of the keyboard along a slider

/** Fill the controls of a page; `page.change(state)` is told of each gesture. */
export function controls(page) {
  const place = (id) => document.getElementById(id);
  place("scenario").innerHTML = options(Object.entries(page.data.scenarios).map(([name, { label }]) => [name, label]), page.state.scenario);
  place("scenario").onchange = ({ target }) => page.change(chosen(page.data, page.state, "scenario", target.value), "all");
  place("mechanism").innerHTML = options([["", "as in the scenario"], ...Object.keys(page.data.mechanisms).map((name) => [name, name.replaceAll("_", " ")])], page.state.mechanism);
  place("mechanism").onchange = ({ target }) => page.change(chosen(page.data, page.state, "mechanism", target.value), "all");
  place("seed").value = page.state.seed;
  place("seed").onchange = ({ target }) => /^\d{1,15}$/.test(target.value) ? page.change({ ...page.state, seed: Number(target.value) }) : (target.value = page.state.seed);
  fill(page, place("policies"), page.data.policies);
  fill(page, place("sliders"), page.data.shown);
  place("search").oninput = () => search(page);
  search(page);
}

/** Write what has changed into the controls that stand there, without touching the one that is held. */
export function refreshControls(page) {
  for (const box of document.querySelectorAll("[data-key]")) show(page, box, page.data.fields[box.dataset.key]);
  document.getElementById("scenario").value = page.state.scenario;
  document.getElementById("mechanism").value = page.state.mechanism;
  document.getElementById("seed").value = page.state.seed;
}

function options(pairs, chosen_) {
  return pairs.map(([value, text]) => `<option value="${escaped(value)}"${value === chosen_ ? " selected" : ""}>${escaped(text)}</option>`).join("");
}

function fill(page, box, keys) {
  box.replaceChildren(...keys.map((key) => control(page, page.data.fields[key])));
}

/** The fields whose name or meaning holds every word that is looked for; without words those that were changed. */
function search(page) {
  const words = document.getElementById("search").value.toLowerCase().split(/\s+/).filter(Boolean);
  const first = new Set([...page.data.shown, ...page.data.policies]);
  const all = Object.values(page.data.fields).filter(({ key }) => !first.has(key));
  const found = words.length
    ? all.filter((field) => words.every((word) => text(page, field).includes(word)))
    : all.filter(({ key }) => Object.hasOwn(page.state.values, key));
  document.getElementById("found").textContent = words.length
    ? `${found.length} of ${all.length} further fields${found.length > FOUND ? `; the first ${FOUND} are shown` : ""}`
    : `${all.length} further fields${found.length ? `; those you changed are shown` : ""}`;
  fill(page, document.getElementById("others"), found.slice(0, FOUND).map(({ key }) => key));
}

function text(page, { key, meaning }) {
  return `${key} ${nameOf(page.data, page.state, key)} ${meaning}`.toLowerCase();
}

/** The control of a field: its name, its value, a slider or a choice, and what it means and where it is from. */
function control(page, field) {
  const box = document.createElement("div"), id = `field-${field.key.replace(".", "-")}`;
  box.className = "control";
  box.dataset.key = field.key;
  const value = field.kind === "choice"
    ? `<select id="${id}" aria-describedby="${id}-about">${options(field.names.map((name) => [name, name.replaceAll("_", " ")]), "")}</select>`
    : `<input class="number" id="${id}" type="text" inputmode="decimal" aria-describedby="${id}-about"><span class="unit">${escaped(field.unit)}</span>`;
  const slider = field.kind === "choice" ? "" : `<input class="slider" type="range" step="any" aria-label="" aria-describedby="${id}-about">`;
  box.innerHTML = `<label for="${id}"></label>${value}${slider}<p class="about" id="${id}-about"></p><p class="wrong" role="alert" hidden></p>`;
  if (field.kind === "choice") box.querySelector("select").onchange = ({ target }) => set(page, field, target.value);
  else listen(page, field, box);
  show(page, box, field);
  return box;
}

function listen(page, field, box) {
  const slider = box.querySelector(".slider"), entry = box.querySelector(".number");
  slider.oninput = () => set(page, field, ofSlider(page, field, Number(slider.value)));
  slider.onkeydown = (event) => {
    const [low, high] = span(page.data, page.state, field), notch = field.kind === "whole" ? Math.max(1, Math.round((high - low) / NOTCHES)) : (high - low) / NOTCHES;
    const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    const now = Math.min(high, valueOf(page.data, page.state, field.key));
    const to = event.key === "Home" ? low : event.key === "End" ? high : by ? now + by * notch : NaN;
    if (Number.isNaN(to)) return;
    event.preventDefault();
    set(page, field, ofSlider(page, field, Math.min(high, Math.max(low, to))));
  };
  entry.onchange = () => {
    const x = readValue(field, entry.value);
    const wrong = x === null || x !== clamped(field, x);
    complain(box, wrong ? `${field.key} must ${field.admits}, got ${entry.value}` : "");
    if (!wrong) set(page, field, x);
  };
}

/** What a slider's place means: a whole number, or a short decimal; the value of the file where it is that near. */
function ofSlider(page, field, x) {
  return field.kind === "whole" ? Math.round(x) : clamped(field, short(x, span(page.data, page.state, field)));
}

function set(page, field, value) {
  page.change(withValue(page.data, page.state, field.key, value));
}

/** Write a field's value into its control; what is being typed in is left alone. */
function show(page, box, field) {
  const value = valueOf(page.data, page.state, field.key), held = document.activeElement;
  box.querySelector("label").textContent = nameOf(page.data, page.state, field.key);
  box.querySelector(".about").textContent = `${field.meaning}. ${about(page.data, page.state, field)}`;
  box.classList.toggle("changed", Object.hasOwn(page.state.values, field.key));
  if (field.kind === "choice") {
    box.querySelector("select").value = value;
    return;
  }
  const slider = box.querySelector(".slider"), entry = box.querySelector(".number"), [low, high] = span(page.data, page.state, field);
  if (slider !== held || Number(slider.max) < value) Object.assign(slider, { min: low, max: high });
  slider.value = Math.min(high, value);
  slider.setAttribute("aria-label", `${nameOf(page.data, page.state, field.key)}, slider`);
  slider.setAttribute("aria-valuetext", `${brief(value)} ${field.unit}`.trim());
  if (entry !== held || entry.dataset.said !== String(value)) entry.value = value === Infinity ? "inf" : String(value);
  entry.dataset.said = String(value);
  complain(box, "");
}

function complain(box, line) {
  const wrong = box.querySelector(".wrong"), entry = box.querySelector(".number");
  wrong.textContent = line;
  wrong.hidden = !line;
  entry?.toggleAttribute("aria-invalid", Boolean(line));
  if (line) entry?.setAttribute("aria-invalid", "true");
}

