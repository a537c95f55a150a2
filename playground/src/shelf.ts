/**
 * The shelf: files of the site that Python asks for when an answer needs them, and not before.
 *
 * What they are, and what is done with them, Python knows.
 */

import type { Needs } from "./protocol.js";
import type { Pyodide } from "./runtime.js";

const FOLDER = "/shelf";
const LIBRARY = "pyodide/python_stdlib.zip";

/** An empty zip archive has so many bytes: a snapshot may stand on one. */
const EMPTY = 22;

/** How often one question may ask for more before it is taken as answered. */
export const MOST_ROUNDS = 8;

/** Fetches *file* of the site, by its path from the engine's folder. */
export type Load = (file: string) => Promise<Response>;

/** Told how many bytes of how many have come. */
export type Told = (loaded: number, total: number) => void;

export class Shelf {
  readonly #pyodide: Pyodide;
  readonly #load: Load;
  readonly #here = new Set<string>();
  #whole = false;

  constructor(pyodide: Pyodide, load: Load) {
    this.#pyodide = pyodide;
    this.#load = load;
  }

  /** Put what *needs* names on the shelf; false: all of it is there, so that asking again is of no use. */
  async fill(needs: Needs, told: Told): Promise<boolean> {
    const files = needs.files.filter((file) => !this.#here.has(file));
    if (files.length === 0) return false;
    const total = files.reduce((sum, file) => sum + (__SHELF__[file]?.size ?? 0), 0);
    let loaded = 0;
    const count = (bytes: number): void => told((loaded += bytes), total);
    told(0, total);
    await this.#wholeLibrary();
    const fetched = await Promise.all(files.map(async (file) => [file, await this.#bytes(file, count)] as const));
    this.#pyodide.FS.mkdirTree(FOLDER);
    for (const [file, content] of fetched) {
      this.#pyodide.FS.writeFile(`${FOLDER}/${file}`, content);
      this.#here.add(file);
    }
    return true;
  }

  async #bytes(file: string, count: (bytes: number) => void): Promise<Uint8Array> {
    if (!(file in __SHELF__)) throw new Error(`this site does not have ${file}`);
    const response = await this.#load(`shelf/${file}`);
    const content = new Uint8Array(await response.arrayBuffer());
    count(content.byteLength);
    return content;
  }

  /** What is on the shelf may import any module of the standard library, and a snapshot needs none of its file. */
  async #wholeLibrary(): Promise<void> {
    if (this.#whole) return;
    const path = this.#pyodide.runPython(
      "import sys; next((path for path in sys.path if path.endswith('.zip') and '/python' in path), '')",
    ) as string;
    if (path !== "" && this.#pyodide.FS.stat(path).size <= EMPTY) {
      const response = await this.#load(LIBRARY);
      this.#pyodide.FS.writeFile(path, new Uint8Array(await response.arrayBuffer()));
      // Python remembers what is in an archive, and that there was nothing.
      this.#pyodide.runPython(`
import importlib, sys, zipimport
for each in [each for each in sys.path_importer_cache if each.startswith(${JSON.stringify(path)})]:
    del sys.path_importer_cache[each]
zipimport._zip_directory_cache.pop(${JSON.stringify(path)}, None)
importlib.invalidate_caches()
del each
`);
    }
    this.#whole = true;
  }
}
