// Builds what pages load into src/ampersand/static/built: one file a page needs, and the fonts.
import { rm } from "node:fs/promises";
import { build } from "esbuild";

const outdir = new URL("../src/ampersand/static/built/", import.meta.url).pathname;

await rm(outdir, { recursive: true, force: true });
await build({
  entryPoints: {
    ampersand: "src/ampersand.js",
    signing: "src/signing.js",
    "check-copy": "src/check-copy.js",
    passkeys: "src/passkeys.js",
    fonts: "src/fonts.css",
  },
  outdir,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2022", "chrome111", "firefox113", "safari16.4"],
  loader: { ".woff2": "file" },
  assetNames: "[name]",
  legalComments: "eof",
  logLevel: "warning",
});
