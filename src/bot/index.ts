/** The Discord bot: logs in, registers its commands, and runs them. */

import { setTimeout as delay } from "node:timers/promises";
import { Client, Events, type REST, type RepliableInteraction } from "discord.js";
import type { Logger } from "pino";
import { surviveClockChanges } from "../discord-rest.ts";
import { UserError } from "../errors.ts";
import type { Store } from "../store/index.ts";
import { automaticMode } from "./automatic.ts";
import { answerControls } from "./commands/answer/index.ts";
import type { CommandDefinition } from "./commands/command.ts";
import { COMMAND_DEFINITIONS } from "./commands/definitions.ts";
import { emotionCommand } from "./commands/emotion.ts";
import type { ClipCommandParts } from "./commands/hand-over.ts";
import { consentControls } from "./commands/mood/consent-buttons.ts";
import { moodCommand } from "./commands/mood/index.ts";
import { privacyButtons, privacyCommand } from "./commands/privacy/index.ts";
import { readMessageCommand } from "./commands/read-message.ts";
import { settingsCommand } from "./commands/settings/index.ts";
import { intentsFor } from "./intents.ts";
import type { DepartureRules } from "./live/departure.ts";
import type { UtteranceSink } from "./live/handing-on.ts";
import type { HeardSince } from "./live/health.ts";
import { LiveSessions } from "./live/sessions.ts";
import { loggable } from "./loggable.ts";
import { registerCommands } from "./registrar.ts";
import { PATIENCE, type Patience, runCommand } from "./run-command.ts";
import { systemClock } from "./voice/clock.ts";

/** Discord may still show a command that this version no longer has. */
const unknownCommand = {
  execute: () => Promise.reject(new UserError("no-command")),
};

/** The same for a button under an old message. */
const unknownButton = {
  press: () => Promise.reject(new UserError("no-command")),
  choose: () => Promise.reject(new UserError("no-command")),
};

/** How long (ms) commands under way may take when the bot stops; a stop may take ten seconds in all. */
const FINISH_WITHIN_MS = 3000;

/** What the bot needs. */
export interface BotParts extends ClipCommandParts {
  readonly store: Store;
  /** The bot's token. */
  readonly token: string;
  /** Discord's REST address without a version, e.g. `https://discord.com/api`. */
  readonly api: string;
  readonly logger: Logger;
  /** Tells the time, in ms; the system's clock by default. */
  readonly now?: () => number;
  /** How long commands may take. */
  readonly patience?: Patience;
  /** Is handed the client by which Discord's REST is asked, to watch it. */
  readonly onRest?: (rest: REST) => void;
  /** The queue of what is said in voice channels. */
  readonly utterances: UtteranceSink;
  /** When live sessions end by themselves. */
  readonly departure?: Partial<DepartureRules>;
  /** Hears how much was said in voice channels, arrived and dropped since the last time, for counters. */
  readonly onHeard?: (heard: HeardSince) => void;
}

/** A bot that runs. */
export interface Bot {
  /** @throws Error when it isn't connected to Discord just now. */
  check(): Promise<void>;
  /** Takes no new commands, waits for those under way (but not for ever), and logs out. */
  close(): Promise<void>;
}

/**
 * Starts the bot and resolves when it is logged in and its commands are registered.
 * @throws Error when the token is wrong or Discord can't be reached.
 */
