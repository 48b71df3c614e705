/** The dashboard's parts in memory, for what its API says by itself; the whole house is in page.test.ts. */

import { join } from "node:path";
import { build } from "vite";
import type { AppOptions } from "../../src/dashboard/server/app.ts";
import type { ClipJob } from "../../src/jobs/clip-job.ts";
import type { Reading } from "../../src/ser/index.ts";

/** Parts that remember, and hands to play the worker with. */
export function memoryParts() {
  const uploads = new Map<string, Uint8Array>();
  const clips = new Map<string, { reading?: Reading; error?: { code: string } }>();
  const jobs = new Map<string, ClipJob>();
  const trouble = { queue: false };
  const states = new Map<string, string>();
  const options: AppOptions = {
    host: "127.0.0.1",
    model: { name: "timbre-1", version: "1.0.0" },
    maxBytes: 1024 * 1024,
    store: {
      uploads: {
        keep: async (id, bytes) => void uploads.set(id, bytes),
        discard: async (id) => void uploads.delete(id),
      },
      clips: {
        accept: async (id) => void clips.set(id, {}),
        find: async (id) => clips.get(id),
      },
    },
    queue: {
      enqueueClip: async (id, job) => {
        if (trouble.queue) throw new Error("the queue is away");
        jobs.set(id, job);
      },
      state: async (id) => states.get(id) ?? "active",
    },
  };
  return { options, uploads, clips, jobs, states, trouble };
}

/** A form with one file in it, as a browser sends it. */
export async function formWith(field: string, bytes: Uint8Array<ArrayBuffer>, filename = "voice.ogg") {
  const form = new FormData();
  form.append(field, new File([bytes], filename, { type: "audio/ogg" }));
  const encoded = new Response(form);
  return {
    payload: Buffer.from(await encoded.arrayBuffer()),
    headers: { "content-type": encoded.headers.get("content-type") ?? "" },
  };
}

/** Builds the page as it is now into a folder. */
export async function buildPage(outDir: string): Promise<void> {
  const configFile = join(import.meta.dirname, "..", "..", "vite.config.ts");
  await build({ configFile, logLevel: "warn", build: { outDir, emptyOutDir: true } });
}
