/** The account of a session, once it is over: what people said beside what the bot heard and the store has. */

import { z } from "zod";
import { type Heard, type Outcomes, outcomesOf } from "./outcomes.ts";
import type { Scene } from "./scene.ts";
import type { Said } from "./talk.ts";

const span = { ssrc: z.number(), first: z.number(), last: z.number() };
/** Lines of the bot's log at level "debug" that say what became of what it heard; a late drop names a clip. */
const line = z.union([
  z.object({ msg: z.literal("utterance handed on"), time: z.number(), clip: z.string(), ...span }),
  z.object({ msg: z.literal("utterance dropped"), time: z.number(), reason: z.string(), ...span }),
  z.object({ msg: z.literal("utterance dropped"), reason: z.string(), clip: z.string() }),
]);

/** Makes the account; the bot's log has to be complete. */
export function accountFor(said: readonly Said[], { bot, told }: Scene): Outcomes {
  const lines = bot.lines.flatMap((each) => {
    if (!each.includes('"utterance ')) return [];
    const { data } = line.safeParse(JSON.parse(each));
    return data ? [data] : [];
  });
  const reads = new Map(
    told.entries.flatMap(({ change, atMs }) => (change.kind === "reading" ? [[change.clipId, atMs] as const] : [])),
  );
  const late = new Map(
    lines.flatMap((each) => ("reason" in each && "clip" in each ? [[each.clip, each.reason] as const] : [])),
  );
  const heard = lines.flatMap((each): Heard[] => {
    if (!("ssrc" in each)) return [];
    const { ssrc, first, last, time: atMs } = each;
    const fate =
      "clip" in each ? { toldMs: reads.get(each.clip), reason: late.get(each.clip) } : { reason: each.reason };
    return [{ span: { ssrc, first, last }, atMs, ...fate }];
  });
  return outcomesOf(said, heard);
}
