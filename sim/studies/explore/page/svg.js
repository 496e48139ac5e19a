// Pictures as text: SVG elements, scales and axes. Colours are classes, which the page's style and a saved file both define.

import { brief } from "./numbers.js";

/** A text that is safe in HTML and SVG. */
export function escaped(text) {
  return String(text).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** An element; attributes that are null or undefined are left out, and what is inside is SVG already. */
export function element(name, attributes, inside = "") {
  const given = Object.entries(attributes).filter(([, value]) => value !== null && value !== undefined);
  return `<${name} ${given.map(([key, value]) => `${key}="${typeof value === "number" ? round(value) : escaped(value)}"`).join(" ")}>${inside}</${name}>`;
}

function round(x) {
  return Math.round(100 * x) / 100;
}

/** A text element; `anchor` is start, middle or end. */
export function label(x, y, text, kind = "text", anchor = "start") {
  return element("text", { x, y, class: kind, "text-anchor": anchor }, escaped(text));
}

export function line(x1, y1, x2, y2, kind) {
  return element("line", { x1, y1, x2, y2, class: kind });
}

/** A whole picture of so many pixels. */
export function picture(width, height, parts) {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${round(width)} ${round(height)}" width="${round(width)}" height="${round(height)}">${parts.join("")}</svg>`;
}

/** A linear scale from [low, high] to pixels. */
export function linear(low, high, from, to) {
  return (x) => from + ((x - low) / (high - low || 1)) * (to - from);
}

/** A log scale; what is below `low` stands at its end. */
export function logarithmic(low, high, from, to) {
  const scale = linear(Math.log(low), Math.log(high), from, to);
  return (x) => scale(Math.log(Math.max(x, low)));
}

/** Round numbers from `low` to `high`, about `count` of them. */
export function ticks(low, high, count) {
  const rough = (high - low) / Math.max(1, count) || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((x) => x * power).find((x) => x >= rough * 0.999);
  const first = Math.ceil(low / step - 1e-9);
  return Array.from({ length: Math.max(0, Math.floor(high / step + 1e-9) - first + 1) }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** A grid of vertical lines with what stands below them. */
export function below(scale, values, top, bottom, write = brief) {
  return values.map((x) => line(scale(x), top, scale(x), bottom, "grid") + label(scale(x), bottom + 16, write(x), "tick", "middle"));
}

/** A grid of horizontal lines with what stands left of them. */
export function beside(scale, values, left, right, write = (p) => `${brief(100 * p)} %`) {
  return values.map((y) => line(left, scale(y), right, scale(y), "grid") + label(left - 7, scale(y) + 4, write(y), "tick", "end"));
}

/** A line through points. */
export function path(points, kind) {
  return element("path", { d: points.map(([x, y], i) => `${i ? "L" : "M"}${round(x)} ${round(y)}`).join(""), class: kind });
}

/** The area between two lines over the same x: [x, low, high] each. */
export function band(points, kind) {
  if (!points.length) return "";
  const there = points.map(([x, , high]) => `${round(x)} ${round(high)}`), back = points.map(([x, low]) => `${round(x)} ${round(low)}`).reverse();
  return element("path", { d: `M${[...there, ...back].join("L")}Z`, class: kind });
}

/** Text in lines of at most so many characters. */
export function wrapped(text, most) {
  const lines = [""];
  for (const word of text.split(" ")) {
    if (lines.at(-1) && lines.at(-1).length + word.length + 1 > most) lines.push("");
    lines[lines.length - 1] = `${lines.at(-1)} ${word}`.trim();
  }
  return lines;
}
