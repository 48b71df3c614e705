/**
 * `npm run bench [-- --json] [--model DIR]`: how many times faster than real time each stage is, on one core.
 * `npm run bench -- --peers [--python PATH]`: beside librosa with an LSTM, openSMILE with an SVM, and wav2vec2-base as well.
 *
 * The clip is a minute of the test voice as Ogg/Opus at 32 kbit/s, what Discord's voice messages are.
 * Stages are timed in turns within one run, so that the ratios hold on any machine. The last line is JSON.
 */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { SHIPPED_MODEL_DIR } from "../src/config.ts";
import { decode, SAMPLE_RATE_HZ } from "../src/ser/decode/index.ts";
import { acousticProfile } from "../src/ser/features/profile.ts";
import { DEFAULT_LIMITS } from "../src/ser/limits.ts";
import { Classifier } from "../src/ser/model/classifier.ts";
import { readManifest } from "../src/ser/model/manifest.ts";
import { encodeOggOpus } from "../src/ser/opus-encode.ts";
import { readClip } from "../src/ser/pipeline.ts";
import { cutWindows } from "../src/ser/windows.ts";
import { compare, comparisonTable } from "./peers/compare.ts";
import { median, round } from "./statistics.ts";

const CLIP_SECONDS = 60;
const ROUNDS = 7;

const { json, model, peers, python } = parseArgs({
  options: {
    /** Prints the JSON alone. */
    json: { type: "boolean", default: false },
    model: { type: "string", default: SHIPPED_MODEL_DIR },
    peers: { type: "boolean", default: false },
    /** A Python with bench/peers/requirements.txt. */
    python: { type: "string", default: "python3" },
  },
}).values;

const voice = await readFile(join(import.meta.dirname, "..", "test", "fixtures", "voice.ogg"));
const { samples: sentence } = await decode(voice, DEFAULT_LIMITS);
const minute = Float32Array.from(
  { length: CLIP_SECONDS * SAMPLE_RATE_HZ },
  (_, i) => sentence[i % sentence.length] ?? 0,
);
const clip = encodeOggOpus(minute, 32);
const classifier = await Classifier.open(model, await readManifest(model));
const { windowMs, hopMs } = classifier.manifest;
const windows = cutWindows({ start: 0, end: minute.length }, windowMs, hopMs);
const windowSeconds = windows.reduce((sum, window) => sum + (window.end - window.start) / SAMPLE_RATE_HZ, 0);

const stages: Readonly<Record<string, () => Promise<unknown>>> = {
  decode: () => decode(clip, DEFAULT_LIMITS),
  profile: async () => acousticProfile(minute),
  inference: () => classifier.score(windows.map((window) => minute.subarray(window.start, window.end))),
  whole: () => readClip(clip, DEFAULT_LIMITS, classifier),
};

const times: Record<string, number[]> = Object.fromEntries(Object.keys(stages).map((stage) => [stage, []]));
// Not the system's high-water mark: a process begins with that of the one that started it.
let peakBytes = 0;
for (let round = 0; round <= ROUNDS; round++) {
  for (const [stage, run] of Object.entries(stages)) {
    const start = performance.now();
    await run();
    // The first round only warms up the compilers.
    if (round > 0) times[stage]?.push(performance.now() - start);
    peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
  }
}

const medianMs = Object.fromEntries(Object.entries(times).map(([stage, values]) => [stage, median(values)]));
const ms = (stage: string) => medianMs[stage] ?? Number.NaN;
const figures = {
  clipSeconds: CLIP_SECONDS,
  /** Seconds of clip per second of computing. */
  realTimeFactor: Object.fromEntries(
    Object.entries(medianMs).map(([stage, value]) => [stage, round((CLIP_SECONDS * 1000) / value)]),
  ),
  /** Windows overlap, so a second of clip is heard about three times. */
  inferenceMsPerSecondHeard: round(ms("inference") / windowSeconds),
  wholeToDecode: round(ms("whole") / ms("decode")),
  wholeToParts: round(ms("whole") / (ms("decode") + ms("profile") + ms("inference"))),
  peakMemoryMiB: round(peakBytes / 2 ** 20),
};

const comparison = peers ? await compare(classifier, sentence, python) : undefined;

if (!json) {
  console.log(`${CLIP_SECONDS} s of Ogg/Opus at 32 kbit/s, median of ${ROUNDS} rounds, one core`);
  for (const [stage, factor] of Object.entries(figures.realTimeFactor)) {
    console.log(
      `  ${stage.padEnd(10)} ${String(factor).padStart(8)} x real time  ${ms(stage).toFixed(1).padStart(8)} ms`,
    );
  }
  console.log(`  inference costs ${figures.inferenceMsPerSecondHeard} ms per second that the model hears`);
  console.log(`  whole / decode ${figures.wholeToDecode}, whole / sum of its parts ${figures.wholeToParts}`);
  console.log(`  peak memory ${figures.peakMemoryMiB} MiB`);
  if (comparison) console.log(`\n${comparisonTable(comparison)}\n`);
}
console.log(JSON.stringify({ ...figures, ...(comparison && { comparison }) }));
await classifier.close();
