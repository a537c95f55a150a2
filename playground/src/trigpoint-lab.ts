/**
 * `<trigpoint-lab>`: what a page loads before a reader touches a lab.
 *
 * Everything else (editor, engine, history) comes with the first touch.
 */

import { dropped, fileInput, holdsFiles } from "./drop.js";
import type { LiveLab } from "./lab.js";

class TrigpointLab extends HTMLElement {
  #live: Promise<LiveLab | null> | null = null;

  connectedCallback(): void {
    if (this.dataset["state"] !== undefined) return;
    this.dataset["state"] = "static";
    this.#addEditButton();
    this.addEventListener("focusin", this);
    this.addEventListener("input", this);
    this.addEventListener("click", this);
    window.addEventListener("popstate", this);
    if (!this.#drops && fileInput(this)) this.#takeDrops();
    if (this.#isMeant()) void this.#wake().then(() => this.scrollIntoView({ block: "nearest" }));
  }

  handleEvent(event: Event): void {
    const { target } = event;
    if (event.type === "popstate") {
      if (this.#isMeant()) void this.#wake();
    } else if (target instanceof Element) {
      const pressed = event.type === "click" && target.closest("[data-set], [data-example], [data-fix], [data-edit], [data-folder]");
      if (pressed) void this.#wake().then((lab) => lab?.press(pressed));
      else if (target.matches("input, select, textarea")) void this.#wake();
    }
  }

  /**
   * Files may be dropped anywhere on the lab, also while it is static.
   *
   * Everything happens on the way down to the target: the editor has a use of its own for files.
   */
  #takeDrops(): void {
    this.#drops = true;
    const take = (event: DragEvent): boolean => {
      if (!holdsFiles(event.dataTransfer)) return false;
      event.preventDefault();
      event.stopPropagation();
      return true;
    };
    const enter = (event: DragEvent): void => {
      if (!take(event) || this.dataset["dropping"] !== undefined) return;
      this.#showDropping(true);
      void this.#wake().then((lab) => lab?.announce("Drop it to open it here"));
    };
    this.addEventListener("dragenter", enter, { capture: true });
    this.addEventListener("dragover", enter, { capture: true });
    this.addEventListener("dragleave", ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Node && this.contains(relatedTarget))) this.#showDropping(false);
    });
    this.addEventListener(
      "drop",
      (event) => {
        this.#showDropping(false);
        if (!take(event)) return;
        const given = event.dataTransfer ? dropped(event.dataTransfer) : [];
        void this.#wake().then((lab) => lab?.open(given, true));
      },
      { capture: true },
    );
  }

  #drops = false;

  #showDropping(now: boolean): void {
    this.toggleAttribute("data-dropping", now);
    // An outline moves nothing; a style sheet may add to it.
    this.style.outline = now ? "3px dashed var(--tp-accent, Highlight)" : "";
    this.style.outlineOffset = now ? "4px" : "";
  }

  /** Whether the address or the history speaks of this lab. */
  #isMeant(): boolean {
    const kept = (history.state as { trigpoint?: Record<string, object> } | null)?.trigpoint?.[this.id];
    return location.hash.startsWith(`#${this.id}?`) || (kept !== undefined && Object.keys(kept).length > 0);
  }

  /** The live lab; null if its scripts did not load. */
  #wake(): Promise<LiveLab | null> {
    if (!this.#live) {
      for (const name of ["focusin", "input", "click"]) this.removeEventListener(name, this);
      window.removeEventListener("popstate", this);
      this.#steadily(() => {
        this.dataset["state"] = "loading";
      });
      this.querySelector(".tp-problem")?.remove();
      this.#live = import("./lab.js").then(
        async ({ LiveLab }) => {
          await this.#composed();
          return this.#steadily(() => new LiveLab(this));
        },
        () => this.#sleep(),
      );
      this.addEventListener("trigpoint-answer", keepForOffline, { once: true });
    }
    return this.#live;
  }

  /** Call *change*, which may show controls, and keep the text where it is on the screen. */
  #steadily<Result>(change: () => Result): Result {
    const top = (): number | undefined =>
      (this.querySelector(".tp-editor") ?? this.querySelector("textarea"))?.getBoundingClientRect().top;
    const before = top();
    const result = change();
    window.scrollBy({ top: (top() ?? 0) - (before ?? 0), behavior: "instant" });
    return result;
  }

  /** The scripts did not load: say so and be static again, so that the next touch tries once more. */
  #sleep(): null {
    this.#live = null;
    delete this.dataset["state"];
    this.connectedCallback();
    const problem = document.createElement("p");
    problem.className = "tp-problem";
    problem.setAttribute("role", "alert");
    problem.textContent = "The editor did not load. Your text is safe. Press Edit to try again.";
    this.querySelector("form")?.append(problem);
    return null;
  }

  /** Resolves when no input method is in the middle of a word. */
  #composed(): Promise<void> {
    return new Promise((resolve) => {
      if (!this.#composing) resolve();
      else this.addEventListener("compositionend", () => resolve(), { once: true });
    });
  }

  #composing = false;

  constructor() {
    super();
    this.addEventListener("compositionstart", () => {
      this.#composing = true;
    });
    this.addEventListener("compositionend", () => {
      this.#composing = false;
    });
  }

  #addEditButton(): void {
    if (this.querySelector("[data-edit]")) return;
    const edit = document.createElement("button");
    edit.type = "button";
    edit.className = "tp-edit";
    edit.dataset["edit"] = "";
    edit.textContent = "Edit";
    (this.querySelector("form") ?? this).append(edit);
  }
}

/** Let the service worker keep this page, once its engine has answered. */
async function keepForOffline(): Promise<void> {
  try {
    const root = new URL("../../", import.meta.url);
    await navigator.serviceWorker.register(new URL("service-worker.js", root), { scope: root.pathname });
    const { active } = await navigator.serviceWorker.ready;
    const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
    active?.postMessage({ kind: "keep", urls: [location.href, ...loaded] });
  } catch {
    // No service workers here: the page works, only not without a network.
  }
}

customElements.define("trigpoint-lab", TrigpointLab);
