/** What the reader chooses or drops: it is read here and leaves the tab nowhere. */

import { type Given, LARGEST, gather, isFolder, isPart, nameOf } from "./gather.js";
import { zip } from "./zip.js";

/** A file as a request carries it: its bytes are in base64. */
export type Upload = { readonly name: string; readonly data: string };

/**
 * What a request holds of *given*; words, if it cannot be used.
 *
 * One file goes as it is.  Where a place takes *several*, they and folders go as
 * one zip archive, without the folders named in *leaveOut*, parted by blanks.
 */
export async function upload(given: readonly Given[], several: boolean, leaveOut: string): Promise<Upload | string> {
  if (given.length === 0) return "There is no file in it.";
  if (isSingle(given)) {
    const file = given[0];
    if (file.size > LARGEST) return `${file.name} is larger than 64 MiB. Open the text in it instead.`;
    return encoded(file.name, file);
  }
  if (!several) {
    if (given.some(isFolder)) return "A folder does not fit into one text. Drop one file of it.";
    return "Several files do not fit into one text. Drop one of them.";
  }
  const name = nameOf(given);
  try {
    const found = await gather(given, new Set(leaveOut.split(" ").filter((name) => name !== "")));
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

/** Whether *given* is one file, and no folder. */
export function isSingle(given: readonly Given[]): given is readonly [File] {
  const [file] = given;
  return given.length === 1 && file !== undefined && !isFolder(file) && !isPart(file);
}

function unreadable(name: string): string {
  return `${name} could not be read. Choose it once more.`;
}

/** *content* as a request carries it; words, if the browser cannot read it. */
export async function encoded(name: string, content: Blob): Promise<Upload | string> {
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

/** The bytes in *data*; throws if that is no base64. */
export function bytesOf(data: string): Uint8Array<ArrayBuffer> {
  const binary = atob(data);
  const bytes = new Uint8Array(binary.length);
  // Much quicker than to call a function for each of them.
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/** Let the reader save *content*, bytes in base64, as a file called *name*; false: it is no base64. */
export function save(name: string, content: string): boolean {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = bytesOf(content);
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
