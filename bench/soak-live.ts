/**
 * `npm run soak:live [-- --minutes 10 --speakers 20]`: nothing is lost. A channel talks while 2 % of the packets get
 * lost, the call moves to another voice server twice, and the worker is killed once. Everything that was said is
 * either read or dropped by name, and the bot's memory ends where it began. Exit code 1 when that isn't so.
 * `DATABASE_URL` may name an empty database; without it, a PostgreSQL of its own is started.
 */

import { loadavg } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { opusPackets } from "../test/discord/voice/microphone.ts";
import { randomFrom } from "../test/support/random.ts";
import { accountFor } from "./live/account.ts";
import { rounded, table } from "./live/report.ts";
import { openPostgres, Scene } from "./live/scene.ts";
import { talk } from "./live/talk.ts";
import { warmUp } from "./live/warm-up.ts";
import { percentile } from "./statistics.ts";

const RECORDING = join(import.meta.dirname, "..", "test", "fixtures", "long.ogg");
const MANNER = { utteranceMs: [400, 6000], pauseMs: [800, 3000] } as const;
const LOSS = 0.02;
/** The share of the time that is talked before anything is measured. */
const WARM_UP = 0.1;
const MOST_GROWTH = 0.1;
const SEED = 5;

const { values } = parseArgs({
  options: { minutes: { type: "string", default: "10" }, speakers: { type: "string", default: "20" } },
});
const [minutes, speakers] = [Number(values.minutes), Number(values.speakers)];
if (!(minutes > 0) || !(speakers >= 1)) throw new Error("--minutes and --speakers are numbers above 0.");

await using opened = new AsyncDisposableStack();
const databaseUrl = await openPostgres(process.env["DATABASE_URL"], opened);
const scene = await Scene.open(speakers, databaseUrl, opened);
const { discord, people, bot } = scene;
const recording = await opusPackets(RECORDING);
const chance = randomFrom(SEED);

const durationMs = minutes * 60_000;
const before = await warmUp(scene, recording, WARM_UP * durationMs, chance);
const began = await bot.inspector.usageWithoutGarbage();
await discord.voice.disturb({ loss: LOSS, seed: SEED });
const untilMs = Date.now() + durationMs;
const faults = async () => {
  const part = durationMs / 6;
  await wait(2 * part);
  await discord.voice.moveServer();
  await wait(part);
  await scene.replaceWorker();
  await wait(part);
  await discord.voice.moveServer();
};
const [talks] = await Promise.all([
  Promise.all(people.map((person) => talk(person, discord.voice, recording, MANNER, untilMs, chance))),
  faults(),
]);
const ended = await bot.inspector.usageWithoutGarbage();
const { health } = await scene.end();
const account = accountFor([...before, ...talks.flat()], scene);

const growth = { rss: ended.rssMiB / began.rssMiB - 1, heap: ended.heapMiB / began.heapMiB - 1 };
const { said, fates, unexplained, lostBehindBot, latenciesMs } = account;
const figures = {
  ...{ minutes, speakers, loss: LOSS, said, fates, lostBehindBot, dropped: health.dropped },
  heardRatio: health.ratio,
  latencyMs: { p50: percentile(latenciesMs, 0.5), p95: percentile(latenciesMs, 0.95) },
  botMiB: { began: rounded(began), ended: rounded(ended), growth: rounded(growth) },
  load: loadavg()[0],
};
const isLost = unexplained.length > 0 || lostBehindBot > 0;
const isGrown = Math.max(growth.rss, growth.heap) > MOST_GROWTH;
console.log(`${speakers} speakers, ${minutes} min, ${LOSS * 100} % loss, two moves, one worker killed`);
console.log(
  table([
    ["said", said],
    ["read", fates.read],
    ["not read: dropped by name", fates.dropped],
    ["not read: between two servers, nothing reached the bot", fates.notSent],
    ["not read: between two servers, too little reached the bot", fates.cutShort],
    ["not read, and no reason", fates.unexplained],
    ["handed on, and neither read nor dropped", lostBehindBot],
    ...Object.entries(health.dropped).map(([reason, count]): [string, number] => [`parts dropped: ${reason}`, count]),
    ["last sound to reading, p50 / p95 (ms)", `${figures.latencyMs.p50} / ${figures.latencyMs.p95}`],
    ["bot's memory (MiB)", `${began.rssMiB.toFixed(1)} -> ${ended.rssMiB.toFixed(1)}`],
    ["bot's heap without garbage (MiB)", `${began.heapMiB.toFixed(1)} -> ${ended.heapMiB.toFixed(1)}`],
  ]),
);
if (isLost)
  console.log(
    [...unexplained.map((each) => JSON.stringify(each)), ...bot.warnings, ...scene.worker.warnings].join("\n"),
  );
console.log(JSON.stringify({ ...figures, passed: !isLost && !isGrown }));
process.exitCode = isLost || isGrown ? 1 : 0;
