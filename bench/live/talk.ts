/** People talking: utterances and pauses of a real recording, by chance that can be repeated. */

import { setTimeout as wait } from "node:timers/promises";
import type { Person } from "../../test/discord/person.ts";
import type { VoiceControl } from "../../test/discord/voice/control.ts";
import { PACKET_MS } from "../../test/discord/voice/microphone.ts";
import type { Sent } from "../../test/discord/voice/person-voice.ts";

/** Something that was said, as its speaker knows it. */
export interface Said {
  readonly userId: string;
  /** First and last sound, in ms since 1970. */
  readonly startMs: number;
  readonly endMs: number;
  /** Packets that were to be said. */
  readonly packets: number;
  /** What went out, for each voice server that had the call meanwhile. */
  readonly sent: readonly Sent[];
  /** Packets that a voice server sent on to the bot: it may be away for a moment while the call moves. */
  readonly passed: number;
}

/** How people talk, from the shortest to the longest, in ms. */
export interface Manner {
  readonly utteranceMs: readonly [number, number];
  readonly pauseMs: readonly [number, number];
}

/** One person talks until `untilMs` (since 1970). Nobody begins in the same moment as the others. */
export async function talk(
  person: Person,
  voice: VoiceControl,
  recording: readonly Buffer[],
  { utteranceMs, pauseMs }: Manner,
  untilMs: number,
  chance: () => number,
): Promise<readonly Said[]> {
  const between = ([least, most]: readonly [number, number]) => least + chance() * (most - least);
  const said: Said[] = [];
  await wait(chance() * (utteranceMs[1] + pauseMs[1]));
  while (Date.now() < untilMs) {
    const count = Math.round(between(utteranceMs) / PACKET_MS);
    const from = Math.floor(chance() * Math.max(1, recording.length - count));
    const passedBefore = voice.passedToBot(person.id);
    const startMs = Date.now();
    const sent = await person.voice.speak(recording, { from, count });
    const packets = Math.min(count, recording.length - from);
    const endMs = Date.now();
    await person.voice.fallSilent();
    const pause = between(pauseMs);
    await wait(pause);
    // By now all packets are through.
    const passed = voice.passedToBot(person.id) - passedBefore;
    said.push({ userId: person.id, startMs, endMs, packets, sent, passed });
    person.voice.pause(pause);
  }
  return said;
}
