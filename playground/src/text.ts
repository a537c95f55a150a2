/**
 * Python counts code points, JavaScript counts UTF-16 units; this maps between them.
 *
 * Offsets outside the text are moved to its nearest end.
 */
export class CodePoints {
  /** UTF-16 offsets of the characters that take two units. */
  readonly #pairs: readonly number[];
  readonly #length: number;

  constructor(text: string) {
    const pairs: number[] = [];
    for (const { index } of text.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g)) pairs.push(index);
    this.#pairs = pairs;
    this.#length = text.length;
  }

  /** The UTF-16 offset of the code point offset *position*. */
  toUtf16(position: number): number {
    // The pair number i starts at code point pairs[i] - i.
    const before = this.#count((pair, i) => pair - i < position);
    return clamp(position + before, this.#length);
  }

  /** The code point offset of the UTF-16 offset *position*; inside a pair, the pair's start. */
  toCodePoint(position: number): number {
    const place = clamp(position, this.#length);
    return place - this.#count((pair) => pair < place);
  }

  /** How many pairs, from the first on, satisfy *test* (which must hold for a prefix). */
  #count(test: (pair: number, index: number) => boolean): number {
    let low = 0;
    let high = this.#pairs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (test(this.#pairs[middle] as number, middle)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Whether *after* is another text than *before*: less than half of that is left, at both ends. */
export function isAnother(before: string, after: string): boolean {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return before === "" || 2 * (head + tail) < before.length;
}

function clamp(position: number, length: number): number {
  return Math.min(Math.max(Math.trunc(position) || 0, 0), length);
}

/** The spans of a `data-span` attribute, such as `0:4 9:12`; what is not one is left out. */
export function parseSpans(attribute: string): { start: number; end: number }[] {
  return [...attribute.matchAll(/(?:^|\s)(\d{1,9}):(\d{1,9})(?=\s|$)/g)].map(([, start, end]) => ({
    start: Number(start),
    end: Number(end),
  }));
}

/** *bytes* in megabytes, with one decimal. */
export function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}
