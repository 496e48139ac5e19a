// Intervals, by the formulas of sim/statistics, so that a number here is the number of the command line.

export const Z = 1.959963984540054; // the two-sided 95 % point of the normal
const TAIL = 0.025;
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** The logarithm of the gamma function for x ≥ 1 (Lanczos 1964). */
function logGamma(x) {
  const t = x + 6.5;
  const sum = LANCZOS.slice(1).reduce((found, c, i) => found + c / (x + i), LANCZOS[0]);
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

/** The regularised incomplete beta function, by its continued fraction (Lentz). */
function incompleteBeta(x, a, b) {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a;
  let f = 1, c = 1, d = 0;
  for (let i = 0; i < 5000; i++) {
    const m = i >> 1;
    const term = i === 0 ? 1
      : i % 2 ? (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)) : (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + term * d || 1e-300);
    c = 1 + term / c || 1e-300;
    f *= c * d;
    if (Math.abs(1 - c * d) < 1e-13) break;
  }
  return front * (f - 1);
}

/** Where the incomplete beta function is `p`: bisection, helped by Newton. */
function betaPoint(p, a, b) {
  let low = 0, high = 1, x = a / (a + b);
  const scale = logGamma(a + b) - logGamma(a) - logGamma(b);
  for (let i = 0; i < 100 && high - low > 1e-15 * x; i++) {
    const gap = incompleteBeta(x, a, b) - p;
    if (gap > 0) high = x; else low = x;
    const step = gap / Math.exp(scale + (a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x));
    const next = x - step;
    if (Math.abs(step) < 1e-14 * x) break;
    x = next > low && next < high ? next : (low + high) / 2;
  }
  return x;
}

/** A probability from `k` of `n` with its exact 95 % interval (Clopper & Pearson 1934): [value, low, high]. */
export function share(k, n) {
  if (!n) return [NaN, 0, 1];
  const low = k > 0 ? betaPoint(TAIL, k, n - k + 1) : 0;
  const high = k < n ? betaPoint(1 - TAIL, k + 1, n - k) : 1;
  return [k / n, low, high];
}

/** The difference of two paired probabilities and its interval (Donner & Zou 2012): of `n` runs `one` had the outcome under
 * the first alternative alone, `two` under the second alone. */
export function difference(one, two, n) {
  const [p, pLow, pHigh] = share(one, n), [q, qLow, qHigh] = share(two, n);
  const both = (1 - p) * (1 - q);
  const correlation = -Math.sqrt(both > 0 ? (p * q) / both : 1);
  const reach = (x, y) => Math.sqrt(Math.max(0, x * x + y * y - 2 * correlation * x * y));
  return [p - q, Math.max(-1, p - q - reach(p - pLow, qHigh - q)), Math.min(1, p - q + reach(pHigh - p, q - qLow))];
}

/** How far ignorance of the numbers moves a probability: the central 95 % of `hits` of `runs` over draws, chance taken out by
 * drawing the estimates towards their mean (sim/statistics/random_effects.py: `latent`). */
export function ignorance(hits, runs) {
  const values = hits.map((k) => k / runs), count = values.length;
  const mean = values.reduce((a, b) => a + b, 0) / count;
  const scatter = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (count - 1);
  const chance = values.reduce((sum, p) => sum + (p * (1 - p)) / (runs - 1), 0) / count;
  const factor = scatter > 0 ? Math.sqrt(Math.max(0, scatter - chance) / scatter) : 0;
  const drawn = values.map((x) => mean + factor * (x - mean)).sort((x, y) => x - y);
  return [quantile(drawn, 0.025), quantile(drawn, 0.975)];
}

/** A quantile of sorted values, median unbiased (Hyndman & Fan 1996, type 8). */
function quantile(sorted, p) {
  const n = sorted.length, at = Math.min(n, Math.max(1, (n + 1 / 3) * p + 1 / 3));
  const i = Math.floor(at), rest = at - i;
  return sorted[i - 1] + (rest ? rest * (sorted[Math.min(n - 1, i)] - sorted[i - 1]) : 0);
}

/** So many points in the unit cube of so many dimensions, spread as a Latin hypercube; the same for the same seed. */
export function latin(count, dimensions, seed) {
  const chance = mulberry(seed);
  const columns = Array.from({ length: dimensions }, () => {
    const order = Array.from({ length: count }, (_, i) => i);
    for (let i = count - 1; i > 0; i--) {
      const j = Math.floor(chance() * (i + 1));
      [order[i], order[j]] = [order[j], order[i]];
    }
    return order.map((place) => (place + chance()) / count);
  });
  return Array.from({ length: count }, (_, i) => columns.map((column) => column[i]));
}

/** Uniforms in [0, 1) (mulberry32): for the draws of assumptions alone, never for the game. */
function mulberry(seed) {
  let a = Number(seed) >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
