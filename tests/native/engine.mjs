// Say, as JSON, what the wheels in a folder want of the engine and it has not, and which tags it takes.
//
// node engine.mjs PYODIDE_FOLDER WHEELS_FOLDER PACKAGING_FOLDER
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [runtime, wheels, packaging] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(path.join(runtime, "pyodide.mjs")).href);
const pyodide = await loadPyodide({ indexURL: `${runtime}${path.sep}` });

/** What each side module gets anew. */
const OWN = ["__memory_base", "__table_base"];
const has = pyodide._module.LDSO.loadedLibsByName.__main__.exports;

const absent = {};
for (const name of readdirSync(wheels).filter((each) => each.endsWith(".whl"))) {
  const content = readFileSync(path.join(wheels, name));
  pyodide.FS.mkdirTree(`/wheels/${name}`);
  pyodide.unpackArchive(new Uint8Array(content).buffer, "wheel", { extractDir: `/wheels/${name}` });
}
const found = pyodide.runPython("import glob; glob.glob('/wheels/**/*.so', recursive=True)").toJs();
for (const file of found) {
  const module = new WebAssembly.Module(pyodide.FS.readFile(file));
  const own = new Set(WebAssembly.Module.exports(module).map(({ name }) => name));
  const wanted = WebAssembly.Module.imports(module).map(({ name }) => name);
  absent[path.basename(file)] = wanted.filter((name) => !(name in has) && !own.has(name) && !OWN.includes(name));
}
pyodide.FS.mkdirTree("/packaging");
pyodide.FS.mount(pyodide.FS.filesystems.NODEFS, { root: packaging }, "/packaging");
const tags = pyodide.runPython(`
import json, sys
sys.path.insert(0, "/packaging")
from packaging.tags import sys_tags
json.dumps([str(each) for each in sys_tags()])
`);
console.log(JSON.stringify({ absent, tags: JSON.parse(tags) }));
