/** A file of the build, as the bundler writes it into the scripts that load it. */
interface BuiltFile {
  /** The start of its SHA-256, the `v` of its address. */
  readonly hash: string;
  /** Its size in bytes, as it lies on the server; 0 for a script, whose bytes nobody can count. */
  readonly size: number;
}

/** The files the engine loads, by path from the engine's own folder. */
declare const __FILES__: Readonly<Record<string, BuiltFile>>;

/** What the engine loads only when an answer needs it, by name on its shelf. */
declare const __SHELF__: Readonly<Record<string, BuiltFile>>;

/** What Pyodide's lock file says about Pyodide itself. */
declare const __PYODIDE__: import("./runtime.js").Info;

/** The `v` of `engine.js`. */
declare const __ENGINE__: string;

/** One name for the scripts and the files that they load, in the page and in the engine alike. */
declare const __BUILD__: string;

/** One name for the content of the whole build. */
declare const __VERSION__: string;

/** The `v` of `search-box.js`. */
declare const __SEARCH_BOX__: string;
