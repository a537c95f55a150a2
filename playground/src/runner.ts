/** What `<trigpoint-run>` does once its button is pressed. */

import { type Asker, type Failure, type Question, type Status, engine } from "./engine-client.js";
import { make } from "./dom.js";
import { type Answer, RUN, type Request } from "./protocol.js";
import { megabytes } from "./text.js";
import { fragment } from "./trusted.js";

const TIME_LIMIT = 20_000;

export class Runner implements Asker {
  readonly #element: HTMLElement;
  readonly #announcer: HTMLElement;
  readonly #result: HTMLElement;
  readonly #status = make("p", "");
  /** The text that the result is about. */
  #ran = "";
  /** The newest request; an answer to an older one comes too late. */
  #sent: Request = {};

  constructor(element: HTMLElement, announcer: HTMLElement) {
    this.#element = element;
    this.#announcer = announcer;
    this.#result = element.querySelector<HTMLElement>(".tp-result") ?? element.appendChild(make("div", "tp-result"));
    element.addEventListener("input", () => this.#compare());
    // The form has its first text again once the event is over.
    element.addEventListener("reset", () => setTimeout(() => this.#compare()));
    engine.watch((status) => this.#tell(status));
  }

  get #text(): string {
    return this.#element.querySelector("textarea")?.value ?? "";
  }

  /** A result is dimmed while it is that of another text; what is still to come is nobody's yet. */
  #compare(): void {
    const old = !this.#element.hasAttribute("data-busy") && this.#text !== this.#ran;
    this.#result.toggleAttribute("data-old", old);
  }

  /** Run the text as it stands; a press while something runs waits for its turn. */
  run(): void {
    const text = this.#text;
    const project = this.#element.dataset["project"] ?? "";
    this.#element.dataset["state"] = "live";
    this.#element.toggleAttribute("data-busy", true);
    this.#result.removeAttribute("data-old");
    this.#result.replaceChildren(this.#status);
    this.#status.textContent = "Running";
    this.#announcer.textContent = "Running";
    this.#sent = { text, project };
    engine.ask(this, { lab: RUN, request: this.#sent, limit: TIME_LIMIT });
  }

  answered({ html, summary }: Answer, question: Question): void {
    this.#show(fragment(html), summary, question);
  }

  failed(failure: Failure, question: Question): void {
    const words = wordsFor(failure);
    this.#show(make("p", "", words), words, question);
  }

  #show(content: Node, summary: string, { request }: Question): void {
    if (request !== this.#sent) return;
    this.#element.toggleAttribute("data-busy", false);
    this.#ran = String(request["text"]);
    this.#compare();
    this.#result.replaceChildren(content);
    this.#announcer.textContent = summary;
  }

  #tell(status: Status): void {
    if (!this.#element.hasAttribute("data-busy")) return;
    if (status.kind !== "loading") this.#status.textContent = "Running";
    else if (status.total === 0) this.#status.textContent = status.words;
    else this.#status.textContent = `${status.words}: ${megabytes(status.loaded)} of ${megabytes(status.total)} MB`;
  }
}

function wordsFor(failure: Failure): string {
  switch (failure.kind) {
    case "slow":
      return `It was stopped after ${failure.milliseconds / 1000} seconds. Your text is safe, and Python has started again.`;
    case "broken":
      return `Python broke down. Your text is safe. (${failure.message.trim().split("\n").at(-1) ?? ""})`;
    case "unavailable":
      return "Python did not load. Your text is safe: check your connection and press Run again.";
    case "changed":
      return "This page is from an older version of the site: copy your text and load the page again.";
  }
}
