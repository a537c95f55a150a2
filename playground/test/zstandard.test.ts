/** What unpacks the snapshot: the decoder inside of Pyodide's WebAssembly. */

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { LARGEST, unpack } from "../src/zstandard.js";

const PYODIDE = new URL("./node_modules/pyodide/pyodide.asm.wasm", `file://${process.cwd()}/`);
const program = await WebAssembly.compile(await readFile(PYODIDE));

/** A frame that says it has *size* bytes, and holds *blocks*, each a header of three bytes and its content. */
function frame(size: number, ...blocks: readonly number[]): Uint8Array {
  // The magic number; one segment, whose size stands in four bytes.
  const made = new Uint8Array([0x28, 0xb5, 0x2f, 0xfd, 0xa0, 0, 0, 0, 0, ...blocks]);
  new DataView(made.buffer).setUint32(5, size, true);
  return made;
}

/** A block as it is, and one that says a byte many times; the last one is marked. */
const PLAIN = [3 << 3, 0, 0, 1, 2, 3];
const TIMES = 9;
const REPEATED = [(TIMES << 3) | (1 << 1) | 1, 0, 0, 7];

test("a frame becomes what was packed", async () => {
  const found = await unpack(program, frame(3 + TIMES, ...PLAIN, ...REPEATED));
  assert.deepEqual([...found], [1, 2, 3, ...new Array<number>(TIMES).fill(7)]);
});

test("what needs more memory than the decoder has gets it", async () => {
  const size = 96 * 1024;
  const blocks = [((size << 3) | (1 << 1)) & 255, (size >> 5) & 255, size >> 13, 5];
  const times = 256;
  const all = Array.from({ length: times }, () => blocks).flat();
  const found = await unpack(program, frame(size * times + TIMES, ...all, ...REPEATED));
  assert.equal(found.length, size * times + TIMES);
  assert.deepEqual([found[0], found[size * times - 1], found[size * times]], [5, 5, 7]);
});

test("other bytes, and a frame that is cut off, are an error", async () => {
  await assert.rejects(unpack(program, new Uint8Array([0x1f, 0x8b, 8, 0])), /not packed as it should be/);
  await assert.rejects(unpack(program, new Uint8Array()), /not packed as it should be/);
  await assert.rejects(unpack(program, frame(3 + TIMES, ...PLAIN)), /damaged/);
  await assert.rejects(unpack(program, frame(4 + TIMES, ...PLAIN, ...REPEATED)), /damaged/);
});

test("no frame gets more memory than a snapshot may need", async () => {
  await assert.rejects(unpack(program, frame(LARGEST, ...REPEATED)), /damaged/);
  await assert.rejects(unpack(program, frame(LARGEST + 1, ...REPEATED)), /not packed as it should be/);
});
