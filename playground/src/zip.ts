/** A zip archive of files that are not compressed: the same files make the same bytes. */

/** A file of an archive: its path, parts joined by `/`, and what is in it. */
export interface Member {
  readonly path: string;
  readonly data: Uint8Array;
}

/** Files have a mode of their own, as those that Unix made. */
const MADE_BY = (3 << 8) | 20;
const NEEDED = 20;
/** Names are UTF-8. */
const FLAGS = 0x0800;
/** 1 January 1980, the first day that the format knows: no file says when it was made. */
const DAY = (1 << 5) | 1;
const MODE = 0o100644;

const LOCAL = 30;
const CENTRAL = 46;
const END = 22;

/**
 * The archive of *members*, in the order of their paths.
 *
 * There are fewer than 65,536 of them, and they take less than 4 GiB: this is no zip64.
 */
export function zip(members: readonly Member[]): Uint8Array<ArrayBuffer> {
  const sorted = [...members].sort((one, other) => (one.path < other.path ? -1 : one.path > other.path ? 1 : 0));
  const entries = sorted.map(({ path, data }) => ({ name: new TextEncoder().encode(path), data, sum: crc32(data) }));
  const local = entries.reduce((sum, { name, data }) => sum + LOCAL + name.length + data.length, 0);
  const central = entries.reduce((sum, { name }) => sum + CENTRAL + name.length, 0);
  const bytes = new Uint8Array(local + central + END);
  const view = new DataView(bytes.buffer);
  let at = 0;
  let listed = local;
  for (const { name, data, sum } of entries) {
    view.setUint32(listed, 0x02014b50, true);
    view.setUint16(listed + 4, MADE_BY, true);
    describe(view, listed + 6, data.length, sum, name.length);
    view.setUint32(listed + 38, MODE * 0x10000, true);
    view.setUint32(listed + 42, at, true);
    bytes.set(name, listed + CENTRAL);
    listed += CENTRAL + name.length;

    view.setUint32(at, 0x04034b50, true);
    describe(view, at + 4, data.length, sum, name.length);
    bytes.set(name, at + LOCAL);
    bytes.set(data, at + LOCAL + name.length);
    at += LOCAL + name.length + data.length;
  }
  view.setUint32(listed, 0x06054b50, true);
  view.setUint16(listed + 8, entries.length, true);
  view.setUint16(listed + 10, entries.length, true);
  view.setUint32(listed + 12, central, true);
  view.setUint32(listed + 16, local, true);
  return bytes;
}

/** What both headers of a file say in the same order. */
function describe(view: DataView, at: number, size: number, sum: number, name: number): void {
  view.setUint16(at, NEEDED, true);
  view.setUint16(at + 2, FLAGS, true);
  view.setUint16(at + 8, DAY, true);
  view.setUint32(at + 10, sum, true);
  view.setUint32(at + 14, size, true);
  view.setUint32(at + 18, size, true);
  view.setUint16(at + 22, name, true);
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

function crc32(data: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of data) sum = (TABLE[(sum ^ byte) & 0xff] ?? 0) ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}
