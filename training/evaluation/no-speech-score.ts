/** How often a model hears an emotion in what nobody says. */

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { UNHEARD } from "../../src/ser/speaker.ts";
import type { ClipFolders } from "./conditions.ts";
import { fingerprintOf } from "./models.ts";
import { NO_SPEECH_COUNTS, NO_SPEECH_SOUNDS, type NoSpeechKind } from "./no-speech.ts";
import { ScorePool, UnreadableClip } from "./score-pool.ts";

const scoreSchema = z.object({
  fingerprint: z.string(),
  /** Per kind: how many sounds, and how many of them were read as an emotion. */
  kinds: z.record(z.string(), z.object({ n: z.number(), emotions: z.number() })),
});

/** Sounds and false emotions per kind. */
export type NoSpeechScore = z.infer<typeof scoreSchema>["kinds"];

/** Scores the five hundred sounds, after Opus; kept in the work folder as long as the model stays the same. */
export async function scoreNoSpeech(modelDir: string, folders: ClipFolders): Promise<NoSpeechScore> {
  const fingerprint = await fingerprintOf(modelDir, [join(import.meta.dirname, "no-speech.ts")]);
  const path = join(folders.work, "results", "no-speech.json");
  const kept = await readFile(path, "utf8").then(JSON.parse, () => undefined);
  const parsed = scoreSchema.safeParse(kept);
  if (parsed.success && parsed.data.fingerprint === fingerprint) return parsed.data.kinds;
  const kinds = Object.fromEntries(Object.entries(NO_SPEECH_COUNTS).map(([kind, n]) => [kind, { n, emotions: 0 }]));
  const pool = await ScorePool.open(modelDir, folders);
  try {
    const jobs = NO_SPEECH_SOUNDS.map((sound) => ({ kind: "sound", sound, speakers: [UNHEARD] }) as const);
    await pool.run(jobs, (answer, index) => {
      if (answer instanceof UnreadableClip) throw answer;
      const kind: NoSpeechKind | undefined = NO_SPEECH_SOUNDS[index]?.kind;
      const count = kind && kinds[kind];
      if (count && answer[0]?.said.speech) count.emotions += 1;
    });
  } finally {
    await pool.close();
  }
  await writeFile(path, JSON.stringify({ fingerprint, kinds }));
  return kinds;
}
