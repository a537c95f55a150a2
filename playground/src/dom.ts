/** Small helpers to build what the element adds to the page. */

/** A new element with a class, and words or nodes in it. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  ...content: (string | Node)[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  element.className = className;
  element.append(...content);
  return element;
}

/** A button that submits nothing. */
export function button(className: string, label: string): HTMLButtonElement {
  const element = make("button", className, label);
  element.type = "button";
  return element;
}

/** An element whose words are for screen readers alone. */
export function spoken(): HTMLElement {
  const element = make("div", "tp-announce");
  element.setAttribute("role", "status");
  element.setAttribute("aria-live", "polite");
  Object.assign(element.style, {
    position: "absolute",
    width: "1px",
    height: "1px",
    overflow: "hidden",
    clipPath: "inset(50%)",
    whiteSpace: "nowrap",
  });
  return element;
}

/** The JSON of an attribute, if it is an object. */
export function jsonOf(element: Element, attribute: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(element.getAttribute(attribute) ?? "{}");
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {};
  }
}
