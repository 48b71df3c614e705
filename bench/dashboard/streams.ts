/** Many open pages: every one hears everything, and the server's memory doesn't grow. */

import { fork } from "node:child_process";
import { once } from "node:events";
import { Agent, get, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { z } from "zod";
import { openStore } from "../../src/store/index.ts";
import { BIG_GUILD } from "./generate.ts";

const listening = z.object({ origin: z.string(), cookie: z.string() });
const memory = z.object({ heapMiB: z.number(), rssMiB: z.number() });

/** Events per second: a large server with a full voice channel has a tenth of it. */
const EVENTS_PER_S = 50;

const READING = {
  ...{ speech: true, label: "neutral", confidence: 0.7, uncertain: false, adapted: false, durationMs: 3000 },
  scores: { anger: 0.1, disgust: 0.05, fear: 0.05, happiness: 0.05, surprise: 0.03, sadness: 0.02, neutral: 0.7 },
  timeline: [],
  profile: {
    ...{ pitchHz: null, loudnessDbfs: -20, energy: 1, brightnessHz: null, voicedShare: 0.5 },
    contour: { hopMs: 50, pitchHz: [], loudnessDbfs: [] },
  },
  model: { name: "none", version: "0" },
};

/** Opens the pages, lets things happen, and tells what each missed and what the server's memory did. */
export async function openPages(connectionString: string, pages: number, events: number) {
  const child = fork(join(import.meta.dirname, "server-child.ts"), [connectionString], { execArgv: ["--expose-gc"] });
  const ask = async <T>(schema: z.ZodType<T>): Promise<T> => {
    if (child.connected) child.send("measure");
    const [message] = await once(child, "message");
    return schema.parse(message);
  };
  const [hello] = await once(child, "message");
  const { origin, cookie } = listening.parse(hello);
  const store = await openStore(connectionString);
  const agent = new Agent({ maxSockets: Number.POSITIVE_INFINITY });
  const heard = new Array<number>(pages).fill(0);
  const open = (index: number) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const url = `${origin}/api/v1/guilds/${BIG_GUILD}/events`;
      get(url, { agent, headers: { cookie } }, (response) => {
        if (response.statusCode !== 200) return reject(new Error(`a page got ${response.statusCode}`));
        response.setEncoding("utf8").on("data", (text: string) => {
          heard[index] = (heard[index] ?? 0) + (text.match(/^event: change$/gm)?.length ?? 0);
        });
        resolve(response);
      }).on("error", reject);
    });
  const opened = await Promise.all(heard.map((_, index) => open(index)));
  const happen = async (count: number, from: number) => {
    for (let index = 0; index < count; index++) {
      const id = `event-${from + index}`;
      await store.clips.accept(id, { source: "live", guildId: BIG_GUILD, channelId: "1", subjectId: `${index % 5}` });
      await store.clips.saveReading(id, READING);
      await new Promise((resolve) => setTimeout(resolve, 1000 / EVENTS_PER_S));
    }
    for (let tries = 0; heard.some((each) => each < from + count) && tries < 100; tries++)
      await new Promise((resolve) => setTimeout(resolve, 100));
  };
  // The first tenth only fills what stays: compiled code, buffers of sockets.
  const warmUp = Math.ceil(events / 10);
  await happen(warmUp, 0);
  const before = await ask(memory);
  await happen(events - warmUp, warmUp);
  const after = await ask(memory);
  const missed = heard.filter((count) => count !== events).length;
  for (const response of opened) response.destroy();
  await store.close();
  child.send("end");
  await once(child, "exit");
  console.error(
    `${pages} pages, ${events} events: heap ${before.heapMiB} -> ${after.heapMiB} MiB, ${missed} pages missed some`,
  );
  return { pages, events, pagesThatMissed: missed, before, after };
}
