/**
 * The editor: CodeMirror in a shadow root, where its style sheets are constructed
 * ones, which a content security policy without inline styles lets pass.
 *
 * Offsets on this file's outside are code points, as Python counts.
 */

import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { type Action, type Diagnostic, forEachDiagnostic, lintKeymap, nextDiagnostic, setDiagnostics } from "@codemirror/lint";
import { EditorState, type Extension, StateEffect, StateField } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  EditorView,
  MatchDecorator,
  ViewPlugin,
  type ViewUpdate,
  drawSelection,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  placeholder,
} from "@codemirror/view";
import type { Finding, Span } from "./protocol.js";
import { CodePoints } from "./text.js";
import { theme } from "./theme.js";

export interface EditorEvents {
  /** The text is another one. */
  changed(text: string): void;
  /** The caret or the pointer is at this offset, or has left the text. */
  pointed(offset: number | null): void;
}

const light = StateEffect.define<readonly { from: number; to: number }[]>();

const lit = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let next = marks.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(light)) continue;
      const ranges = effect.value.filter(({ from, to }) => from < to).sort((a, b) => a.from - b.from || a.to - b.to);
      next = Decoration.set(ranges.map(({ from, to }) => Decoration.mark({ class: "tp-lit" }).range(from, to)));
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

export class Editor {
  readonly #view: EditorView;
  readonly #box: HTMLElement;
  #points: CodePoints | null = null;

  /** Put an editor in the place of *area*, with its text, caret and focus. */
  constructor(area: HTMLTextAreaElement, events: EditorEvents) {
    const focused = document.activeElement === area;
    const { selectionStart, selectionEnd, value } = area;
    this.#box = document.createElement("div");
    this.#box.className = "tp-editor";
    const root = this.#box.attachShadow({ mode: "open" });
    const state = EditorState.create({
      doc: value,
      extensions: [
        history(),
        drawSelection(),
        highlightSpecialChars(),
        lineNumbers(),
        EditorView.lineWrapping,
        EditorState.allowMultipleSelections.of(false),
        placeholder(area.placeholder),
        highlighting(area.dataset["words"] ?? ""),
        lit,
        keymap.of([
          { key: "Mod-.", run: (view) => applyFix(view) || nextDiagnostic(view) },
          ...lintKeymap,
          ...historyKeymap,
          ...defaultKeymap,
        ]),
        EditorView.contentAttributes.of({
          "aria-label": labelOf(area),
          // In the order of the Tab key anyway; this tells it to whoever looks for an attribute.
          tabindex: "0",
          spellcheck: "false",
          autocapitalize: "off",
          autocorrect: "off",
        }),
        theme(area),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) {
            this.#points = null;
            events.changed(this.text);
          }
          if ((update.selectionSet || update.focusChanged) && !update.docChanged) {
            events.pointed(update.view.hasFocus ? this.#toCodePoint(update.state.selection.main.head) : null);
          }
        }),
        EditorView.domEventHandlers({
          mousemove: (event, view) => {
            const offset = view.posAtCoords({ x: event.clientX, y: event.clientY });
            events.pointed(offset === null ? null : this.#toCodePoint(offset));
          },
          mouseleave: () => events.pointed(null),
        }),
      ],
    });
    this.#view = new EditorView({ state, root, parent: root });
    // Not inside the label: a click on it would go to the area.
    (area.closest("label") ?? area).after(this.#box);
    // The attribute `hidden` loses against any `display` of a style sheet.
    area.style.display = "none";
    if (focused) {
      const length = state.doc.length;
      this.#view.dispatch({
        selection: { anchor: Math.min(selectionStart, length), head: Math.min(selectionEnd, length) },
      });
      this.focus();
    }
    // A click on the label goes to the hidden area.
    for (const label of area.labels ?? []) label.addEventListener("click", () => this.focus());
  }

  get element(): HTMLElement {
    return this.#box;
  }

  get text(): string {
    return this.#view.state.doc.toString();
  }

  focus(): void {
    this.#view.focus();
  }

  /** Put *text* in the place of all text; the reader can undo that. */
  setText(text: string): void {
    const { state } = this.#view;
    const doc = state.toText(text);
    if (!doc.eq(state.doc)) this.#view.dispatch({ changes: { from: 0, to: state.doc.length, insert: doc } });
  }

  /** Put *replacement* in the place of *span* and the caret after it. */
  replace(span: Span, replacement: string): void {
    const { from, to } = this.#range(span);
    this.#view.dispatch({ changes: { from, to, insert: replacement }, selection: { anchor: from + replacement.length } });
    this.focus();
  }

  /** Put the caret where *span* starts, and show that place. */
  select(span: Span): void {
    const { from, to } = this.#range(span);
    this.#view.dispatch({ selection: { anchor: from, head: to }, scrollIntoView: true });
    this.focus();
  }

  /** Underline what *findings* are about. */
  show(findings: readonly Finding[]): void {
    const diagnostics = findings.flatMap(({ severity, message, span, fix }): Diagnostic[] =>
      span
        ? [{ ...this.#range(span), severity, message, actions: this.#actions(fix) }]
        : [],
    );
    this.#view.dispatch(setDiagnostics(this.#view.state, diagnostics));
  }

  /** Light up *spans*, and nothing else. */
  light(spans: readonly Span[]): void {
    if (spans.length === 0 && this.#view.state.field(lit).size === 0) return;
    this.#view.dispatch({ effects: light.of(spans.map((span) => this.#range(span))) });
  }

  #actions(fix: Finding["fix"]): Action[] {
    const { replacement, span } = fix ?? {};
    if (!fix || !span || replacement === null || replacement === undefined) return [];
    return [{ name: fix.message, apply: () => this.replace(span, replacement) }];
  }

  #range({ start, end }: Span): { from: number; to: number } {
    const points = this.#codePoints();
    const from = points.toUtf16(start);
    return { from, to: Math.max(from, points.toUtf16(end)) };
  }

  #toCodePoint(offset: number): number {
    return this.#codePoints().toCodePoint(offset);
  }

  #codePoints(): CodePoints {
    this.#points ??= new CodePoints(this.text);
    return this.#points;
  }
}

