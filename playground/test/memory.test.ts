/** What the snapshot leaves out, and gets back. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { type Memory, clearFreed, exchange, staticData } from "../src/memory.js";

/** A WebAssembly file with a section of no meaning here, and data at two addresses, one above 127. */
const WASM = new Uint8Array([
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...[1, 2, 9, 9],
  ...[11, 17, 2, 0, 0x41, 4, 0x0b, 3, 1, 2, 3, 0, 0x41, 0x88, 1, 0x0b, 2, 8, 9],
]);
const HEADER = 16;

/** A snapshot as Pyodide makes it: its second word says where memory begins. */
function snapshot(...changes: readonly (readonly [address: number, value: number])[]): Uint8Array {
  const made = new Uint8Array(HEADER + 160);
  new Uint32Array(made.buffer)[1] = HEADER;
  for (const [address, value] of changes) made[HEADER + address] = value;
  return made;
}

test("static data are where the file says", () => {
  const found = [...staticData(WASM)].map(([address, content]) => [address, [...content]]);
  assert.deepEqual(found, [
    [4, [1, 2, 3]],
    [136, [8, 9]],
  ]);
});

test("what memory has from the file becomes zeros, and nothing else changes", () => {
  const file = snapshot([4, 1], [5, 2], [6, 7], [136, 8], [137, 9], [140, 5]);
  exchange(file, WASM);
  assert.deepEqual(file, snapshot([6, 7 ^ 3], [140, 5]));
});

test("the file and the snapshot turn into each other", () => {
  const file = snapshot([0, 255], [4, 200], [137, 1]);
  exchange(file, WASM);
  exchange(file, WASM);
  assert.deepEqual(file, snapshot([0, 255], [4, 200], [137, 1]));
});

test("data that are placed otherwise, or cut off, are no silent nonsense", () => {
  const passive = WASM.slice();
  passive[15] = 1;
  assert.throws(() => exchange(snapshot(), passive), /places its data in another way/);
  const cut = WASM.slice(0, 23);
  assert.throws(() => exchange(snapshot(), cut), /ends too early/);
  const long = new Uint8Array([...WASM.slice(0, 8), 1, 255, 255, 255, 255, 255, 1]);
  assert.throws(() => exchange(snapshot(), long), /too long/);
});

test("only what was freed is cleared, and all of it is given back", () => {
  const memory = new Uint8Array(4096).fill(7);
  // Blocks of 512 bytes: the first is in use, the next two were freed, then comes what nothing has used.
  const free = new Map([[512, [512, 1024, 2048]]]);
  const taken: number[] = [];
  const module = {
    HEAPU8: memory,
    _sbrk: () => 2048,
    _PyObject_Malloc: (size: number) => {
      const address = free.get(size)?.shift() ?? 4096;
      taken.push(address);
      return address;
    },
    _PyObject_Free: (address: number) => void taken.splice(taken.indexOf(address), 1),
  } satisfies Partial<Record<keyof Memory, unknown>>;
  clearFreed(module as unknown as Memory);
  assert.deepEqual([memory[511], memory[512], memory[1535], memory[1536], memory[2048]], [7, 0, 0, 7, 7]);
  assert.deepEqual(taken, []);
});
