/** What the reader chooses or drops: it is read here and leaves the tab nowhere. */

import { type Given, LARGEST, gather, isFolder, isPart, nameOf } from "./gather.js";
import { zip } from "./zip.js";

/** A file as a request carries it: its bytes are in base64. */
export type Upload = { readonly name: string; readonly data: string };

/**
 * What a request holds of *given*, for a place *input*; words, if it cannot be used.
 *
 * One file goes as it is.  Several, and folders, go as one zip archive where the
 * place takes `multiple`.
 */
export async function upload(given: readonly Given[], input: HTMLInputElement): Promise<Upload | string> {
  const [file] = given;
  if (!file) return "There is no file in it.";
  if (given.length === 1 && !isFolder(file) && !isPart(file)) {
    if (file.size > LARGEST) return `${file.name} is larger than 64 MiB. Open the text in it instead.`;
    return encoded(file.name, file);
  }
  if (!input.multiple) {
    if (given.some(isFolder)) return "A folder does not fit into one text. Drop one file of it.";
    return "Several files do not fit into one text. Drop one of them.";
  }
  const name = nameOf(given);
  try {
    const found = await gather(given, leftOut(input));
    if (typeof found === "string") return found;
    if (found.length === 0) return "There is no file in it.";
    const members = await Promise.all(
      found.map(async ({ path, file }) => ({ path, data: new Uint8Array(await file.arrayBuffer()) })),
    );
    return await encoded(name, new Blob([zip(members)]));
  } catch {
    return unreadable(name.replace(/\.zip$/, ""));
  }
}

/** The names of folders that hold no file of a reader's own. */
function leftOut(input: HTMLInputElement): ReadonlySet<string> {
  return new Set((input.dataset["leaveOut"] ?? "").split(" ").filter((name) => name !== ""));
}

function unreadable(name: string): string {
  return `${name} could not be read. Choose it once more.`;
}

async function encoded(name: string, content: Blob): Promise<Upload | string> {
  try {
    return { name, data: await base64(content) };
  } catch {
    return unreadable(name);
  }
}

function base64(content: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(String(reader.result).split(",", 2)[1] ?? ""));
    reader.addEventListener("error", () => reject(reader.error));
    reader.readAsDataURL(content);
  });
}

/** Let the reader save *content*, bytes in base64, as a file called *name*; false: it is no base64. */
export function save(name: string, content: string): boolean {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  } catch {
    return false;
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
  link.download = name;
  link.click();
  // The browser has begun to read it by the next task.
  window.setTimeout(() => URL.revokeObjectURL(link.href), 0);
  return true;
}
