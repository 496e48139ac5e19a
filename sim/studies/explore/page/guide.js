// Six steps for a class: guess first, then see. Each sets the controls of the page; what one sees is played, not written here.

import { chosen, opening, valuesOf, withValue } from "./state.js";
import { chunks } from "./engine.js";
import { counted, decimal, percentage, points } from "./numbers.js";
import { difference, share } from "./statistics.js";
import { escaped } from "./svg.js";

const RUNS = 20000;

/** The steps: what is asked, how both states are set (`before` and `after` of the usual scenario), and what is counted. */
export const STEPS = [
  {
    name: "One strike", view: "run", rung: 7, of: 100,
    ask: "A strike has fallen on militants on the other's soil. Of 100 such crises, in how many does anyone then strike the other state's forces within a year?",
    after: (usual) => usual,
    tell: "One story is one draw of many. Read a few runs below before you go on.",
  },
  {
    name: "Misperception alone", view: "sweep", rung: 7, of: 100, sweep: "a.perception_error",
    ask: "Suppose nobody ever misread an act: in how many of 100 crises would it come to a strike on the other state's forces?",
    after: (usual, data) => both(data, usual, "perception_error", 0),
    tell: "Both sides' policies are the same as before. What is left is what they want and what slips.",
  },
  {
    name: "What generosity does", view: "sweep", rung: 7, of: 100, sweep: "b.generosity",
    ask: "Now the side that was struck lets nothing pass (generosity 0). In how many of 100 crises does it come to a strike on the other state's forces?",
    after: (usual, data) => withValue(data, usual, "b.generosity", 0),
    tell: "Generosity is the chance of letting a provocation pass. The figure sweeps it from 0 to 1.",
  },
  {
    name: "A hotline, at once and later", view: "mechanisms", rung: 7, of: 100,
    ask: "With a hotline from the first day, in how many of 100? (Agreed only at the end of the way down, it comes too late for this crisis.)",
    before: (usual, data) => withValue(data, chosen(data, usual, "mechanism", "hotline"), "mechanism.in_force", "agreement"),
    after: (usual, data) => chosen(data, usual, "mechanism", "hotline"),
    tell: "Compared with the same hotline that has to be agreed first, on the same chances.",
  },
  {
    name: "The mechanism that backfires", view: "mechanisms", rung: 7, of: 100, backfires: true,
    ask: "One of the mechanisms makes a strike on the other state's forces more likely than none does. In how many of 100 crises does it come to one with that mechanism?",
    tell: "Good intentions are not a sign. The figure has all of them on the same chances.",
  },
  {
    name: "How rare war is", view: "curve", rung: 9, of: 10000,
    ask: "Of 10,000 such crises, how many end in war within a year?",
    after: (usual) => usual,
    tell: "A chance this small needs many runs: the interval shrinks while you look.",
  },
];

function both(data, state, name, value) {
  return ["a", "b"].reduce((so, side) => withValue(data, so, `${side}.${name}`, value), state);
}

/** Show the step of the page's state, if any. */
export function guide(page) {
  const box = document.getElementById("guide"), { step } = page.state;
  document.getElementById("start-guide").hidden = step > 0;
  box.hidden = step === 0;
  if (!step || box.dataset.step === String(step)) return;
  box.dataset.step = step;
  const one = STEPS[step - 1];
  box.innerHTML = `<h2>Step ${step} of ${STEPS.length}: ${escaped(one.name)}</h2><p>${escaped(one.ask)}</p>
<p class="guess"><label for="guess">Your guess, of ${one.of.toLocaleString("en-US")}</label> <input id="guess" type="text" inputmode="decimal" autocomplete="off"> <button type="button" id="see">See</button></p>
<p class="wrong" id="guess-wrong" role="alert" hidden></p><div id="seen" role="status"></div>
<p class="steps"><button type="button" id="back"${step === 1 ? " disabled" : ""}>Back</button> <button type="button" id="on">${step === STEPS.length ? "To the whole page" : "Next step"}</button> <button type="button" id="leave">Leave the steps</button></p>`;
  const go = (to) => page.change({ ...opening(page.data), seed: page.state.seed, step: to }, "all");
  document.getElementById("see").onclick = () => see(page, one);
  document.getElementById("guess").onkeydown = ({ key }) => key === "Enter" && see(page, one);
  document.getElementById("back").onclick = () => go(step - 1);
  document.getElementById("on").onclick = () => go(step === STEPS.length ? 0 : step + 1);
  document.getElementById("leave").onclick = () => go(0);
}

