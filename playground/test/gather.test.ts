import assert from "node:assert/strict";
import { test } from "node:test";
import { DEEPEST, type Given, LARGEST, MOST_FILES, gather, nameOf } from "../src/gather.js";

const LEAVE_OUT = new Set([".git", "build"]);

type Tree = { [name: string]: string | Tree };

/** How many entries a pretended browser gives at once; real ones give a hundred. */
const BATCH = 2;

/** A folder as a drop gives it. */
function folder(name: string, tree: Tree): FileSystemDirectoryEntry {
  const entries = Object.entries(tree).map(([child, inside]) =>
    typeof inside === "string"
      ? { name: child, isFile: true, isDirectory: false, file: (resolve: (file: File) => void) => resolve(new File([inside], child)) }
      : folder(child, inside),
  );
  let at = 0;
  const readEntries = (resolve: (batch: unknown[]) => void): void => resolve(entries.slice(at, (at += BATCH)));
  return { name, isFile: false, isDirectory: true, createReader: () => ({ readEntries }) } as unknown as FileSystemDirectoryEntry;
}

/** A file as a control for folders gives it. */
function part(path: string, content = ""): File {
  const file = new File([content], path.split("/").at(-1) ?? "");
  Object.defineProperty(file, "webkitRelativePath", { value: path });
  return file;
}

async function paths(...given: Given[]): Promise<string[] | string> {
  const found = await gather(given, LEAVE_OUT);
  return typeof found === "string" ? found : found.map(({ path }) => path).sort();
}

const PROJECT: Tree = {
  "pyproject.toml": "",
  src: { spam: { "a.py": "", "b.py": "", "c.py": "" }, build: { "x.o": "" } },
  ".git": { HEAD: "" },
  build: { lib: { "a.py": "" } },
  "my-env": { "pyvenv.cfg": "", bin: { python: "" } },
};
const KEPT = ["spam/pyproject.toml", "spam/src/spam/a.py", "spam/src/spam/b.py", "spam/src/spam/c.py"];

test("a dropped folder is looked into, but for what is no project's own", async () => {
  assert.deepEqual(await paths(folder("spam", PROJECT)), KEPT);
});

test("a chosen folder comes to the same", async () => {
  const flat = (tree: Tree, above: string): File[] =>
    Object.entries(tree).flatMap(([name, inside]) =>
      typeof inside === "string" ? [part(`${above}/${name}`, inside)] : flat(inside, `${above}/${name}`),
    );
  assert.deepEqual(await paths(...flat(PROJECT, "spam")), KEPT);
});

test("the folder that was chosen itself is looked into whatever it is called", async () => {
  assert.deepEqual(await paths(folder("build", { a: "" })), ["build/a"]);
  assert.deepEqual(await paths(part("build/a")), ["build/a"]);
  assert.deepEqual(await paths(folder("env", { "pyvenv.cfg": "" })), ["env/pyvenv.cfg"]);
  assert.deepEqual(await paths(part("env/pyvenv.cfg"), part("env/a")), ["env/a", "env/pyvenv.cfg"]);
});

test("single files and folders come together", async () => {
  assert.deepEqual(await paths(new File([""], "a.txt"), folder("b", { c: "" })), ["a.txt", "b/c"]);
});

test("too many files are refused in words, and one less is not", async () => {
  const files = Array.from({ length: MOST_FILES }, (_, i) => part(`spam/${i}`));
  assert.equal((await paths(...files)).length, MOST_FILES);
  assert.match(String(await paths(...files, part("spam/more"))), /more than 5,000 files, without \.git, build/);
  const dropped: Tree = Object.fromEntries(files.map((_, i) => [`${i}`, ""]));
  assert.equal((await paths(folder("spam", dropped))).length, MOST_FILES);
  assert.match(String(await paths(folder("spam", { ...dropped, more: "" }))), /more than 5,000 files/);
});

test("what is left out does not count", async () => {
  const files = Array.from({ length: MOST_FILES }, (_, i) => part(`spam/${i}`));
  assert.equal((await paths(...files, part("spam/.git/HEAD"))).length, MOST_FILES);
});

test("too many bytes are refused in words, and one less is not", async () => {
  const sized = (size: number): File => Object.defineProperty(part("spam/a"), "size", { value: size });
  assert.deepEqual(await paths(sized(LARGEST - 1), Object.defineProperty(part("spam/b"), "size", { value: 1 })), [
    "spam/a",
    "spam/b",
  ]);
  assert.match(String(await paths(sized(LARGEST + 1))), /more than 64 MiB/);
});

test("folders below the bound of depth are not looked into", async () => {
  const nested = (depth: number): Tree => {
    let tree: Tree = { a: "" };
    for (let i = 1; i < depth; i += 1) tree = { d: tree };
    return tree;
  };
  assert.equal((await paths(folder("d", nested(DEEPEST)))).length, 1);
  assert.equal((await paths(folder("d", nested(DEEPEST + 1)))).length, 0);
});

test("an archive is called as the one folder", () => {
  assert.equal(nameOf([folder("spam", {})]), "spam.zip");
  assert.equal(nameOf([part("spam/a"), part("spam/b/c")]), "spam.zip");
  assert.equal(nameOf([new File([""], "a"), new File([""], "b")]), "files.zip");
  assert.equal(nameOf([folder("a", {}), folder("b", {})]), "files.zip");
});
