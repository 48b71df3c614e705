/** A thread that scores clips with one model, by the product's own decoder, windows and graph. */

import { parentPort, workerData } from "node:worker_threads";
import { UserError } from "../../src/errors.ts";
import { decode } from "../../src/ser/decode/index.ts";
import { hear } from "../../src/ser/hear.ts";
import { DEFAULT_LIMITS } from "../../src/ser/limits.ts";
import { Classifier } from "../../src/ser/model/classifier.ts";
import { ModelError } from "../../src/ser/model/file.ts";
import { encodeOggOpus } from "../../src/ser/opus-encode.ts";
import { baselineOf, type SpeakerStatistics } from "../../src/ser/speaker.ts";
import { clipUnder, OPUS_KBITS } from "./conditions.ts";
import { soundThatNobodySays } from "./no-speech.ts";
import type { Scored, ScoreJob, ScoreReply, ScoreSetting } from "./score-pool.ts";

const { modelDir, manifest, ...folders }: ScoreSetting = workerData;
const port = parentPort;
if (port === null) throw new Error("score-thread.ts only runs as a worker thread");
const say = (reply: ScoreReply) => port.postMessage(reply);

try {
  const classifier = await Classifier.open(modelDir, manifest);
  port.on("message", async (message: { id: number; job: ScoreJob }) => say(await answer(classifier, message)));
  say({ kind: "ready" });
} catch (error) {
  if (!(error instanceof ModelError)) throw error;
  say({ kind: "no-model", message: error.message });
}

async function answer(classifier: Classifier, { id, job }: { id: number; job: ScoreJob }): Promise<ScoreReply> {
  try {
    return { kind: "scored", id, scored: await score(classifier, job) };
  } catch (error) {
    if (!(error instanceof UserError) && !(error instanceof Error && "syscall" in error)) throw error;
    return { kind: "unreadable", id, message: error.message };
  }
}

/** Decodes once, and hears the clip once for each speaker that is given. */
async function score(classifier: Classifier, job: ScoreJob): Promise<Scored[]> {
  const { samples } = await decode(await bytesOf(job), DEFAULT_LIMITS);
  const { adaptation } = classifier.manifest;
  const scored: Scored[] = [];
  for (const speaker of job.speakers) {
    const { verdict, embedding } = await hear(samples, classifier, baseline(speaker));
    const { timeline: _, ...said } = verdict;
    scored.push({ said, embedding });
  }
  return scored;

  function baseline(speaker: SpeakerStatistics): Float32Array | undefined {
    return adaptation && baselineOf(speaker, adaptation);
  }
}

async function bytesOf(job: ScoreJob): Promise<Uint8Array> {
  if (job.kind === "clip") return clipUnder(job.condition, job.path, folders);
  return encodeOggOpus(soundThatNobodySays(job.sound), OPUS_KBITS);
}
