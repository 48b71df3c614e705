/** Builds the page; the server needs no build. */

import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";
import { preact } from "@preact/preset-vite";
import { defineConfig, type Plugin } from "vite";

/** Compresses what is text once, so that no request has to. */
function compressed(): Plugin {
  let folder = "";
  return {
    name: "compressed",
    apply: "build",
    configResolved({ build }) {
      folder = build.outDir;
    },
    async closeBundle() {
      const files = await readdir(folder, { recursive: true });
      for (const file of files.filter((name) => /\.(js|css|svg|html)$/.test(name))) {
        const bytes = await readFile(join(folder, file));
        await writeFile(join(folder, `${file}.gz`), await promisify(gzip)(bytes));
        await writeFile(join(folder, `${file}.br`), await promisify(brotliCompress)(bytes));
      }
    },
  };
}

export default defineConfig({
  root: join(import.meta.dirname, "src", "dashboard", "web"),
  plugins: [preact(), compressed()],
  build: {
    outDir: join(import.meta.dirname, "dist", "web"),
    emptyOutDir: true,
    // The texts are loaded with a top-level await.
    target: "es2022",
    modulePreload: { polyfill: false },
  },
  // `npx vite` while working on the page: the API comes from a running `npm start`.
  server: { proxy: { "/api": "http://127.0.0.1:4747", "/auth": "http://127.0.0.1:4747" } },
});
