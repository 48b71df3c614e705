/** The dashboard's server in a process of its own, for the benchmark of open pages. */

import { appOn } from "./app-on.ts";

const [, , connectionString = ""] = process.argv;
const { app, cookie, close } = await appOn(connectionString, () => new Date());
const origin = await app.listen({ host: "127.0.0.1", port: 0 });
const mib = (bytes: number) => Math.round((bytes / 1024 / 1024) * 10) / 10;

process.on("message", (message) => {
  if (message === "end") {
    void close().then(() => process.exit());
    return;
  }
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  process.send?.({ heapMiB: mib(heapUsed), rssMiB: mib(rss) });
});
process.send?.({ origin, cookie });
