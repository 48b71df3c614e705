/** What a session knows of moods: the channel's and each speaker's now, and the whole session's. */

import {
  type DecayingMood,
  emptyTimeline,
  type HeardReading,
  type Mood,
  type MoodTimeline,
  moodAt,
  moodOf,
  NOTHING,
  noMood,
  plus,
  type SpeakerMood,
  type Sums,
  speakerMoodAt,
  type Trend,
  unheardSpeaker,
  withReading,
  withSpoken,
  withTimed,
} from "../../mood/index.ts";

/** One speaker, as the readout shows them. */
export interface SpeakerRow {
  readonly userId: string;
  readonly mood: Mood;
  readonly trend: Trend;
}

/** One speaker over the whole session. */
export interface SpeakerTotal {
  readonly userId: string;
  readonly mood: Mood;
}

/** One session's moods. */
export class MoodBoard {
  readonly #halfLifeMs: number;
  readonly #speakers = new Map<string, { readonly running: SpeakerMood; readonly total: Sums }>();
  #channel: DecayingMood;
  #timeline: MoodTimeline;

  constructor(startedMs: number, halfLifeMs: number) {
    this.#halfLifeMs = halfLifeMs;
    this.#channel = noMood(halfLifeMs);
    this.#timeline = emptyTimeline(startedMs);
  }

  /** The whole session, step by step. */
  get timeline(): MoodTimeline {
    return this.#timeline;
  }

  /** Takes in what was heard of somebody. */
  add(userId: string, reading: HeardReading): void {
    const { running, total } = this.#speakers.get(userId) ?? {
      running: unheardSpeaker(this.#halfLifeMs),
      total: NOTHING,
    };
    this.#speakers.set(userId, { running: withSpoken(running, reading), total: plus(total, reading) });
    this.#channel = withReading(this.#channel, reading);
    this.#timeline = withTimed(this.#timeline, reading);
  }

  /** Forgets somebody. In the channel's mood their share stays, which says nothing about anybody. */
  forget(userId: string): void {
    this.#speakers.delete(userId);
  }

  /** The channel's mood at a time (ms since 1970). */
  channel(nowMs: number): Mood {
    return moodAt(this.#channel, nowMs);
  }

  /** The moods of these people at a time (ms since 1970). */
  rows(userIds: readonly string[], nowMs: number): readonly SpeakerRow[] {
    return userIds.map((userId) => ({
      userId,
      ...speakerMoodAt(this.#speakers.get(userId)?.running ?? unheardSpeaker(this.#halfLifeMs), nowMs),
    }));
  }

  /** Everybody who was heard, over the whole session; those of whom most was heard first. */
  totals(): readonly SpeakerTotal[] {
    return [...this.#speakers]
      .map(([userId, { total }]) => ({ userId, mood: moodOf(total) }))
      .toSorted((a, b) => b.mood.weightMs - a.mood.weightMs);
  }
}
