// Run this project's own tests inside Pyodide, in node: the same files, another platform.
//
// node run.mjs PYODIDE_FOLDER WHEELS_FOLDER REPOSITORY PYTEST_ARGUMENT...
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [runtime, wheels, repository, ...pytestArguments] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(path.join(runtime, "pyodide.mjs")).href);
const pyodide = await loadPyodide({ indexURL: `${runtime}${path.sep}` });

const extractDir = pyodide.runPython("import sysconfig; sysconfig.get_path('purelib')");
for (const name of readdirSync(wheels).filter((each) => each.endsWith(".whl"))) {
  const content = readFileSync(path.join(wheels, name));
  pyodide.unpackArchive(new Uint8Array(content).buffer, "wheel", { extractDir });
}

pyodide.FS.mkdirTree("/repository");
pyodide.FS.mount(pyodide.FS.filesystems.NODEFS, { root: repository }, "/repository");
pyodide.globals.set("arguments", pyodide.toPy(pytestArguments));
const program = `
import os, sys
import pytest

os.chdir("/repository")
sys.dont_write_bytecode = True
status = int(pytest.main([*arguments, "-p", "no:cacheprovider"]))
sys.stdout.flush()
status
`;
try {
  process.exitCode = pyodide.runPython(program);
} catch (error) {
  // Left uncaught, node would print the whole of Pyodide's one long line first.
  console.error(error.message);
  process.exitCode = 1;
}
