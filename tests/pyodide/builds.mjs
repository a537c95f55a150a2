// Build projects inside Pyodide, in node, as the page does.
//
// node builds.mjs PYODIDE_FOLDER WHEELS_FOLDER SHELF_FOLDER PROGRAM PROJECTS ANSWER
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [runtime, wheels, shelf, program, projects, answer] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(path.join(runtime, "pyodide.mjs")).href);
const pyodide = await loadPyodide({ indexURL: `${runtime}${path.sep}`, env: { PYTHONHASHSEED: "0" } });

for (const [from, to] of [
  [wheels, "/wheels"],
  [shelf, "/shelf"],
]) {
  pyodide.FS.mkdirTree(to);
  const files = readdirSync(from, { withFileTypes: true }).filter((each) => each.isFile());
  for (const { name } of files) pyodide.FS.writeFile(`${to}/${name}`, readFileSync(path.join(from, name)));
}
pyodide.runPython("import os, sys; sys.path += [f'/wheels/{name}' for name in os.listdir('/wheels')]");
pyodide.globals.set("projects", readFileSync(projects, "utf8"));
try {
  pyodide.runPython(readFileSync(program, "utf8"));
  writeFileSync(answer, pyodide.runPython("answer(projects)"));
} catch (error) {
  // Left uncaught, node would print the whole of Pyodide's one long line first.
  console.error(error.message);
  process.exitCode = 1;
}
