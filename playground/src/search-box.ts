/**
 * The search in the sidebar's box and on the search page: results as the reader types.
 *
 * In the sidebar they are a list box under the input, which keeps the focus; on the search page
 * they are a list of links.  Arrows, Enter and Escape work in both.
 */

import { button, make, spoken } from "./dom.js";
import { excerpt, marked, SearchIndex, unpack } from "./search-index.js";
import type { Hit, Packed } from "./search-index.js";

export { unpack };

const IN_BOX = 8;
const ON_PAGE = 40;
const EXCERPT = { box: 110, page: 240 };
const BROKEN = "The search did not load.";

let loading: Promise<SearchIndex> | null = null;

/** The index of the site, which is loaded once a page; another try after it failed. */
export function load(address: URL): Promise<SearchIndex> {
  loading ??= fetch(address)
    .then(async (response) => {
      if (!response.ok) throw new Error(`${response.status}`);
      return SearchIndex.of(unpack((await response.json()) as Packed));
    })
    .catch((error: unknown) => {
      loading = null;
      throw error;
    });
  return loading;
}

/** What is said of *count* results, where at most *limit* are shown. */
export function counted(count: number, limit: number): string {
  if (count === 0) return "Nothing found";
  if (count === limit) return `The ${limit} best results`;
  return count === 1 ? "1 result" : `${count} results`;
}

function text(pieces: string, terms: ReadonlySet<string>): (string | Node)[] {
  return marked(pieces, terms).map(([piece, found]) => (found ? make("mark", "tp-found", piece) : piece));
}

/** What is shown of a result, in or as a link to it. */
function link(hit: Hit, root: URL, length: number): HTMLAnchorElement {
  const where = hit.page ? `${hit.kind} · ${hit.page}` : hit.kind;
  const found = make(
    "a",
    "tp-hit",
    make("span", "tp-hit-title", ...text(hit.title, hit.terms)),
    " ",
    make("span", "tp-hit-where", where),
    " ",
    make("span", "tp-hit-text", ...text(excerpt(hit.text, hit.terms, length), hit.terms)),
  );
  found.href = new URL(hit.address, root).href;
  return found;
}

/** The box in the sidebar. */
export function attachBox(form: HTMLFormElement, index: URL, root: URL): void {
  const input = form.querySelector<HTMLInputElement>("input[name=q]");
  // Where there is no top layer, results would lie under the page; Enter leads to the search page.
  if (input && "showPopover" in form) new Box(form, input, index, root);
}

class Box {
  readonly #form: HTMLFormElement;
  readonly #input: HTMLInputElement;
  readonly #index: URL;
  readonly #root: URL;
  readonly #panel = make("div", "tp-search-panel");
  readonly #list = make("div", "tp-search-list");
  readonly #note = make("p", "tp-search-note");
  readonly #status = spoken();
  #chosen = -1;

