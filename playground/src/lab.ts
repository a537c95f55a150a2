/**
 * A live lab: one `<trigpoint-lab>` that a reader has touched.
 *
 * It knows the hooks of the form and of the result, and nothing about what
 * they mean.
 */

import { address, type Linked } from "./address.js";
import { keepInTab, sayBeside } from "./beside.js";
import { button, jsonOf, make, spoken } from "./dom.js";
import { fileInput } from "./drop.js";
import { Editor } from "./editor.js";
import { type Asker, type Failure, type Question, type Status, engine } from "./engine-client.js";
import { type Upload, isSingle, save, upload } from "./file.js";
import type { Given } from "./gather.js";
import { handOver, settleLinks } from "./links.js";
import { PackageIndex } from "./package-index.js";
import { changedFields, isChoice, isControl, nothingIn, readField, readForm, writeField } from "./form.js";
import { moveInGrid, settleGrids } from "./grid.js";
import { closeMenusOf } from "./menus.js";
import { morph } from "./morph.js";
import { settleOverflow } from "./overflow.js";
import { changes, same } from "./permalink.js";
import { LACKING, forgetProject } from "./project-bar.js";
import { keptFile, packed, prepare } from "./project-file.js";
import { type Project, isNamed, keep, kept, lacks, nameFiles, projectOf, shareOf, take, wantsFile } from "./project.js";
import type { Answer, Request, Value } from "./protocol.js";
import { copy, formOf, shareMenu } from "./share.js";
import { isAnother, megabytes, parseSpans } from "./text.js";
import type { TrigpointLab } from "./trigpoint-lab.js";
import { fragment } from "./trusted.js";

const TIME_LIMIT = 10_000;

/** The lab that says what is in a project, and makes something of it for each of the others. */
const OPEN = "open";

/** An answer that comes within so many milliseconds replaces a bright result with a bright one. */
const FLICKER = 300;

/** How the file that the tab keeps comes to a lab: from another one, by a button, or back after a reload. */
type From = "handed" | "chosen" | "again";

/** A screen reader hears a summary when the reader has paused for so long. */
const PAUSE = 800;

export class LiveLab implements Asker, Linked {
  readonly id: string;
  readonly initial: Request;
  request: Request;

  readonly #element: HTMLElement;
  /** Its name in Python. */
  readonly #lab: string;
  readonly #form: HTMLFormElement;
  readonly #result: HTMLElement;
  readonly #area: HTMLTextAreaElement | null;
  readonly #editor: Editor | null;
  readonly #file: HTMLInputElement | null;
  readonly #index: PackageIndex | null;
  readonly #status = make("div", "tp-status");
  readonly #notice = make("p", "tp-status tp-notice");
  readonly #findings = make("div", "tp-text-findings");
  readonly #announcer = spoken();
  #problem: HTMLElement | null = null;
  #answer: Answer | null = null;
  /** The text that the spans in the result are about. */
  #answeredText: Value = "";
  #announcing = 0;
  /** The reader's file goes with the question, until its answer has taken what it needs from it. */
  #upload: { readonly name: string; readonly value: Value; readonly from?: From } | null = null;
  /** What was asked last: the request, and the file that goes with it. */
  #sent: Request = {};
  /** The request that the answer is about. */
  #answered: Request | null = null;
  /** The request whose result is on the screen. */
  #shown: Request;
  /** The page's own example, or the one that was chosen last. */
  #brought: Request;
  /** What this lab has told other pages of the site. */
  readonly #kept = new Set<string>();
  /** Says soon that the result is an old one, unless an answer comes first. */
  #aging = 0;
  /** Who waits for the answer to what was asked last. */
  #waiting: (() => void)[] = [];
  /** Done when the lab holds what the address says. */
  readonly #begun: Promise<void>;

