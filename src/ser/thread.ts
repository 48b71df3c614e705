/** A worker thread: it holds one model session and reads clips one after another. */

import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";
import { UserError } from "../errors.ts";
import { Classifier } from "./model/classifier.ts";
import { ModelError } from "./model/manifest.ts";
import { type AnalysisTimes, readClip } from "./pipeline.ts";
import { speakerSchema } from "./speaker.ts";
import type { ThreadReply } from "./thread-pool.ts";

const options = z.object({ modelDir: z.string() }).parse(workerData);
const request = z.object({
  id: z.number(),
  bytes: z.instanceof(Uint8Array),
  limits: z.object({ maxDurationMs: z.number(), maxBytes: z.number() }),
  speaker: speakerSchema,
});

const port = parentPort;
if (port === null) throw new Error("thread.ts only runs as a worker thread");
const say = (reply: ThreadReply) => port.postMessage(reply);

try {
  const classifier = await Classifier.open(options.modelDir);
  port.on("message", async (message: unknown) => say(await answer(classifier, request.parse(message))));
  say({ kind: "ready", manifest: classifier.manifest });
} catch (error) {
  if (!(error instanceof ModelError)) throw error;
  say({ kind: "no-model", message: error.message });
}

async function answer(classifier: Classifier, clip: z.infer<typeof request>): Promise<ThreadReply> {
  const { id, bytes, limits, speaker } = clip;
  let times: AnalysisTimes | undefined;
  try {
    const result = await readClip(bytes, limits, classifier, speaker, (measured) => {
      times = measured;
    });
    return { kind: "reading", id, result, times };
  } catch (error) {
    if (error instanceof UserError) return { kind: "refused", id, code: error.code, parameters: error.parameters };
    return { kind: "failed", id, message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
