/** What a result has to say outside of itself: beside a control, and to the site's other pages. */

import { make } from "./dom.js";

/** What other pages of the site may be told; nothing else in the storage is a lab's. */
const OURS = "trigpoint-";

/** Say beside each control of *form* what the result, *content*, says of its answer. */
export function sayBeside(form: HTMLFormElement, content: ParentNode): void {
  const said = new Map<string, string>();
  for (const each of content.querySelectorAll<HTMLElement>("[data-at]")) {
    // Its button stays in the result.
    const words = [...each.childNodes].filter((node) => node instanceof Text).map((node) => node.textContent);
    said.set(each.dataset["at"] ?? "", words.join("").trim());
  }
  for (const control of form.querySelectorAll<HTMLElement>("[name]")) {
    const words = said.get(control.getAttribute("name") ?? "");
    const label = control.closest("label");
    const old = label?.querySelector(":scope > .tp-beside");
    if (words === undefined) {
      if (!old) continue;
      old.remove();
      control.removeAttribute("aria-invalid");
    } else if (label) {
      control.setAttribute("aria-invalid", "true");
      if (old) {
        if (old.textContent !== words) old.textContent = words;
      } else label.append(make("span", "tp-beside", words));
    }
  }
}

/** Keep in this tab what the result, *content*, has for the site's other pages; null forgets it. */
export function keepInTab(content: ParentNode): void {
  for (const each of content.querySelectorAll<HTMLElement>("[data-keep]")) {
    try {
      const kept: unknown = JSON.parse(each.dataset["keep"] ?? "{}");
      for (const [key, value] of Object.entries(kept ?? {})) {
        if (!key.startsWith(OURS)) continue;
        if (value === null) sessionStorage.removeItem(key);
        else sessionStorage.setItem(key, JSON.stringify(value));
      }
    } catch {
      // A browser may keep nothing.
    }
  }
}
