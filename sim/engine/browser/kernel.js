// The compiled clock in a browser (and in Node): runs of a crisis as rows, and the acts of runs, bit for bit those of the
// command line. `layout` is what sim/engine/browser/layout.py writes; nothing is listed here by hand.

const PAGE = 65536; // bytes of a page of WebAssembly's memory
const TOO_SHORT = -1; // what the module answers where the log was too short
const FAILED = -2; // what it answers where the model raised an error

/** The clock in `module` (a WebAssembly.Module): an object with `rows` and `acts`. It imports nothing. */
export function clock(module, layout) {
  const { play, memory, __heap_base: heap } = new WebAssembly.Instance(module).exports;
  const start = (heap.value + 63) & ~63; // the crisis lies here, then what comes out
  const out = (start + layout.record.bytes + 63) & ~63;
  const width = layout.row.length;

  /** Make room for so many floats from `out` on. */
  function make(floats) {
    const missing = out + 8 * floats - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
  }

  /** Play `runs` runs into `out`, and their acts into a log of `room` lines after them; the number of acts. */
  function played(record, seed, first, runs, room) {
    make(runs * width + room * layout.log.length);
    new Uint8Array(memory.buffer, start, layout.record.bytes).set(record);
    const made = play(start, ...halves(seed), ...halves(first), runs, out, out + 8 * runs * width, room);
    if (made === FAILED) throw new Error("the model refused a number");
    return made;
  }

  /** The rows of `runs` runs from number `first` on: a Float64Array [runs * layout.row.length], a run a row. */
  function rows(record, seed, first, runs) {
    played(record, seed, first, runs, 0);
    return new Float64Array(memory.buffer, out, runs * width).slice();
  }

  /** The acts of `runs` runs from number `first` on, in order: an object of Float64Arrays, one for each name in layout.log. */
  function acts(record, seed, first, runs) {
    let room = 64 * runs, made = TOO_SHORT;
    while ((made = played(record, seed, first, runs, room)) === TOO_SHORT) room *= 4;
    const log = new Float64Array(memory.buffer, out + 8 * runs * width, made * layout.log.length);
    const column = (j) => Float64Array.from({ length: made }, (_, i) => log[i * layout.log.length + j]);
    return Object.fromEntries(layout.log.map((name, j) => [name, column(j)]));
  }

  return { rows, acts };
}

/** A whole number below 2^53 (or a BigInt below 2^64) as two numbers of 32 bits, the lower first. */
function halves(number) {
  const whole = BigInt(number);
  return [Number(whole & 0xffffffffn), Number(whole >> 32n)];
}

/** The record of a crisis, as bytes, from `values`: a mapping from key to number, or to name where the field is a choice.
 * A field that is not named has its default. Throws a RangeError that names the field where a value cannot be taken. */
export function record(layout, values) {
  const bytes = new Uint8Array(layout.record.bytes);
  const view = new DataView(bytes.buffer);
  const known = new Set(layout.record.fields.map((field) => field.key));
  for (const key of Object.keys(values)) if (!known.has(key)) throw new RangeError(`${key} is not a field`);
  for (const field of layout.record.fields) {
    const value = field.key in values ? values[field.key] : field.default;
    const problem = refused(field, value);
    if (problem) throw new RangeError(problem);
    if (field.kind === "real") view.setFloat64(field.at, Number(value) * field.times, true);
    else view.setBigInt64(field.at, BigInt(field.kind === "choice" ? field.names.indexOf(value) : value), true);
  }
  return bytes;
}

/** Why a field cannot have a value, in the words of the command line; "" where it can. */
export function refused(field, value) {
  const number = Number(value);
  const whole = field.kind !== "whole" || Number.isInteger(number);
  const admitted = field.kind === "choice" ? field.names.includes(value)
    : value !== "" && whole && Number(field.low) <= number && number <= Number(field.high);
  return admitted ? "" : `${field.key} must ${field.admits}, got ${value}`;
}
