/** The mark that everybody in a voice channel sees while Timbre listens: a red dot before its name. */

import type { Guild } from "discord.js";
import type { Logger } from "pino";
import { loggable } from "../loggable.ts";

/** Begins the name while it listens. */
const MARK = "🔴 ";
/** Discord's limit for a nickname. */
const LONGEST = 32;

/** Shows that Timbre listens in the guild. Where it may not change its name, the message in the channel has to do. */
export async function mark({ members: { me } }: Guild, logger: Logger): Promise<void> {
  if (!me || me.displayName.startsWith(MARK)) return;
  await setName(`${MARK}${me.displayName}`.slice(0, LONGEST), me.guild, logger);
}

/** Takes the mark off, also one that a dead bot left. */
export async function unmark({ members: { me } }: Guild, logger: Logger): Promise<void> {
  if (!me?.nickname?.startsWith(MARK)) return;
  const name = me.nickname.slice(MARK.length);
  await setName(name === me.user.displayName ? null : name, me.guild, logger);
}

async function setName(nick: string | null, { members }: Guild, logger: Logger): Promise<void> {
  await members.editMe({ nick }).catch((error: unknown) => {
    logger.warn({ err: loggable(error) }, "name in the server can't be changed");
  });
}
