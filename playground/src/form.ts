/** A lab's form: ordinary controls whose names are the fields of the request. */

import type { Request, Value } from "./protocol.js";

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** Whether *target* is a control that holds a field; a file is none, nobody but the reader may choose it. */
export function isControl(target: EventTarget | null): target is Control {
  return (
    (target instanceof HTMLInputElement ||
      target instanceof HTMLSelectElement ||
      target instanceof HTMLTextAreaElement) &&
    target.name !== "" &&
    target.type !== "file"
  );
}

/** Whether a change of *control* is a choice, not one more letter of a text. */
export function isChoice(control: Control): boolean {
  return (
    control instanceof HTMLSelectElement ||
    (control instanceof HTMLInputElement && ["checkbox", "radio"].includes(control.type))
  );
}

/** Every field of the form. */
export function readForm(form: HTMLFormElement): Request {
  const names = new Set(controls(form).map((control) => control.name));
  return Object.fromEntries([...names].map((name) => [name, readField(form, name)]));
}

/** The fields of *form* that are not as the page has them. */
export function changedFields(form: HTMLFormElement): Request {
  const page = form.cloneNode(true) as HTMLFormElement;
  page.reset();
  return Object.fromEntries(
    Object.entries(readForm(form)).filter(([name, value]) => !same(value, readField(page, name))),
  );
}

/** The field called *name*. */
export function readField(form: HTMLFormElement, name: string): Value {
  const group = controls(form).filter((control) => control.name === name);
  const boxes = group.filter((control) => control instanceof HTMLInputElement && control.type === "checkbox");
  if (boxes.length > 0) {
    const checked = (boxes as HTMLInputElement[]).filter((box) => box.checked);
    const [only] = boxes as HTMLInputElement[];
    if (boxes.length === 1 && !only?.hasAttribute("value")) return checked.length === 1;
    return checked.map((box) => box.value);
  }
  const control =
    group.find((one) => one instanceof HTMLInputElement && one.type === "radio" && one.checked) ?? group.at(-1);
  if (!control || (control instanceof HTMLInputElement && control.type === "radio" && !control.checked)) return "";
  return parse(control.value, control.dataset["type"]);
}

/** Put *value* into the field called *name*, as far as its control can show it. */
export function writeField(form: HTMLFormElement, name: string, value: Value): void {
  for (const control of controls(form)) {
    if (control.name !== name) continue;
    if (control instanceof HTMLInputElement && control.type === "checkbox") {
      control.checked = Array.isArray(value) ? value.includes(control.value) : value === true;
    } else if (control instanceof HTMLInputElement && control.type === "radio") {
      control.checked = control.value === value;
    } else if (!same(parse(control.value, control.dataset["type"]), value)) {
      // Compared first: "gui, dev" means the list that is written "gui, dev" again, and writing moves the caret.
      control.value = write(value);
    }
  }
}

/** What *control* says when nothing stands in it. */
export function nothingIn(control: HTMLInputElement | HTMLTextAreaElement): Value {
  return parse("", control.dataset["type"]);
}

function parse(text: string, type: string | undefined): Value {
  switch (type) {
    case "list":
      return text
        .split(",")
        .map((item) => item.trim())
        .filter((item) => item !== "");
    case "number": {
      const number = Number(text);
      return text.trim() === "" || Number.isNaN(number) ? null : number;
    }
    case "boolean":
      return text === "true";
    default:
      return text;
  }
}

function write(value: Value): string {
  if (Array.isArray(value)) return value.map((item) => write(item as Value)).join(", ");
  if (value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function same(one: Value, other: Value): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function controls(form: HTMLFormElement): Control[] {
  return [...form.elements].filter(isControl);
}
