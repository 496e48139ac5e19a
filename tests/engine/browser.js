// Plays the cases of test_browser.py with the functions of kernel.js, which stand above, in Node and in a browser alike.
function answers({ wasm, layout, cases }) {
  const bytes = Uint8Array.from(atob(wasm), (letter) => letter.charCodeAt(0));
  const module = new WebAssembly.Module(bytes);
  const played = clock(module, layout);
  const answer = ({ values, seed, first, runs }) => {
    const crisis = record(layout, values);
    const acts = played.acts(crisis, BigInt(seed), BigInt(first), runs);
    return { record: base64(crisis), rows: base64(played.rows(crisis, BigInt(seed), BigInt(first), runs)),
      acts: base64(Float64Array.from(layout.log.flatMap((name) => Array.from(acts[name])))) };
  };
  return { imports: WebAssembly.Module.imports(module), exports: WebAssembly.Module.exports(module).map(({ name }) => name),
    answers: cases.map(answer) };
}

function base64(array) {
  return btoa(Array.from(new Uint8Array(array.buffer), (byte) => String.fromCharCode(byte)).join(""));
}
