/** A lab's place for files, and what is dropped: all of that is gone a moment after the drop. */

import type { Given } from "./gather.js";

/** The form's place for a file: its `name` is the request's field. */
export function fileInput(form: ParentNode): HTMLInputElement | null {
  return form.querySelector<HTMLInputElement>("input[type=file][name][data-file]");
}

/** Whether files, not a piece of text, are being dragged. */
export function holdsFiles(transfer: DataTransfer | null): transfer is DataTransfer {
  return transfer?.types.includes("Files") === true;
}

/** The files and folders in *transfer*. */
export function dropped(transfer: DataTransfer): Given[] {
  const given: Given[] = [];
  for (const item of transfer.items) {
    if (item.kind !== "file") continue;
    const entry = item.webkitGetAsEntry();
    const file = item.getAsFile();
    if (entry?.isDirectory) given.push(entry as FileSystemDirectoryEntry);
    else if (file) given.push(file);
  }
  return given;
}