/** Take the guess, set the controls, play, and say how it came out. */
async function see(page, one) {
  const guess = Number(document.getElementById("guess").value.replace(",", ".")), wrong = document.getElementById("guess-wrong");
  const refused = document.getElementById("guess").value.trim() === "" || !(guess >= 0 && guess <= one.of);
  wrong.hidden = !refused;
  wrong.textContent = refused ? `A guess is a number from 0 to ${one.of.toLocaleString("en-US")}: make one first, then see.` : "";
  if (refused) return;
  const usual = { ...opening(page.data), seed: page.state.seed, step: page.state.step, view: one.view, rung: one.rung, sweep: one.sweep ?? page.data.swept };
  const seen = document.getElementById("seen");
  seen.textContent = "Playing …";
  const before = one.before ? one.before(usual, page.data) : usual;
  const after = one.backfires ? await worst(page, usual) : one.after(usual, page.data);
  const found = await counts(page, before, after, one.rung);
  page.change(after, "all");
  const told = percentage(share(found.reach, found.runs)), measured = (one.of * found.reach) / found.runs;
  const gap = difference(found.gained, found.lost, found.runs);
  const name = one.backfires ? `With ${(after.mechanism || "none").replaceAll("_", " ")}: ` : "";
  const change = before === after ? "" : ` That is ${points(gap)} points against ${one.before ? "the same, agreed later" : "the scenario as it is"}, on the same chances.`;
  seen.innerHTML = `<p><strong>${name}${escaped(told)} of ${counted(found.runs, "run")}</strong>, ${decimal(measured, one.of > 100 ? 0 : 1)} of ${one.of.toLocaleString("en-US")}; ${verdict(guess, found, one.of)}.${escaped(change)} ${escaped(one.tell)}</p>`;
}

/** How a guess stands to the interval. */
function verdict(guess, found, of) {
  const [, low, high] = share(found.reach, found.runs);
  if (guess / of < low) return `more than your ${guess}`;
  return guess / of > high ? `less than your ${guess}` : `your ${guess} lies within the interval`;
}

/** Runs of two states on the same chances. */
async function counts(page, before, after, rung) {
  const crises = [before, after].map((state) => valuesOf(page.data, state));
  const found = { runs: 0, reach: 0, gained: 0, lost: 0 };
  await page.engine.all(chunks(RUNS, 500).map((chunk) => ({ task: "paired", crises, seed: before.seed, ...chunk })), () => true, ({ runs, others: [one] }) => {
    found.runs += runs;
    for (const name of ["reach", "gained", "lost"]) found[name] += one[name][rung];
  });
  return found;
}

/** The usual state with the mechanism that raises the chance most, against none. */
async function worst(page, usual) {
  const names = Object.keys(page.data.mechanisms).filter((name) => name !== "none"), rung = usual.rung;
  const states = ["none", ...names].map((name) => chosen(page.data, usual, "mechanism", name));
  const crises = states.map((state) => valuesOf(page.data, state)), gain = names.map(() => 0);
  await page.engine.all(chunks(RUNS / 2, 250).map((chunk) => ({ task: "paired", crises, seed: usual.seed, ...chunk })), () => true, ({ others }) => {
    others.forEach(({ gained, lost }, i) => (gain[i] += gained[rung] - lost[rung]));
  });
  return states[1 + gain.indexOf(Math.max(...gain))];
}
