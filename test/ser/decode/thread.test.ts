import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";

test("decoding works in a worker thread", async () => {
  const door = new URL("../../../src/ser/decode/index.ts", import.meta.url);
  const folder = new URL("../../fixtures/", import.meta.url);
  const script = `
    import { readFileSync } from "node:fs";
    import { parentPort } from "node:worker_threads";
    import { decode } from ${JSON.stringify(door.href)};
    const durations = [];
    for (const name of ["voice.ogg", "voice.webm", "voice.mp3", "voice.m4a", "voice.flac", "voice-vorbis.ogg"]) {
      const bytes = readFileSync(new URL(name, ${JSON.stringify(folder.href)}));
      durations.push((await decode(bytes, { maxDurationMs: 60000, maxBytes: 1e6 })).durationMs);
    }
    parentPort.postMessage(durations);`;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(script)}`));
  try {
    const [durations] = await once(worker, "message");
    expect(durations).toHaveLength(6);
    for (const durationMs of durations) expect(Math.abs(durationMs - 5288)).toBeLessThan(60);
  } finally {
    await worker.terminate();
  }
});
