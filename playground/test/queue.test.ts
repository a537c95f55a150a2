import assert from "node:assert/strict";
import { test } from "node:test";
import { LatestQueue } from "../src/queue.js";

test("what waits longest comes first", () => {
  const queue = new LatestQueue<string, number>();
  queue.put("a", 1);
  queue.put("b", 2);
  assert.deepEqual([queue.take(), queue.take(), queue.take()], [1, 2, undefined]);
});

test("a newer item takes the place of an older one of its key", () => {
  const queue = new LatestQueue<string, number>();
  queue.put("a", 1);
  queue.put("b", 2);
  queue.put("a", 3);
  assert.equal(queue.size, 2);
  assert.deepEqual([queue.take(), queue.take()], [3, 2]);
});

test("a lab that asks again after its turn waits behind the others", () => {
  const queue = new LatestQueue<string, number>();
  queue.put("a", 1);
  queue.put("b", 2);
  queue.take();
  queue.put("a", 3);
  assert.deepEqual(queue.takeAll(), [2, 3]);
  assert.equal(queue.size, 0);
});

test("any number of items of one key leave one", () => {
  const queue = new LatestQueue<object, number>();
  const key = {};
  for (let i = 0; i < 1000; i += 1) queue.put(key, i);
  assert.deepEqual(queue.takeAll(), [999]);
});
