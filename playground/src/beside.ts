/** What a result has to say outside of itself: beside a control, and to the site's other pages. */

import { jsonOf, make } from "./dom.js";

/** What other pages of the site may be told; nothing else in the storage is a lab's. */
const OURS = "trigpoint-";

/** Say beside each control of *form* what the result, *content*, says of its answer. */
export function sayBeside(form: HTMLFormElement, content: ParentNode): void {
  const said = new Map<string, HTMLElement>();
  for (const each of content.querySelectorAll<HTMLElement>("[data-at]")) {
    const words = make("span", "tp-beside");
    // The first child names the control, which is there already.
    words.append(...[...each.childNodes].slice(1).map((node) => node.cloneNode(true)));
    said.set(each.dataset["at"] ?? "", words);
  }
  for (const control of form.querySelectorAll<HTMLElement>("[name]")) {
    const label = control.closest("label");
    const words = said.get(control.getAttribute("name") ?? "");
    const old = label?.querySelector(":scope > .tp-beside");
    if (old?.isEqualNode(words ?? null)) continue;
    old?.remove();
    if (words && label) label.append(words);
    if (words) control.setAttribute("aria-invalid", "true");
    else if (old) control.removeAttribute("aria-invalid");
  }
}

/**
 * Keep in this tab what the result, *content*, has for the site's other pages.
 *
 * Null forgets it.  An empty object forgets what is in *kept*, which this lab has kept, and leaves
 * alone what an earlier visit has.
 */
export function keepInTab(content: ParentNode, kept: Set<string>): void {
  for (const each of content.querySelectorAll<HTMLElement>("[data-keep]")) {
    for (const [key, value] of Object.entries(jsonOf(each, "data-keep"))) {
      if (!key.startsWith(OURS)) continue;
      const empty = typeof value === "object" && Object.keys(value ?? {}).length === 0;
      try {
        if (!empty) {
          sessionStorage.setItem(key, JSON.stringify(value));
          kept.add(key);
        } else if (value === null || kept.has(key)) sessionStorage.removeItem(key);
      } catch {
        // A browser may keep nothing.
      }
    }
  }
}
