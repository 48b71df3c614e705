/** What is done to live sessions from several sides, always within somebody's transaction. */

import { type LateDrop, voiceHealth } from "./change-schema.ts";
import { insertChange } from "./changes.ts";
import type { Database } from "./database.ts";

/** Writes down what a session is now, as an event. */
export async function insertSessionChange(step: Database, sessionId: string, at: Date): Promise<void> {
  const row = await step.selectFrom("live_sessions").selectAll().where("id", "=", sessionId).executeTakeFirstOrThrow();
  const speakers = await speakersOf(step, sessionId, true);
  await insertChange(
    step,
    {
      ...{ kind: "session", sessionId, guildId: row.guild_id, channelId: row.channel_id },
      ...{ startedAt: row.started_at, endedAt: row.ended_at, endReason: row.end_reason },
      speakers,
      health: voiceHealth.parse(row.health),
    },
    at,
  );
}

/** Who takes part in a running session, or who decided not to. */
export async function speakersOf(database: Database, sessionId: string, included: boolean): Promise<readonly string[]> {
  const rows = await database
    .selectFrom("live_speakers")
    .select("user_id")
    .where("session_id", "=", sessionId)
    .where("included", "=", included)
    .orderBy("user_id")
    .execute();
  return rows.map(({ user_id }) => user_id);
}

/** Whose utterances; of everybody, or in every session, where that isn't said. */
export interface Whose {
  readonly sessionId?: string;
  readonly userId?: string;
}

/** Leaves somebody out of a session, or of all that run: forgets what is known of their voice, and what they said. */
export async function leaveOut(step: Database, whose: Whose & { readonly userId: string }, at: Date): Promise<void> {
  const theirs = step.updateTable("live_speakers").where("user_id", "=", whose.userId).where("included", "=", true);
  const { sessionId } = whose;
  const rows = await (sessionId === undefined ? theirs : theirs.where("session_id", "=", sessionId))
    .set({ included: false, statistics: null })
    .returning("session_id")
    .execute();
  await dropWhere(step, whose, "no-consent", at);
  for (const { session_id } of rows) await insertSessionChange(step, session_id, at);
}

/** Drops waiting utterances, each with an event that says why. */
export async function dropWhere(step: Database, { sessionId, userId }: Whose, reason: LateDrop, at: Date) {
  let doomed = step.deleteFrom("utterances");
  if (sessionId !== undefined) doomed = doomed.where("session_id", "=", sessionId);
  if (userId !== undefined) doomed = doomed.where("subject_id", "=", userId);
  const rows = await doomed.returning(["clip_id", "session_id"]).execute();
  await insertDrops(step, rows, reason, at);
}

/** Says of each of these utterances why it was dropped; where the session isn't kept any more, nobody asks. */
export async function insertDrops(
  step: Database,
  rows: readonly { readonly clip_id: string; readonly session_id: string }[],
  reason: LateDrop,
  at: Date,
): Promise<void> {
  for (const { clip_id, session_id } of rows) {
    const session = await step
      .selectFrom("live_sessions")
      .select(["guild_id as guildId", "channel_id as channelId"])
      .where("id", "=", session_id)
      .executeTakeFirst();
    if (session) {
      await insertChange(step, { kind: "dropped", ...session, sessionId: session_id, clipId: clip_id, reason }, at);
    }
  }
}
