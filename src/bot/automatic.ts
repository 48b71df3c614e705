/** The automatic mode: new voice messages in chosen channels are read unasked, of people who want that. */

import { type Message, MessageFlags } from "discord.js";
import type { Logger } from "pino";
import type { Store } from "../store/index.ts";
import { clipsOf } from "./commands/first-audio.ts";
import type { ClipSink } from "./commands/hand-over.ts";
import { tokenBuckets } from "./token-bucket.ts";

/** What the mode needs. */
export interface AutomaticParts {
  readonly queue: Pick<ClipSink, "enqueueClip">;
  readonly store: Pick<Store, "consents" | "guilds">;
  /** Largest clip that is accepted, in bytes. */
  readonly maxBytes: number;
  readonly logger: Logger;
  /** Tells the time, in ms, for the budget; the system's clock by default. */
  readonly now?: (() => number) | undefined;
}

/** Voice messages that a channel may have read at once, */
const CAPACITY = 5;
/** and then one in so many ms: people who talk in turns stay under it, a flood doesn't come through. */
const REFILL_MS = 15_000;

/**
 * Looks at a new message and asks for it to be analysed, if its server and its author want that and the channel's
 * budget allows it. Else nothing happens, and nobody is told: nobody asked.
 */
export function automaticMode({ queue, store, maxBytes, logger, now = Date.now }: AutomaticParts) {
  const budget = tokenBuckets({ capacity: CAPACITY, refillMs: REFILL_MS, now });

  return async (message: Message): Promise<void> => {
    const { guild, channelId, author } = message;
    if (guild === null || author.bot || !message.flags.has(MessageFlags.IsVoiceMessage)) return;
    const settings = await store.guilds.settings(guild.id);
    const chosen = settings.automatic.find((each) => each.channelId === channelId);
    const { id, attachments } = message;
    const [clip] = clipsOf({ id, author, attachments: attachments.values() }, "automatic");
    if (chosen === undefined || clip === undefined || clip.size > maxBytes) return;
    const consent = await store.consents.of(author.id);
    if (!consent.live || consent.optedOut) return;
    if (!budget.take(channelId)) {
      logger.debug({ channel: channelId }, "voice message is over the channel's budget");
      return;
    }
    // Discord may tell of a message twice, after a connection was mended; the id makes it one job.
    const trace = `message-${id}`;
    await queue.enqueueClip(trace, {
      version: 1,
      source: { kind: "url", url: clip.url },
      reply: {
        kind: "message",
        channelId,
        messageId: id,
        answer: chosen.answer,
        locale: settings.language ?? guild.preferredLocale,
      },
      filename: clip.name,
      attribution: { ...clip.attribution, guildId: guild.id, channelId },
      trace,
    });
    logger.info({ trace, clip: trace }, "clip is asked for");
  };
}
