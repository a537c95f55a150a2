import assert from "node:assert/strict";
import { test } from "node:test";
import { excerpt, LONGEST_QUERY, marked, MOST_OF_ONE_PAGE, MOST_WORDS, parts, SearchIndex, settle, unpack, words } from "../src/search-index.js";
import type { Built } from "../src/search-index.js";

const PAGES = [
  ["guides/apples.html", "Apples"],
  ["api/apples.html", "orchard.apples"],
  ["guides/pears.html", "Pears"],
] as const;

async function index(entries: Built["entries"], also: Built["also"] = {}): Promise<SearchIndex> {
  const kinds = [
    ["Guide", 1.6],
    ["API", 0.25],
  ] as const;
  return SearchIndex.of({ kinds, pages: PAGES, entries, also });
}

async function found(query: string, entries: Built["entries"], also: Built["also"] = {}): Promise<string[]> {
  return (await index(entries, also)).find(query, 10).map(({ address }) => address.replace(/^[^#]*#?/, ""));
}

test("what the file holds becomes rows", () => {
  const kinds = [["Guide", 1.6]] as const;
  const built = unpack({
    kinds,
    pages: ["a.html", "b.html", "none.html"],
    entries: {
      kinds: [[0, 0], [0, 0, 0], []],
      anchors: [["", "~"], ["", "field-*", "id1"], []],
      titles: [["Apples", "How to peel, and why?"], ["Pears", "Re-Pear", "2026"], []],
      texts: [["\u0101 \u0100e\u0300", "é"], ["\u07ff\u0800", "\u0102", ""], []],
    },
    words: ["ripe", "A", "\u0102"],
    also: { fruit: ["apple"] },
  });
  assert.deepEqual(built, {
    kinds,
    also: { fruit: ["apple"] },
    pages: [
      ["a.html", "Apples"],
      ["b.html", "Pears"],
      ["none.html", ""],
    ],
    entries: [
      [0, 0, "", "Apples", "A ripee\u0300"],
      [0, 0, "how-to-peel-and-why", "How to peel, and why?", "é"],
      [1, 0, "", "Pears", "\u07ff\u0800"],
      [1, 0, "field-Re-Pear", "Re-Pear", "\u0102"],
      [1, 0, "id1", "2026", ""],
    ],
  });
});

test("a name is a word with its parts, and an operator is a word", () => {
  assert.deepEqual(
    words("Requires-Dist: a.b >= '3.10'").map(({ word }) => word),
    ["Requires-Dist", "a.b", ">=", "3.10"],
  );
  assert.deepEqual(parts("Requires-Dist"), ["Requires-Dist", "Requires", "Dist"]);
  assert.deepEqual(parts("3.10"), ["3.10"]);
  assert.deepEqual(parts("plain"), ["plain"]);
});

test("one and many are the same word, and short ones stay", () => {
  assert.equal(settle("Dependencies"), settle("dependency"));
  assert.equal(settle("Markers"), settle("marker"));
  assert.deepEqual(["class", "status", "this", "os", "sys"].map(settle), ["class", "status", "this", "os", "sys"]);
});

test("a word that nobody wrote does not hide the rest, and more words come first", async () => {
  const entries = [
    [0, 0, "one", "Section", "a ripe fruit"],
    [2, 0, "two", "Section", "a ripe sour fruit"],
  ] as const;
  assert.deepEqual(await found("sour ripe qqqqq", entries), ["two", "one"]);
  const loud = [
    [0, 0, "one", "Ripe", "ripe"],
    [2, 0, "both", "Section", "something that is sour, and later ripe, after a long time on the tree"],
  ] as const;
  assert.deepEqual(await found("sour ripe", loud), ["both", "one"]);
});

test("a title weighs more than text", async () => {
  const entries = [
    [0, 0, "text", "Section", "storage of fruit"],
    [2, 0, "title", "Storage", "of all fruit"],
  ] as const;
  assert.deepEqual(await found("storage", entries), ["title", "text"]);
});

test("a guide comes before the API, unless the very name is asked for", async () => {
  const entries = [
    [0, 0, "guide", "Peel an apple", "how to peel"],
    [1, 1, "orchard.Apple.peel", "Apple.peel", "Peel it."],
  ] as const;
  assert.deepEqual(await found("peel apple", entries), ["guide", "orchard.Apple.peel"]);
  assert.deepEqual(await found("Apple.peel", entries), ["orchard.Apple.peel", "guide"]);
});

test("the page comes before its sections where both have the word", async () => {
  const entries = [
    [0, 0, "section", "Storage", "of fruit"],
    [2, 0, "", "Storage", "of fruit"],
  ] as const;
  const [first] = (await index(entries)).find("storing storage fruit", 1);
  assert.equal(first?.address, "guides/pears.html");
});

test("the beginning of a word and a misspelt one are enough", async () => {
  const entries = [[0, 0, "it", "Environment markers", "text"]] as const;
  assert.deepEqual(await found("environ", entries), ["it"]);
  assert.deepEqual(await found("enviroment", entries), ["it"]);
  assert.deepEqual(await found("en", entries), []);
});

test("a version is not guessed", async () => {
  const entries = [[0, 0, "it", "Versions", "3.1234"]] as const;
  assert.deepEqual(await found("3.1235", entries), []);
  assert.deepEqual(await found("1234", entries), []);
});

test("words that say nothing count only alone", async () => {
  const entries = [
    [0, 0, "filling", "What it is for", "what is this for"],
    [2, 0, "telling", "Storage", "fruit"],
  ] as const;
  assert.deepEqual(await found("what is storage for", entries), ["telling"]);
  assert.deepEqual(await found("what for", entries), ["filling"]);
});

test("another word for it is found, after the word itself", async () => {
  const entries = [
    [0, 0, "other", "Section", "win32 win32"],
    [2, 0, "itself", "Section", "for windows only"],
  ] as const;
  assert.deepEqual(await found("windows", entries, { windows: ["win32"] }), ["itself", "other"]);
  assert.deepEqual(await found("windows", entries), ["itself"]);
  // What every object has is no word of the list.
  assert.deepEqual(await found("constructor toString", entries), []);
});

test("one page does not take all places", async () => {
  const many = Array.from({ length: 6 }, (_, number) => [0, 0, `s${number}`, "Ripe", "fruit"] as const);
  const hits = await found("ripe", [...many, [2, 0, "other", "Section", "ripe, and more words than the rest"]]);
  assert.deepEqual(hits, ["s0", "s1", "s2", "other"]);
  assert.equal(MOST_OF_ONE_PAGE, 3);
});

test("a query is read up to its bounds, and no more than asked comes back", async () => {
  const entries = [[0, 0, "it", "Storage", "fruit"]] as const;
  assert.deepEqual(await found(`${"q".repeat(LONGEST_QUERY - 8)} storage`, entries), ["it"]);
  assert.deepEqual(await found(`${"q".repeat(LONGEST_QUERY)} storage`, entries), []);
  const words = Array.from({ length: MOST_WORDS }, (_, number) => `q${number}`);
  assert.deepEqual(await found(`${words.slice(1).join(" ")} storage`, entries), ["it"]);
  assert.deepEqual(await found(`${words.join(" ")} storage`, entries), []);
  assert.equal((await index([...entries, [2, 0, "b", "Storage", ""]])).find("storage", 1).length, 1);
  assert.deepEqual(await found(" ", entries), []);
  assert.deepEqual(await found("-- ()", entries), []);
});

test("a result says where it is, and names the page once", async () => {
  const hits = (await index([
    [0, 0, "", "Apples", "fruit"],
    [0, 0, "peel", "Peel", "apples"],
    [0, 0, "same", "Apples", "a section that has the name of its page"],
  ])).find("apples", 10);
  assert.deepEqual(
    hits.map(({ address, kind, title, page }) => [address, kind, title, page]),
    [
      ["guides/apples.html", "Guide", "Apples", ""],
      ["guides/apples.html#same", "Guide", "Apples", ""],
      ["guides/apples.html#peel", "Guide", "Peel", "Apples"],
    ],
  );
});

test("what was found is marked, and the pieces are the text", () => {
  const text = "The Requires-Dist of spam; extra == 'gui'";
  const pieces = marked(text, new Set(["dist", "=="]));
  assert.equal(pieces.map(([piece]) => piece).join(""), text);
  assert.deepEqual(pieces.filter(([, found]) => found).map(([piece]) => piece), ["Requires-Dist", "=="]);
  assert.deepEqual(marked("dist==1", new Set(["dist", "=="])), [["dist", true], ["==", true], ["1", false]]);
  assert.deepEqual(marked("", new Set(["a"])), []);
});

test("an excerpt shows the place with the most different words, from a word to a word", () => {
  const text = `ripe ripe ripe ${"filler ".repeat(40)}a ripe sour pear ${"more ".repeat(40)}end`;
  const shown = excerpt(text, new Set(["ripe", "sour"]), 60);
  assert.match(shown, /^… filler a ripe sour pear.* …$/);
  assert.ok(shown.length <= 64);
  for (const word of shown.replaceAll("…", "").trim().split(" ")) assert.ok(text.split(" ").includes(word), word);
  // Of two such places it is the first.
  assert.match(excerpt(`${text} ${text}`, new Set(["ripe"]), 60), /^ripe ripe/);
  assert.match(excerpt(`ripe one ${"filler ".repeat(40)} ripe two`, new Set(["ripe"]), 60), /^ripe one/);
  assert.equal(excerpt("short", new Set(["x"]), 60), "short");
  assert.match(excerpt(text, new Set(["end"]), 60), /^… .*end$/);
  assert.equal(excerpt("x".repeat(100), new Set(), 60), `${"x".repeat(30)} …`);
});
