// compare.mjs MODULE DIGESTS PATCHES: runs the engine in WebAssembly over every patch and compares its frames with the
// committed digests, bit for bit. It calls nothing of the system: no files, no clock, no threads.
import { readFileSync } from 'node:fs';

const [moduleFile, digestFile, patchFolder] = process.argv.slice(2);
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

function start(patch) {
  const bytes = new TextEncoder().encode(readFileSync(`${patchFolder}/${patch}.oscilla`, 'utf8'));
  const place = exports.text(bytes.length);
  new Uint8Array(exports.memory.buffer, place, bytes.length).set(bytes);
  const errors = exports.start();
  if (errors) throw new Error(`${patch}: ${errors} errors`);
}

function digest(frame) {
  return new TextDecoder().decode(new Uint8Array(exports.memory.buffer, exports.digest(frame), 32));
}

let running = '';
let compared = 0;
let different = 0;
for (const line of readFileSync(digestFile, 'utf8').split('\n')) {
  const [patch, frame, expected] = line.trim().split(/\s+/);
  if (!expected || patch.startsWith('#')) continue;
  if (patch !== running) start((running = patch));
  const found = digest(Number(frame));
  compared += 1;
  if (found === expected) continue;
  different += 1;
  console.log(`${patch} frame ${frame}: ${found} instead of ${expected}`);
}
console.log(`${compared} digests compared, ${different} different; memory ${exports.memory.buffer.byteLength} bytes`);
process.exit(different || compared === 0 ? 1 : 0);