/** Carry out the fix of the finding at the caret. */
function applyFix(view: EditorView): boolean {
  const { head } = view.state.selection.main;
  let apply: (() => void) | null = null;
  forEachDiagnostic(view.state, (diagnostic, from, to) => {
    const [action] = diagnostic.actions ?? [];
    if (action && from <= head && head <= to) apply ??= () => action.apply(view, from, to);
  });
  (apply as (() => void) | null)?.();
  return apply !== null;
}

/** Strings, operators and the lab's *words*; one that ends with a colon is a field, named where a line starts. */
function highlighting(words: string): Extension {
  const known = words.split(/\s+/).filter((word) => /^[\w.-]+:?$/.test(word));
  const places = known.map((one) => {
    const name = one.replace(/:$/, "").replaceAll(".", "\\.");
    return one.endsWith(":") ? `^${name}(?=\\s*:)` : `(?<![\\w.-])${name}(?![\\w.-])`;
  });
  const word = places.length > 0 ? `|(${places.join("|")})` : "";
  const marks = ["tp-string", "tp-operator", "tp-word"].map((name) => Decoration.mark({ class: name }));
  const decorator = new MatchDecorator({
    regexp: new RegExp(`("[^"\\n]*"|'[^'\\n]*')|([=!~<>]=?=?)${word}`, "g"),
    decorate: (add, from, to, match) => {
      const mark = marks[match.slice(1).findIndex((group) => group !== undefined)];
      if (mark) add(from, to, mark);
    },
  });
  return ViewPlugin.define(
    (view) => ({
      marks: decorator.createDeco(view),
      update(update: ViewUpdate) {
        this.marks = decorator.updateDeco(update, this.marks);
      },
    }),
    { decorations: (plugin) => plugin.marks },
  );
}

function labelOf(area: HTMLTextAreaElement): string {
  const label = area.labels?.[0]?.cloneNode(true) as HTMLElement | undefined;
  for (const control of label?.querySelectorAll("textarea") ?? []) control.remove();
  const words = area.getAttribute("aria-label") ?? label?.textContent ?? "";
  return words.trim().replace(/\s+/g, " ") || "Text";
}
