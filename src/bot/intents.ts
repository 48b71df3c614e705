/** What the bot asks Discord's gateway to be told of: no more than it may and needs. */

import { GatewayIntentBits } from "discord.js";
import { readApplication, restFor } from "./application.ts";

/**
 * The intents for a token. Messages in servers only where the portal lets the bot see what hangs on them (the
 * privileged intent "message content"): asking for it in vain would end the connection, and without it they are of no
 * use. When Discord can't tell, logging in will say what is wrong.
 */
export async function intentsFor(api: string, token: string): Promise<GatewayIntentBits[]> {
  const application = await readApplication(restFor(api, token)).catch(() => undefined);
  const always = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildVoiceStates];
  if (!application?.messageContent) return always;
  return [...always, GatewayIntentBits.GuildMessages, GatewayIntentBits.MessageContent];
}
