/**
 * `<trigpoint-run>`: Python that a reader edits and runs, with a wheel that was compiled for the engine.
 *
 * Nothing else is loaded before the button is pressed.
 */

import { make, spoken } from "./dom.js";
import type { Runner } from "./runner.js";

export class TrigpointRun extends HTMLElement {
  readonly #announcer = spoken();
  #runner: Promise<Runner> | null = null;

  connectedCallback(): void {
    if (this.dataset["state"] !== undefined) return;
    this.dataset["state"] = "static";
    this.append(this.#announcer);
    this.querySelector("form")?.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#run();
    });
    this.querySelector("textarea")?.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      void this.#run();
    });
    this.querySelector("button[type=reset]")?.addEventListener("click", () => this.querySelector("textarea")?.focus());
  }

  async #run(): Promise<void> {
    try {
      this.#runner ??= import("./runner.js").then(({ Runner }) => new Runner(this, this.#announcer));
      (await this.#runner).run();
    } catch {
      // The next press tries again.
      this.#runner = null;
      const words = "The scripts did not load. Your text is safe: press Run to try again.";
      this.#announcer.textContent = words;
      this.querySelector(".tp-result")?.replaceChildren(make("p", "", words));
    }
  }
}

customElements.define("trigpoint-run", TrigpointRun);
