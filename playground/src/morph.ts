/**
 * Change what *live* holds into what *next* holds, and keep every node that stays the same.
 *
 * Focus, selection, scroll positions and open details belong to nodes: nodes
 * that stay keep them, so a result may change under a reader's hands.
 */
export function morph(live: Element, next: ParentNode): void {
  let place = live.firstChild;
  for (const wanted of [...next.childNodes]) {
    const kept = firstAlike(place, wanted);
    if (!kept) {
      live.insertBefore(wanted, place);
      continue;
    }
    while (place && place !== kept) place = remove(place);
    update(kept, wanted);
    place = kept.nextSibling;
  }
  while (place) place = remove(place);
}

/** The first node from *place* on that may become *wanted*. */
function firstAlike(place: ChildNode | null, wanted: Node): ChildNode | null {
  for (let node = place; node; node = node.nextSibling) {
    if (alike(node, wanted)) return node;
  }
  return null;
}

/** Whether two nodes play the same part: the first class of an element says which one. */
function alike(one: Node, other: Node): boolean {
  if (one.nodeName !== other.nodeName) return false;
  if (!(one instanceof Element && other instanceof Element)) return true;
  return one.id === other.id && part(one) === part(other);
}

function part(element: Element): string {
  return element.getAttribute("class")?.trim().split(/\s+/)[0] ?? "";
}

function update(live: Node, next: Node): void {
  if (live instanceof Element && next instanceof Element) {
    updateAttributes(live, next);
    morph(live, next);
  } else if (live.nodeValue !== next.nodeValue) {
    live.nodeValue = next.nodeValue;
  }
}

function updateAttributes(live: Element, next: Element): void {
  for (const { name, value } of [...next.attributes]) {
    if (!isReaders(live, name) && live.getAttribute(name) !== value) live.setAttribute(name, value);
  }
  for (const { name } of [...live.attributes]) {
    if (!isReaders(live, name) && !next.hasAttribute(name)) live.removeAttribute(name);
  }
}

/** Whether the reader, not the result, decides about an attribute. */
function isReaders(element: Element, attribute: string): boolean {
  return (
    (attribute === "open" && element.nodeName === "DETAILS") ||
    attribute === "data-more" ||
    (attribute === "tabindex" && element.hasAttribute("data-cell"))
  );
}

function remove(node: ChildNode): ChildNode | null {
  const next = node.nextSibling;
  node.remove();
  return next;
}
