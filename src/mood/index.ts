/** Readings over time. Pure: readings and a clock in, moods out. */

export { type DecayingMood, moodAt, noMood, withReading } from "./decay.ts";
export { type HeardReading, type Mood, moodOf, NOTHING, plus, type Sums } from "./shares.ts";
export { emptyTimeline, type MoodTimeline, overall, stepsOf, withTimed } from "./timeline.ts";
export { type SpeakerMood, speakerMoodAt, type Trend, unheardSpeaker, withSpoken } from "./trend.ts";
