/**
 * Finds entries of the site's index.
 *
 * Words are joined by OR, so that one word nobody wrote does not hide the rest; what has more of
 * them comes first.  Titles weigh more than text, and each kind of entry has its own weight, which
 * the index brings along.
 */

import MiniSearch from "minisearch";

/** What the build of the site knows, in rows. */
export interface Built {
  readonly kinds: readonly (readonly [name: string, weight: number])[];
  readonly pages: readonly (readonly [address: string, title: string])[];
  readonly entries: readonly Row[];
  /** Words that readers use, in small letters, and those that the pages use for the same. */
  readonly also: Readonly<Record<string, readonly string[]>>;
}

type Row = readonly [page: number, kind: number, anchor: string, title: string, text: string];

/** The same as the file holds it; `docs/_ext/trigpoint_packed.py` says how and why. */
export interface Packed extends Pick<Built, "kinds" | "also"> {
  /** Addresses; the title is that of the first entry. */
  readonly pages: readonly string[];
  /** What is known of the entries, by page. */
  readonly entries: {
    readonly kinds: readonly (readonly number[])[];
    readonly anchors: readonly (readonly string[])[];
    readonly titles: readonly (readonly string[])[];
    readonly texts: readonly (readonly string[])[];
  };
  /** What letters in a text stand for, from {@link FIRST_CODE} on. */
  readonly words: readonly string[];
}

const FIRST_CODE = 0x100;
const CODE = /[\u0100-\u07ff]/g;

/** The rows of what the file holds. */
export function unpack({ kinds, also, pages, entries, words: coded }: Packed): Built {
  const rows = entries.titles.flatMap((titles, page) =>
    titles.map((title, place): Row => {
      const [kind, anchor, text] = [entries.kinds, entries.anchors, entries.texts].map((column) => column[page]?.[place]);
      const slug = title.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
      return [
        page,
        Number(kind),
        String(anchor).replace(/[*~]$/, (sign) => (sign === "*" ? title : slug)),
        title,
        String(text).replace(CODE, (code) => coded[code.charCodeAt(0) - FIRST_CODE] ?? code),
      ];
    }),
  );
  return { kinds, also, entries: rows, pages: pages.map((address, page) => [address, entries.titles[page]?.[0] ?? ""]) };
}

/** A word of a query with its parts, and other words for it, as they are compared. */
interface Asked {
  readonly word: string;
  readonly terms: readonly string[];
  readonly others: readonly string[];
}

/** Where a result leads, and what is shown of it. */
export interface Hit {
  /** The page's address from the root of the site, with the anchor. */
  readonly address: string;
  readonly kind: string;
  readonly title: string;
  /** The title of the page, if it is not that of the entry. */
  readonly page: string;
  readonly text: string;
  /** The words of the entry that were found, as {@link settle} leaves them. */
  readonly terms: ReadonlySet<string>;
}

/** Letters and words of a query that are read. */
export const LONGEST_QUERY = 200;
export const MOST_WORDS = 16;

/** Results from one page, so that others are seen as well. */
export const MOST_OF_ONE_PAGE = 3;

/** A name with its parts, such as `Requires-Dist` or `3.10`, or an operator, such as `==`. */
const WORD = /[\p{L}\p{N}]+(?:[-_.][\p{L}\p{N}]+)*|[<>=!~]=+|[<>]/gu;
const JOINT = /[-_.]/;

/** Entries that are taken into the index at once. */
const STEP = 50;

/** How much another word for what was asked counts. */
const ALSO = 0.5;

/** How much more an entry counts that has the name that was asked for, and in the same letters. */
const NAMED = 2;
const SPELLED = 4;

/** How much more an entry counts that stands for a whole page. */
const WHOLE = 1.5;

/** Words that say nothing about what is looked for, beside others that do. */
const FILLING = new Set(
  "a an and are as at be by can do does for from has have how i if in is it my no not of on only or so that the then there this to was what when where which who why will with you".split(
    " ",
  ),
);

/** The words of *text*, each with its place. */
export function words(text: string): { readonly word: string; readonly start: number }[] {
  return [...text.matchAll(WORD)].map((match) => ({ word: match[0], start: match.index }));
}

/** A word and its parts: `Requires-Dist` is found by `requires`, too. */
export function parts(word: string): string[] {
  const found = word.split(JOINT);
  // A number alone says nothing: 3.10 is not found by 10.
  return found.length === 1 ? [word] : [word, ...found.filter((part) => part && !/^\d+$/.test(part))];
}

/** A word as it is compared: in small letters, and as one of what it names. */
export function settle(word: string): string {
  const small = word.toLowerCase();
  if (small.length <= 3) return small;
  return small.replace(/ies$/, "y").replace(/(?<![sui])s$/, "");
}

export class SearchIndex {
  readonly #built: Built;
  readonly #search: MiniSearch<{ id: number; title: string; page: string; text: string }>;

