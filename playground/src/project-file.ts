/**
 * The file or folder that a project came as, for the labs that want all of it.
 *
 * A browser gives a tab room for some millions of letters.  The file is therefore
 * compressed and written without base64, so that ten megabytes fit, and several times
 * as much of sources.
 */

import { type Upload, bytesOf, encoded } from "./file.js";
import { LARGEST } from "./gather.js";
import { fromUnits, through, toUnits } from "./packed.js";
import { type Packed, packedFile } from "./project.js";

/** No browser has room for more compressed bytes in a tab. */
const MOST = 12 * 1024 * 1024;

/** What was packed last, ready to be kept. */
let prepared: { readonly file: Upload; readonly packed: Packed } | null = null;

/**
 * Make *file* ready to be kept together with the answer about it.
 *
 * That takes a moment, and keeping it must take none: whoever follows a link to the next
 * lab as soon as there is one finds everything there.
 */
export async function prepare(file: Upload): Promise<void> {
  prepared = null;
  try {
    const stream = new Blob([bytesOf(file.data)]).stream();
    const bytes = await through(stream, new CompressionStream("gzip"), MOST);
    prepared = { file, packed: { name: file.name, length: bytes.length, units: toUnits(bytes) } };
  } catch {
    // Larger than that.
  }
}

/** What {@link prepare} has made of *file*, once; null if that was too large. */
export function packed(file: unknown): Packed | null {
  const made = prepared !== null && prepared.file === file ? prepared.packed : null;
  prepared = null;
  return made;
}

/** The file that is kept with the project, if there is one. */
export async function keptFile(): Promise<Upload | null> {
  const file = packedFile();
  if (!file) return null;
  try {
    const stream = new Blob([fromUnits(file.units, file.length)]).stream();
    // An archive of the largest folder is a little larger than what is in it.
    const bytes = await through(stream, new DecompressionStream("gzip"), 2 * LARGEST);
    const read = await encoded(file.name, new Blob([bytes]));
    return typeof read === "string" ? null : read;
  } catch {
    // Something else has written there.
    return null;
  }
}
