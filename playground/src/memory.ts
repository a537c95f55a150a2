/**
 * The snapshot's own form: Python's memory without what the WebAssembly file brings along anyway.
 *
 * That file holds static data, which lie in every snapshot again, mostly as they were.
 * So the bytes that static data fill are kept as the difference (exclusive or) from
 * them: zeros for the most part, which take no room once compressed.
 */

/** The parts of Emscripten's module that Pyodide's types leave out. */
export interface Memory {
  readonly HEAPU8: Uint8Array;
  growMemory(size: number): void;
  _sbrk(change: number): number;
  _PyObject_Malloc(size: number): number;
  _PyObject_Free(address: number): void;
}

/** The word of Pyodide's snapshot that says where memory begins in it. */
const HEADER_WORD = 1;

/** From the specification of WebAssembly's binary format. */
const PREAMBLE = 8;
const DATA_SECTION = 11;
const CONSTANT = 0x41;
const END = 0x0b;

/** What Python's own allocator hands out: blocks of up to 512 bytes, in steps of 16. */
const STEP = 16;
const LARGEST_BLOCK = 512;

/** After so many bytes of blocks without content, a size has no freed ones left. */
const BLANK = 1 << 20;

/** Reads the numbers of a WebAssembly file, one after the other. */
class Reader {
  readonly #bytes: Uint8Array;
  place: number;

  constructor(bytes: Uint8Array, place: number) {
    this.#bytes = bytes;
    this.place = place;
  }

  byte(): number {
    const byte = this.#bytes[this.place++];
    if (byte === undefined) throw new Error("the WebAssembly file ends too early");
    return byte;
  }

  /** An unsigned number, seven bits a byte; below 2 to the 32nd, also where signed ones are written. */
  number(): number {
    let found = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.byte();
      found |= (byte & 127) << shift;
      if (byte < 128) return found >>> 0;
    }
    throw new Error("the WebAssembly file holds a number that is too long");
  }

  expect(wanted: number): void {
    if (this.byte() !== wanted) throw new Error("the WebAssembly file places its data in another way");
  }
}

/** Each piece of static data in the WebAssembly file *wasm*, with its address in memory. */
export function* staticData(wasm: Uint8Array): Generator<readonly [address: number, content: Uint8Array]> {
  const reader = new Reader(wasm, PREAMBLE);
  while (reader.place < wasm.length) {
    const kind = reader.byte();
    const length = reader.number();
    if (kind !== DATA_SECTION) {
      reader.place += length;
      continue;
    }
    for (let left = reader.number(); left > 0; left--) {
      reader.expect(0);
      reader.expect(CONSTANT);
      const address = reader.number();
      reader.expect(END);
      const size = reader.number();
      yield [address, wasm.subarray(reader.place, reader.place + size)];
      reader.place += size;
    }
  }
}

/** Turn *snapshot*, as Pyodide makes it, into the form of the file or back, with what *wasm* holds. */
export function exchange(snapshot: Uint8Array, wasm: Uint8Array): void {
  const start = new DataView(snapshot.buffer, snapshot.byteOffset).getUint32(4 * HEADER_WORD, true);
  for (const [address, content] of staticData(wasm)) {
    const place = start + address;
    for (let i = 0; i < content.length; i++) snapshot[place + i] = (snapshot[place + i] ?? 0) ^ (content[i] ?? 0);
  }
}

/**
 * Fill what Python has freed with zeros: it is part of a snapshot, and means nothing.
 *
 * Blocks of each size are asked for until they come from memory that nothing has used yet.
 */
export function clearFreed(module: Memory): void {
  const top = module._sbrk(0);
  const taken: number[] = [];
  for (let size = LARGEST_BLOCK; size > 0; size -= STEP) {
    for (let blank = 0; blank < BLANK; blank += size) {
      const address = module._PyObject_Malloc(size);
      taken.push(address);
      if (address + size > top) break;
      const block = module.HEAPU8.subarray(address, address + size);
      if (block.every((byte) => byte === 0)) continue;
      block.fill(0);
      blank = 0;
    }
  }
  for (const address of taken) module._PyObject_Free(address);
}
