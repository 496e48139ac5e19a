// How phrases become text, by the rules of sim/story/grammar.py: the first alternative whose condition holds is written.

import { fixed } from "./numbers.js";

const HOLE = /\{(\w+)(?:\(([\w, ]+)\))?(?::([.\w]+))?\}/g;
const RELATIONS = { "=": (x, y) => x === y, "≠": (x, y) => x !== y, "<": (x, y) => x < y, ">": (x, y) => x > y };

/** The phrase called `name` of `facts` in words. */
export function written(phrases, name, facts) {
  const phrase = phrases[name];
  const text = typeof phrase === "string" ? phrase : phrase.find(([, condition]) => holds(condition, facts))[0];
  return text.replace(HOLE, (_, inner, given, form) => {
    if (!Object.hasOwn(phrases, inner)) return formatted(facts[inner], form);
    if (!given) return written(phrases, inner, facts);
    const bound = given.split(",").map((fact, i) => [i + 1, facts[fact.trim()]]);
    return written(phrases, inner, { ...facts, ...Object.fromEntries(bound) });
  });
}

/** Whether each comparison of a condition holds; an empty one always does. */
function holds(condition, facts) {
  return !condition || condition.split(",").every((one) => {
    const [fact, relation, other] = one.trim().split(/\s+/);
    return RELATIONS[relation](facts[fact], /^-?\d+$/.test(other) ? Number(other) : facts[other]);
  });
}

/** A fact as text; `form` is a number of decimals, as in ".1f". */
function formatted(fact, form) {
  return form ? fixed(fact, Number(form.slice(1, -1))) : String(fact);
}

