/**
 * The address bar and the history of the page, for all its labs.
 *
 * The fragment holds the lab that was changed last, as a link to share.  The
 * history's state holds every lab, so that back and forward lose nothing.
 */

import * as permalink from "./permalink.js";
import type { Request } from "./protocol.js";

/** A live lab, as the address sees it. */
export interface Linked {
  readonly id: string;
  /** What the lab held before the reader touched it. */
  readonly initial: Request;
  readonly request: Request;
  /** Hold this request now. */
  restore(request: Request): void;
  /** A link points here, in a form that cannot be read. */
  unreadable(): void;
}

const KEY = "trigpoint";

/** What was typed last before the page went, in `sessionStorage`. */
const TYPED = "trigpoint-typed";

/** Browsers refuse more than about two hundred changes of the address in half a minute. */
const PAUSE = 300;

/** Milliseconds after which a browser has heard of a change of the history. */
const HEARD = 1000;

type Changes = Readonly<Record<string, Request>>;

/** What all labs held, and the address before that was written and afterwards. */
interface Typed {
  readonly before: string;
  readonly after: string;
  readonly changes: Changes;
}

class Address {
  readonly #labs = new Map<string, Linked>();
  #typed: { readonly lab: Linked; readonly timer: number } | null = null;
  /** When what was typed last was written, and over which address. */
  #wrote: { readonly before: string; readonly at: number } | null = null;
  /** How often the history has changed: what was packed for an older entry is dropped. */
  #steps = 0;
  /** Done when the address says what was written last. */
  #packing: Promise<void> = Promise.resolve();

  constructor() {
    window.addEventListener("popstate", (event) => void this.#travel(event.state));
    this.#recover();
    window.addEventListener("pagehide", () => this.#leave());
    // What comes back as it was has everything.
    window.addEventListener("pageshow", ({ persisted }) => persisted && tab(() => sessionStorage.removeItem(TYPED)));
  }

  /** Take part: returns the request that the page's state or link holds for *lab*. */
  async join(lab: Linked): Promise<Request> {
    this.#labs.set(lab.id, lab);
    const kept = stateOf(history.state)?.[lab.id];
    if (kept) return permalink.merge(lab.initial, kept);
    const link = await this.#linked();
    if (link?.id !== lab.id) return lab.initial;
    if (link.kind === "link") return permalink.merge(lab.initial, link.changes);
    lab.unreadable();
    return lab.initial;
  }

  /** The reader is ready to change something: back must lead here again. */
  mark(): void {
    history.replaceState({ ...history.state, [KEY]: this.#changes() }, "");
  }

  /** The reader typed: the current entry of the history follows, a moment later. */
  type(lab: Linked): void {
    if (this.#typed && this.#typed.lab !== lab) this.flush();
    if (this.#typed) window.clearTimeout(this.#typed.timer);
    this.#typed = { lab, timer: window.setTimeout(() => this.flush(), PAUSE) };
  }

  /** The reader chose: the history has a new entry. */
  choose(lab: Linked): void {
    this.flush();
    this.#write(lab, "pushState");
  }

  /** Write what was typed, now. */
  flush(): void {
    if (!this.#typed) return;
    const { lab, timer } = this.#typed;
    window.clearTimeout(timer);
    this.#typed = null;
    this.#wrote = { before: location.href, at: performance.now() };
    this.#write(lab, "replaceState");
  }

  /**
   * Write what was typed, as the page goes.
   *
   * A browser that reloads has taken the state of the history before, and may have done so a moment
   * before it heard of the last change, so the tab keeps that as well.
   */
  #leave(): void {
    this.flush();
    if (!this.#wrote || performance.now() - this.#wrote.at > HEARD) return;
    const typed: Typed = { before: this.#wrote.before, after: location.href, changes: this.#changes() };
    tab(() => sessionStorage.setItem(TYPED, JSON.stringify(typed)));
  }

  /** Put into the history what {@link #leave} has kept, if the reader is back on this very page. */
  #recover(): void {
    const typed = tab(() => JSON.parse(sessionStorage.getItem(TYPED) ?? "null") as Typed | null);
    if (!typed || ![typed.before, typed.after].includes(location.href)) return;
    tab(() => sessionStorage.removeItem(TYPED));
    const [entry] = performance.getEntriesByType("navigation");
    if ((entry as PerformanceNavigationTiming | undefined)?.type === "navigate") return;
    history.replaceState({ ...history.state, [KEY]: typed.changes }, "", typed.after);
  }

  /**
   * The address that shows *lab* as it is now; the address bar holds what was typed when it resolves.
   *
   * `null`: no link can hold that.
   */
  async link(lab: Linked): Promise<string | null> {
    this.flush();
    await this.#packing;
    const url = new URL(location.href);
    const fragment = await permalink.encode(lab.id, lab.initial, lab.request);
    if (fragment === null) return null;
    url.hash = fragment;
    return url.href;
  }

  #write(lab: Linked, method: "pushState" | "replaceState"): void {
    const state = { ...history.state, [KEY]: this.#changes() };
    const fragment = permalink.readable(lab.id, lab.initial, lab.request);
    const step = ++this.#steps;
    history[method](state, "", fragment === null ? undefined : `#${fragment}`);
    if (fragment !== null) return;
    // Packing takes a moment; the state holds everything until then.
    this.#packing = permalink.encode(lab.id, lab.initial, lab.request).then((packed) => {
      // What no link can hold is in the state, and the address names no other text.
      if (step === this.#steps) history.replaceState(history.state, "", `#${packed ?? lab.id}`);
    });
  }

  #changes(): Changes {
    return Object.fromEntries(
      [...this.#labs.values()].map((lab) => [lab.id, permalink.changes(lab.initial, lab.request)]),
    );
  }

  async #travel(state: unknown): Promise<void> {
    this.#steps += 1;
    if (this.#typed) window.clearTimeout(this.#typed.timer);
    this.#typed = null;
    this.#wrote = null;
    const changes = stateOf(state);
    if (changes) {
      for (const lab of this.#labs.values()) {
        lab.restore(permalink.merge(lab.initial, changes[lab.id] ?? {}));
      }
      return;
    }
    const link = await this.#linked();
    const lab = link && this.#labs.get(link.id);
    if (!lab) return;
    if (link.kind === "link") lab.restore(permalink.merge(lab.initial, link.changes));
    else lab.unreadable();
  }

  #linked(): Promise<permalink.Link | null> {
    return permalink.decode(location.hash.slice(1), (id) => this.#labs.get(id)?.initial);
  }
}

/** What *use* of the tab's storage returns; null where that is full or forbidden. */
function tab<Result>(use: () => Result): Result | null {
  try {
    return use();
  } catch {
    return null;
  }
}

function stateOf(state: unknown): Changes | null {
  const changes = (state as Record<string, unknown> | null)?.[KEY];
  return typeof changes === "object" ? (changes as Changes | null) : null;
}

/** The page's one address. */
export const address = new Address();
