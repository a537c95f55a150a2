/**
 * What every page loads of the search; the rest comes when a reader goes to a search box.
 *
 * The form leads to the search page, also without this script.
 */

import type * as Box from "./search-box.js";

const ROOT = new URL("../../", import.meta.url);
const CODE = new URL(`search-box.js?v=${__SEARCH_BOX__}`, import.meta.url);
const address = document.querySelector<HTMLScriptElement>("script[data-search-index]")?.dataset["searchIndex"];

if (address !== undefined) begin(new URL(address, ROOT));

function begin(index: URL): void {
  const load = (): Promise<typeof Box> => import(CODE.href) as Promise<typeof Box>;
  for (const form of document.querySelectorAll<HTMLFormElement>(".sidebar-search-container")) {
    const attach = (): void => {
      form.removeEventListener("focusin", attach);
      // Enter leads to the search page, whatever becomes of this.
      load().then(({ attachBox }) => attachBox(form, index, ROOT), () => form.addEventListener("focusin", attach));
    };
    if (form.contains(document.activeElement)) attach();
    else form.addEventListener("focusin", attach);
  }
  const page = document.getElementById("tp-search");
  if (page) load().then(({ attachPage }) => attachPage(page, index, ROOT), () => undefined);
  if ("serviceWorker" in navigator) void keepForOffline(index);
}

/** Let the service worker keep the search, too, on the day that it keeps the site. */
async function keepForOffline(index: URL): Promise<void> {
  const { active } = await navigator.serviceWorker.ready;
  active?.postMessage({ kind: "keep", urls: [index.href, CODE.href, new URL("search.html", ROOT).href] });
}
