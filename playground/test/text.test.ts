import assert from "node:assert/strict";
import { test } from "node:test";
import { CodePoints, isAnother, parseSpans } from "../src/text.js";

const TEXTS = ["", "abc", "😀", "a😀b", "😀😀😀", "é😀\n𝒳y", "\ud800a", "a\udc00😀", "\u202eabc\u0000😀"];

test("offsets agree with those of an array of code points, both ways", () => {
  for (const text of TEXTS) {
    const points = new CodePoints(text);
    const characters = [...text];
    for (let i = 0; i <= characters.length; i += 1) {
      const utf16 = characters.slice(0, i).join("").length;
      assert.equal(points.toUtf16(i), utf16, `${JSON.stringify(text)}: code point ${i}`);
      assert.equal(points.toCodePoint(utf16), i, `${JSON.stringify(text)}: unit ${utf16}`);
    }
  }
});

test("an offset inside a pair is the pair's start", () => {
  assert.equal(new CodePoints("a😀b").toCodePoint(2), 1);
});

test("offsets outside the text are moved to its ends", () => {
  const points = new CodePoints("a😀b");
  assert.deepEqual([points.toUtf16(-1), points.toUtf16(99), points.toUtf16(Number.NaN)], [0, 4, 0]);
  assert.deepEqual([points.toCodePoint(-1), points.toCodePoint(99)], [0, 3]);
});

test("spans are read, and what is not a span is left out", () => {
  assert.deepEqual(parseSpans("0:4  9:12"), [
    { start: 0, end: 4 },
    { start: 9, end: 12 },
  ]);
  assert.deepEqual(parseSpans("x 1:2y -1:3 4: 5:6"), [{ start: 5, end: 6 }]);
});

test("a text is another one when less than half of it is left at its ends", () => {
  const said = (before: string, after: string): boolean => isAnother(before, after);
  assert.equal(said("", "a"), true);
  assert.equal(said("abcd", "ab"), false);
  assert.equal(said("abcd", "axxd"), false);
  assert.equal(said("abcd", "xxcd"), false);
  assert.equal(said("abcd", "a"), true);
  assert.equal(said("abcd", ""), true);
  assert.equal(said("aaaa", "aaaaaaaa"), false);
  assert.equal(said("aaa", "a"), true);
});
