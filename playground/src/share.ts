/** The share menu: the link, and the same question in other forms. */

import { button, make } from "./dom.js";

const LABELS = {
  link: "Copy link",
  command: "Copy as command",
  python: "Copy as Python",
  embed: "Embed in your docs",
} as const;

export type Form = keyof typeof LABELS;

/** How long a button says that it has copied. */
const SAID = 2000;

/** A menu with a button for each form. */
export function shareMenu(): HTMLDetailsElement {
  const menu = make("details", "tp-menu tp-share", make("summary", "", "Share"));
  const list = make("div", "tp-menu-body");
  for (const [form, label] of Object.entries(LABELS)) {
    const item = button("", label);
    item.dataset["copy"] = form;
    list.append(item);
  }
  menu.append(list);
  return menu;
}

/** The form that a button copies. */
export function formOf(pressed: HTMLElement): Form | null {
  const form = pressed.dataset["copy"] ?? "";
  return form in LABELS ? (form as Form) : null;
}

/** Copy *text*; if the browser refuses, show it selected next to the button. */
export async function copy(text: string, pressed: HTMLElement): Promise<boolean> {
  const copied = (await toClipboard(text)) || byCommand(text, pressed);
  pressed.parentElement?.querySelector(".tp-copied")?.remove();
  if (copied) {
    // In the button, so that the menu does not grow.
    const said = make("span", "tp-copied", "\u2002Copied");
    pressed.append(said);
    window.setTimeout(() => said.remove(), SAID);
  } else {
    const field = make("input", "tp-copied");
    field.readOnly = true;
    field.value = text;
    field.setAttribute("aria-label", "Press Ctrl+C to copy");
    pressed.after(field);
    field.select();
  }
  return copied;
}

async function toClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** The old way, which also works on a site without HTTPS. */
function byCommand(text: string, pressed: HTMLElement): boolean {
  const area = make("textarea", "");
  area.value = text;
  area.style.position = "fixed";
  area.style.opacity = "0";
  pressed.after(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  pressed.focus();
  return copied;
}
