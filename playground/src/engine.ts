/**
 * The engine: a module worker that runs Python and answers for the labs.
 *
 * It starts by itself, from the snapshot if that loads and in the ordinary way
 * if not, and then answers one request after the other.
 */

import type { Answer, FromEngine, Request, ToEngine } from "./protocol.js";
import { MOST_ROUNDS, Shelf } from "./shelf.js";
import { type LoadPyodide, type Options, type Pyodide, type Wheel, addWheels, options } from "./runtime.js";

declare const self: DedicatedWorkerGlobalScope;

/** What answers: Python, and the shelf that it may ask to be filled. */
interface Asked {
  readonly ask: (lab: string, request: Request) => Answer;
  readonly shelf: Shelf;
}

type Create = NonNullable<Options["createPyodideModule"]>;

/** A part of Emscripten's module that Pyodide's types leave out. */
interface Growing {
  growMemory(size: number): void;
}

const SNAPSHOT = "snapshot.bin.gz";
const RUNTIME = "pyodide/";
const HERE = new URL(".", import.meta.url);

const tell = (message: FromEngine): void => self.postMessage(message);

/** Bytes on their way, and the words for them. */
class Progress {
  readonly #loaded = new Map<string, number>();
  #told = 0;
  /** The words for what comes after loading. */
  starting: string | null = null;

