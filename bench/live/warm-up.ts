/** Everybody says something before anything is measured. */

import type { Scene } from "./scene.ts";
import { type Said, talk } from "./talk.ts";

const PATIENCE_MS = 60_000;
const MANNER = { utteranceMs: [2000, 3000], pauseMs: [700, 1300] } as const;

/** Lets everybody talk for `durationMs`, and waits until each was read once: the model is open, code is compiled. */
export async function warmUp(
  scene: Scene,
  recording: readonly Buffer[],
  durationMs: number,
  chance: () => number,
): Promise<readonly Said[]> {
  const untilMs = Date.now() + durationMs;
  const said = await Promise.all(
    scene.people.map((person) => talk(person, scene.discord.voice, recording, MANNER, untilMs, chance)),
  );
  const heard = () =>
    new Set(scene.told.entries.flatMap(({ change }) => (change.kind === "reading" ? [change.subjectId] : []))).size;
  const talkers = said.filter(({ length }) => length > 0).length;
  await scene.told.find(() => heard() >= talkers, "a first reading of everybody", PATIENCE_MS);
  return said.flat();
}
