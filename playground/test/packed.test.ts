import assert from "node:assert/strict";
import { test } from "node:test";

import { fromUnits, toUnits } from "../src/packed.js";

const bytes = (length: number, byte: (i: number) => number): Uint8Array => Uint8Array.from({ length }, (_, i) => byte(i));

test("bytes come back from units, whatever is left over in the last one", () => {
  for (let length = 0; length < 64; length++) {
    for (const byte of [() => 0, () => 255, (i: number) => (i * 167 + length) % 256]) {
      const written = bytes(length, byte);
      assert.deepEqual(fromUnits(toUnits(written), length), written);
    }
  }
});

test("units are well-formed, and there are two for each thirty bits", () => {
  const text = toUnits(bytes(75_000, (i) => (i * i + (i >> 3)) % 256));
  assert.equal(text.length, 40_000);
  assert.equal(text.isWellFormed(), true);
  assert.deepEqual([...new Set(text)].map((unit) => unit.charCodeAt(0)).filter((code) => code < 0x100 || code > 0x80ff), []);
});

test("text that is no units makes bytes, and no error", () => {
  assert.equal(fromUnits("", 3).length, 3);
  assert.equal(fromUnits("\ud800\uffff", 3).length, 3);
});
