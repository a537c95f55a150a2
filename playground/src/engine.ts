/**
 * The engine: a module worker that runs Python and answers for the labs.
 *
 * It starts by itself, from the snapshot if that loads and in the ordinary way
 * if not, and then answers one request after the other.
 */

import { type Answer, type FromEngine, RUN, type Request, type ToEngine } from "./protocol.js";
import { MOST_ROUNDS, Shelf } from "./shelf.js";
import { type Memory, exchange } from "./memory.js";
import { unpack } from "./zstandard.js";
import { type Create, type LoadPyodide, type Pyodide, type Wheel, addRest, addWheels, options } from "./runtime.js";

declare const self: DedicatedWorkerGlobalScope;

type Ask = (lab: string, request: Request) => Answer;

const SNAPSHOT = "snapshot.bin.zst";
const RUNTIME = "pyodide/";
const WASM = `${RUNTIME}pyodide.asm.wasm`;
const LIBRARY = `${RUNTIME}python_stdlib.zip`;
const WHEELS = "wheels/";
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
    tell({ kind: "progress", words: "Loading Python", loaded, total });
    if (loaded === total) {
      this.starting = "Starting Python";
      this.tell();
    }
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

async function fetched(file: string): Promise<Response> {
  const response = await networkFetch(address(file));
  if (!response.ok) throw new Error(`${file}: the server answered ${response.status}`);
  return response;
}

/** *file*, counted as it comes. */
async function load(file: string): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const { body } = await fetched(file);
  if (!body) throw new Error(`${file}: the server answered with nothing`);
  const counter = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform: (piece, controller) => {
      progress.add(file, piece.byteLength);
      controller.enqueue(piece);
    },
    flush: () => progress.tell(),
  });
  return body.pipeThrough(counter);
}

async function unzipped(file: string): Promise<Response> {
  return new Response((await load(file)).pipeThrough(new DecompressionStream("gzip")), {
    headers: { "content-type": file.startsWith(WASM) ? WASM_TYPE : "" },
  });
}

async function bytes(response: Promise<Response>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await response).arrayBuffer());
}

const WASM_TYPE = "application/wasm";

/** WebAssembly compiles while it loads only if the server names its type, and some do not. */
function asWasm(response: Response): Response {
  if (response.headers.get("content-type") === WASM_TYPE) return response;
  return new Response(response.body, { headers: { "content-type": WASM_TYPE } });
}

/** What Pyodide asks for, by file, in the place of the network. */
const answers = new Map<string, () => Promise<Response>>();

// Pyodide loads its WebAssembly and its standard library with fetch and gives no
// other way to add the hash, to count the bytes and to do without.
self.fetch = (input, init) => {
  const { href } = new URL(input instanceof Request ? input.url : input, HERE);
  const answer = answers.get(href.startsWith(HERE.href) ? href.slice(HERE.href.length) : "");
  return answer ? answer() : networkFetch(input, init);
};

/** The files in which Python finds modules that no snapshot holds. */
interface Rest {
  readonly library: Uint8Array<ArrayBuffer>;
  readonly wheels: readonly Wheel[];
}

const wheelNames = Object.keys(__FILES__)
  .filter((file) => file.startsWith(WHEELS))
  .map((file) => file.slice(WHEELS.length));

function loadWheels(): Promise<Wheel[]> {
  return Promise.all(wheelNames.map(async (name): Promise<Wheel> => [name, await bytes(fetched(WHEELS + name))]));
}

async function loadRest(): Promise<Rest> {
  const [library, wheels] = await Promise.all([bytes(fetched(LIBRARY)), loadWheels()]);
  return { library, wheels };
}

function asker(pyodide: Pyodide): Ask {
  const answer = pyodide.pyimport("trigpoint.labs").answer as (lab: string, request: string) => string;
  // Imported when it is asked for: most pages never do.
  const run = (request: string): string =>
    (pyodide.pyimport("trigpoint.labs.calling").answer as (request: string) => string)(request);
  return (lab, wanted) => {
    const request = JSON.stringify(wanted);
    return JSON.parse(lab === RUN ? run(request) : answer(lab, request)) as Answer;
  };
}

/** What a start needs, all of it on its way at once. */
interface Parts {
  readonly loadPyodide: Promise<LoadPyodide>;
  readonly create: Promise<Create>;
  readonly program: Promise<WebAssembly.Module>;
  readonly snapshot: Promise<Uint8Array<ArrayBuffer>>;
}

/** Python's memory as Pyodide takes it. */
async function wholeSnapshot(
  program: Promise<WebAssembly.Module>,
  wasm: Promise<Uint8Array>,
): Promise<Uint8Array<ArrayBuffer>> {
  const packed = await bytes(load(SNAPSHOT).then((stream) => new Response(stream)));
  const file = await unpack(await program, packed);
  exchange(file, await wasm);
  return file;
}

