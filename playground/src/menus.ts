/** Menus: `details.tp-menu` that close as menus do, in a static lab as in a live one. */

const MENU = "details.tp-menu";

/** Close the menus in *element* on Escape, and when the reader presses or goes elsewhere. */
export function attendMenus(element: HTMLElement): void {
  // What closes under a pressed pointer moves what the reader is about to press.
  let pointing = false;
  element.addEventListener("pointerdown", () => {
    pointing = true;
  });
  element.addEventListener("keydown", ({ key, target }) => {
    pointing = false;
    if (key === "Escape" && target instanceof Element) closeMenu(target.closest<HTMLDetailsElement>(`${MENU}[open]`));
  });
  element.addEventListener("focusout", ({ target, relatedTarget }) => {
    if (!pointing && target instanceof Node && relatedTarget instanceof Node) closeOthers(element, relatedTarget, target);
  });
  document.addEventListener("click", ({ target }) => {
    if (target instanceof Node) closeOthers(element, target);
  });
}

/** Close *menu*; the focus stays where it can be seen. */
export function closeMenu(menu: HTMLDetailsElement | null): void {
  if (!menu?.open) return;
  const inside = menu.contains(document.activeElement);
  menu.open = false;
  if (inside) menu.querySelector("summary")?.focus();
}

/** Close every menu that *pressed* stands in, the outermost last. */
export function closeMenusOf(pressed: Element): void {
  for (let menu = pressed.closest<HTMLDetailsElement>(MENU); menu; ) {
    closeMenu(menu);
    menu = menu.parentElement?.closest<HTMLDetailsElement>(MENU) ?? null;
  }
}

/** Close the open menus in *element* that do not hold *place*, but did hold *left* if that is given. */
function closeOthers(element: HTMLElement, place: Node, left: Node | null = null): void {
  for (const menu of element.querySelectorAll<HTMLDetailsElement>(`${MENU}[open]`)) {
    if (!menu.contains(place) && (!left || menu.contains(left))) menu.open = false;
  }
}
