/**
 * What a reader brought once for all labs, and what one lab hands to the next.
 *
 * Both are kept by the tab (`sessionStorage`): no other tab and no server sees
 * them, and they are gone when the tab is closed.  Python has made the requests;
 * here they are only carried.
 */

import { jsonOf } from "./dom.js";
import type { Request } from "./protocol.js";

/** What one lab makes of the project. */
export interface Share {
  readonly request: Request;
  /** What a reader sees then, as the end of a sentence. */
  readonly does: string;
  /** The field that takes the file as it came, or empty. */
  readonly file: string;
}

export interface Project {
  readonly name: string;
  /** The files that labs are filled from, in words. */
  readonly parts: string;
  readonly labs: Readonly<Record<string, Share>>;
  /** The tab has no room for that file. */
  readonly without?: boolean;
}

const KEPT = "trigpoint-project";
const FILE = "trigpoint-project-file";
const NAMED = "trigpoint-project-named";
const HANDED = "trigpoint-handed";

/** The project in the attribute of *element*. */
export function projectOf(element: Element): Project {
  return jsonOf(element, "data-project") as unknown as Project;
}

/** A file as the tab keeps it: its compressed bytes as text, and how many these are. */
export interface Packed {
  readonly name: string;
  readonly length: number;
  readonly units: string;
}

/**
 * Keep *project*, and the *file* that it came as, in the place of any other.
 *
 * Where the tab has no room for that file, or it was too large to be packed (`null`),
 * the rest is kept; false if there is no room for the rest either.
 */
export function keep(project: Project, file?: Packed | null): boolean {
  forget();
  if (file && write(FILE, file) && write(KEPT, project)) return true;
  remove(FILE);
  return write(KEPT, file === undefined ? project : { ...project, without: true });
}

/** Labs call the files of the project *name* from now on. */
export function nameFiles(name: string): void {
  write(NAMED, { name });
}

/** Whether labs call the files of the project *name*. */
export function isNamed(name: unknown): boolean {
  return name !== "" && read(NAMED)?.["name"] === name;
}

/** The file that is kept with the project, as it was packed. */
export function packedFile(): Packed | null {
  return read(FILE) as unknown as Packed | null;
}

export function kept(): Project | null {
  const project = read(KEPT) as Project | null;
  return project?.labs ? project : null;
}

export function forget(): void {
  remove(KEPT);
  remove(FILE);
  remove(NAMED);
  remove(HANDED);
}

/** Fields for a lab, and the name of the one that takes the file which the tab keeps, or empty. */
export interface Handed {
  readonly request: Request;
  readonly file: string;
}

/** Let the lab called *id* on the page that comes next begin with *request*, and with the kept file in *file*. */
export function hand(lab: string, id: string, request: Request, file: string): boolean {
  return write(HANDED, { lab, id, request, file });
}

/** Whether something is handed to the lab called *id*. */
export function isHanded(lab: string, id: string): boolean {
  const handed = read(HANDED);
  return handed?.["lab"] === lab && handed["id"] === id;
}

/** What is handed to the lab called *id*, once. */
export function take(lab: string, id: string): Handed | null {
  if (!isHanded(lab, id)) return null;
  const handed = read(HANDED) as unknown as Handed;
  remove(HANDED);
  return handed;
}

/** What the tab can fill of *project* in a lab; null if that is nothing. */
export function shareOf(project: Project, lab: string): Share | null {
  const share = project.labs[lab];
  return share && !lacks(project, lab) ? share : null;
}

/** Whether any lab takes the file that *project* came as. */
export function wantsFile(project: Project): boolean {
  return Object.values(project.labs).some((share) => share.file !== "");
}

/** Whether a lab wants the file of *project*, for which the tab has no room. */
export function lacks(project: Project, lab: string): boolean {
  return project.without === true && Boolean(project.labs[lab]?.file);
}

function write(key: string, value: object): boolean {
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    // Full, or forbidden.
    return false;
  }
}

function read(key: string): Record<string, unknown> | null {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "null") as Record<string, unknown> | null;
  } catch {
    return null;
  }
}

function remove(key: string): void {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // Forbidden: then nothing is kept.
  }
}