  add(file: string, bytes: number): void {
    this.#loaded.set(file, (this.#loaded.get(file) ?? 0) + bytes);
    // Twelve times a second is as often as a reader can tell apart.
    if (performance.now() - this.#told > 80) this.tell();
  }

  tell(): void {
    this.#told = performance.now();
    if (this.starting !== null) {
      tell({ kind: "progress", words: this.starting, loaded: 0, total: 0 });
      return;
    }
    let loaded = 0;
    let total = 0;
    for (const [file, bytes] of this.#loaded) {
      const { size } = __FILES__[file] ?? { size: bytes };
      loaded += Math.min(bytes, size);
    }
    for (const { size } of Object.values(__FILES__)) total += size;
    if (loaded === total) this.starting = "Starting Python";
    tell({ kind: "progress", words: "Loading Python", loaded, total });
  }
}

const progress = new Progress();
const networkFetch = self.fetch.bind(self);

/** The address of *file* with the hash of its content, so that no cache can serve an old one. */
function address(file: string): URL {
  const url = new URL(file, HERE);
  const known = __FILES__[file] ?? __SHELF__[file.replace(/^shelf\//, "")];
  if (known) url.searchParams.set("v", known.hash);
  return url;
}

async function count(file: string, response: Response): Promise<void> {
  const reader = response.body?.getReader();
  if (!reader) return;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    progress.add(file, value.byteLength);
  }
}

async function load(file: string): Promise<Response> {
  const response = await networkFetch(address(file));
  if (!response.ok) throw new Error(`${file}: the server answered ${response.status}`);
  // Counted on a copy: the browser keeps compiled WebAssembly only for a response from the network.
  count(file, response.clone()).catch(() => undefined);
  return file.endsWith(".wasm") ? asWasm(response) : response;
}

/** WebAssembly compiles while it loads only if the server names its type, and some do not. */
function asWasm(response: Response): Response {
  const type = "application/wasm";
  if (response.headers.get("content-type") === type) return response;
  return new Response(response.body, { headers: { "content-type": type } });
}

// Pyodide loads its WebAssembly and its standard library with fetch and gives no
// other way to add the hash and to count the bytes.
self.fetch = (input, init) => {
  const { href } = new URL(input instanceof Request ? input.url : input, HERE);
  const file = href.startsWith(HERE.href) ? href.slice(HERE.href.length) : "";
  return file in __FILES__ ? load(file) : networkFetch(input, init);
};

async function bytes(response: Promise<Response>): Promise<Uint8Array> {
  return new Uint8Array(await (await response).arrayBuffer());
}

async function unzipped(response: Promise<Response>): Promise<Uint8Array> {
  const { body } = await response;
  if (!body) throw new Error("an empty snapshot");
  return bytes(Promise.resolve(new Response(body.pipeThrough(new DecompressionStream("gzip")))));
}

async function loadWheels(): Promise<Wheel[]> {
  const names = Object.keys(__FILES__).filter((file) => file.startsWith("wheels/"));
  return Promise.all(
    names.map(async (file): Promise<Wheel> => [file.slice("wheels/".length), await bytes(load(file))]),
  );
}

function asker(pyodide: Pyodide): Asked {
  const answer = pyodide.pyimport("trigpoint.labs").answer as (lab: string, request: string) => string;
  const ask = (lab: string, wanted: Request): Answer => JSON.parse(answer(lab, JSON.stringify(wanted))) as Answer;
  return { ask, shelf: new Shelf(pyodide, load) };
}

/** The whole answer: Python is asked again when what it needs has come. */
async function settle({ ask, shelf }: Asked, { id, lab, request }: ToEngine): Promise<Answer> {
  for (let round = 0; ; round++) {
    const answer = ask(lab, request);
    const { needs } = answer;
    if (!needs || round === MOST_ROUNDS) return answer;
    const told = (loaded: number, total: number): void =>
      tell({ kind: "fetching", id, words: needs.words, loaded, total });
    if (!(await shelf.fill(needs, told))) return answer;
    // From here on the time of the question runs again.
    tell({ kind: "fetching", id, words: needs.words, loaded: 0, total: 0 });
  }
}

async function fromSnapshot(loadPyodide: LoadPyodide, wheels: readonly Wheel[], snapshot: Uint8Array): Promise<Asked> {
  const { default: create } = (await import(address(`${RUNTIME}pyodide.asm.mjs`).href)) as { default: Create };
  const pyodide = await loadPyodide({
    ...options(new URL(RUNTIME, HERE).href, __PYODIDE__, wheels),
    _loadSnapshot: snapshot,
    createPyodideModule: (settings) => {
      // Pyodide copies the snapshot over its memory but does not make room for a larger one.
      const grow = (module: unknown): void => (module as Growing).growMemory(snapshot.length);
      return create({ ...settings, preRun: [grow, ...settings.preRun] });
    },
  });
  return asker(pyodide);
}

async function ordinary(loadPyodide: LoadPyodide, wheels: readonly Wheel[]): Promise<Asked> {
  progress.starting = "Starting Python without its snapshot";
  progress.tell();
  const pyodide = await loadPyodide(options(new URL(RUNTIME, HERE).href, __PYODIDE__, wheels));
  addWheels(pyodide, wheels);
  return asker(pyodide);
}

async function start(): Promise<Asked> {
  progress.tell();
  const module = import(address(`${RUNTIME}pyodide.mjs`).href) as Promise<{ loadPyodide: LoadPyodide }>;
  const snapshot = unzipped(load(SNAPSHOT));
  // Marked as handled here; awaited below.
  snapshot.catch(() => undefined);
  const wheels = await loadWheels();
  const { loadPyodide } = await module;
  let how: "snapshot" | "ordinary" = "snapshot";
  let asked: Asked;
  try {
    asked = await fromSnapshot(loadPyodide, wheels, await snapshot);
  } catch {
    how = "ordinary";
    asked = await ordinary(loadPyodide, wheels);
  }
  tell({ kind: "ready", how, milliseconds: performance.now() });
  return asked;
}

const started = start();
started.catch((error: unknown) => tell({ kind: "unavailable", message: String(error) }));

self.addEventListener("message", async ({ data }: MessageEvent<ToEngine>) => {
  const asked = await started;
  try {
    tell({ kind: "answered", id: data.id, answer: await settle(asked, data) });
  } catch (error) {
    const fatal = !(error instanceof Error && error.constructor.name === "PythonError");
    tell({ kind: "failed", id: data.id, message: String(error), fatal });
  }
});
