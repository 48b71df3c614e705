/** How many clips a person and a server may ask for. */

import { TimestampStyles, time } from "discord.js";
import { UserError } from "../../errors.ts";
import type { Rate, Store } from "../../store/index.ts";
import type { CommandUse } from "./command.ts";

/** The limits, for any ten minutes. */
export interface ClipLimits {
  readonly perPerson: number;
  readonly perServer: number;
}

/** Long enough for a burst of curiosity, short enough to wait for. */
const PER_MS = 10 * 60_000;

/**
 * Counts clips for who asked and where, all or none. More at once than the limit allows count as the limit.
 * @throws UserError `too-often-person` or `too-often-server`, with the time when it is free again as Discord shows times.
 */
export async function countClips(
  { user, guildId }: Pick<CommandUse, "user" | "guildId">,
  wanted: number,
  { store, limits }: { readonly store: Pick<Store, "rates">; readonly limits: ClipLimits },
): Promise<void> {
  const person = { key: `person-${user.id}`, count: limits.perPerson, perMs: PER_MS };
  const server = { key: `server-${guildId}`, count: limits.perServer, perMs: PER_MS };
  const counted = guildId === null ? [person] : [person, server];
  const exceeded = await store.rates.take(
    counted.flatMap((rate) => Array<Rate>(Math.min(wanted, rate.count)).fill(rate)),
  );
  if (!exceeded) return;
  const when = time(Math.ceil(exceeded.freeAt.getTime() / 1000), TimestampStyles.RelativeTime);
  throw new UserError(exceeded.key === person.key ? "too-often-person" : "too-often-server", { when });
}
