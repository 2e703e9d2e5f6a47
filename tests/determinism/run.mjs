// run.mjs MODULE OPTION...: as the program `determinism`, but the engine is the WebAssembly module: runs the bundle on
// standard input. It calls nothing of the system: no files, no clock, no threads.
import { readFileSync } from 'node:fs';

const [moduleFile, ...options] = process.argv.slice(2);
const module = new WebAssembly.Module(readFileSync(moduleFile));
const imports = {};
for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
  if (from !== 'wasi_snapshot_preview1' || kind !== 'function') throw new Error(`unexpected import ${from}.${name} (${kind})`);
  (imports[from] ??= {})[name] = () => {
    throw new Error(`the core called ${name}`);
  };
}
const { exports } = new WebAssembly.Instance(module, imports);
exports._initialize();

function hand_over(which, bytes) {
  const place = exports.room(which, bytes.length);
  new Uint8Array(exports.memory.buffer, place, bytes.length).set(bytes);
}
const result = (which) =>
  new TextDecoder().decode(new Uint8Array(exports.memory.buffer, exports.result(which), exports.result_size(which)));

hand_over(0, readFileSync(0));
hand_over(1, new TextEncoder().encode(options.join(' ')));
const failed = exports.run();
process.stdout.write(result(0));
if (failed) console.error(`determinism: ${result(1)}`);
process.exitCode = failed ? 2 : 0;
