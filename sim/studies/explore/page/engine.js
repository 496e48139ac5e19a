// The workers that play, and who is asked next. Work is parted into small tasks; what a newer gesture has made useless is
// never begun, so that a slider answers in the time of one task.

const MOST_WORKERS = 4;

/** Start the workers on a module (a WebAssembly.Module); `source` is their program. Resolves once all have played a little. */
export async function startEngine(module, layout, source) {
  const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const count = Math.max(1, Math.min(MOST_WORKERS, navigator.hardwareConcurrency || 2));
  const workers = Array.from({ length: count }, () => worker(address));
  await Promise.all(workers.map((one) => one.ask({ task: "prepare", module, layout })));
  return pool(workers);
}

/** A worker that answers one question at a time. */
function worker(address) {
  const self = new Worker(address);
  let settle;
  self.onmessage = ({ data }) => settle(data);
  self.onerror = (event) => settle({ error: event.message || "the worker could not start" });
  const ask = (task) => new Promise((done, failed) => {
    settle = (answer) => (answer.error ? failed(new Error(answer.error)) : done(answer));
    self.postMessage(task);
  });
  return { ask };
}

function pool(workers) {
  const idle = [...workers], waiting = [];

  function next() {
    while (idle.length && waiting.length) {
      const { task, alive, done, failed } = waiting.shift();
      if (!alive()) {
        done(null);
        continue;
      }
      const one = idle.pop();
      one.ask(task).then(done, failed).finally(() => {
        idle.push(one);
        next();
      });
    }
  }

  /** The answer to one task; null where it had become useless before it was begun. `urgent`: before all that waits. */
  function ask(task, alive = () => true, urgent = false) {
    return new Promise((done, failed) => {
      waiting[urgent ? "unshift" : "push"]({ task, alive, done, failed });
      next();
    });
  }

  /** Do all tasks, and hand each answer to `heard` as it comes; whether all were done. */
  async function all(tasks, alive, heard) {
    let whole = true;
    await Promise.all(tasks.map(async (task) => {
      const answer = await ask(task, alive);
      if (answer && alive()) heard(answer, task);
      else whole = false;
    }));
    return whole;
  }

  return { ask, all, workers: workers.length };
}

/** The chunks of `size` runs up to `end` that are not among those `done` (a set of first runs): {first, runs} each.
 * What a newer gesture cut off is asked for again, so that what is known always becomes whole. */
export function chunks(end, size, done = new Set(), start = 0) {
  const all = Array.from({ length: Math.ceil((end - start) / size) }, (_, i) => start + i * size);
  return all.filter((first) => !done.has(first)).map((first) => ({ first, runs: Math.min(size, end - first) }));
}
