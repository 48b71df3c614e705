/** What the bot asks Discord's gateway to be told of: no more than it may and needs. */

import { ApplicationFlags, GatewayIntentBits, REST, Routes } from "discord.js";
import { z } from "zod";

const application = z.object({ flags: z.number().default(0) });
/** Either flag will do: the first belongs to bots that Discord has verified, the second to all others. */
const MAY_READ = ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited;

/**
 * The intents for a token. Messages in servers only where the portal lets the bot see what hangs on them (the
 * privileged intent "message content"): asking for it in vain would end the connection, and without it they are of no
 * use. When Discord can't tell, logging in will say what is wrong.
 */
export async function intentsFor(api: string, token: string): Promise<GatewayIntentBits[]> {
  const rest = new REST({ api, version: "10", retries: 1 }).setToken(token);
  const answer: unknown = await rest.get(Routes.currentApplication()).catch(() => undefined);
  const flags = application.safeParse(answer).data?.flags ?? 0;
  if ((flags & MAY_READ) === 0) return [GatewayIntentBits.Guilds];
  return [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.MessageContent];
}
