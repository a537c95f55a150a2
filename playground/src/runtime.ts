/**
 * What the snapshot's maker (node) and the engine (browser) must do alike.
 *
 * A snapshot holds Python's memory and nothing of its file system, so both
 * sides put the same wheels at the same paths before Python starts.
 */

import type { PyodideAPI, loadPyodide } from "pyodide";

export type LoadPyodide = typeof loadPyodide;
export type Pyodide = PyodideAPI;
export type Options = NonNullable<Parameters<LoadPyodide>[0]>;

/** What `pyodide.asm.mjs` exports: starts WebAssembly. */
export type Create = NonNullable<Options["createPyodideModule"]>;

/** A wheel's file name and content. */
export type Wheel = readonly [name: string, content: Uint8Array];

const FOLDER = "/wheels";

/** Where Pyodide puts the standard library, next to a folder of the same name without the ending. */
const LIBRARY = "/lib";

/** The functions of Emscripten's file system that are used here. */
interface Files {
  mkdirTree(path: string): void;
  readdir(path: string): string[];
  writeFile(path: string, data: Uint8Array): void;
}

/** What Pyodide's lock file says about Pyodide itself. */
export type Info = Exclude<Awaited<NonNullable<Options["lockFileContents"]>>, string>["info"];

/** The part of Pyodide's options that both sides share. */
export function options(indexURL: string, info: Info, wheels: readonly Wheel[]): Options {
  return {
    indexURL,
    // The seed of str hashes is part of the snapshot: fixed, so that a build can be repeated.
    env: { PYTHONHASHSEED: "0", PYTHONNODEBUGRANGES: "1" },
    // No package comes from anywhere but the wheels of this site.
    lockFileContents: { info, packages: {} },
    fsInit: async (fs: Files) => {
      fs.mkdirTree(FOLDER);
      putWheels(fs, wheels);
    },
  };
}

function putWheels(fs: Files, wheels: readonly Wheel[]): void {
  for (const [name, content] of wheels) fs.writeFile(`${FOLDER}/${name}`, content);
}

/**
 * Put the files in place that a start from the snapshot did without.
 *
 * Python knows from the snapshot what is in them, and reads modules and data there as if they
 * had always been there.  The watch of `warm_up.py` over imports ends.
 */
export function addRest(pyodide: Pyodide, library: Uint8Array, wheels: readonly Wheel[]): void {
  const fs = pyodide.FS as unknown as Files;
  for (const name of fs.readdir(LIBRARY)) {
    if (name.endsWith(".zip")) fs.writeFile(`${LIBRARY}/${name}`, library);
  }
  putWheels(fs, wheels);
  (pyodide.globals.get("files_have_come") as () => void)();
}

/**
 * Make the wheels importable.
 *
 * Python reads them in place, as zip files: nothing is unpacked, and modules
 * that were not imported yet are found after a snapshot is restored.
 */
export function addWheels(pyodide: Pyodide, wheels: readonly Wheel[]): void {
  const paths = wheels.map(([name]) => `${FOLDER}/${name}`);
  pyodide.runPython(`import sys; sys.path += ${JSON.stringify(paths)}; del sys`);
}
