/**
 * A voice channel full of people who agreed, on a local Discord in this process; the bot, one worker and PostgreSQL
 * are processes of their own. Nothing of Timbre runs here but the ear for what the store tells.
 */

import { chmodSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Change, openStore } from "../../src/store/index.ts";
import { APPLICATION_ID, type LocalDiscord, type SeenMessage, startLocalDiscord } from "../../test/discord/index.ts";
import { Journal } from "../../test/discord/journal.ts";
import type { Person } from "../../test/discord/person.ts";
import { startTestPostgres } from "../../test/support/postgres.ts";
import { temporaryFolder } from "../../test/support/temporary.ts";
import { RoleProcess } from "./role-process.ts";

const INCLUDE = "Include me";
/** So many people press at once; Discord wants each answered within three seconds. */
const PRESSES_AT_ONCE = 20;
const PATIENCE_MS = 60_000;

/** A database: the given one, or a server of our own. */
export async function openPostgres(given: string | undefined, opened: AsyncDisposableStack): Promise<string> {
  if (given) return given;
  const server = await startTestPostgres();
  opened.defer(() => server.stop());
  return server.createDatabase();
}

/** Something that happened, and when it was told here. */
export interface Told {
  readonly change: Change;
  /** In ms since 1970. */
  readonly atMs: number;
}

/** The channel, and everything around it. */
export class Scene {
  readonly discord: LocalDiscord;
  /** Everybody in the channel. */
  readonly people: readonly Person[];
  /** What the store told. */
  readonly told = new Journal<Told>();
  readonly bot: RoleProcess;
  worker: RoleProcess;
  readonly #startWorker: () => Promise<RoleProcess>;

  private constructor(
    discord: LocalDiscord,
    people: readonly Person[],
    bot: RoleProcess,
    worker: RoleProcess,
    startWorker: () => Promise<RoleProcess>,
  ) {
    this.discord = discord;
    this.people = people;
    this.bot = bot;
    this.worker = worker;
    this.#startWorker = startWorker;
  }

  /** Starts everything; resolves when everybody is heard. `opened` ends it. */
  static async open(speakers: number, databaseUrl: string, opened: AsyncDisposableStack): Promise<Scene> {
    const folder = temporaryFolder();
    opened.defer(() => folder.remove());
    // The embedded server's socket may be reached through it by another user.
    chmodSync(folder.path, 0o711);
    const discord = await startLocalDiscord();
    opened.defer(() => discord.close());
    const certificate = join(folder.path, "voice.pem");
    await writeFile(certificate, discord.voice.certificate);
    const env = {
      ...{ DISCORD_API: discord.api, DISCORD_TOKEN: discord.token, NODE_EXTRA_CA_CERTS: certificate },
      ...{ DATABASE_URL: databaseUrl, TIMBRE_DATA: join(folder.path, "data") },
      // What became of each utterance stands in the bot's log.
      LOG_LEVEL: "debug",
    };
    const startWorker = () => RoleProcess.start("worker", folder.path, env);
    const bot = await RoleProcess.start("bot", folder.path, env);
    const people = Array.from({ length: speakers }, (_, index) => discord.user(`Speaker ${index + 1}`));
    const scene = new Scene(discord, people, bot, await startWorker(), startWorker);
    opened.defer(() => bot.stop());
    opened.defer(() => scene.worker.stop());
    const store = await openStore(databaseUrl);
    opened.defer(() => store.close());
    opened.defer(await store.changes.listen((change) => scene.told.push({ change, atMs: Date.now() })));
    await scene.#gather();
    return scene;
  }

  /** Kills the worker in the middle of whatever it does, and starts another. */
  async replaceWorker(): Promise<void> {
    await this.worker.kill();
    this.worker = await this.#startWorker();
  }

  /** Ends the session, and gives its last event; the bot's log is complete then. */
  async end(): Promise<Extract<Change, { kind: "session" }>> {
    await this.#chair.slash("mood stop").answered();
    await this.bot.wrote("live session is over");
    return this.session(({ endedAt }) => endedAt !== null, "the session's end");
  }

  /** The first event of the session that `matches`. */
  async session(
    matches: (session: Extract<Change, { kind: "session" }>) => boolean,
    what: string,
  ): Promise<Extract<Change, { kind: "session" }>> {
    const isIt = (told: Told): told is Told & { change: { kind: "session" } } =>
      told.change.kind === "session" && matches(told.change);
    return (await this.told.find(isIt, what, PATIENCE_MS)).change;
  }

  get #chair(): Person {
    const [first] = this.people;
    if (!first) throw new Error("Somebody has to be there.");
    return first;
  }

  async #gather(): Promise<void> {
    const { voice } = this.discord;
    // All come at once, so that their encryption changes twice and not as often as there are people.
    const goOn = (await voice.server()).group.commits.hold();
    await Promise.all(this.people.map((person) => person.voice.join(undefined, { deaf: true })));
    await this.discord.registered("mood");
    await this.#chair.slash("mood start").answered();
    goOn();
    await voice.encrypted([APPLICATION_ID, ...this.people.map(({ id }) => id)]);
    const asks = ({ components }: SeenMessage) => JSON.stringify(components).includes(INCLUDE);
    const notice = await this.discord.sent.find(asks, `a message with "${INCLUDE}"`);
    for (let first = 0; first < this.people.length; first += PRESSES_AT_ONCE) {
      const some = this.people.slice(first, first + PRESSES_AT_ONCE);
      await Promise.all(some.map((person) => person.press(notice, INCLUDE).answered()));
    }
    await this.session(({ speakers }) => speakers.length === this.people.length, "everybody to take part");
  }
}