  constructor(element: HTMLElement) {
    this.#element = element;
    this.#lab = element.getAttribute("lab") ?? "";
    this.id = element.id;
    this.#form = element.querySelector("form") ?? element.appendChild(make("form", "tp-form"));
    this.#result = element.querySelector(".tp-result") ?? element.appendChild(make("div", "tp-result"));
    this.#area = this.#form.querySelector("textarea[data-editor]");
    this.#file = fileInput(this.#form);
    this.#index = PackageIndex.in(
      this.#form,
      (file) => void this.open([file], true),
      (words) => this.#notify(words),
    );
    // What was typed or chosen before this script was there counts as the reader's change.
    const changed = changedFields(this.#form);
    this.initial = this.#withoutFile({
      ...readForm(this.#form),
      ...(jsonOf(element, "data-request") as Request),
    });
    this.request = this.initial;
    this.#shown = this.initial;
    this.#brought = this.initial;
    this.#status.setAttribute("role", "status");
    this.#editor = this.#area
      ? new Editor(this.#area, { changed: (text) => this.#typed(text), pointed: (offset) => this.#pointed(offset) })
      : null;
    (this.#editor?.element ?? this.#form).after(this.#findings);
    this.#placeStatus();
    element.append(this.#announcer);
    if (!element.querySelector("[data-copy]")) (this.#form.querySelector(".tp-toolbar") ?? this.#form).append(shareMenu());
    this.#listen();
    settleGrids(this.#result);
    settleLinks(this.#result, this.#element);
    engine.watch((status) => this.#watch(status));
    this.#begun = this.#begin(changed).catch(() => this.unreadable());
  }

  async #begin(changed: Request): Promise<void> {
    const held = await address.join(this);
    const handed = take(this.#lab, this.id);
    // The editor keeps the value of its own area up to date.
    const now = Object.keys(changed).map((name) => [name, readField(this.#form, name)]);
    this.#hold({ ...held, ...handed?.request, ...(Object.fromEntries(now) as Request) });
    address.mark();
    if (now.length > 0) address.type(this);
    if (handed?.file) await this.#take(handed.file, "handed");
    // A page that is opened again has a new engine, which has none of the files.
    else if (this.#file && isNamed(this.#nameOfFiles(held))) await this.#take(this.#file.name, "again");
    this.#ask();
  }

  /** Let the file that the tab keeps go with the next question, in the field *name*. */
  async #take(name: string, from: From): Promise<void> {
    const file = await keptFile();
    if (file) this.#upload = { name, value: file, from };
    else this.#notify("This tab does not have your file: drop it here. Below is the page's own example.");
  }

  /** Start with what the reader pressed while the lab was static. */
  press(target: Element): void {
    this.#press(target);
  }

  focus(): void {
    this.#editor?.focus();
  }

  /** Open what the reader chose or *dropped*: a file, or where the form takes them, several and folders. */
  async open(given: readonly Given[], dropped: boolean): Promise<void> {
    if (given.length === 0) return;
    if (dropped) this.#forgetFile();
    const place = this.#file;
    // What is no single text is a project, and the lab for all things says what is in it.
    const own = place !== null && (place.multiple || isSingle(given));
    const leaveOut = place?.dataset["leaveOut"] ?? this.#element.dataset["leaveOut"];
    // Thousands of files take seconds.
    const reading = window.setTimeout(() => this.#notify("Reading your files"), FLICKER);
    const value = await upload(given, place?.multiple === true || leaveOut !== undefined, leaveOut ?? "");
    const whole = !own || place.multiple || this.#lab === OPEN;
    if (typeof value !== "string" && whole) await prepare(value);
    window.clearTimeout(reading);
    if (typeof value === "string") {
      this.#notify(value);
      return;
    }
    this.#notice.remove();
    if (!own) this.#bring(value);
    else if (whole && this.#lab !== OPEN) this.#bringTo(place.name, value);
    else this.#send(place.name, value);
  }

  /** Ask about *file*, which goes in the field *name*; the tab may keep it. */
  #send(name: string, value: Upload, from?: From): void {
    this.#notice.remove();
    this.#upload = from ? { name, value, from } : { name, value };
    this.#ask();
  }

  /** Ask what is in *file*, keep that for all labs, and fill this one with it. */
  #bring(file: Upload): void {
    const failed = (): void => this.#notify(`${file.name} could not be looked into. Try it once more.`);
    const answered = (answer: Answer): void => {
      const project = projectIn(answer);
      if (!project) this.#notify(answer.summary);
      else if (this.#keep(project, file)) void this.fill();
    };
    this.#lookInto(file, { answered, failed });
  }

  /**
   * The same where this lab takes the file itself, in the field *name*, whatever is in it.
   *
   * A text is in the request, and so in the address; what came as files is kept by the tab.
   */
  #bringTo(name: string, file: Upload): void {
    const failed = (): void => this.#send(name, file);
    const answered = (answer: Answer): void => {
      const project = projectIn(answer);
      const isKept = project !== null && wantsFile(project) && this.#keep(project, file);
      this.#send(name, file, isKept && project.labs[this.#lab]?.file === name ? "chosen" : undefined);
    };
    this.#element.toggleAttribute("data-busy", true);
    this.#lookInto(file, { answered, failed });
  }

  #lookInto(file: Upload, asker: Asker): void {
    this.#notify(`Looking into ${file.name}`);
    engine.ask(asker, { lab: OPEN, request: { file }, limit: this.#limit() });
  }

  /** Keep *project* in the tab, and *file* if a lab wants it, and show that; false if there is no room. */
  #keep(project: Project, file?: Value): boolean {
    const wanted = file !== undefined && wantsFile(project);
    if (!keep(project, wanted ? packed(file) : undefined)) {
      forgetProject();
      this.#notify("This is too large to be kept in the tab. Open the files that matter one by one.");
      return false;
    }
    this.#notice.remove();
    (this.#element as TrigpointLab).showProject();
    return true;
  }

  /** Fill the lab with the project that is kept in this tab. */
  async fill(): Promise<void> {
    const project = kept();
    const share = project && shareOf(project, this.#lab);
    if (!share) {
      const lacking = project !== null && lacks(project, this.#lab);
      this.#notify(lacking ? LACKING : "Nothing in it is for this lab. It is kept in this tab for the others.");
    } else if (share.file) {
      await this.#take(share.file, "chosen");
      if (this.#upload) this.#ask();
    } else this.#change(share.request, "chosen");
  }

  restore(request: Request): void {
    if (same(request, this.request)) return;
    this.#forgetFile();
    this.#hold(request);
    this.#ask();
  }

  unreadable(): void {
    this.#notify("This link was made for another version of this page. Below is the page's own example.");
  }

  #notify(words: string): void {
    this.#notice.replaceChildren(words);
    this.#findings.after(this.#notice);
    this.announce(words);
  }

  /** Over the lower edge of the text, so that nothing moves when it comes and goes. */
  #placeStatus(): void {
    this.#findings.before(make("div", "tp-status-place", this.#status));
  }

  // Questions and answers

  #ask(): void {
    this.#sent = this.#upload ? { ...this.request, [this.#upload.name]: this.#upload.value } : this.request;
    this.#element.toggleAttribute("data-busy", true);
    // Before Python is there nothing answers quickly; afterwards nobody should see a flicker.
    window.clearTimeout(this.#aging);
    const wait = this.#element.dataset["state"] === "live" ? FLICKER : 0;
    this.#aging = window.setTimeout(() => this.#ageUnlessShown(), wait);
    engine.ask(this, {
      lab: this.#lab,
      request: this.#sent,
      limit: this.#limit(),
    });
  }

  /** How long an answer may take, in milliseconds. */
  #limit(): number {
    const limit = Number(this.#element.dataset["timeLimit"]);
    return limit > 0 ? limit : TIME_LIMIT;
  }

  answered(answer: Answer, question: Question): void {
    if (question.request === this.#sent && this.#upload?.from === "again") {
      // Python has the files again; what the reader has made of their text since then stays.
      this.#upload = null;
      this.#ask();
      return;
    }
    const opened = question.request === this.#sent ? this.#takeFrom(answer) : "";
    // Taking the text of a file may ask again.
    const newest = question.request === this.#sent;
    if (newest) {
      this.#element.removeAttribute("data-busy");
      this.#say("");
    }
    this.#element.dataset["state"] = "live";
    this.#clearProblem();
    this.#answer = answer;
    this.#answeredText = this.#textOf((opened && answer.request) || question.request);
    this.#answered = question.request;
    this.#show(answer, opened, newest ? this.request : this.#withoutFile(question.request));
    if (newest) {
      this.#editor?.show(answer.findings);
      if (answer.request) this.#writeControls(answer.request, this.#focused());
      this.#release();
    }
    this.#element.dispatchEvent(
      new CustomEvent("trigpoint-answer", { bubbles: true, detail: { request: question.request, valid: answer.valid } }),
    );
  }

  /** Hold what Python has taken from the reader's file; returns what there is to say about that. */
  #takeFrom(answer: Answer): string {
    const file = this.#upload;
    if (!file) return "";
    this.#upload = null;
    const settled = this.#withoutFile(answer.request ?? this.request);
    const taken = changes(this.request, settled);
    if (file.from) nameFiles(String(this.#nameOfFiles(settled)));
    const back = answer.request?.[file.name];
    const project = back && projectIn(answer);
    if (project) {
      // What was brought is no text, and stands in the result, kept or not; the form is empty again.
      this.#keep(project, file.value);
      this.#hold({ ...this.request, ...changes(this.request, this.#shownFields(settled)) });
      address.choose(this);
      return `${project.name} is open. `;
    }
    // Python gives a file back that it could not use, and the answer says why.
    if (back) return "";
    // A list of an index is no text yet: Python says where that is.
    const wanted = answer.request?.["fetch"];
    if (this.#index && typeof wanted === "string" && wanted) {
      void this.#index.follow(wanted);
      return "";
    }
    if (Object.keys(taken).length > 0) {
      this.#hold({ ...this.request, ...taken });
      // Back from what another lab handed over leads to that lab.
      if (file.from === "handed") address.type(this);
      else address.choose(this);
    }
    return "The file is open. ";
  }

  failed(failure: Failure, question: Question): void {
    if (question.request !== this.#sent) return;
    this.#element.removeAttribute("data-busy");
    const changed = failure.kind === "changed";
    // What was never live is not loading any more either, whatever it was that failed.
    if (changed || failure.kind === "unavailable" || this.#element.dataset["state"] === "loading") {
      this.#element.dataset["state"] = "failed";
    }
    this.#say("");
    // Only this button asks for the file again: the next letter must not wait for it once more.
    const file = this.#upload;
    this.#upload = null;
    const retry = button("tp-retry", changed ? "Reload the page" : "Try again");
    retry.addEventListener("click", () => {
      if (changed) {
        location.reload();
        return;
      }
      this.#clearProblem();
      this.#upload = file;
      this.focus();
      this.#ask();
    });
    const [what, safe] = wordsFor(failure);
    const problem = make("div", "tp-problem", make("p", "", make("strong", "", what), " ", safe), retry);
    problem.setAttribute("role", "alert");
    this.#clearProblem();
    this.#problem = problem;
    this.#findings.after(problem);
    this.#ageUnlessShown();
    this.#release();
  }

  /** Resolves when what was asked last has an answer, or can have none. */
  #settled(): Promise<void> {
    if (!this.#element.hasAttribute("data-busy")) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #release(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  #clearProblem(): void {
    this.#problem?.remove();
    this.#problem = null;
  }

  #watch(status: Status): void {
    if (status.kind === "loading" && this.#element.hasAttribute("data-busy")) {
      if (this.#element.dataset["state"] !== "live") this.#element.dataset["state"] = "loading";
      const { loaded, total, words } = status;
      this.#say(total > 0 ? `${words}, ${megabytes(loaded)} of ${megabytes(total)} MB` : words, loaded, total);
    }
  }

  /** Say in *words* what is loading; no words: nothing is. */
  #say(words: string, loaded = 0, total = 0): void {
    if (words === "") {
      if (this.#status.querySelector("progress")) this.#status.replaceChildren();
      return;
    }
    let bar = this.#status.querySelector("progress");
    let text = this.#status.querySelector("span");
    if (!bar || !text) {
      text = make("span", "");
      bar = make("progress", "tp-progress");
      // The words say the same, and are spoken once and not twelve times a second.
      bar.setAttribute("aria-hidden", "true");
      text.setAttribute("aria-hidden", "true");
      this.#status.replaceChildren(text, bar);
      this.announce(words.split(",", 1)[0] ?? words);
    }
    text.textContent = words;
    if (total > 0) {
      bar.max = total;
      bar.value = loaded;
    } else bar.removeAttribute("value");
  }

  /** Show *answer*, which is *about* a request that may be an older one by now. */
  #show(answer: Answer, opened: string, about: Request): void {
    const content = fragment(answer.html);
    // What the page itself shows of its own example stays as it is, valid or not.
    const shows = answer.valid || same(about, this.initial);
    // A list that leads a result belongs to it, as long as the result is about this text.
    const findings = [...content.querySelectorAll(`.tp-findings${shows ? ":not(.tp-lead)" : ""}`)];
    const list = document.createDocumentFragment();
    list.append(...findings);
    morph(this.#findings, list);
    sayBeside(this.#form, content);
    if (shows) {
      keepInTab(content, this.#kept);
      this.#nestHeadings(content);
      morph(this.#result, content);
      settleLinks(this.#result, this.#element);
      settleGrids(this.#result);
      settleOverflow(this.#result);
      this.#shown = about;
    }
    this.announce(opened + answer.summary);
    this.#ageUnlessShown();
    this.#editor?.light([]);
  }

  /** Let the headings of a result be of the level below the page's own. */
  #nestHeadings(result: ParentNode): void {
    const level = this.#element.dataset["level"];
    if (level) for (const head of result.querySelectorAll("h4")) head.setAttribute("aria-level", level);
  }

  /** Dim and name a result that does not answer what the form holds. */
  #ageUnlessShown(): void {
    window.clearTimeout(this.#aging);
    if (same(this.#shown, this.request)) this.#age("");
    else this.#age(same(this.#shown, this.initial) ? "The result of the page's own example" : "The last valid result");
  }

  /** Say *what* the old result is; a screen reader says of a disabled group what the eye sees. */
  #age(what: string): void {
    const result = this.#result;
    const old = what !== "";
    result.classList.toggle("tp-stale", old);
    const said = { role: "group", "aria-disabled": "true", "aria-label": what };
    for (const [name, value] of Object.entries(said)) {
      if (old) result.setAttribute(name, value);
      else result.removeAttribute(name);
    }
  }

  /** Let a screen reader say *words*, in its own time. */
  announce(words: string): void {
    window.clearTimeout(this.#announcing);
    const text = words.trim().replace(/\s+/g, " ");
    this.#announcing = window.setTimeout(() => {
      // The same words once more would be spoken once more.
      if (this.#announcer.textContent !== text) this.#announcer.textContent = text;
    }, PAUSE);
  }

  // What the reader does

  #listen(): void {
    const element = this.#element;
    this.#form.addEventListener("submit", (event) => event.preventDefault());
    this.#form.addEventListener("input", ({ target }) => {
      if (!isControl(target) || target === this.#area || isChoice(target)) return;
      this.#change({ [target.name]: readField(this.#form, target.name) }, "typed");
    });
    this.#form.addEventListener("change", ({ target }) => {
      if (!isControl(target) || target === this.#area || !isChoice(target)) return;
      this.#change({ [target.name]: readField(this.#form, target.name) }, "chosen");
    });
    this.#file?.addEventListener("change", () => void this.open([...(this.#file?.files ?? [])], false));
    this.#file?.addEventListener("click", ({ isTrusted }) => {
      // The same file once more is a change, too.
      this.#forgetFile();
      // The button for folders presses this control as well, and no reader does that.
      if (this.#file && isTrusted) this.#file.webkitdirectory = false;
    });
    element.addEventListener("click", ({ target }) => {
      if (target instanceof Element) this.#press(target);
    });
    element.addEventListener("keydown", (event) => {
      if (moveInGrid(event)) return;
      const { key, target } = event;
      const pressable = target instanceof HTMLElement && !(target instanceof HTMLButtonElement);
      if (pressable && (key === "Enter" || key === " ") && target.matches("[data-set], [data-cell]")) {
        event.preventDefault();
        target.click();
      }
    });
    element.addEventListener("focusout", () => this.#lightFrom(null));
    element.addEventListener("focusin", ({ target }) => this.#lightFrom(target));
    element.addEventListener("mouseover", ({ target }) => this.#lightFrom(target));
    element.addEventListener("mouseleave", () => this.#lightFrom(null));
  }

  #press(target: Element): void {
    const link = target.closest("a[data-open]");
    if (link) return handOver(link, this.#element);
    const pressed = target.closest<HTMLElement>("[data-project], [data-set], [data-example], [data-fix], [data-copy], [data-edit], [data-folder], [data-download], [data-copy-text]");
    if (!pressed) return this.#go(target);
    const { dataset } = pressed;
    if (dataset["edit"] !== undefined) this.focus();
    else if (dataset["project"] !== undefined) this.#keep(projectOf(pressed));
    else if (dataset["folder"] !== undefined) this.#chooseFolder();
    else if (dataset["copy"] !== undefined) void this.#copy(pressed);
    else if (dataset["copyText"] !== undefined) void this.#copyText(dataset["copyText"], pressed);
    else if (dataset["set"] !== undefined) this.#change(jsonOf(pressed, "data-set") as Request, "chosen");
    else if (dataset["fix"] !== undefined) this.#fix(pressed);
    else if (dataset["download"] !== undefined) this.#download(dataset["download"], dataset["content"] ?? "");
    else {
      this.#forgetFile();
      this.#brought = { ...this.initial, ...(jsonOf(pressed, "data-example") as Request) };
      this.#change(this.#brought, "chosen");
      closeMenusOf(pressed);
    }
  }

  /** Show the place that a finding is about, when it is pressed beside its link. */
  #go(target: Element): void {
    const [span] = parseSpans(target.closest(".tp-finding[data-span]")?.getAttribute("data-span") ?? "");
    if (span && !target.closest("a") && this.#answeredText === this.#textOf(this.request)) this.#editor?.select(span);
  }

  /** Let the reader choose a folder with the control that is there for files. */
  #chooseFolder(): void {
    if (!this.#file) return;
    this.#file.webkitdirectory = true;
    this.#file.click();
  }

  #fix(pressed: HTMLElement): void {
    const { start, end, replacement } = jsonOf(pressed, "data-fix");
    if (typeof start !== "number" || typeof end !== "number" || typeof replacement !== "string") return;
    if (this.#answeredText === this.#textOf(this.request)) this.#editor?.replace({ start, end }, replacement);
  }

  #download(name: string, content: string): void {
    if (save(name, content)) this.announce(`Saved ${name}`);
    else this.#notify(`${name} could not be saved.`);
  }

  async #copy(pressed: HTMLElement): Promise<void> {
    const form = formOf(pressed);
    if (!form) return;
    await this.#begun;
    // What is copied is what the screen shows: a link needs the request, which is there at once
    // but for the text of a file; every other form is made by Python, of the request as it is now.
    if (form !== "link" || this.#upload) await this.#settled();
    const share = this.#answered === this.#sent ? this.#answer?.share : null;
    const text = form === "link" ? await address.link(this) : share?.[form];
    if (text === null) this.#notify("Nothing was copied, because no link can hold a text as long as this. Share it as a file.");
    else if (text === undefined) this.#notify("Nothing was copied, because there is no answer to what you wrote yet.");
    else if (await copy(text, pressed)) this.announce("Copied");
  }

  async #copyText(text: string, pressed: HTMLElement): Promise<void> {
    if (await copy(text, pressed)) this.announce("Copied");
  }

  #typed(text: string): void {
    if (!this.#area || !this.#editor) return;
    this.#area.value = text;
    if (this.#textOf(this.request) !== text && this.#upload?.from !== "again") this.#upload = null;
    const before = String(this.#textOf(this.request));
    if (before === text) return;
    const told = isAnother(before, text) ? this.#toldOfText() : {};
    this.#change({ ...told, [this.#area.name]: text }, "typed");
  }

  /** The fields that say something about the text in the editor, emptied; what the reader wrote stays. */
  #toldOfText(): Request {
    const told = this.#form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("[data-of-text]");
    const left = [...told].filter(
      ({ name, type }) => type === "hidden" || same(this.request[name], this.#brought[name]),
    );
    return Object.fromEntries(left.map((control) => [control.name, nothingIn(control)]));
  }

  #change(changed: Request, how: "typed" | "chosen"): void {
    const request = { ...this.request, ...changed };
    if (same(request, this.request)) return;
    this.#notice.remove();
    if (how === "chosen") address.flush();
    this.#hold(request);
    if (how === "chosen") address.choose(this);
    else address.type(this);
    this.#ask();
  }

  /** Let the request and every control be *request*. */
  #hold(request: Request): void {
    this.request = this.#withoutFile(request);
    this.#writeControls(request);
    const text = this.#textOf(request);
    if (typeof text === "string") this.#editor?.setText(text);
  }

  #writeControls(request: Request, except: string | null = null): void {
    for (const [name, value] of Object.entries(request)) {
      if (name !== this.#area?.name && name !== except) writeField(this.#form, name, value);
    }
  }

  /** The field that the reader is writing in: an answer leaves it alone. */
  #focused(): string | null {
    const focused = document.activeElement;
    return isControl(focused) && focused.form === this.#form ? focused.name : null;
  }

  /** A file is never held: it would end up in links and in the history. */
  #withoutFile(request: Request): Request {
    return this.#file ? { ...request, [this.#file.name]: "", ...(this.#index && { fetch: "" }) } : request;
  }

  /** What *request* calls the files that only Python has, or empty. */
  #nameOfFiles(request: Request): Value {
    return request[this.#form.querySelector<HTMLInputElement>("input[data-of-files]")?.name ?? ""] ?? "";
  }

  /** The form no longer names the file that was chosen. */
  #forgetFile(): void {
    this.#upload = null;
    // The one value that a script may write there.
    if (this.#file) this.#file.value = "";
  }

  /** The fields of *request* that the form has a control for. */
  #shownFields(request: Request): Request {
    const shown = readForm(this.#form);
    return Object.fromEntries(Object.entries(request).filter(([name]) => Object.hasOwn(shown, name)));
  }

  #textOf(request: Request): Value {
    return (this.#area && request[this.#area.name]) ?? "";
  }

  // Light: the text and what the result says about it

  /** Whether the result is about the text on the screen. */
  #isBright(): boolean {
    return this.#textOf(this.#shown) === this.#textOf(this.request);
  }

  #lightFrom(target: EventTarget | null): void {
    if (!this.#editor || !this.#isBright()) return;
    const spanned = target instanceof Element ? target.closest("[data-span]") : null;
    this.#editor.light(spanned ? parseSpans(spanned.getAttribute("data-span") ?? "") : []);
  }

  /** Light up the parts of the result that are about the smallest piece of text at *offset*. */
  #pointed(offset: number | null): void {
    const spanned = [...this.#element.querySelectorAll("[data-span]")];
    const bright = this.#isBright();
    const sizes = spanned.map((element) => {
      // What an old result says about a text, it says about another one; findings are never old.
      if (!bright && this.#result.contains(element)) return Number.POSITIVE_INFINITY;
      const spans = parseSpans(element.getAttribute("data-span") ?? "");
      const hit = spans.find(({ start, end }) => offset !== null && start <= offset && offset <= end);
      return hit ? hit.end - hit.start : Number.POSITIVE_INFINITY;
    });
    const smallest = Math.min(...sizes);
    spanned.forEach((element, i) => {
      element.classList.toggle("tp-lit", Number.isFinite(smallest) && sizes[i] === smallest);
    });
  }
}

/** The project in *answer*. */
function projectIn(answer: Answer): Project | null {
  const element = fragment(answer.html).querySelector("[data-project]");
  return element && projectOf(element);
}

/** What happened, and what is safe. */
function wordsFor(failure: Failure): [string, string] {
  switch (failure.kind) {
    case "slow":
      return [
        `No answer after ${Math.round(failure.milliseconds / 100) / 10} seconds, so it was stopped.`,
        "Your text is safe, and Python has started again.",
      ];
    case "broken":
      return [
        "The lab could not answer: this is a fault in the lab.",
        `Your text is safe. (${failure.message.trim().split("\n").at(-1) ?? ""})`,
      ];
    case "unavailable":
      return [
        "Python did not load.",
        "Your text is safe, and the result below is the last one. Check your connection.",
      ];
    case "changed":
      return [
        "This page is from an older version of the site.",
        "Your text is safe in the address of the page, and the result below is the last one.",
      ];
  }
}
