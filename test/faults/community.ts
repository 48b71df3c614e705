/** Trials with all of Discord in them: people use the command, a real bot accepts, and each has an answer. */

import { chmod, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { startEmbeddedPostgres } from "../../src/store/index.ts";
import type { Conversation } from "../discord/conversation.ts";
import { startLocalDiscord } from "../discord/index.ts";
import { postmasterOf } from "../support/postgres.ts";
import { temporaryFolder } from "../support/temporary.ts";
import { startTimbre, type TimbreProcess } from "../support/timbre-process.ts";
import { patience } from "./patience.ts";
import type { Played } from "./verdict.ts";

/** An installation that people talk to. */
export interface Community {
  /** Folder of the embedded PostgreSQL. */
  readonly dataDir: string;
  /** The process with the bot in it. */
  readonly bot: TimbreProcess;
  /** Starts another bot, when the first one is dead. */
  startBot(): Promise<void>;
}

/** A misfortune that begins when a third of the clips is answered, while people go on asking. */
export interface CommunityScenario {
  readonly what: string;
  /** `all` in one process with its own PostgreSQL, or bot and worker apart. */
  readonly roles: "all" | "apart";
  strike(community: Community): Promise<void>;
}

/** All of them, by name. */
export const COMMUNITY_SCENARIOS: Readonly<Record<string, CommunityScenario>> = {
  bot: {
    what: "kill -9 of the bot while people ask; another one comes",
    roles: "apart",
    async strike({ bot, startBot }) {
      await bot.kill();
      await startBot();
    },
  },
  embedded: {
    what: "kill -9 of the PostgreSQL that is embedded in `timbre all`, while people ask",
    roles: "all",
    async strike({ dataDir }) {
      process.kill(await postmasterOf(dataDir), "SIGKILL");
    },
  },
};

/** People who ask at the same time, each for one clip after another. */
/** What an answer says when a clip was given up. */
export const GIVEN_UP = "couldn't finish";
const PEOPLE = 8;
const VOICE = join(import.meta.dirname, "..", "fixtures", "voice.ogg");
const asked = z.object({ msg: z.literal("clip is asked for"), clip: z.string() });

/** Plays a scenario with so many clips. */
export async function playCommunity(scenario: CommunityScenario, clips: number): Promise<Played> {
  await using opened = new AsyncDisposableStack();
  const folder = temporaryFolder();
  opened.defer(() => folder.remove());
  await chmod(folder.path, 0o711);
  const dataDir = join(folder.path, "data");
  const discord = await startLocalDiscord();
  opened.defer(() => discord.close());
  const env: Record<string, string> = {
    TIMBRE_DATA: dataDir,
    TIMBRE_PORT: "0",
    TIMBRE_CLIPS_PER_PERSON: String(clips),
    TIMBRE_CLIPS_PER_SERVER: String(clips),
    TIMBRE_FETCH_HOSTS: discord.cdnHost,
    DISCORD_TOKEN: discord.token,
    DISCORD_API: discord.api,
  };
  const bots: TimbreProcess[] = [];
  const startBot = async () => {
    const bot = startTimbre([scenario.roles === "all" ? "all" : "bot"], env);
    bots.push(bot);
    opened.defer(() => bot.kill());
    await bot.said.find((line) => line.includes("logged in"), "the bot to log in", 60_000);
    return bot;
  };
  if (scenario.roles === "apart") {
    const server = await startEmbeddedPostgres(dataDir);
    opened.defer(() => server.stop());
    env["DATABASE_URL"] = server.connectionString;
    const worker = startTimbre(["worker"], env);
    opened.defer(() => worker.kill());
  }
  const bot = await startBot();
  await discord.registered("emotion");

  /** By the clip's id. */
  const conversations = new Map<string, Conversation>();
  const acceptedIds = () => new Set(bots.flatMap(({ logged }) => logged.entries.flatMap(clipAskedFor)));
  const clip = { name: "voice.ogg", bytes: await readFile(VOICE) };
  const ask = async (person: number) => {
    for (let i = person; i < clips; i += PEOPLE) {
      const conversation = discord.user(`person ${person}`).slash("emotion", { clip });
      conversations.set(`interaction-${conversation.id}`, conversation);
      // What no bot takes has failed in the person's eyes; they go on.
      await conversation.acknowledged().catch(() => undefined);
    }
  };
  const everybody = Promise.all(Array.from({ length: PEOPLE }, (_, person) => ask(person)));
  const answered = () => [...conversations.values()].filter((each) => answersOf(each).length > 0).length;
  await patience(answered, clips / 3);
  await scenario.strike({ dataDir, bot, startBot: async () => void (await startBot()) });
  await everybody;
  const accepted = acceptedIds();
  const acceptedAnswers = () =>
    [...accepted].map((id) => answersOf(conversations.get(id))).filter((each) => each.length > 0);
  const problem = await patience(() => acceptedAnswers().length, accepted.size).catch((error: unknown) =>
    String(error),
  );
  // Whoever is answered twice is so soon after.
  await delay(1000);
  return {
    accepted: accepted.size,
    answers: acceptedAnswers(),
    ...(problem !== undefined && { problem }),
  };
}

/** What a person was told in the end, as often as it was said; that a clip waits or is being heard is no answer. */
function answersOf(conversation: Conversation | undefined): string[] {
  return (conversation?.history ?? []).flatMap((event) => {
    if (!("message" in event)) return [];
    const { content, embeds } = event.message;
    return embeds.length > 0 || content.includes(GIVEN_UP) ? [JSON.stringify({ content, embeds }, withoutAddress)] : [];
  });
}

/** A picture gets an address of its own whenever it is uploaded: an answer that was written twice is the same all the same. */
function withoutAddress(key: string, value: unknown): unknown {
  return key === "image" ? "a picture" : value;
}

function clipAskedFor(line: string): string[] {
  const entry = asked.safeParse(JSON.parse(line));
  return entry.success ? [entry.data.clip] : [];
}
