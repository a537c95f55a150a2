/**
 * Tables wider than their place: `.tp-scroll` scrolls, says on which side there is more, and
 * shows what is chosen.
 */

const SCROLL = ".tp-scroll";
const CHOSEN = '[aria-selected="true"]';

/** So many pixels at an edge fade where there is more. */
const FADE = 40;

/** Which cell was chosen when a box was shown last: a reader's own scrolling is left alone. */
const shown = new WeakMap<HTMLElement, string>();
const attended = new WeakSet<HTMLElement>();

/** Mark the boxes under *root* that hold more than they show, and scroll to what was chosen. */
export function settleOverflow(root: Element): void {
  for (const box of root.querySelectorAll<HTMLElement>(SCROLL)) {
    if (!attended.has(box)) {
      attended.add(box);
      box.addEventListener("scroll", () => mark(box), { passive: true });
      new ResizeObserver(() => settle(box)).observe(box);
    }
    settle(box);
  }
}

function settle(box: HTMLElement): void {
  const cell = box.querySelector<HTMLElement>(CHOSEN);
  const name = cell?.textContent + (cell?.querySelector("[aria-label]")?.getAttribute("aria-label") ?? "") + String(box.clientWidth);
  if (cell && box.scrollWidth > box.clientWidth && shown.get(box) !== name) reveal(box, cell);
  shown.set(box, name);
  mark(box);
}

/** Scroll *box* sideways until *cell* is between the column that stays and the other edge. */
function reveal(box: HTMLElement, cell: HTMLElement): void {
  const column = cell.closest("tr")?.querySelector('th[scope="row"]');
  const outer = box.getBoundingClientRect();
  const inner = cell.getBoundingClientRect();
  const start = column?.getBoundingClientRect().right ?? outer.left;
  if (inner.right > outer.right - FADE) box.scrollLeft += inner.right - outer.right + FADE;
  else if (inner.left < start) box.scrollLeft -= start - inner.left + inner.width / 2;
}

/** Say in `data-more` whether there is more at the start, at the end, or both. */
function mark(box: HTMLElement): void {
  const left = Math.round(box.scrollWidth - box.clientWidth - box.scrollLeft);
  const more = [box.scrollLeft > 1 ? "start" : "", left > 1 ? "end" : ""].filter((side) => side !== "");
  if (more.length > 0) box.dataset["more"] = more.join(" ");
  else delete box.dataset["more"];
}
