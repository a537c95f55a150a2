/** A package index that whoever built the site has named. It is asked when the reader says so, never before. */

export class PackageIndex {
  readonly #base: string;
  readonly #input: HTMLInputElement;
  readonly #open: (file: File) => void;
  readonly #tell: (words: string) => void;
  /** Where the last list came from: what it names may be relative to that. */
  #listing = "";

  /** The form's box, if the page has one; what it fetches goes to *open*, what goes wrong to *tell*. */
  static in(form: ParentNode, open: (file: File) => void, tell: (words: string) => void): PackageIndex | null {
    const box = form.querySelector<HTMLElement>("[data-index]");
    const input = box?.querySelector("input");
    const press = box?.querySelector("button");
    if (!box || !input || !press) return null;
    const index = new PackageIndex(box.dataset["index"] ?? "", input, open, tell);
    press.addEventListener("click", () => void index.#load());
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      void index.#load();
    });
    return index;
  }

  private constructor(base: string, input: HTMLInputElement, open: (file: File) => void, tell: (words: string) => void) {
    this.#base = base;
    this.#input = input;
    this.#open = open;
    this.#tell = tell;
  }

  /** Fetch what Python chose from the list. */
  async follow(address: string): Promise<void> {
    const answer = await this.#fetch(new URL(address, this.#listing), "*/*");
    if (answer) this.#open(new File([await answer.blob()], "METADATA"));
  }

  async #load(): Promise<void> {
    // An index knows projects by their normal names, and need not redirect from others.
    const name = this.#input.value.trim().toLowerCase().replace(/[-_.]+/g, "-");
    if (!name) return;
    const address = new URL(`${encodeURIComponent(name)}/`, new URL(this.#base, document.baseURI));
    const answer = await this.#fetch(address, "application/vnd.pypi.simple.v1+json");
    if (!answer) return;
    this.#listing = answer.url;
    this.#open(new File([await answer.blob()], `${name}.simple.json`));
  }

  async #fetch(address: URL, type: string): Promise<Response | null> {
    try {
      const answer = await fetch(address, {
        headers: { Accept: type },
        credentials: "omit",
        referrerPolicy: "no-referrer",
      });
      if (answer.ok) return answer;
      this.#tell(
        answer.status === 404
          ? "The index does not have that. Check the project's name."
          : `The index answered ${answer.status}. Try again later.`,
      );
    } catch {
      this.#tell("The index did not answer. Your text is as it was.");
    }
    return null;
  }
}