  private constructor(built: Built) {
    this.#built = built;
    this.#search = new MiniSearch({
      fields: ["title", "page", "text"],
      tokenize: (text) => words(text).flatMap(({ word }) => parts(word)),
      processTerm: settle,
    });
  }

  /** The index of what was *built*, made in steps, so that the page stays quick. */
  static async of(built: Built): Promise<SearchIndex> {
    const index = new SearchIndex(built);
    await index.#search.addAllAsync(
      built.entries.map(([page, , , title, text], id) => ({ id, title, page: index.#page(page).title, text })),
      { chunkSize: STEP },
    );
    return index;
  }

  /** The best entries for *query*, at most *limit*. */
  find(query: string, limit: number): Hit[] {
    const asked = this.#asked(query.slice(0, LONGEST_QUERY));
    const first = new Set(asked.flatMap(({ terms }) => terms));
    const name = asked.map(({ word }) => word).join(" ");
    const scored = this.#search
      .search(asked.flatMap(({ terms, others }) => [...terms, ...others]).join(" "), {
        combineWith: "OR",
        // The words are in pieces already.
        tokenize: (text) => text.split(" "),
        processTerm: (term) => term,
        prefix: (term) => term.length > 2,
        fuzzy: (term) => (term.length > 4 && !/\d/.test(term) ? 0.2 : false),
        boostTerm: (term) => (first.has(term) ? 1 : ALSO),
        weights: { prefix: 0.5, fuzzy: 0.3 },
        boost: { title: 3, page: 1.5 },
      })
      .map(({ id, score, queryTerms, terms }) => {
        const row = this.#built.entries[id as number] as Row;
        const has = (word: Asked): boolean => [...word.terms, ...word.others].some((term) => queryTerms.includes(term));
        const share = asked.filter(has).length / asked.length;
        const weight = this.#built.kinds[row[1]]?.[1] ?? 1;
        const title = words(row[3])
          .map(({ word }) => word)
          .join(" ");
        const named = title === name ? SPELLED : settle(title) === settle(name) ? NAMED : 1;
        return { row, terms, score: score * share * weight * named * (row[2] ? 1 : WHOLE) };
      })
      .sort((one, other) => other.score - one.score);
    const seen = new Map<number, number>();
    const hits: Hit[] = [];
    for (const { row, terms } of scored) {
      if (hits.length === limit) break;
      const before = seen.get(row[0]) ?? 0;
      seen.set(row[0], before + 1);
      if (before < MOST_OF_ONE_PAGE) hits.push(this.#hit(row, terms));
    }
    return hits;
  }

  /** The words of a query that say something, or all if none does. */
  #asked(query: string): Asked[] {
    const all = [...new Set(words(query).map(({ word }) => word))];
    const telling = all.filter((word) => !FILLING.has(word.toLowerCase()));
    return (telling.length ? telling : all).slice(0, MOST_WORDS).map((word) => {
      const small = word.toLowerCase();
      const others = Object.hasOwn(this.#built.also, small) ? (this.#built.also[small] ?? []) : [];
      return { word, terms: parts(word).map(settle), others: others.map(settle) };
    });
  }

  #hit([page, kind, anchor, title, text]: Row, terms: readonly string[]): Hit {
    const { address, title: above } = this.#page(page);
    return {
      address: anchor ? `${address}#${anchor}` : address,
      kind: this.#built.kinds[kind]?.[0] ?? "",
      title,
      page: anchor && above !== title ? above : "",
      text,
      terms: new Set(terms),
    };
  }

  #page(number: number): { readonly address: string; readonly title: string } {
    const [address, title] = this.#built.pages[number] ?? ["", ""];
    return { address, title };
  }
}

/** A piece of text, and whether it was found. */
export type Piece = readonly [text: string, found: boolean];

/** *text* in pieces, those that hold a word of *terms* marked. */
export function marked(text: string, terms: ReadonlySet<string>): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const { word, start } of words(text)) {
    if (!parts(word).some((part) => terms.has(settle(part)))) continue;
    if (start > end) pieces.push([text.slice(end, start), false]);
    pieces.push([word, true]);
    end = start + word.length;
  }
  if (end < text.length) pieces.push([text.slice(end), false]);
  return pieces;
}

/** The part of *text* with the most different words of *terms*, about *length* letters long. */
export function excerpt(text: string, terms: ReadonlySet<string>, length: number): string {
  if (text.length <= length) return text;
  const places = words(text);
  const found = places.flatMap(({ word, start }) => {
    const term = parts(word).map(settle).find((part) => terms.has(part));
    return term === undefined ? [] : [{ term, start }];
  });
  let best = 0;
  let most = 0;
  for (const [first, { start }] of found.entries()) {
    const near = new Set<string>();
    for (let next = first; next < found.length && (found[next]?.start ?? 0) < start + length * 0.8; next += 1) {
      near.add(found[next]?.term ?? "");
    }
    if (near.size > most) [best, most] = [start, near.size];
  }
  // Begin a little before, at a word, and end after one.
  const from = Math.max(0, Math.min(best - length * 0.2, text.length - length));
  const start = from === 0 ? 0 : (places.find((place) => place.start >= from)?.start ?? from);
  const cut = text.slice(start, start + length);
  const whole = start + length >= text.length ? cut : cut.slice(0, Math.max(cut.lastIndexOf(" "), length / 2));
  return `${start ? "… " : ""}${whole}${start + whole.length < text.length ? " …" : ""}`;
}
