import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

const foreground = "var(--color-foreground-primary, CanvasText)";
const muted = "var(--color-foreground-secondary, GrayText)";
const background = "var(--tp-paper, var(--color-background-primary, Canvas))";
const border = "var(--color-background-border, GrayText)";
const accent = "var(--tp-accent, var(--color-brand-primary, Highlight))";

const underline = (color: string): Record<string, string> => ({
  backgroundImage: "none",
  padding: "0",
  textDecoration: `underline wavy ${color}`,
  textDecorationSkipInk: "none",
  textUnderlineOffset: "0.2em",
});

/** The page's own look, by its variables; the size of the letters and the height are those of *area*. */
export function theme(area: HTMLTextAreaElement): Extension {
  const { fontSize, lineHeight } = getComputedStyle(area);
  return EditorView.theme({
    "&": {
      color: foreground,
      backgroundColor: background,
      borderRadius: "inherit",
      fontSize,
      height: "var(--tp-text-height, auto)",
      // A long text scrolls in its own box: the result stays within reach.
      maxHeight: "var(--tp-text-most, min(60vh, 32rem))",
    },
    "&.cm-focused": { outline: `2px solid ${accent}`, outlineOffset: "1px" },
    ".cm-scroller": {
      overflow: "auto",
      fontFamily: "var(--font-stack--monospace, monospace)",
      lineHeight,
      minHeight: `var(--tp-text-least, ${area.clientHeight}px)`,
    },
    ".cm-content": { caretColor: foreground, padding: "0.5rem 0" },
    // A reader who writes a long marker without spaces still sees all of it at 320 px.
    // The static text has the same room, and breaks its lines at the same places.
    ".cm-line": { overflowWrap: "anywhere", padding: "0 var(--tp-text-end, 0.5rem) 0 0.5rem" },
    ".cm-cursor": { borderLeftColor: foreground },
    "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
      backgroundColor: `color-mix(in srgb, ${accent} 30%, transparent)`,
    },
    ".cm-gutters": { display: "var(--tp-gutters, flex) !important", color: muted, backgroundColor: "transparent", border: "none" },
    ".cm-gutter": { minWidth: "var(--tp-gutter, auto)" },
    ".cm-placeholder": { color: muted },
    ".cm-specialChar": { color: "var(--tp-error, #b3261e)" },
    ".tp-string": { color: `var(--tp-string, ${foreground})` },
    ".tp-word": { color: `var(--tp-word, ${accent})` },
    ".tp-operator": { color: `var(--tp-operator, ${muted})` },
    ".tp-lit": {
      backgroundColor: `var(--tp-lit, color-mix(in srgb, ${accent} 25%, transparent))`,
      borderRadius: "0.15rem",
    },
    ".cm-lintRange-error": underline("var(--tp-error, #b3261e)"),
    ".cm-lintRange-warning": underline("var(--tp-warning, #8a5a00)"),
    ".cm-lintRange-info": underline(`var(--tp-info, ${accent})`),
    ".cm-lintPoint-error:after": { borderBottomColor: "var(--tp-error, #b3261e)" },
    ".cm-lintPoint-warning:after": { borderBottomColor: "var(--tp-warning, #8a5a00)" },
    ".cm-lintPoint-info:after": { borderBottomColor: `var(--tp-info, ${accent})` },
    ".cm-tooltip": {
      color: foreground,
      backgroundColor: background,
      border: `1px solid ${border}`,
      borderRadius: "0.25rem",
      fontFamily: "var(--font-stack, sans-serif)",
      maxWidth: "min(36rem, 90vw)",
    },
    ".cm-diagnostic": { borderLeftWidth: "3px", whiteSpace: "normal" },
    ".cm-diagnosticAction": {
      color: background,
      backgroundColor: accent,
      borderRadius: "0.2rem",
    },
    ".cm-panels": { color: foreground, backgroundColor: background },
    ".cm-panel.cm-panel-lint ul [aria-selected]": {
      backgroundColor: `color-mix(in srgb, ${accent} 20%, transparent)`,
    },
  });
}
