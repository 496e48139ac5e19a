// How counts and times are kept of many runs: in bins, so that 200,000 runs are as small as one.

const TIME_BINS = 240; // equally wide on a log scale from an hour to the horizon
const BINS = 400; // of a count: exact below 100, then 5 % wide
const EXACT = 100, WIDER = Math.log(1.05);
const HOUR = 60;

export function emptyBins() {
  return new Float64Array(BINS);
}

export function emptyTimeBins() {
  return new Float64Array(TIME_BINS);
}

/** The bin of a count. */
export function bin(x) {
  return x < EXACT ? x : Math.min(BINS - 1, EXACT + Math.floor(Math.log(x / EXACT) / WIDER + 1e-9));
}

/** The least count in a bin. */
export function binStart(i) {
  return i <= EXACT ? i : Math.ceil(EXACT * Math.exp((i - EXACT) * WIDER) - 1e-6);
}

/** The function from a time in minutes to its bin, up to a horizon: the first bin holds all up to an hour. */
export function timeBins(horizon) {
  const scale = (TIME_BINS - 1) / Math.log(horizon / HOUR);
  return (minutes) => (minutes <= HOUR ? 0 : Math.min(TIME_BINS - 1, 1 + Math.floor(scale * Math.log(minutes / HOUR))));
}

/** The end of a time bin, in minutes. */
export function timeBinEnd(i, horizon) {
  return HOUR * Math.exp((i * Math.log(horizon / HOUR)) / (TIME_BINS - 1));
}
