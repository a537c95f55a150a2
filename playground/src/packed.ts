/** Bytes made smaller, and bytes as text for a place that takes only text. */

/** What comes out of *transform*, unless it is longer than *limit*: a small link may unpack to a flood. */
export async function through(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  transform: CompressionStream | DecompressionStream,
  limit: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = stream.pipeThrough(transform).getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.byteLength;
    if (length > limit) {
      await reader.cancel();
      throw new RangeError("too long");
    }
    chunks.push(value);
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.byteLength;
  }
  return all;
}

/** The first unit that is used: what is below and might mean something to somebody is left out. */
const FIRST = 0x0100;

/** So many bits go into a unit: from {@link FIRST} on no such unit is half of a pair. */
const BITS = 15;

/** *bytes* as text of well-formed UTF-16, with 15 bits in each unit; base64 has six. */
export function toUnits(bytes: Uint8Array): string {
  const units = new Uint16Array(Math.ceil((8 * bytes.length) / BITS));
  let held = 0;
  let count = 0;
  let at = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    count += 8;
    if (count < BITS) continue;
    count -= BITS;
    units[at++] = FIRST + (held >> count);
    held &= (1 << count) - 1;
  }
  if (count > 0) units[at] = FIRST + (held << (BITS - count));
  return new TextDecoder("utf-16le").decode(units);
}

/** The *length* bytes in *text*, as {@link toUnits} has written them. */
export function fromUnits(text: string, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let held = 0;
  let count = 0;
  let at = 0;
  for (let i = 0; i < length; i++) {
    if (count < 8) {
      held = (held << BITS) | (text.charCodeAt(at++) - FIRST);
      count += BITS;
    }
    count -= 8;
    bytes[i] = held >> count;
    held &= (1 << count) - 1;
  }
  return bytes;
}
