/**
 * Makes the memory snapshot, in node: `node snapshot.mjs RUNTIME WARM_UP OUT WHEEL...`
 *
 * Everything the labs need is imported, and each lab has answered once, so
 * that the first answer in the browser finds its caches filled.
 */

import crypto from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type Memory, clearFreed, exchange } from "./memory.js";
import { type Create, type Info, type LoadPyodide, type Pyodide, type Wheel, addWheels, options } from "./runtime.js";

const [runtime, warmUp, out, ...paths] = process.argv.slice(2);
if (runtime === undefined || warmUp === undefined || out === undefined) {
  throw new Error("usage: node snapshot.mjs RUNTIME WARM_UP OUT WHEEL...");
}

/** When every snapshot is made, as files and clocks in it say: what wheels say by custom. */
const THEN = Date.UTC(2020, 1, 2);

/**
 * Take chance and time away: what Python asks of either is part of the memory, and equal sources
 * must be an equal file.  A reader's Python never had a chance of its own: its seed is the file's.
 */
function stopClocks(): void {
  Date.now = () => THEN;
  performance.now = () => 0;
  let state = 1;
  const fill = <Bytes extends ArrayBufferView>(view: Bytes): Bytes => {
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    // The "minimal standard" generator; nothing here is a secret.
    for (let i = 0; i < bytes.length; i++) bytes[i] = (state = (state * 48_271) % 2_147_483_647) & 255;
    return view;
  };
  Object.assign(crypto, { randomFillSync: fill });
  Object.assign(globalThis.crypto, { getRandomValues: fill });
}

/** How hard to try, of 22: 19 saves another twenty-fifth, and takes far longer. */
const LEVEL = 16;

/** The exponent of how far back repetitions are looked for: all of the memory. */
const WINDOW = 26;

/** *snapshot* as a frame of Zstandard, which this Python packs, and its WebAssembly unpacks in the browser. */
function pack(pyodide: Pyodide, snapshot: Uint8Array): Uint8Array {
  const compress = pyodide.runPython(`
from compression.zstd import CompressionParameter as Parameter, compress
lambda data: compress(data.to_bytes(), options={
    Parameter.compression_level: ${LEVEL}, Parameter.window_log: ${WINDOW}, Parameter.checksum_flag: 1
})
`) as (data: Uint8Array) => { toJs(): Uint8Array };
  return compress(snapshot).toJs();
}

async function make(runtime: string, warmUp: string, out: string, paths: readonly string[]): Promise<void> {
  const wheels: Wheel[] = [];
  for (const path of paths) wheels.push([basename(path), await readFile(path)]);
  const { info } = JSON.parse(await readFile(join(runtime, "pyodide-lock.json"), "utf8")) as { info: Info };
  const { loadPyodide } = (await import(pathToFileURL(join(runtime, "pyodide.mjs")).href)) as {
    loadPyodide: LoadPyodide;
  };
  const { default: create } = (await import(pathToFileURL(join(runtime, "pyodide.asm.mjs")).href)) as {
    default: Create;
  };
  stopClocks();
  let module: Memory | undefined;
  const pyodide = await loadPyodide({
    ...options(resolve(runtime), info, wheels),
    _makeSnapshot: true,
    createPyodideModule: (settings) => {
      const note = (started: unknown): void => {
        module = started as Memory;
      };
      return create({ ...settings, preRun: [note, ...settings.preRun] });
    },
  });
  addWheels(pyodide, wheels);
  pyodide.runPython(await readFile(warmUp, "utf8"));
  if (!module) throw new Error("Python has started without its module");
  clearFreed(module);
  const snapshot = pyodide.makeMemorySnapshot();
  exchange(snapshot, await readFile(join(runtime, "pyodide.asm.wasm")));
  await writeFile(out, pack(pyodide, snapshot));
}

try {
  await make(runtime, warmUp, out, paths);
  process.exit(0);
} catch (error) {
  // Node would print the line of code with it, and Pyodide's is a megabyte long.
  console.error(String(error));
  process.exit(1);
}
