/** Grids: one stop for the Tab key, and arrow keys from cell to cell. */

const GRID = '[role="grid"]';
const CELL = "[data-cell]";

/** Leave one cell of each grid under *root* in the order of the Tab key. */
export function settleGrids(root: Element): void {
  for (const grid of root.querySelectorAll(GRID)) {
    const cells = [...grid.querySelectorAll<HTMLElement>(CELL)];
    const current =
      cells.find((cell) => cell === document.activeElement) ??
      cells.find((cell) => isSelected(cell)) ??
      cells.find((cell) => cell.tabIndex === 0 && cell.hasAttribute("tabindex")) ??
      cells[0];
    for (const cell of cells) cell.tabIndex = cell === current ? 0 : -1;
  }
}

/** Move as *event* asks; true if it was a key of a grid. */
export function moveInGrid(event: KeyboardEvent): boolean {
  const cell = event.target instanceof Element ? event.target.closest<HTMLElement>(CELL) : null;
  const grid = cell?.closest(GRID);
  if (!cell || !grid || event.altKey || event.metaKey) return false;
  const rows = [...grid.querySelectorAll('tr, [role="row"]')]
    .map((row) => [...row.querySelectorAll<HTMLElement>(CELL)])
    .filter((row) => row.length > 0);
  const y = rows.findIndex((row) => row.includes(cell));
  const x = rows[y]?.indexOf(cell) ?? 0;
  const target = destination(event, rows, x, y);
  if (target === null) return false;
  event.preventDefault();
  if (target) {
    cell.tabIndex = -1;
    target.tabIndex = 0;
    target.focus();
  }
  return true;
}

/** The cell to go to; undefined at the edge; null for another key. */
function destination(
  event: KeyboardEvent,
  rows: readonly (readonly HTMLElement[])[],
  x: number,
  y: number,
): HTMLElement | undefined | null {
  const row = rows[y] ?? [];
  switch (event.key) {
    case "ArrowLeft":
      return row[x - 1];
    case "ArrowRight":
      return row[x + 1];
    case "ArrowUp":
      return rows[y - 1]?.[x];
    case "ArrowDown":
      return rows[y + 1]?.[x];
    case "Home":
      return (event.ctrlKey ? rows[0] : row)?.[0];
    case "End":
      return (event.ctrlKey ? rows.at(-1) : row)?.at(-1);
    default:
      return null;
  }
}

function isSelected(cell: Element): boolean {
  const chosen = cell.closest('[aria-selected="true"], [aria-current="true"], [aria-pressed="true"]');
  return chosen !== null && chosen.closest(GRID) !== null;
}
