/** Servers: their settings, and whether they have seen the first notice. */

import { isDeepStrictEqual } from "node:util";
import type { Selectable } from "kysely";
import { insertAudit } from "./audit.ts";
import type { Database, Tables } from "./database.ts";
import { DEFAULT_SETTINGS, type GuildSettings, guildSettings } from "./guild-settings.ts";
import { purgeGuild } from "./purge.ts";

/** The servers. One that never changed anything has the default settings. */
export interface Guilds {
  /** A server's settings; the defaults for no server at all. */
  settings(guildId: string | null | undefined): Promise<GuildSettings>;
  /**
   * Changes a server's settings to what `change` makes of them, and writes one audit row for each that differs.
   * Changes at the same time follow one another. Returns the settings as they are now.
   * @throws ZodError when they would make no sense.
   */
  change(
    guildId: string,
    actorId: string,
    change: (before: GuildSettings) => Partial<GuildSettings>,
  ): Promise<GuildSettings>;
  /** Notes that a server sees the first notice; true for the first call only, in whichever process. */
  claimNotice(guildId: string): Promise<boolean>;
  /** Deletes all that is kept about a server, its settings too, and says how many rows it were. */
  purge(guildId: string): Promise<number>;
  /** Takes a claim back, as the notice couldn't be shown. */
  releaseNotice(guildId: string): Promise<void>;
}

/** The servers of a database; `now` tells the time. */
export function guildsIn(database: Database, now: () => Date): Guilds {
  const untouched = (guildId: string) => ({ guild_id: guildId, ...rowOf(DEFAULT_SETTINGS), noticed_at: null });
  return {
    async settings(guildId) {
      if (!guildId) return DEFAULT_SETTINGS;
      const row = await database
        .selectFrom("guild_settings")
        .selectAll()
        .where("guild_id", "=", guildId)
        .executeTakeFirst();
      return row ? settingsOf(row) : DEFAULT_SETTINGS;
    },
    change(guildId, actorId, change) {
      return database.transaction().execute(async (step) => {
        await step
          .insertInto("guild_settings")
          .values(untouched(guildId))
          .onConflict((conflict) => conflict.column("guild_id").doNothing())
          .execute();
        const found = step.selectFrom("guild_settings").selectAll().where("guild_id", "=", guildId);
        const before = settingsOf(await found.forUpdate().executeTakeFirstOrThrow());
        const after = guildSettings.parse({ ...before, ...change(before) });
        await step.updateTable("guild_settings").set(rowOf(after)).where("guild_id", "=", guildId).execute();
        for (const action of guildSettings.keyof().options) {
          if (isDeepStrictEqual(before[action], after[action])) continue;
          await insertAudit(step, { guildId, actorId, action, from: before[action], to: after[action], at: now() });
        }
        return after;
      });
    },
    async claimNotice(guildId) {
      const { numInsertedOrUpdatedRows } = await database
        .insertInto("guild_settings")
        .values({ ...untouched(guildId), noticed_at: now() })
        .onConflict((conflict) =>
          conflict.column("guild_id").doUpdateSet({ noticed_at: now() }).where("guild_settings.noticed_at", "is", null),
        )
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    },
    purge: (guildId) => purgeGuild(database, guildId),
    async releaseNotice(guildId) {
      await database.updateTable("guild_settings").set({ noticed_at: null }).where("guild_id", "=", guildId).execute();
    },
  };
}

function rowOf({ language, answers, automatic, live, retentionDays, alertChannelId }: GuildSettings) {
  return {
    language,
    answers,
    automatic: JSON.stringify(automatic),
    live: JSON.stringify(live),
    retention_days: retentionDays,
    alert_channel_id: alertChannelId,
  };
}

function settingsOf(row: Selectable<Tables["guild_settings"]>): GuildSettings {
  return guildSettings.parse({
    language: row.language,
    answers: row.answers,
    automatic: row.automatic,
    live: row.live,
    retentionDays: row.retention_days,
    alertChannelId: row.alert_channel_id,
  });
}
