/**
 * Makes the memory snapshot, in node: `node snapshot.mjs RUNTIME WARM_UP OUT WHEEL...`
 *
 * Everything the labs need is imported, and each lab has answered once, so
 * that the first answer in the browser finds its caches filled.
 */

import { readFile, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { type Info, type LoadPyodide, type Wheel, addWheels, options } from "./runtime.js";

const [runtime, warmUp, out, ...paths] = process.argv.slice(2);
if (runtime === undefined || warmUp === undefined || out === undefined) {
  throw new Error("usage: node snapshot.mjs RUNTIME WARM_UP OUT WHEEL...");
}

async function make(runtime: string, warmUp: string, out: string, paths: readonly string[]): Promise<void> {
  const wheels: Wheel[] = [];
  for (const path of paths) wheels.push([basename(path), await readFile(path)]);
  const { info } = JSON.parse(await readFile(join(runtime, "pyodide-lock.json"), "utf8")) as { info: Info };
  const { loadPyodide } = (await import(pathToFileURL(join(runtime, "pyodide.mjs")).href)) as {
    loadPyodide: LoadPyodide;
  };
  const pyodide = await loadPyodide({ ...options(resolve(runtime), info, wheels), _makeSnapshot: true });
  addWheels(pyodide, wheels);
  pyodide.runPython(await readFile(warmUp, "utf8"));
  // gzipSync writes no time into the header, so equal memory is an equal file.
  await writeFile(out, gzipSync(pyodide.makeMemorySnapshot(), { level: 9 }));
}

try {
  await make(runtime, warmUp, out, paths);
  process.exit(0);
} catch (error) {
  // Node would print the line of code with it, and Pyodide's is a megabyte long.
  console.error(String(error));
  process.exit(1);
}
