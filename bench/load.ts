/**
 * `npm run bench:load [-- --clips N] [--seconds S] [--workers 1,2,4] [--rates 1,10,50] [--soak MINUTES]`:
 * how many clips a second workers hear, how long people wait, whether servers are treated alike, what a clip costs each part,
 * and what is kept in memory.
 *
 * Everything is real but Discord: processes, queues, databases, fetches, answers with pictures. Clips last 2, 5, 10 and
 * 30 s in turn. All of it shares this machine's cores. The last line is JSON.
 */

import { availableParallelism } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { openTrial } from "../test/faults/trial.ts";
import type { TimbreProcess } from "../test/support/timbre-process.ts";
import { memoryMiB } from "./load/processes.ts";
import { unitCosts } from "./load/unit-costs.ts";
import { percentile, round } from "./statistics.ts";

const { values } = parseArgs({
  options: {
    clips: { type: "string", default: "200" },
    seconds: { type: "string", default: "60" },
    workers: { type: "string", default: "1,2,4" },
    rates: { type: "string", default: "1,10,50" },
    soak: { type: "string", default: "30" },
  },
});
const numbers = (list: string) => list.split(",").filter(Boolean).map(Number);
const LENGTHS_MS = [2000, 5000, 10_000, 30_000];
const QUEUES = ["embedded", "postgres", "redis"] as const;
type Queue = (typeof QUEUES)[number];
/** As the Dockerfile has it. */
const env = { MALLOC_ARENA_MAX: "1", MALLOC_MMAP_THRESHOLD_: "524288", MALLOC_TRIM_THRESHOLD_: "1048576" };

/** Clips per second, when so many wait at the start. */
async function throughput(queue: Queue, workers: number, clips: number) {
  const atMs: number[] = [];
  const trial = await openTrial({
    queue,
    clips,
    env,
    lengthsMs: LENGTHS_MS,
    onAnswer: () => atMs.push(performance.now()),
  });
  await trial.askAll();
  const started = Array.from({ length: workers }, () => trial.startWorker());
  await trial.answered(1);
  const memoryMiB = Math.max(...(await Promise.all(started.map((worker) => memoryOf(worker)))));
  const peakMiB = Math.max(...(await Promise.all(started.map((worker) => memoryOf(worker, "peak")))));
  await trial.close();
  // From the first answer on, so that starting doesn't count.
  const seconds = ((atMs.at(-1) ?? 0) - (atMs[0] ?? 0)) / 1000;
  return {
    queue,
    workers,
    clipsPerSecond: round((clips - 1) / seconds),
    workerMemoryMiB: memoryMiB,
    workerPeakMiB: peakMiB,
  };
}

/** How long people wait when so many clips a second come in. */
async function latency(queue: Queue, perSecond: number, seconds: number) {
  const askedMs: number[] = [];
  const waitedMs: number[] = [];
  const clips = Math.ceil(perSecond * seconds);
  const trial = await openTrial({
    ...{ queue, clips, env, lengthsMs: LENGTHS_MS },
    onAnswer: (clip) => waitedMs.push(performance.now() - (askedMs[clip] ?? 0)),
  });
  const worker = trial.startWorker();
  await worker.logged.find((line) => line.includes("status is served"), "the worker");
  const asker = await trial.openAsker();
  const startMs = performance.now();
  for (let clip = 0; clip < clips; clip++) {
    const dueMs = startMs + (clip * 1000) / perSecond;
    if (performance.now() < dueMs) await delay(dueMs - performance.now());
    askedMs[clip] = performance.now();
    await asker.ask(clip, `server-${clip % 20}`);
  }
  const answeredInTime = waitedMs.length;
  await asker.close();
  await trial.answered(1);
  await trial.close();
  const sorted = waitedMs.toSorted((a, b) => a - b);
  const waited = (share: number) => round(percentile(sorted, share), 0);
  return {
    ...{ queue, perSecond, clips, p50Ms: waited(0.5), p95Ms: waited(0.95) },
    /** Below 1, more came in than one worker hears: then the wait grows for as long as that goes on. */
    keptUp: round(answeredInTime / clips),
  };
}

/** A server with a hundred clips and one with five that come after: the second's wait in the first's clips. */
async function fairness(queue: Queue) {
  const order: number[] = [];
  const clips = 105;
  const trial = await openTrial({ queue, clips, onAnswer: (clip) => order.push(clip) });
  const asker = await trial.openAsker();
  for (let clip = 0; clip < clips; clip++) await asker.ask(clip, clip < 100 ? "busy" : "calm");
  await asker.close();
  trial.startWorker();
  await trial.answered(1);
  await trial.close();
  const places = order.flatMap((clip, place) => (clip >= 100 ? [place + 1] : []));
  return { queue, busy: 100, calm: 5, placesOfCalm: places };
}

/** One worker under steady load: its memory at the start and at the end. */
async function soak(queue: Queue, minutes: number) {
  const perSecond = 2;
  const clips = Math.ceil(minutes * 60 * perSecond);
  const trial = await openTrial({ queue, clips, env, lengthsMs: LENGTHS_MS });
  const worker = trial.startWorker();
  const asker = await trial.openAsker();
  let startMiB = 0;
  for (let clip = 0; clip < clips; clip++) {
    await asker.ask(clip);
    await delay(1000 / perSecond);
    // The first clips warm it up.
    if (clip === Math.min(60, clips >> 2)) startMiB = await memoryOf(worker);
  }
  await trial.answered(1);
  const endMiB = await memoryOf(worker);
  await asker.close();
  await trial.close();
  return { queue, minutes, clips, startMiB, endMiB };
}

const memoryOf = ({ child }: TimbreProcess, when?: "peak") => memoryMiB(child.pid ?? 0, when);

const told = <T>(result: T): T => {
  console.log(result);
  return result;
};
/** All results. */
interface Figures {
  readonly cores: number;
  readonly throughput: Awaited<ReturnType<typeof throughput>>[];
  readonly latency: Awaited<ReturnType<typeof latency>>[];
  readonly fairness: Awaited<ReturnType<typeof fairness>>[];
  readonly costs: Awaited<ReturnType<typeof unitCosts>>[];
  soak?: Awaited<ReturnType<typeof soak>>;
}
const figures: Figures = { cores: availableParallelism(), throughput: [], latency: [], fairness: [], costs: [] };
for (const queue of QUEUES) {
  for (const workers of numbers(values.workers))
    figures.throughput.push(told(await throughput(queue, workers, Number(values.clips))));
  for (const rate of numbers(values.rates))
    figures.latency.push(told(await latency(queue, rate, Number(values.seconds))));
  figures.fairness.push(told(await fairness(queue)));
  figures.costs.push(told(await unitCosts({ queue, clips: Number(values.clips), env, lengthsMs: LENGTHS_MS })));
}
if (Number(values.soak) > 0) figures.soak = told(await soak("embedded", Number(values.soak)));
console.log(JSON.stringify(figures));
process.exit();
