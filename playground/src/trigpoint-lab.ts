/**
 * `<trigpoint-lab>`: what a page loads before a reader touches a lab.
 *
 * Everything else (editor, engine, history) comes with the first touch.
 */

import { button, jsonOf, make, spoken } from "./dom.js";
import { dropped, fileInput, holdsFiles } from "./drop.js";
import type { LiveLab } from "./lab.js";
import { attendMenus } from "./menus.js";
import { settleOverflow } from "./overflow.js";
import { printFolded } from "./print.js";
import { isHanded, kept } from "./project.js";
import { showProject } from "./project-bar.js";
import { copy, formOf, shareMenu } from "./share.js";
import { trustedScript } from "./trusted.js";

/** What a static lab listens to: intent, and never the focus alone. */
const TOUCHES = ["input", "click", "submit"];

export class TrigpointLab extends HTMLElement {
  #live: Promise<LiveLab | null> | null = null;

  connectedCallback(): void {
    if (this.dataset["state"] !== undefined) return;
    this.dataset["state"] = "static";
    this.#furnish();
    for (const name of TOUCHES) this.addEventListener(name, this);
    window.addEventListener("popstate", this);
    if (!this.#drops && (fileInput(this) || this.dataset["leaveOut"] !== undefined)) this.#takeDrops();
    if (kept() && document.querySelector("trigpoint-lab") === this) this.showProject();
    if (this.#isMeant()) void this.#wake().then(() => this.scrollIntoView({ block: "nearest" }));
  }

  handleEvent(event: Event): void {
    const { target } = event;
    if (event.type === "popstate") {
      if (this.#isMeant()) void this.#wake();
    } else if (target instanceof Element) {
      if (event.type === "click") this.#press(target);
      else {
        // Enter in a control of one line sends the form.
        if (event.type === "submit") event.preventDefault();
        const files = target instanceof HTMLInputElement ? [...(target.files ?? [])] : [];
        void this.#wake().then((lab) => (files.length > 0 ? lab?.open(files, false) : undefined));
      }
    }
  }

  #press(target: Element): void {
    const pressed = target.closest<HTMLElement>(
      "[data-set], [data-example], [data-fix], [data-edit], [data-copy], [data-folder], [data-project]",
    );
    if (pressed?.dataset["copy"] !== undefined && this.dataset["state"] === "static") void this.#copy(pressed);
    else if (pressed) void this.#wake().then((lab) => lab?.press(pressed));
    else if (target.matches("textarea")) void this.#wake();
  }

  /** Copy the page's own example; the page brings its other forms along. */
  async #copy(pressed: HTMLElement): Promise<void> {
    const form = formOf(pressed);
    if (!form) return;
    const link = new URL(location.href);
    link.hash = this.id;
    const text = form === "link" ? link.href : jsonOf(this, "data-share")[form];
    if (typeof text !== "string" || !(await copy(text, pressed))) return;
    this.#announcer ??= this.appendChild(spoken());
    this.#announcer.textContent = "Copied";
  }

  #announcer: HTMLElement | null = null;

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
    if (isHanded(this.getAttribute("lab") ?? "", this.id)) return true;
    return location.hash.startsWith(`#${this.id}?`) || (kept !== undefined && Object.keys(kept).length > 0);
  }

  /** The live lab; null if its scripts did not load. */
  #wake(): Promise<LiveLab | null> {
    if (!this.#live) {
      window.removeEventListener("popstate", this);
      this.#steadily(() => {
        this.dataset["state"] = "loading";
      });
      this.querySelector(".tp-problem")?.remove();
      this.#live = import("./lab.js").then(
        async ({ LiveLab }) => {
          await this.#composed();
          for (const name of TOUCHES) this.removeEventListener(name, this);
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

  /** Show the bar that says what is kept in this tab. */
  showProject(): void {
    showProject(this, () => void this.#wake().then((lab) => lab?.fill()));
  }

  /**
   * Add what needs a script, all of it while the lab is static: nothing moves when it wakes.
   *
   * A whole lab has its controls around the text; a small example has them behind one button.
   */
  #furnish(): void {
    if (this.#furnished) return;
    this.#furnished = true;
    const form = this.querySelector("form") ?? this;
    const toolbar = form.querySelector(".tp-toolbar");
    if (toolbar && !this.querySelector("[data-copy]")) toolbar.append(shareMenu());
    const edit = this.querySelector("[data-edit]") ?? this.#editButton();
    const controls = form.querySelectorAll(":scope > :is(.tp-toolbar, .tp-options.tp-live)");
    if (this.classList.contains("tp-full")) (toolbar ?? form).append(edit);
    else if (controls.length > 0) {
      const title = make("summary", "", "\u22ef");
      title.setAttribute("aria-label", "Choices, examples and share");
      const more = make("details", "tp-menu tp-more", title, make("div", "tp-menu-body", ...controls));
      form.append(edit, more);
    } else form.append(edit);
    attendMenus(this);
    settleOverflow(this);
  }

  #furnished = false;

  /** A button whose spoken name tells it from those of the page's other labs. */
  #editButton(): HTMLButtonElement {
    const edit = button("tp-edit", "Edit");
    edit.dataset["edit"] = "";
    const labs = [...document.querySelectorAll("trigpoint-lab")];
    const which = labs.length > 1 ? ` example ${labs.indexOf(this) + 1}` : "";
    const text = this.querySelector<HTMLTextAreaElement>("textarea[data-editor]")?.defaultValue.trim().split("\n")[0];
    edit.setAttribute("aria-label", `Edit${which}${text ? `: ${text}` : ""}`);
    return edit;
  }
}

/** Let the service worker keep this page, once its engine has answered. */
async function keepForOffline(): Promise<void> {
  try {
    const root = new URL("../../", import.meta.url);
    const script = trustedScript(new URL("service-worker.js", root));
    await navigator.serviceWorker.register(script, { scope: root.pathname });
    const { active } = await navigator.serviceWorker.ready;
    const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
    active?.postMessage({ kind: "keep", urls: [location.href, ...loaded] });
  } catch {
    // No service workers here: the page works, only not without a network.
  }
}

printFolded("trigpoint-lab details.tp-same");
customElements.define("trigpoint-lab", TrigpointLab);