  constructor(form: HTMLFormElement, input: HTMLInputElement, index: URL, root: URL) {
    this.#form = form;
    this.#input = input;
    this.#index = index;
    this.#root = root;
    this.#panel.popover = "manual";
    this.#list.id = "tp-search-list";
    this.#list.setAttribute("role", "listbox");
    this.#list.setAttribute("aria-label", "Search results");
    const all = button("tp-search-all", "All results");
    all.type = "submit";
    this.#panel.append(this.#note, this.#list, all);
    form.append(this.#panel, this.#status);
    input.autocomplete = "off";
    for (const [name, value] of [
      ["role", "combobox"],
      ["aria-autocomplete", "list"],
      ["aria-expanded", "false"],
      ["aria-controls", this.#list.id],
    ] as const) {
      input.setAttribute(name, value);
    }
    input.addEventListener("input", () => void this.#answer());
    form.addEventListener("focusin", ({ target, relatedTarget }) => {
      const inside = relatedTarget instanceof Node && form.contains(relatedTarget);
      if (target === input && !inside) void this.#answer();
    });
    form.addEventListener("keydown", (event) => this.#press(event));
    form.addEventListener("focusout", ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Node && form.contains(relatedTarget))) this.#close();
    });
    // A press on a result leaves the focus in the box, so that the list is still there for the click.
    this.#list.addEventListener("mousedown", (event) => event.preventDefault());
    this.#list.addEventListener("click", () => this.#leave());
    addEventListener("resize", () => this.#place());
    void this.#answer();
  }

  /** Show what is found for the words in the box. */
  async #answer(): Promise<void> {
    const query = this.#input.value;
    if (!query.trim()) {
      // The index comes while the reader begins to type.
      load(this.#index).catch(() => undefined);
      this.#close();
      return;
    }
    let hits: Hit[] = [];
    let words: string;
    try {
      const index = await load(this.#index);
      if (query !== this.#input.value) return;
      hits = index.find(query, IN_BOX);
      words = counted(hits.length, IN_BOX);
    } catch {
      words = BROKEN;
    }
    if (!this.#form.contains(document.activeElement)) return;
    this.#choose(-1);
    this.#list.replaceChildren(
      ...hits.map((hit, number) => {
        const option = link(hit, this.#root, EXCERPT.box);
        option.id = `${this.#list.id}-${number}`;
        option.tabIndex = -1;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        return option;
      }),
    );
    this.#note.textContent = words;
    this.#note.hidden = hits.length > 0;
    this.#status.textContent = words;
    this.#open();
    this.#panel.scrollTop = 0;
  }

  #press(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const { length } = this.#list.children;
    const chosen = this.#option;
    if (event.key === "Escape" && this.#isOpen) {
      this.#close();
      this.#input.focus();
    } else if (event.target !== this.#input) return;
    else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && this.#isOpen && length) {
      // One place more than there are results: the box itself, with none of them chosen.
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.#choose(((this.#chosen + 1 + step + length + 1) % (length + 1)) - 1);
    } else if (event.key === "ArrowDown" && !this.#isOpen) void this.#answer();
    else if (event.key === "Enter" && this.#isOpen && chosen) chosen.click();
    else return;
    event.preventDefault();
  }

  get #option(): HTMLElement | null {
    return (this.#list.children[this.#chosen] as HTMLElement | undefined) ?? null;
  }

  #choose(number: number): void {
    this.#option?.setAttribute("aria-selected", "false");
    this.#chosen = number;
    const option = this.#option;
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.#input.setAttribute("aria-activedescendant", option.id);
    else this.#input.removeAttribute("aria-activedescendant");
  }

  get #isOpen(): boolean {
    return this.#panel.matches(":popover-open");
  }

  #open(): void {
    this.#place();
    if (!this.#isOpen) this.#panel.showPopover();
    this.#input.setAttribute("aria-expanded", "true");
  }

  #close(): void {
    if (this.#isOpen) this.#panel.hidePopover();
    this.#choose(-1);
    this.#input.setAttribute("aria-expanded", "false");
    this.#status.textContent = "";
  }

  /** A result of this very page is reached without leaving it. */
  #leave(): void {
    this.#close();
    const drawer = document.getElementById("__navigation");
    if (drawer instanceof HTMLInputElement) drawer.checked = false;
  }

  /** Put the panel under the box; the style sheet says the rest. */
  #place(): void {
    const { left, bottom } = this.#form.getBoundingClientRect();
    this.#panel.style.setProperty("--tp-search-left", `${left}px`);
    this.#panel.style.setProperty("--tp-search-top", `${bottom}px`);
  }
}

/** The search page. */
export function attachPage(place: HTMLElement, index: URL, root: URL): void {
  const form = place.querySelector("form");
  const input = form?.querySelector<HTMLInputElement>("input[name=q]");
  const list = place.querySelector("ol");
  const status = place.querySelector<HTMLElement>("[role=status]");
  const pages = document.getElementById("tp-search-pages");
  if (!form || !input || !list || !status) return;

  const links = (): HTMLElement[] => [...list.querySelectorAll<HTMLElement>("a")];

  const answer = async (): Promise<void> => {
    const query = input.value;
    let hits: Hit[] = [];
    let words = "";
    if (query.trim()) {
      try {
        const found = await load(index);
        if (query !== input.value) return;
        hits = found.find(query, ON_PAGE);
        words = counted(hits.length, ON_PAGE);
      } catch {
        words = BROKEN;
      }
    }
    list.replaceChildren(...hits.map((hit) => make("li", "", link(hit, root, EXCERPT.page))));
    status.textContent = words;
    if (pages) pages.hidden = hits.length > 0;
  };

  /** Let the address say what was looked for, so that the way back leads to the same results. */
  const note = (): void => {
    const query = input.value.trim();
    history.replaceState(history.state, "", query ? `?${new URLSearchParams({ q: query })}` : location.pathname);
  };

  input.value = new URLSearchParams(location.search).get("q") ?? "";
  place.hidden = false;
  input.addEventListener("input", () => void answer());
  input.addEventListener("change", note);
  list.addEventListener("click", note);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    note();
    void answer();
  });
  place.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const all = [input, ...links()];
    const at = all.indexOf(document.activeElement as HTMLElement);
    if (at < 0) return;
    if (event.key === "ArrowDown") all[Math.min(at + 1, all.length - 1)]?.focus();
    else if (event.key === "ArrowUp") all[Math.max(at - 1, 0)]?.focus();
    else if (event.key === "Escape" && at > 0) input.focus();
    else return;
    event.preventDefault();
  });
  void answer();
  if (document.activeElement === document.body) input.focus();
}
