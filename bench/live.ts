/**
 * `npm run bench:live [-- --seconds 20 --from 10 --most 320]`: how long it takes from the last sound of an utterance
 * until its reading is in the store and told, with ever more people who speak at the same time, twice as many each
 * time, and then with numbers in between until it is known how many are too many. The bot and one worker are processes
 * of their own. The 600 ms of silence that end an utterance are in it.
 * `DATABASE_URL` may name an empty database; without it, a PostgreSQL of its own is started.
 */

import { availableParallelism, loadavg } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { SILENCE_MS } from "../src/bot/voice/segmenter.ts";
import { opusPackets } from "../test/discord/voice/microphone.ts";
import { randomFrom } from "../test/support/random.ts";
import { accountFor } from "./live/account.ts";
import { openPostgres, Scene } from "./live/scene.ts";
import { talk } from "./live/talk.ts";
import { warmUp } from "./live/warm-up.ts";
import { percentile } from "./statistics.ts";

const RECORDING = join(import.meta.dirname, "..", "test", "fixtures", "long.ogg");
/** Everybody speaks three quarters of the time. */
const MANNER = { utteranceMs: [2000, 4000], pauseMs: [700, 1300] } as const;
const WARM_UP_MS = 5000;
const LIMIT_MS = 1000;
/** How exactly it is told how many are too many: a share of their number. */
const PRECISION = 1 / 8;
const SEED = 3;

/** What so many speakers gave. */
interface Step {
  readonly speakers: number;
  readonly said: number;
  readonly read: number;
  readonly unexplained: number;
  /** From the last sound to the reading. */
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** Processors in use by each, 1 being a whole one. */
  readonly cpu: { readonly bot: number; readonly worker: number; readonly speakers: number };
  /** How late the speakers' own process was, at worst 1 % of the time: what it adds by itself. */
  readonly speakersLateMs: number;
  readonly load: number;
}

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "20" },
    from: { type: "string", default: "10" },
    most: { type: "string", default: "320" },
  },
});
const [seconds, from, most] = [Number(values.seconds), Number(values.from), Number(values.most)];
if (!(seconds > 0 && from >= 1 && most >= from)) throw new Error("--seconds, --from and --most are numbers above 0.");

await using opened = new AsyncDisposableStack();
const databaseUrl = await openPostgres(process.env["DATABASE_URL"], opened);
const recording = await opusPackets(RECORDING);

async function measure(speakers: number): Promise<Step> {
  await using opened = new AsyncDisposableStack();
  const scene = await Scene.open(speakers, databaseUrl, opened);
  const chance = randomFrom(SEED);
  await warmUp(scene, recording, WARM_UP_MS, chance);
  const cpuSeconds = async () => ({
    bot: (await scene.bot.inspector.usage()).cpuSeconds,
    worker: (await scene.worker.inspector.usage()).cpuSeconds,
    speakers: process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6,
  });
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const [startMs, before] = [Date.now(), await cpuSeconds()];
  const said = await Promise.all(
    scene.people.map((person) =>
      talk(person, scene.discord.voice, recording, MANNER, startMs + seconds * 1000, chance),
    ),
  );
  const [passedSeconds, after] = [(Date.now() - startMs) / 1000, await cpuSeconds()];
  delay.disable();
  const [load = 0] = loadavg();
  await scene.end();
  const account = accountFor(said.flat(), scene);
  const { latenciesMs } = account;
  const cpu = (part: keyof typeof before) => Math.round(((after[part] - before[part]) / passedSeconds) * 100) / 100;
  return {
    ...{ speakers, said: account.said, read: account.fates.read, unexplained: account.fates.unexplained },
    ...{ p50Ms: percentile(latenciesMs, 0.5), p95Ms: percentile(latenciesMs, 0.95) },
    cpu: { bot: cpu("bot"), worker: cpu("worker"), speakers: cpu("speakers") },
    ...{ speakersLateMs: Math.round(delay.percentile(99) / 1e6), load },
  };
}

/** An utterance that is dropped never gets there: it is later than any. */
function isOver({ p95Ms, said, read }: Step, limitMs: number): boolean {
  return !(p95Ms <= limitMs) || read < said * 0.95;
}

function tell({ speakers, said, read, p50Ms, p95Ms, cpu, speakersLateMs, load }: Step): void {
  const cells = [
    ...[speakers, said, read, p50Ms, p95Ms, cpu.bot, cpu.worker, cpu.speakers, speakersLateMs],
    load.toFixed(1),
  ];
  const widths = [8, 4, 4, 6, 6, 8, 6, 8, 9, 4];
  console.log(cells.map((cell, index) => String(cell).padStart(widths[index] ?? 0)).join("  "));
}

console.log("speakers  said  read  p50 ms  p95 ms  CPU: bot  worker  speakers  (late ms)  load");
const steps: Step[] = [];
let [within, over] = [0, Number.POSITIVE_INFINITY];
let speakers = from;
while (speakers <= most && speakers > within && speakers < over && over - within > within * PRECISION) {
  const step = await measure(speakers);
  tell(step);
  steps.push(step);
  if (isOver(step, LIMIT_MS)) over = speakers;
  else within = speakers;
  speakers = over === Number.POSITIVE_INFINITY ? 2 * speakers : Math.round((within + over) / 2);
}
const firstOver = (limitMs: number) => {
  const tooMany = steps.filter((step) => isOver(step, limitMs)).map(({ speakers }) => speakers);
  return tooMany.length === 0 ? null : Math.min(...tooMany);
};
console.log(
  JSON.stringify({
    ...{ seconds, cores: availableParallelism(), silenceMs: SILENCE_MS, steps },
    /** The first number of speakers with which it was over; null where none was. */
    speakersOver1s: { fromLastSound: firstOver(LIMIT_MS), afterSilence: firstOver(LIMIT_MS + SILENCE_MS) },
  }),
);
