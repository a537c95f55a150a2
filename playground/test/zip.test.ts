import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { zip } from "../src/zip.js";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const MEMBERS = [
  { path: "spam/pyproject.toml", data: bytes("[project]\n") },
  { path: "spam/é😀.txt", data: bytes("x") },
  { path: "spam/empty", data: bytes("") },
];

test("the order of the files does not matter", () => {
  assert.deepEqual(zip([...MEMBERS].reverse()), zip(MEMBERS));
});

test("the sum of a file is the one that everybody computes", () => {
  const view = new DataView(zip([{ path: "a", data: bytes("123456789") }]).buffer);
  assert.equal(view.getUint32(14, true), 0xcbf43926);
});

test("another program lists and reads the archive", (context) => {
  const folder = mkdtempSync(join(tmpdir(), "trigpoint-"));
  const path = join(folder, "made.zip");
  writeFileSync(path, zip(MEMBERS));
  const program =
    "import sys, zipfile\n" +
    "with zipfile.ZipFile(sys.argv[1]) as made:\n" +
    "    print(made.testzip(), [(each.filename, each.date_time, each.external_attr >> 16, made.read(each)) for each in made.infolist()])\n";
  const { status, stdout, error } = spawnSync("python3", ["-c", program, path], { encoding: "utf-8", env: { ...process.env, PYTHONIOENCODING: "utf-8" } });
  rmSync(folder, { recursive: true });
  if (error) return context.skip("there is no Python beside node");
  assert.equal(status, 0);
  const date = "(1980, 1, 1, 0, 0, 0), 33188";
  assert.equal(
    stdout,
    `None [('spam/empty', ${date}, b''), ('spam/pyproject.toml', ${date}, b'[project]\\n'), ('spam/é😀.txt', ${date}, b'x')]\n`,
  );
});
