// Say what Pyodide is, as JSON: `node ask_engine.mjs PYODIDE_FOLDER`.
import path from "node:path";
import { pathToFileURL } from "node:url";

const [runtime] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(path.join(runtime, "pyodide.mjs")).href);
const pyodide = await loadPyodide({ indexURL: `${runtime}${path.sep}` });
const program = `
import json, sys, sysconfig
json.dumps({"version": sys.version_info[:2], "variables": sysconfig.get_config_vars()})
`;
console.log(pyodide.runPython(program));