export async function startBot(parts: BotParts): Promise<Bot> {
  const { token, api, logger } = parts;
  const live = new LiveSessions({
    ...{ store: parts.store, queue: parts.utterances, clock: systemClock, group: token, logger },
    ...{ rules: parts.departure, onHeard: parts.onHeard },
  });
  const slash = byName([
    ...[emotionCommand(parts), privacyCommand(parts), settingsCommand(parts)],
    moodCommand({ store: parts.store, live }),
  ]);
  const menu = byName([readMessageCommand(parts)]);
  const groups = [answerControls(parts), privacyButtons(parts), consentControls({ live })];
  const buttons = new Map(groups.map((group) => [group.name, group]));
  const underWay = new Set<Promise<void>>();
  const client = new Client({ intents: await intentsFor(api, token), rest: { api } });
  surviveClockChanges(client.rest);
  parts.onRest?.(client.rest);
  const track = (work: Promise<void>) => {
    const run = work.finally(() => underWay.delete(run));
    underWay.add(run);
  };
  const start = (interaction: RepliableInteraction, command: () => Promise<void>) => {
    track(runCommand(command, interaction, logger, parts.patience ?? PATIENCE));
  };
  const readUnasked = automaticMode(parts);

  client.on(Events.Error, (error) => logger.error({ err: loggable(error) }, "connection to Discord failed"));
  client.on(Events.Warn, (message) => logger.warn(message));
  client.on(Events.Invalidated, () => logger.error("Discord ended the session for good; start the bot again"));
  client.on(Events.MessageCreate, (message) => {
    track(
      readUnasked(message).catch((error: unknown) => {
        logger.error({ err: loggable(error) }, "voice message couldn't be read");
      }),
    );
  });
  client.on(Events.InteractionCreate, (interaction) => {
    if (interaction.isChatInputCommand()) {
      const command = slash.get(interaction.commandName) ?? unknownCommand;
      start(interaction, () => command.execute(interaction));
    } else if (interaction.isMessageContextMenuCommand()) {
      const command = menu.get(interaction.commandName) ?? unknownCommand;
      start(interaction, () => command.execute(interaction));
    } else if (interaction.isButton()) {
      const [group, action] = targetOf(interaction.customId);
      const { press } = buttons.get(group) ?? unknownButton;
      start(interaction, () => press(interaction, action));
    } else if (interaction.isStringSelectMenu()) {
      const [group, action] = targetOf(interaction.customId);
      const { choose } = { ...unknownButton, ...buttons.get(group) };
      start(interaction, () => choose(interaction, action));
    } else if (interaction.isRepliable()) {
      // A menu or a form that an older version sent.
      start(interaction, unknownCommand.execute);
    }
  });

  try {
    await live.open(client);
    const loggedIn = await logIn(client, token);
    const { application } = loggedIn;
    // One of several shards is enough to do so.
    if (client.shard?.ids.includes(0) ?? true) await register(client.rest, application.id, logger);
    await live.tidyUp(loggedIn);
  } catch (error) {
    await live.close();
    await client.destroy();
    throw error;
  }

  return {
    async check() {
      if (!client.isReady()) throw new Error("The bot isn't connected to Discord.");
    },
    async close() {
      client.removeAllListeners(Events.InteractionCreate);
      client.removeAllListeners(Events.MessageCreate);
      const enough = new AbortController();
      const patienceEnds = delay(FINISH_WITHIN_MS, undefined, { signal: enough.signal }).catch(() => undefined);
      await Promise.race([Promise.all([live.close(), ...underWay]), patienceEnds]);
      enough.abort();
      if (underWay.size > 0) logger.warn({ commands: underWay.size }, "commands were cut off by the end");
      await client.destroy();
    },
  };
}

/** A custom id's group, and what it says to the group. */
function targetOf(customId: string): readonly [group: string, action: string] {
  const [group = "", ...rest] = customId.split(":");
  return [group, rest.join(":")];
}

function byName<Command extends { readonly definition: CommandDefinition }>(commands: readonly Command[]) {
  return new Map(commands.map((command) => [command.definition.name, command]));
}

function logIn(client: Client, token: string): Promise<Client<true>> {
  return new Promise((resolve, reject) => {
    client.once(Events.ClientReady, resolve);
    client.once(Events.ShardDisconnect, ({ code }) =>
      reject(new Error(`Discord refused the bot (close code ${code}).`)),
    );
    client.login(token).catch(reject);
  });
}

/** A bot whose commands couldn't be brought up to date still serves those that Discord knows. */
async function register(rest: REST, applicationId: string, logger: Logger): Promise<void> {
  try {
    logger.info(await registerCommands(rest, applicationId, COMMAND_DEFINITIONS), "commands registered");
  } catch (error) {
    logger.error({ err: loggable(error) }, "commands couldn't be registered");
  }
}