function loadParts(): Parts {
  const script = async <Exports>(name: string): Promise<Exports> =>
    (await import(address(RUNTIME + name).href)) as Exports;
  const wasm = unzipped(`${WASM}.gz`);
  // Before the other one is read.
  const content = wasm.then((response) => bytes(Promise.resolve(response.clone())));
  // It compiles while it loads; Pyodide would only begin once everything else is there.
  const program = WebAssembly.compileStreaming(wasm);
  const parts = {
    loadPyodide: script<{ loadPyodide: LoadPyodide }>("pyodide.mjs").then((exports) => exports.loadPyodide),
    create: script<{ default: Create }>("pyodide.asm.mjs").then((exports) => exports.default),
    program,
    snapshot: wholeSnapshot(program, content),
  };
  // Marked as handled here; awaited later.
  for (const part of [content, ...Object.values(parts)]) part.catch(() => undefined);
  return parts;
}

/** Let Pyodide start *program* in the place of what it would load and compile. */
function use(program: Promise<WebAssembly.Module>): void {
  answers.set(WASM, async () => new Response());
  WebAssembly.instantiateStreaming = async (_source, imports) => {
    const module = await program;
    return { module, instance: await WebAssembly.instantiate(module, imports) };
  };
}

async function fromSnapshot({ loadPyodide, create, program, snapshot }: Parts): Promise<Pyodide> {
  use(program);
  // The snapshot holds every module that an answer is known to need: the files they are from can wait.
  answers.set(LIBRARY, async () => new Response());
  const nothing = wheelNames.map((name): Wheel => [name, new Uint8Array()]);
  return (await loadPyodide)({
    ...options(new URL(RUNTIME, HERE).href, __PYODIDE__, nothing),
    _loadSnapshot: snapshot,
    createPyodideModule: async (settings) => {
      const { length } = await snapshot;
      // Pyodide copies the snapshot over its memory but does not make room for a larger one.
      const grow = (module: unknown): void => (module as Memory).growMemory(length);
      return (await create)({ ...settings, preRun: [grow, ...settings.preRun] });
    },
  });
}

async function ordinary({ loadPyodide, program }: Parts): Promise<Pyodide> {
  progress.starting = "Starting Python without its snapshot";
  progress.tell();
  use(program.catch(async () => WebAssembly.compileStreaming(asWasm(await fetched(WASM)))));
  answers.set(LIBRARY, () => fetched(LIBRARY));
  const wheels = await loadWheels();
  const pyodide = await (await loadPyodide)(options(new URL(RUNTIME, HERE).href, __PYODIDE__, wheels));
  addWheels(pyodide, wheels);
  return pyodide;
}

class Python {
  readonly #pyodide: Pyodide;
  readonly #ask: Ask;
  readonly #shelf: Shelf;
  #complete: boolean;
  #rest: Promise<void> | null = null;

  constructor(pyodide: Pyodide, complete: boolean) {
    this.#pyodide = pyodide;
    this.#ask = asker(pyodide);
    this.#shelf = new Shelf(pyodide, fetched);
    this.#complete = complete;
  }

  /** The whole answer: Python is asked again when what it needs has come. */
  async answer({ id, lab, request }: ToEngine): Promise<Answer> {
    for (let round = 0; ; round++) {
      const answer = await this.#settle(lab, request);
      const { needs } = answer;
      if (!needs || round === MOST_ROUNDS) return answer;
      const told = (loaded: number, total: number): void =>
        tell({ kind: "fetching", id, words: needs.words, loaded, total });
      told(0, 0);
      // What is on the shelf may import any module of the standard library.
      await this.complete();
      if (!(await this.#shelf.fill(needs, told))) return answer;
      // From here on the time of the question runs again.
      told(0, 0);
    }
  }

  async #settle(lab: string, request: Request): Promise<Answer> {
    try {
      return this.#ask(lab, request);
    } catch (error) {
      if (this.#complete || isFatal(error)) throw error;
      // It may have needed one of the files that are still to come.
      await this.complete();
      return this.#ask(lab, request);
    }
  }

  /** Get the files that a start from the snapshot did without; once an answer is there, nobody waits for them. */
  complete(): Promise<void> {
    this.#rest ??= this.#load();
    return this.#rest;
  }

  async #load(): Promise<void> {
    if (this.#complete) return;
    try {
      const { library, wheels } = await loadRest();
      addRest(this.#pyodide, library, wheels);
      this.#complete = true;
    } catch (error) {
      // The next answer that needs them tries again.
      this.#rest = null;
      throw error;
    }
  }
}

async function start(): Promise<Python> {
  progress.tell();
  const parts = loadParts();
  let how: "snapshot" | "ordinary" = "snapshot";
  let python: Python;
  try {
    python = new Python(await fromSnapshot(parts), false);
  } catch {
    how = "ordinary";
    python = new Python(await ordinary(parts), true);
  }
  tell({ kind: "ready", how, milliseconds: performance.now(), build: __BUILD__ });
  return python;
}

function isFatal(error: unknown): boolean {
  return !(error instanceof Error && error.constructor.name === "PythonError");
}

const started = start();
started.catch((error: unknown) => tell({ kind: "unavailable", message: String(error) }));

self.addEventListener("message", async ({ data }: MessageEvent<ToEngine>) => {
  const python = await started;
  try {
    tell({ kind: "answered", id: data.id, answer: await python.answer(data) });
    python.complete().catch(() => undefined);
  } catch (error) {
    tell({ kind: "failed", id: data.id, message: String(error), fatal: isFatal(error) });
  }
});
