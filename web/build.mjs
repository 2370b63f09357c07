// Builds what pages load into src/ampersand/static/built: one file a page needs, and the fonts.
// Printing needs its own fonts, whole and as TrueType, for names in any script: src/ampersand/wording/fonts.
import { cp, mkdir, readdir, readFile, rm } from "node:fs/promises";
import { build } from "esbuild";

const outdir = new URL("../src/ampersand/static/built/", import.meta.url).pathname;

await rm(outdir, { recursive: true, force: true });
await build({
  entryPoints: {
    ampersand: "src/ampersand.js",
    signing: "src/signing.js",
    "check-copy": "src/check-copy.js",
    "choose-words": "src/choose-words.js",
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

const printing = new URL("../src/ampersand/wording/fonts/", import.meta.url).pathname;
const serif = ["400Regular", "400Regular_Italic", "600SemiBold"];

await rm(printing, { recursive: true, force: true });
await mkdir(printing, { recursive: true });
const { devDependencies } = JSON.parse(await readFile("package.json", "utf8"));
for (const name of Object.keys(devDependencies).filter((name) => name.startsWith("@expo-google-fonts/"))) {
  for (const style of name.endsWith("/source-serif-4") ? serif : ["400Regular"]) {
    const folder = `node_modules/${name}/${style}`;
    const font = (await readdir(folder)).find((file) => file.endsWith(".ttf"));
    await cp(`${folder}/${font}`, printing + font);
  }
}
