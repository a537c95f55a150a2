/** The bar over a lab that says what is kept in the tab, and fills the lab with it. */

import { button, make } from "./dom.js";
import { type Project, forget, kept, lacks, shareOf } from "./project.js";

const BAR = "tp-project";

/** What a reader does in a lab that wants all of a project, where the tab has no room for that. */
export const LACKING = "This lab reads all of it, which is too large to be kept: drop it here.";

/** Show what is kept over *lab*, or nothing; *fill* is called when the reader wants it there. */
export function showProject(lab: HTMLElement, fill: () => void): void {
  const project = kept();
  if (!project) return;
  // One on a page: over its first lab, until something is dropped on another one.
  document.querySelector(`.${BAR}`)?.remove();
  lab.before(bar(project, lab.getAttribute("lab") ?? "", fill));
}

/** Forget what is kept in the tab, and say it no longer. */
export function forgetProject(): void {
  forget();
  document.querySelector(`.${BAR}`)?.remove();
}

function bar(project: Project, name: string, fill: () => void): HTMLElement {
  const share = shareOf(project, name);
  const how = project.without ? ", but for files that only the tab has no room for" : "";
  const said = make("span", "", make("strong", "", project.name), ` is kept in this tab until you close it${how}.`);
  said.title = project.parts;
  const made = make("div", BAR, said);
  made.setAttribute("role", "group");
  made.setAttribute("aria-label", "Your project");
  if (share) {
    const use = button("tp-button", "Use it here");
    use.dataset["fill"] = "";
    use.title = share.does;
    use.addEventListener("click", fill);
    made.append(use);
  } else if (lacks(project, name)) made.append(make("span", "tp-hint", LACKING));
  else if (name !== "open") made.append(make("span", "tp-hint", "Nothing in it is for this lab."));
  const drop = button("tp-button", "Forget it");
  drop.dataset["forget"] = "";
  drop.addEventListener("click", forgetProject);
  made.append(drop);
  return made;
}
