/**
 * The page's side of the engine: one for all labs of a page.
 *
 * What a reader runs has one of its own, since it is bundled apart: no page has both.
 *
 * It starts with the first question, asks one question at a time, stops an
 * answer that takes too long, and starts again after that.  A lab's text never
 * lives in the engine, so nothing a reader wrote is lost with it.
 */

import type { Answer, FromEngine, Request, ToEngine } from "./protocol.js";
import { LatestQueue } from "./queue.js";
import { trustedScript } from "./trusted.js";

/** Why a question has no answer. */
export type Failure =
  | { readonly kind: "slow"; readonly milliseconds: number }
  | { readonly kind: "broken"; readonly message: string }
  | { readonly kind: "unavailable"; readonly message: string }
  /** The site has a new build since the page was opened, and the engine is from that one. */
  | { readonly kind: "changed"; readonly message: string };

/** What the engine is doing. */
export type Status =
  | { readonly kind: "idle" }
  | { readonly kind: "loading"; readonly words: string; readonly loaded: number; readonly total: number }
  | { readonly kind: "ready"; readonly how: "snapshot" | "ordinary"; readonly milliseconds: number }
  | { readonly kind: "unavailable"; readonly message: string };

export interface Question {
  readonly lab: string;
  readonly request: Request;
  /** How long the answer may take, in milliseconds. */
  readonly limit: number;
}

/** Who asks: a lab, or a program that a reader runs. */
export interface Asker {
  answered(answer: Answer, question: Question): void;
  failed(failure: Failure, question: Question): void;
}

interface Job {
  readonly asker: Asker;
  readonly question: Question;
}

export class Engine {
  readonly #queue = new LatestQueue<Asker, Job>();
  readonly #listeners = new Set<(status: Status) => void>();
  #status: Status = { kind: "idle" };
  #worker: Worker | null = null;
  #current: (Job & { readonly id: number; readonly timer: number }) | null = null;
  #asked = 0;
  /** What the engine said when it was ready: it is again after something more has loaded. */
  #ready: Status = { kind: "idle" };

  get status(): Status {
    return this.#status;
  }

  /** Call *listener* now and at every change of the status. */
  watch(listener: (status: Status) => void): void {
    this.#listeners.add(listener);
    listener(this.#status);
  }

  /** Ask *question* in the place of any other that *asker* still waits with. */
  ask(asker: Asker, question: Question): void {
    this.#queue.put(asker, { asker, question });
    if (this.#worker) this.#next();
    else this.#start();
  }

  #start(): void {
    this.#set({ kind: "loading", words: "Loading Python", loaded: 0, total: 0 });
    const worker = new Worker(trustedScript(new URL(`./engine.js?v=${__ENGINE__}`, import.meta.url)), { type: "module" });
    this.#worker = worker;
    worker.addEventListener("message", ({ data }: MessageEvent<FromEngine>) => {
      if (worker === this.#worker) this.#hear(data);
    });
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      if (worker === this.#worker) this.#lose(event.message || "its script did not load");
    });
  }

  #hear(message: FromEngine): void {
    switch (message.kind) {
      case "progress":
        this.#set({ ...message, kind: "loading" });
        break;
      case "ready":
        if (message.build !== __BUILD__) {
          this.#lose("the engine is from another build", "changed");
          break;
        }
        this.#ready = message;
        this.#set(message);
        this.#next();
        break;
      case "fetching":
        this.#prolong(message.id);
        this.#set({ ...message, kind: "loading" });
        break;
      case "unavailable":
        this.#lose(message.message);
        break;
      case "answered": {
        const job = this.#finish(message.id);
        this.#set(this.#ready);
        this.#next();
        job?.asker.answered(message.answer, job.question);
        break;
      }
      case "failed": {
        const job = this.#finish(message.id);
        if (message.fatal) this.#restart();
        else {
          this.#set(this.#ready);
          this.#next();
        }
        job?.asker.failed({ kind: "broken", message: message.message }, job.question);
        break;
      }
    }
  }

  #next(): void {
    if (this.#status.kind !== "ready" || this.#current) return;
    const job = this.#queue.take();
    if (!job) return;
    const id = ++this.#asked;
    const { lab, request, limit } = job.question;
    this.#current = { ...job, id, timer: window.setTimeout(() => this.#cutOff(), limit) };
    this.#worker?.postMessage({ kind: "answer", id, lab, request } satisfies ToEngine);
  }

  /** Give question *id* its time anew: it waited for the network, which is not its fault. */
  #prolong(id: number): void {
    const job = this.#current;
    if (job?.id !== id) return;
    window.clearTimeout(job.timer);
    this.#current = { ...job, timer: window.setTimeout(() => this.#cutOff(), job.question.limit) };
  }

  /** End the current question, if it is number *id*. */
  #finish(id: number): Job | null {
    const job = this.#current;
    if (job?.id !== id) return null;
    window.clearTimeout(job.timer);
    this.#current = null;
    return job;
  }

  #cutOff(): void {
    const job = this.#current;
    this.#current = null;
    this.#restart();
    job?.asker.failed({ kind: "slow", milliseconds: job.question.limit }, job.question);
  }

  /** A worker in the middle of Python cannot be interrupted, only ended. */
  #restart(): void {
    this.#worker?.terminate();
    this.#start();
  }

  /** The engine did not start or fell over between questions: tell everyone who waits. */
  #lose(message: string, kind: "unavailable" | "changed" = "unavailable"): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#set({ kind: "unavailable", message });
    const jobs = this.#queue.takeAll();
    if (this.#current) {
      window.clearTimeout(this.#current.timer);
      jobs.unshift(this.#current);
      this.#current = null;
    }
    for (const { asker, question } of jobs) asker.failed({ kind, message }, question);
  }

  #set(status: Status): void {
    this.#status = status;
    for (const listener of this.#listeners) listener(status);
  }
}

/** The one engine of this bundle. */
export const engine = new Engine();
