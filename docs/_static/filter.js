/* Filters of the evidence tables: which rows and columns are shown. Without it everything is. */

for (const form of document.querySelectorAll("form.tp-filter")) {
  const tables = [...form.parentElement.querySelectorAll(".tp-whole > table.tp-matrix")];
  const rows = tables.flatMap((table) => [...table.tBodies[0].rows]);
  const folded = form.parentElement.querySelector("details.tp-same");
  const told = form.querySelector("output");

  const fits = (cell, verdict, families) => {
    const found = cell.dataset.verdict;
    if (!families.has(cell.dataset.family)) return false;
    return verdict === "trouble" ? !["installs", "accepts", "not recorded"].includes(found) : found === verdict;
  };

  const show = () => {
    const asked = new FormData(form);
    const words = asked.get("words").toLowerCase().split(/\s+/).filter(Boolean);
    const verdict = asked.get("verdict");
    const families = new Set(asked.getAll("family"));
    for (const cell of tables.flatMap((table) => [...table.querySelectorAll("[data-family]")])) {
      cell.hidden = !families.has(cell.dataset.family);
    }
    let count = 0;
    for (const row of rows) {
      const text = row.cells[0].textContent.toLowerCase();
      row.hidden =
        !words.every((word) => text.includes(word)) ||
        (verdict !== "" && ![...row.cells].some((cell) => fits(cell, verdict, families)));
      if (!row.hidden) count += 1;
    }
    // Who looks for something looks for it in all cases.
    if (folded && (words.length > 0 || verdict !== "")) folded.open = true;
    told.textContent = `${count} of ${rows.length} cases`;
  };

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", show);
  form.hidden = false;
  show();
}

/* What is folded is printed. */
let closed = [];
addEventListener("beforeprint", () => {
  closed = [...document.querySelectorAll("details.tp-same:not([open])")];
  for (const each of closed) each.open = true;
});
addEventListener("afterprint", () => {
  for (const each of closed.splice(0)) each.open = false;
});
