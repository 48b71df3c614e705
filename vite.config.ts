/** Builds the page; the server needs no build. */

import { join } from "node:path";
import { preact } from "@preact/preset-vite";
import { defineConfig } from "vite";

export default defineConfig({
  root: join(import.meta.dirname, "src", "dashboard", "web"),
  plugins: [preact()],
  build: {
    outDir: join(import.meta.dirname, "dist", "web"),
    emptyOutDir: true,
    // The texts are loaded with a top-level await.
    target: "es2022",
    modulePreload: { polyfill: false },
  },
  // `npx vite` while working on the page: the API comes from a running `npm start`.
  server: { proxy: { "/api": "http://127.0.0.1:4747" } },
});
