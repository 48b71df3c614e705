/**
 * A worker thread: it holds one model session and reads clips one after another. What comes in is its pool's, checked
 * there: it loads no validator, which would take 3 MB in each thread.
 */

import { parentPort, workerData } from "node:worker_threads";
import { UserError } from "../errors.ts";
import { Classifier } from "./model/classifier.ts";
import { ModelError } from "./model/file.ts";
import { type AnalysisTimes, readClip } from "./pipeline.ts";
import type { ThreadModel, ThreadReply, ThreadRequest } from "./thread-pool.ts";

const port = parentPort;
if (port === null) throw new Error("thread.ts only runs as a worker thread");
const { modelDir, manifest }: ThreadModel = workerData;
const say = (reply: ThreadReply) => port.postMessage(reply);

try {
  const classifier = await Classifier.open(modelDir, manifest);
  port.on("message", async (request: ThreadRequest) => say(await answer(classifier, request)));
  say({ kind: "ready" });
} catch (error) {
  if (!(error instanceof ModelError)) throw error;
  say({ kind: "no-model", message: error.message });
}

async function answer(classifier: Classifier, request: ThreadRequest): Promise<ThreadReply> {
  const { id, bytes, limits, speaker } = request;
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
