/**
 * What the page and the engine say to each other, and what Python answers.
 *
 * Each direction is one discriminated union on `kind`.
 */

/** JSON, as a request holds it. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };

/** A lab's request: its fields by name. */
export type Request = Readonly<Record<string, Value>>;

export type Severity = "error" | "warning" | "info";

/** A half-open stretch of the text, counted in code points. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Fix {
  readonly message: string;
  readonly replacement: string | null;
  readonly span: Span | null;
}

export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly span: Span | null;
  readonly fix: Fix | null;
  readonly source: string;
}

/** The same question in other forms, by the name of the form. */
export interface Share {
  readonly command: string;
  readonly python: string;
  readonly embed: string;
}

/** What `trigpoint.labs.answer` returns. */
export interface Answer {
  /** The request with all its fields; null if it did not fit the lab. */
  readonly request: Request | null;
  readonly html: string;
  readonly findings: readonly Finding[];
  readonly valid: boolean;
  /** The answer in one sentence. */
  readonly summary: string;
  readonly share: Share | null;
  /** What has to be on the engine's shelf before this is a whole answer; null: it is one. */
  readonly needs: Needs | null;
}

/** Files of the site that Python asks for, and the words for the reader meanwhile. */
export interface Needs {
  readonly words: string;
  readonly files: readonly string[];
}

/** The name under which a page has its reader's own Python run; no lab is called so. */
export const RUN = "run";

/** From the page to the engine. */
export type ToEngine = {
  readonly kind: "answer";
  readonly id: number;
  readonly lab: string;
  readonly request: Request;
};

/** From the engine to the page. */
export type FromEngine =
  | { readonly kind: "progress"; readonly words: string; readonly loaded: number; readonly total: number }
  | {
      readonly kind: "ready";
      readonly how: "snapshot" | "ordinary";
      readonly milliseconds: number;
      /** The build that the engine is from. */
      readonly build: string;
    }
  | { readonly kind: "unavailable"; readonly message: string }
  /** Question *id* waits for something that loads: its time is not running. */
  | { readonly kind: "fetching"; readonly id: number; readonly words: string; readonly loaded: number; readonly total: number }
  | { readonly kind: "answered"; readonly id: number; readonly answer: Answer }
  | {
      readonly kind: "failed";
      readonly id: number;
      readonly message: string;
      /** Python itself is broken: only a new engine can answer again. */
      readonly fatal: boolean;
    };
