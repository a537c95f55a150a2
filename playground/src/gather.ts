/** Which files are in what a reader chooses or drops: single ones, several, or whole folders. */

/** What a drop gives: a file, or a folder to be asked for what is in it. */
export type Given = File | FileSystemDirectoryEntry;

/** A file and where it lies: parts joined by `/`, a chosen folder's own name first. */
export interface Found {
  readonly path: string;
  readonly file: File;
}

/** More files than this are no project to look at, but somebody's whole disk. */
export const MOST_FILES = 5_000;

/** More than this, in base64 and once more in Python, would fill the memory of a small device. */
export const LARGEST = 64 * 1024 * 1024;

/** A folder that lies deeper is not looked into. */
export const DEEPEST = 64;

/** What tells a virtual environment, whatever it is called. */
const ENVIRONMENT = "pyvenv.cfg";

/** Whether *one* is a folder, not a file. */
export function isFolder(one: Given): one is FileSystemDirectoryEntry {
  return !(one instanceof File);
}

/** Whether *file* was chosen as one of a folder. */
export function isPart(file: File): boolean {
  // Node's own files, in tests, have no such property.
  return Boolean(file.webkitRelativePath);
}

/**
 * The files in *given*, without those in folders called as one of *leaveOut* and in virtual environments.
 *
 * The folders that the reader chose are looked into whatever they are called.
 * Words, if that is too much.
 */
export async function gather(given: readonly Given[], leaveOut: ReadonlySet<string>): Promise<readonly Found[] | string> {
  const files = given.filter((one) => one instanceof File);
  const environments = new Set(
    files
      .map(({ webkitRelativePath }) => parts(webkitRelativePath ?? ""))
      .filter((path) => path.length > 2 && path.at(-1) === ENVIRONMENT)
      .map((path) => path.slice(0, -1).join("/")),
  );
  const found: Found[] = [];
  let size = 0;
  const add = (path: string, file: File): string => {
    found.push({ path, file });
    size += file.size;
    if (found.length > MOST_FILES) return tooMuch(`more than ${MOST_FILES.toLocaleString("en")} files`, leaveOut);
    return size > LARGEST ? tooMuch(`more than ${LARGEST / 1024 / 1024} MiB`, leaveOut) : "";
  };
  for (const file of files) {
    const path = parts(file.webkitRelativePath || file.name);
    const folders = path.slice(1, -1);
    if (folders.some((name, i) => leaveOut.has(name) || environments.has(path.slice(0, i + 2).join("/")))) continue;
    const words = add(path.join("/"), file);
    if (words) return words;
  }
  // A stack, not a recursion: a folder may be as deep as somebody likes.
  const stack = given.filter(isFolder).map((folder) => ({ folder, path: folder.name, depth: 1 }));
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { folder, path, depth } = next;
    const entries = await listed(folder);
    if (depth > 1 && entries.some(({ isFile, name }) => isFile && name === ENVIRONMENT)) continue;
    for (const entry of entries) {
      const below = `${path}/${entry.name}`;
      if (!entry.isDirectory) {
        const words = add(below, await fileOf(entry as FileSystemFileEntry));
        if (words) return words;
      } else if (!leaveOut.has(entry.name) && depth < DEEPEST) {
        stack.push({ folder: entry as FileSystemDirectoryEntry, path: below, depth: depth + 1 });
      }
    }
  }
  return found;
}

/** What an archive of *given* is called: as the one folder, or plainly. */
export function nameOf(given: readonly Given[]): string {
  const tops = new Set(given.map((one) => (isFolder(one) ? one.name : (parts(one.webkitRelativePath ?? "")[0] ?? ""))));
  const [top] = tops;
  return `${(tops.size === 1 && top) || "files"}.zip`;
}

function tooMuch(what: string, leaveOut: ReadonlySet<string>): string {
  const without = leaveOut.size > 0 ? `, without ${[...leaveOut].sort().slice(0, 3).join(", ")} and the like` : "";
  return `These are ${what}${without}. Choose the folder of one project, or the files that matter, such as pyproject.toml.`;
}

function parts(path: string): string[] {
  return path.split("/").filter((part) => part !== "");
}

/** All entries of *folder*; a browser gives them in batches, and an empty one is the last. */
async function listed(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) return all;
    all.push(...batch);
    // What is over the bound is counted by nobody.
    if (all.length > 2 * MOST_FILES) return all;
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}
