/**
 * The shelf: files of the site that Python asks for when an answer needs them, and not before.
 *
 * What they are, and what is done with them, Python knows.
 */

import type { Needs } from "./protocol.js";
import type { Pyodide } from "./runtime.js";

const FOLDER = "/shelf";

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
}
