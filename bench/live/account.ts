/** The account of a session, once it is over: what people said beside what the store has. */

import type { VoiceHealth } from "../../src/store/index.ts";
import { query } from "../../test/support/postgres.ts";
import { type Outcomes, outcomesOf } from "./outcomes.ts";
import type { Scene } from "./scene.ts";
import type { Said } from "./talk.ts";

/**
 * @param health of the session at its end
 * @param moves when the call moved to another voice server, in ms since 1970
 */
export async function accountFor(
  said: readonly Said[],
  scene: Scene,
  health: VoiceHealth,
  databaseUrl: string,
  moves: readonly number[] = [],
): Promise<Outcomes> {
  const rows = await query(databaseUrl, "select id, created_at from clips where source = 'live'");
  const starts = new Map(rows.map(({ id, created_at }) => [id, Number(created_at)]));
  const reads = scene.told.entries.flatMap(({ change, atMs: toldMs }) => {
    if (change.kind !== "reading" || change.subjectId === null) return [];
    const { subjectId: userId, clipId } = change;
    return [{ userId, toldMs, startMs: starts.get(clipId) ?? Number.NaN }];
  });
  const droppedLate = scene.told.entries.filter(({ change }) => change.kind === "dropped").length;
  return outcomesOf(said, reads, health, droppedLate, moves);
}
