/**
 * Links from one lab to another.
 *
 * A result says which lab and what request; where the labs are, the page says
 * in `data-labs`, and where the documentation is in `data-pages`.
 */

import { jsonOf } from "./dom.js";
import * as permalink from "./permalink.js";
import { hand } from "./project.js";
import type { Request } from "./protocol.js";

interface Target {
  readonly lab: string;
  readonly request: Request;
  /** It goes by way of the tab, not in the address. */
  readonly kept?: boolean;
  /** The field that takes the file which the tab keeps. */
  readonly file?: string;
}

function targetOf(link: Element): Target {
  return { lab: "", request: {}, ...jsonOf(link, "data-open") };
}

/** The page and the id of a lab, if this page says where it is. */
function placeOf(element: HTMLElement, lab: string): readonly [string, string] | null {
  const place = jsonOf(element, "data-labs")[lab];
  if (typeof place !== "string") return null;
  const [page = "", id = ""] = place.split("#");
  return [page, id];
}

/** Give the links in *root* their addresses, as far as the lab *element* knows them. */
export function settleLinks(root: ParentNode, element: HTMLElement): void {
  for (const link of root.querySelectorAll<HTMLAnchorElement>("a[data-open]")) {
    const { lab, request, kept } = targetOf(link);
    const place = placeOf(element, lab);
    if (!place) continue;
    const [page, id] = place;
    link.href = `${page}#${id}`;
    if (kept) continue;
    const fragment = permalink.readable(id, {}, request);
    if (fragment !== null) link.href = `${page}#${fragment}`;
    else {
      const before = link.dataset["open"];
      void permalink.encode(id, {}, request).then((packed) => {
        if (link.dataset["open"] !== before) return;
        if (packed !== null) link.href = `${page}#${packed}`;
        // What no link can hold goes by way of the tab.
        else link.dataset["open"] = JSON.stringify({ ...targetOf(link), kept: true });
      });
    }
  }
  const pages = element.dataset["pages"];
  if (!pages) return;
  for (const link of root.querySelectorAll<HTMLAnchorElement>("a[data-page]")) {
    const [page = "", anchor] = (link.dataset["page"] ?? "").split("#");
    link.href = pages.replace("{}", page) + (anchor === undefined ? "" : `#${anchor}`);
  }
}

/** Let the tab carry what *link* hands to the next lab, before the browser follows it. */
export function handOver(link: Element, element: HTMLElement): void {
  const { lab, request, kept, file } = targetOf(link);
  const place = placeOf(element, lab);
  if (kept && place) hand(lab, place[1], request, file ?? "");
}
