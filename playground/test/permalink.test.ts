import assert from "node:assert/strict";
import { test } from "node:test";
import { LONGEST, type Link, changes, decode, encode as encodeOrNot, merge } from "../src/permalink.js";
import type { Request } from "../src/protocol.js";

const INITIAL: Request = { text: "os_name == 'nt'", rules: "spec", extras: [], marker: 0, deep: false };

const read = (fragment: string): Promise<Link | null> => decode(fragment, (id) => (id === "lab-1" ? INITIAL : undefined));

/** A link, of what has one. */
async function encode(id: string, initial: Request, current: Request): Promise<string> {
  const fragment = await encodeOrNot(id, initial, current);
  assert.notEqual(fragment, null);
  return fragment ?? "";
}

async function roundTrip(current: Request): Promise<Request> {
  const link = await read(await encode("lab-1", INITIAL, current));
  assert.equal(link?.kind, "link");
  return merge(INITIAL, (link as Extract<Link, { kind: "link" }>).changes);
}

test("a link holds what differs, and can be read", async () => {
  const current = { ...INITIAL, text: "python_version >= '3.9' and os_name == 'nt'", rules: "summit" };
  assert.equal(
    await encode("lab-1", INITIAL, current),
    "lab-1?v=1&text=python_version+%3E=+'3.9'+and+os_name+==+'nt%27&rules=summit",
  );
});

test("a lab as it was is a link to the lab", async () => {
  assert.equal(await encode("lab-1", INITIAL, { ...INITIAL }), "lab-1?v=1");
  assert.deepEqual(await read("lab-1?v=1"), { kind: "link", id: "lab-1", changes: {} });
});

test("lists, numbers, booleans, null and structures come back as they were", async () => {
  for (const changed of [
    { extras: ["gui", "dev"] },
    { extras: [""] },
    { extras: ["a,b", "c&d=e"] },
    { extras: [1, null] },
    { marker: 3 },
    { deep: true },
    { rules: null },
    { rules: ["spec"] },
    { extras: "gui" },
    { added: ["x"] },
    { added: { y: [1] } },
    { added: JSON.parse(`${"[".repeat(15)}${"]".repeat(15)}`) },
    { constructor: "z" },
  ] as Request[]) {
    const current = merge(INITIAL, changed);
    assert.deepEqual(await roundTrip(current), current);
  }
  const many = { ...INITIAL, extras: ["a"] };
  assert.deepEqual(changes(many, { ...many, extras: [] }), { extras: [] });
  const fragment = await encode("lab-1", many, { ...many, extras: [] });
  assert.deepEqual(await decode(fragment, () => many), { kind: "link", id: "lab-1", changes: { extras: [] } });
});

test("any text comes back as it was", async () => {
  for (const text of [
    "",
    "+ %20 %",
    "a&b=c#d?e",
    "<script>alert(1)</script>",
    "javascript:alert(1)",
    "\u0000\u202e\u2066 right to left",
    "line\nline\r\n\ttab",
    "😀 é 𝒳",
    "'quoted'",
    "(a)",
    "a:=b",
  ]) {
    assert.equal((await roundTrip({ ...INITIAL, text }))["text"], text);
  }
});

test("a link holds nothing that would end it in a text", async () => {
  const fragment = await encode("lab-1", INITIAL, { ...INITIAL, text: "<a href=\"x\"> 'é' `b` [c]" });
  assert.match(fragment, /^[\w?=&+%.,:;/@$'()!*~-]*$/);
});

test("a long text is packed, and comes back as it was", async () => {
  const text = "python_version >= '3.9' and ".repeat(4000);
  const fragment = await encode("lab-1", INITIAL, { ...INITIAL, text });
  assert.ok(fragment.length < 2000, `${fragment.length} characters`);
  assert.match(fragment, /^lab-1\?v=1&z=[\w-]+$/);
  assert.equal((await roundTrip({ ...INITIAL, text }))["text"], text);
});

test("a fragment that is no link to a known lab is nothing", async () => {
  for (const fragment of ["", "section", "lab-1", "lab-2?v=1&text=x", "?v=1", "__proto__?v=1", "%00?v=1"]) {
    assert.equal(await read(fragment), null);
  }
});

test("a link of another version, or a broken one, says so", async () => {
  for (const fragment of [
    "lab-1?",
    "lab-1?text=x",
    "lab-1?v=2&text=x",
    "lab-1?v=1&marker:=nonsense",
    "lab-1?v=1&z=!!!",
    "lab-1?v=1&z=AAAA",
    `lab-1?v=1&extras:=${"[".repeat(5000)}${"]".repeat(5000)}`,
    `lab-1?v=1&extras:=${"[".repeat(17)}${"]".repeat(17)}`,
    "lab-1?v=1&z=",
  ]) {
    assert.deepEqual(await read(fragment), { kind: "unknown", id: "lab-1" }, fragment);
  }
});

test("a small link that unpacks to a flood is refused", async () => {
  const flood = new Blob(["0".repeat(20_000_000)]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const packed = Buffer.from(await new Response(flood).arrayBuffer()).toString("base64url");
  assert.deepEqual(await read(`lab-1?v=1&z=${packed}`), { kind: "unknown", id: "lab-1" });
});

test("a hostile fragment becomes values or nothing", async () => {
  const link = await read("lab-1?v=1&text=%ZZ%00&__proto__:={\"a\":1}&1x=y&=z&&onload&rules=%3Cscript%3E");
  assert.deepEqual(link, {
    kind: "link",
    id: "lab-1",
    changes: { text: "%ZZ%00", onload: "", rules: "<script>" },
  });
  assert.equal(({} as Record<string, unknown>)["a"], undefined);
});

test("what no link can hold makes none, rather than one that nobody can open", async () => {
  // The longest text whose JSON, {"text":"..."}, still fits.
  const fits = "a".repeat(LONGEST - '{"text":""}'.length);
  const fragment = await encode("lab-1", INITIAL, { ...INITIAL, text: fits });
  const link = await read(fragment);
  assert.equal(link?.kind === "link" && link.changes["text"] === fits, true);
  assert.equal(await encodeOrNot("lab-1", INITIAL, { ...INITIAL, text: `${fits}a` }), null);
});

test("what cannot be made smaller goes into a link, too", async () => {
  // Letters that are as good as random, of which each has one byte.
  let state = 1;
  const letters = Array.from({ length: 900_000 }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return String.fromCharCode(32 + (state % 95));
  });
  const current = { ...INITIAL, text: letters.join("").replaceAll(/["\\]/g, "-") };
  const link = await read(await encode("lab-1", INITIAL, current));
  assert.deepEqual(link, { kind: "link", id: "lab-1", changes: { text: current.text } });
});
