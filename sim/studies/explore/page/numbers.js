// Numbers as the command line writes them.

/** `x` with so many decimals, a tie to the even digit as Python rounds (toFixed takes the larger). */
export function fixed(x, digits) {
  const text = x.toFixed(digits);
  const exact = x.toFixed(Math.min(100, digits + 40)); // a tie has far fewer decimals than that
  const rest = exact.slice(exact.indexOf(".") + 1 + digits);
  if (!/^50*$/.test(rest)) return text;
  const below = exact.slice(0, exact.length - rest.length).replace(/\.$/, "");
  return Number(below.at(-1)) % 2 === 0 ? below : text;
}

/** `x` in up to six figures and no zeros at its end, as Python's "g" for numbers of ordinary size. */
export function general(x) {
  if (!Number.isFinite(x)) return x > 0 ? "inf" : "-inf";
  const size = x === 0 ? 0 : Math.floor(Math.log10(Math.abs(x)));
  if (size < -4 || size > 5) return x.toPrecision(6).replace(/\.?0+(e|$)/, "$1").replace(/e([+-])(\d)$/, "e$10$2");
  return fixed(x, Math.max(0, 5 - size)).replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");
}

/** So many of something: "1 run", "2,000 runs". */
export function counted(n, word) {
  return `${n.toLocaleString("en-US")} ${word}${n === 1 ? "" : "s"}`;
}

const POINT = { minimumFractionDigits: 0 };

/** A share in per cent, in as many figures as the width of its interval bears: "13.5 %". */
export function percent(p, width = p) {
  return `${decimal(100 * p, places(100 * width))} %`;
}

/** A share with its interval: "13.5 % [13.3, 13.6]". */
export function percentage([p, low, high]) {
  const digits = places(100 * (high - low));
  const [value, ...ends] = [p, low, high].map((x) => decimal(100 * x, digits));
  return `${value} % [${ends.join(", ")}]`;
}

/** A difference of shares in points with its interval, signed: "−2.1 [−2.3, −1.9]". */
export function points([d, low, high]) {
  const digits = places(100 * (high - low));
  const [value, ...ends] = [d, low, high].map((x) => signed(100 * x, digits));
  return `${value} [${ends.join(", ")}]`;
}

/** How many decimals show a width in two figures. */
function places(width) {
  if (!(width > 0) || !Number.isFinite(width)) return 1;
  return Math.max(0, Math.min(6, 1 - Math.floor(Math.log10(width))));
}

/** A number with so many decimals, thousands parted, a true minus and none on a zero. */
export function decimal(x, digits) {
  const text = Math.abs(x).toLocaleString("en-US", { ...POINT, minimumFractionDigits: digits, maximumFractionDigits: digits });
  return (x < 0 && /[1-9]/.test(text) ? "−" : "") + text;
}

function signed(x, digits) {
  const text = decimal(x, digits);
  return x > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** A number in few figures for an axis or beside a slider: "0.25", "1,460", "∞". */
export function brief(x) {
  if (x === Infinity) return "∞";
  if (x !== 0 && (Math.abs(x) < 1e-3 || Math.abs(x) >= 1e7)) return general(Number(x.toPrecision(3)));
  return Number(x.toPrecision(4)).toLocaleString("en-US", { maximumFractionDigits: 6 });
}
