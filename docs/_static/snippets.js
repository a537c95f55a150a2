/* Parts of templates: the tab that was chosen last, and the reader's own names.
 *
 * Both are kept in this tab's session storage.  Under "trigpoint-own" the composer keeps
 * {"distribution": "...", "author.toml": "...", ...}: what stands in the place of each name, and for
 * what is written otherwise in other files, one a kind of file.  Without this script a page shows
 * the names of the template.
 */

const OWN = "trigpoint-own";
const TAB = "trigpoint-template";

const kept = (key) => {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null; // A browser may keep nothing.
  }
};

const keep = (key, value) => {
  try {
    if (value === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, value);
  } catch {
    // Then it holds for this page only.
  }
};

const tabs = [...document.querySelectorAll(".tp-tabs > .tp-tab")];

const choose = (name) => {
  for (const tab of tabs) if (tab.dataset.tab.split(" ").includes(name)) tab.checked = true;
};

for (const tab of tabs) {
  tab.addEventListener("change", () => {
    const name = tab.dataset.tab.split(" ")[0];
    const top = tab.getBoundingClientRect().top;
    choose(name);
    tab.checked = true;
    keep(TAB, name);
    // What is above may have become longer; the pointed-at tab stays where it is.
    window.scrollBy({ top: tab.getBoundingClientRect().top - top, behavior: "instant" });
  });
}
const last = kept(TAB);
if (last !== null) choose(last);

const marked = [...document.querySelectorAll("[data-own]")];
for (const each of marked) each.dataset.default = each.textContent;

const read = () => {
  try {
    const own = JSON.parse(kept(OWN) ?? "null");
    return own !== null && typeof own === "object" ? own : null;
  } catch {
    return null;
  }
};

const fill = (own) => {
  for (const each of marked) {
    const value = own?.[each.dataset.own + (each.dataset.ownKind ?? "")];
    each.textContent = typeof value === "string" ? value : each.dataset.default;
    each.classList.toggle("tp-yours", typeof value === "string");
  }
};

const own = read();
if (own !== null && marked.length > 0) {
  fill(own);
  const bar = document.createElement("p");
  bar.className = "tp-names";
  const words = document.createElement("span");
  words.textContent = `Files on this page bear your names, such as ${own.distribution ?? "your project's"}.`;
  const reset = document.createElement("button");
  reset.type = "button";
  reset.textContent = "Show the template's";
  reset.addEventListener("click", () => {
    keep(OWN, null);
    fill(null);
    words.textContent = "Files on this page bear the template's names.";
    reset.remove();
  });
  words.setAttribute("role", "status");
  bar.append(words, reset);
  document.querySelector("article h1")?.after(bar);
}
