/** What a bot says to the gateway. */

import { GatewayOpcodes } from "discord-api-types/v10";
import { z } from "zod";

const identification = z.looseObject({
  token: z.string(),
  intents: z.number(),
  /** Which shard of how many. */
  shard: z.tuple([z.int().min(0), z.int().min(1)]).default([0, 1]),
});

/** How a bot logs in. */
export type Identification = z.infer<typeof identification>;

const incoming = z.discriminatedUnion("op", [
  z.object({ op: z.literal(GatewayOpcodes.Heartbeat), d: z.number().nullable() }),
  z.object({ op: z.literal(GatewayOpcodes.Identify), d: identification }),
  z.object({
    op: z.literal(GatewayOpcodes.Resume),
    d: z.object({ token: z.string(), session_id: z.string(), seq: z.number() }),
  }),
  z.object({ op: z.literal(GatewayOpcodes.PresenceUpdate), d: z.unknown() }),
  z.object({
    op: z.literal(GatewayOpcodes.VoiceStateUpdate),
    d: z.object({
      guild_id: z.string(),
      channel_id: z.string().nullable(),
      self_mute: z.boolean(),
      self_deaf: z.boolean(),
    }),
  }),
]);

/** What a bot may say. */
export type Incoming = z.infer<typeof incoming>;

/** A bot's message; undefined when it isn't a message that a bot may send. */
export function parse(text: string): Incoming | undefined {
  try {
    return incoming.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
