/**
 * Unpacks Zstandard, which no browser does for scripts, with the decoder that Python's own WebAssembly holds.
 *
 * It runs in an instance of that file that nothing else uses, with a memory of its own, and goes with it.
 */

const PAGE = 64 * 1024;

/** What of the file's exports is used here. */
interface Decoder {
  readonly memory: WebAssembly.Memory;
  ZSTD_getFrameContentSize(source: number, size: number): bigint;
  ZSTD_decompress(target: number, capacity: number, source: number, size: number): number;
}

/** The largest size that a frame may say it has: what is larger is no snapshot, but damaged. */
export const LARGEST = 512 * 1024 * 1024;

/** Something for each import: unpacking calls none of them, and reads none. */
function standIns(program: WebAssembly.Module): WebAssembly.Imports {
  const found: Record<string, Record<string, WebAssembly.ImportValue>> = {};
  for (const { module, name, kind } of WebAssembly.Module.imports(program)) {
    const value = kind === "global" ? new WebAssembly.Global({ value: "i32", mutable: true }, 0) : () => 0;
    (found[module] ??= {})[name] = value;
  }
  return found;
}

/** The content of *packed*, one frame of Zstandard, unpacked by *program*, Pyodide's WebAssembly. */
export async function unpack(program: WebAssembly.Module, packed: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const instance = await WebAssembly.instantiate(program, standIns(program));
  const decoder = instance.exports as unknown as Decoder;
  const { memory } = decoder;
  // Behind all that the decoder may use itself.
  const source = memory.buffer.byteLength;
  memory.grow(Math.ceil(packed.length / PAGE));
  new Uint8Array(memory.buffer, source).set(packed);
  const size = decoder.ZSTD_getFrameContentSize(source, packed.length);
  // An error is a number below zero, which is a large one here.
  if (BigInt.asUintN(64, size) > LARGEST) throw new Error("the snapshot is not packed as it should be");
  const target = memory.buffer.byteLength;
  const wanted = Number(size);
  memory.grow(Math.ceil(wanted / PAGE));
  if (decoder.ZSTD_decompress(target, wanted, source, packed.length) !== wanted) {
    throw new Error("the snapshot is damaged");
  }
  return new Uint8Array(memory.buffer).slice(target, target + wanted);
}
