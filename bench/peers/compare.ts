/** Timbre beside what people would otherwise run: the same bytes, one core each, in turns. */

import { mkdir, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { join } from "node:path";
import { decode, SAMPLE_RATE_HZ } from "../../src/ser/decode/index.ts";
import { DEFAULT_LIMITS } from "../../src/ser/limits.ts";
import type { Classifier } from "../../src/ser/model/classifier.ts";
import { encodeOggOpus } from "../../src/ser/opus-encode.ts";
import { readClip } from "../../src/ser/pipeline.ts";
import { temporaryFolder } from "../../test/support/temporary.ts";
import { median, round } from "../statistics.ts";
import { type Contestant, startPeer, type Turn } from "./peer.ts";

/** What Discord's voice messages are: seconds long, Ogg/Opus at 32 kbit/s. */
const CLIPS_SECONDS = [2, 3, 4, 6, 10];
const KBIT_PER_S = 32;
const ROUNDS = 5;
/** Rounds before them, which warm up V8's compilers: a worker that runs for days is warm. */
const WARMING = 3;

const PEERS = {
  "librosa + LSTM in Keras": "notebook_keras.py",
  "librosa + LSTM in PyTorch": "notebook_torch.py",
  "openSMILE + SVM": "egemaps.py",
  "wav2vec2-base": "wav2vec2.py",
} as const;
/** At most so many times the decoding, and at least so many times faster than these. */
const TARGETS = {
  wholeToDecode: 3,
  timesFaster: { "librosa + LSTM in Keras": 5, "librosa + LSTM in PyTorch": 5, "wav2vec2-base": 50 },
} as const;

/** Median times (ms) of one contestant for all clips together. */
interface Figures extends Turn {
  readonly name: string;
  /** How many times as long as Timbre it takes, from bytes to reading. */
  readonly toTimbre: number;
}

/** What was measured. */
export interface Comparison {
  readonly cpu: string;
  readonly clipSeconds: number;
  readonly rounds: number;
  readonly contestants: readonly Figures[];
  /** Timbre's whole way in times of its decoding. */
  readonly wholeToDecode: number;
  readonly targets: typeof TARGETS;
}

/**
 * Has Timbre and its peers read the same clips in turns.
 * @param speech mono samples at 16 kHz that the clips are cut from, again and again
 * @param python a Python that has what requirements.txt names
 * @throws Error when a peer can't be started
 */
export async function compare(classifier: Classifier, speech: Float32Array, python: string): Promise<Comparison> {
  await using opened = new AsyncDisposableStack();
  const folder = temporaryFolder();
  opened.defer(() => folder.remove());
  const clips = clipsOf(speech);
  const [clipsFolder, graphFolder] = [join(folder.path, "clips"), join(folder.path, "graph")];
  await mkdir(clipsFolder);
  await mkdir(graphFolder);
  await Promise.all(clips.map((clip, index) => writeFile(join(clipsFolder, `${index}.ogg`), clip)));
  const contestants: Contestant[] = [timbre(classifier, clips)];
  for (const [name, program] of Object.entries(PEERS)) {
    const peer = await startPeer(name, { python, program, folders: [clipsFolder, graphFolder] });
    opened.defer(() => peer.close());
    contestants.push(peer);
  }
  const turns = new Map(contestants.map((contestant) => [contestant, [] as Turn[]]));
  for (let round = 0; round < WARMING + ROUNDS; round++) {
    for (const [contestant, taken] of turns) {
      // The first finds the processor's caches full of the others' data, which a worker has only at its first clip.
      await contestant.turn();
      const turn = await contestant.turn();
      if (round >= WARMING) taken.push(turn);
    }
  }
  return comparisonOf(turns);
}

/** A comparison as a table in Markdown, with what was aimed at. */
export function comparisonTable({ cpu, clipSeconds, rounds, contestants, ...rest }: Comparison): string {
  const { timesFaster } = TARGETS;
  const targetOf = (name: string) => Object.entries(timesFaster).find(([peer]) => peer === name)?.[1];
  return [
    `${clipSeconds} s of Ogg/Opus in ${CLIPS_SECONDS.length} clips, median of ${rounds} rounds, one core each (${cpu})`,
    "",
    "| | decode | whole | times Timbre | target |",
    "| --- | ---: | ---: | ---: | ---: |",
    ...contestants.map(({ name, decodeMs, wholeMs, toTimbre }) => {
      const target = targetOf(name);
      return `| ${name} | ${decodeMs} ms | ${wholeMs} ms | ${toTimbre} | ${target === undefined ? "" : `≥ ${target}`} |`;
    }),
    "",
    `Timbre's whole way takes ${rest.wholeToDecode} times as long as its decoding alone (target: ≤ ${TARGETS.wholeToDecode}).`,
  ].join("\n");
}

function clipsOf(speech: Float32Array): Uint8Array[] {
  let start = 0;
  return CLIPS_SECONDS.map((seconds) => {
    const length = seconds * SAMPLE_RATE_HZ;
    const samples = Float32Array.from({ length }, (_, i) => speech[(start + i) % speech.length] ?? 0);
    start += length;
    return encodeOggOpus(samples, KBIT_PER_S);
  });
}

/** Timbre itself, in this process. Its decoding is timed apart, as it is a part of the whole. */
function timbre(classifier: Classifier, clips: readonly Uint8Array[]): Contestant {
  return {
    name: "Timbre",
    async turn() {
      let decodeMs = 0;
      let wholeMs = 0;
      for (const clip of clips) {
        const startMs = performance.now();
        await decode(clip, DEFAULT_LIMITS);
        const decodedMs = performance.now();
        JSON.stringify(await readClip(clip, DEFAULT_LIMITS, classifier));
        decodeMs += decodedMs - startMs;
        wholeMs += performance.now() - decodedMs;
      }
      return { decodeMs, wholeMs };
    },
    close: async () => undefined,
  };
}

function comparisonOf(turns: ReadonlyMap<Contestant, readonly Turn[]>): Comparison {
  const medians = [...turns].map(([{ name }, taken]) => ({
    name,
    decodeMs: median(taken.map((turn) => turn.decodeMs)),
    wholeMs: median(taken.map((turn) => turn.wholeMs)),
  }));
  const [own] = medians;
  const contestants = medians.map((each) => ({
    name: each.name,
    decodeMs: round(each.decodeMs, 1),
    wholeMs: round(each.wholeMs, 1),
    toTimbre: round(each.wholeMs / (own?.wholeMs ?? Number.NaN), 1),
  }));
  return {
    cpu: cpus()[0]?.model ?? "unknown",
    clipSeconds: CLIPS_SECONDS.reduce((a, b) => a + b, 0),
    rounds: ROUNDS,
    contestants,
    wholeToDecode: round((own?.wholeMs ?? Number.NaN) / (own?.decodeMs ?? Number.NaN), 1),
    targets: TARGETS,
  };
}
