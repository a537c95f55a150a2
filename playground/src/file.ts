/** A file that the reader chooses or drops: it is read here and leaves the tab nowhere. */

/** More than this, in base64 and once more in Python, would fill the memory of a small device. */
const LARGEST = 64 * 1024 * 1024;

/** The form's place for a file: its `name` is the request's field. */
export function fileInput(form: ParentNode): HTMLInputElement | null {
  return form.querySelector<HTMLInputElement>("input[type=file][name][data-file]");
}

/** Whether files, not a piece of text, are being dragged. */
export function holdsFiles(transfer: DataTransfer | null): transfer is DataTransfer {
  return transfer?.types.includes("Files") === true;
}

/** A file as a request carries it: its bytes are in base64. */
export type Upload = { readonly name: string; readonly data: string };

/** What a request holds of *file*; words, if it cannot be used. */
export async function upload(file: File): Promise<Upload | string> {
  if (file.size > LARGEST) return `${file.name} is larger than 64 MiB. Open the text in it instead.`;
  try {
    return { name: file.name, data: await base64(file) };
  } catch {
    return `${file.name} could not be read. Choose it once more; a folder is no file.`;
  }
}

function base64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(String(reader.result).split(",", 2)[1] ?? ""));
    reader.addEventListener("error", () => reject(reader.error));
    reader.readAsDataURL(file);
  });
}
