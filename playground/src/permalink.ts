/**
 * A lab's request in the fragment of an address, and back.
 *
 * `#lab-1?v=1&text=os_name+==+'nt'&rules=summit` names the lab, the version of
 * this form, and the fields that differ from the lab's own request.  A string
 * is written as it is, a list as one `name=item` per item, anything else as
 * `name:=JSON`.  What would be too long to read is packed as `z=...`.
 *
 * Whoever wrote the fragment may be hostile: whatever it holds becomes a value
 * of a request, or nothing.
 */

import { through } from "./packed.js";
import type { Request, Value } from "./protocol.js";

const VERSION = "1";

/** Beyond this many characters nobody reads a link, and mail programs cut it. */
const READABLE = 2000;

/** No request in a link has more bytes than this, before it is packed. */
export const LONGEST = 1_000_000;

/** No value of a request has more levels; the browser's own copies of one end at some thousands. */
const DEEPEST = 16;

const NAME = /^[a-z][a-z0-9_]{0,63}$/i;

/** Where a fragment points, and what it changes there. */
export type Link =
  | { readonly kind: "link"; readonly id: string; readonly changes: Request }
  | { readonly kind: "unknown"; readonly id: string };

/** The fields of *current* that are not the same in *initial*. */
export function changes(initial: Request, current: Request): Request {
  return Object.fromEntries(
    Object.entries(current).filter(([name, value]) => !same(value, get(initial, name))),
  );
}

/** *initial* with *changed* fields. */
export function merge(initial: Request, changed: Request): Request {
  return { ...initial, ...changed };
}

/** Whether two values are the same JSON. */
export function same(one: Value | undefined, other: Value | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/**
 * The fragment, without `#`, that turns *initial* into *current* in the lab called *id*.
 *
 * `null`: it would be too long to read; {@link encode} packs it.
 */
export function readable(id: string, initial: Request, current: Request): string | null {
  const fields = Object.entries(changes(initial, current)).flatMap(([name, value]) => field(name, value, initial));
  const text = `${id}?${[`v=${VERSION}`, ...fields].join("&")}`;
  return text.length <= READABLE ? text : null;
}

/** The same, readable or packed; `null`: it is longer than any link that {@link decode} reads. */
export async function encode(id: string, initial: Request, current: Request): Promise<string | null> {
  const text = readable(id, initial, current);
  if (text !== null) return text;
  const content = new Blob([JSON.stringify(changes(initial, current))]);
  return content.size > LONGEST ? null : `${id}?v=${VERSION}&z=${await pack(content)}`;
}

/**
 * What a fragment says.
 *
 * `null`: it does not point into a lab.  `unknown`: it does, but in a form of
 * another version, or one that cannot be read.
 */
export async function decode(fragment: string, initialOf: (id: string) => Request | undefined): Promise<Link | null> {
  const id = labOf(fragment);
  const initial = id === null ? undefined : initialOf(id);
  if (id === null || initial === undefined) return null;
  const pairs = fragment
    .slice(id.length + 1)
    .split("&")
    .map((pair) => split(pair));
  if (pairs.find(([name]) => name === "v")?.[1] !== VERSION) return { kind: "unknown", id };
  try {
    const packed = pairs.find(([name]) => name === "z")?.[1];
    const changes = packed === undefined ? collect(pairs, initial) : unpacked(await unpack(packed));
    if (isDeep(changes)) return { kind: "unknown", id };
    return { kind: "link", id, changes };
  } catch {
    return { kind: "unknown", id };
  }
}

/** The id of the lab that a fragment points into. */
export function labOf(fragment: string): string | null {
  const end = fragment.indexOf("?");
  return end > 0 ? fragment.slice(0, end) : null;
}

function field(name: string, value: Value, initial: Request): string[] {
  const known = get(initial, name);
  if (typeof value === "string" && !isList(known)) return [`${name}=${escape(value)}`];
  if (isList(value) && isList(known) && value.length > 0 && value.every((item) => typeof item === "string")) {
    return value.map((item) => `${name}=${escape(item)}`);
  }
  return [`${name}:=${escape(JSON.stringify(value))}`];
}

function collect(pairs: readonly (readonly [string, string])[], initial: Request): Request {
  const found = new Map<string, Value>();
  for (const [key, text] of pairs) {
    const name = key.replace(/:$/, "");
    if (!NAME.test(name) || name === "v" || name === "z") continue;
    if (key !== name) {
      found.set(name, JSON.parse(text) as Value);
    } else if (isList(get(initial, name))) {
      const before = found.get(name);
      found.set(name, [...(isList(before) ? before : []), text]);
    } else {
      found.set(name, text);
    }
  }
  return Object.fromEntries(found);
}

function unpacked(text: string): Request {
  const value = JSON.parse(text) as Value;
  if (typeof value !== "object" || value === null || isList(value)) throw new TypeError("not a request");
  return Object.fromEntries(Object.entries(value).filter(([name]) => NAME.test(name)));
}

function split(pair: string): readonly [string, string] {
  const end = pair.indexOf("=");
  return end < 0 ? [pair, ""] : [pair.slice(0, end), unescape(pair.slice(end + 1))];
}

/** Percent-encode *text* so that people can read it and no program cuts it. */
function escape(text: string): string {
  return (
    encodeURIComponent(text.toWellFormed())
      .replaceAll("%20", "+")
      .replace(/%(?:3D|2C|3A|3B|2F|3F|40|24)/g, decodeURIComponent)
      // Programs that find links in text leave these out at the end of one.
      .replace(/[!'()*,.:;?~_-]$/, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
  );
}

function unescape(text: string): string {
  const spaced = text.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

async function pack(content: Blob): Promise<string> {
  // What cannot be made smaller becomes a little larger.
  const packed = await through(content.stream(), new CompressionStream("deflate-raw"), 2 * LONGEST);
  let binary = "";
  for (const byte of packed) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

async function unpack(packed: string): Promise<string> {
  const binary = atob(packed.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream();
  return new TextDecoder().decode(await through(stream, new DecompressionStream("deflate-raw"), LONGEST));
}

/** Whether *value* has more than {@link DEEPEST} levels; it is walked level by level, so none is too many. */
function isDeep(value: Value): boolean {
  let level: readonly Value[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) return true;
    level = level.flatMap((each) => (typeof each === "object" && each !== null ? Object.values(each) : []));
  }
  return false;
}

function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** An own field: a request may be asked for `constructor`. */
function get(request: Request, name: string): Value | undefined {
  return Object.hasOwn(request, name) ? request[name] : undefined;
}
