// Bundles one or more scripts: `node bundle.mjs JSON`, where JSON holds
// `entries`, `out`, and as needed `define`, `split` and `platform`.

import { build } from "esbuild";

const { entries, out, define = {}, split = false, platform = "browser", format = "esm", minify = true } = JSON.parse(
  process.argv[2],
);

await build({
  entryPoints: entries,
  outdir: out,
  define,
  platform,
  format,
  minify,
  bundle: true,
  splitting: split,
  // The loader finds its chunk, and the chunk the engine, next to itself.
  chunkNames: "[name]-[hash]",
  target: "es2022",
  charset: "utf8",
  legalComments: "eof",
  outExtension: platform === "node" ? { ".js": ".mjs" } : {},
  logLevel: "warning",
});
