import { describe, expect, test } from "vitest";
import {
  emptyTimeline,
  moodAt,
  noMood,
  overall,
  speakerMoodAt,
  stepsOf,
  unheardSpeaker,
  withReading,
  withSpoken,
  withTimed,
} from "../../src/mood/index.ts";

const HALF_LIFE_MS = 60_000;
const heard = (atMs: number, anger: number, durationMs = 2000) => ({
  atMs,
  durationMs,
  scores: { anger, neutral: 1 - anger },
});
const silent = (atMs: number) => ({ atMs, durationMs: 2000, scores: { anger: 0, neutral: 0 } });

describe("the mood now", () => {
  test("is nothing before anybody spoke", () => {
    expect(moodAt(noMood(HALF_LIFE_MS), 1000)).toEqual({ label: null, confidence: 0, shares: {}, weightMs: 0 });
    expect(moodAt(withReading(noMood(HALF_LIFE_MS), silent(0)), 0).shares).toEqual({});
  });

  test("weighs each reading by its length, and by half for each half-life since", () => {
    const first = withReading(noMood(HALF_LIFE_MS), heard(0, 1, 4000));
    const second = withReading(first, heard(HALF_LIFE_MS, 0, 2000));
    expect(moodAt(second, HALF_LIFE_MS).shares).toEqual({ anger: 0.5, neutral: 0.5 });
    expect(moodAt(second, HALF_LIFE_MS).weightMs).toBe(4000);
    // What is heard changes it; time alone only lets it fade.
    expect(moodAt(second, 3 * HALF_LIFE_MS).shares).toEqual({ anger: 0.5, neutral: 0.5 });
    expect(moodAt(second, 3 * HALF_LIFE_MS).weightMs).toBe(1000);
    const third = withReading(second, heard(2 * HALF_LIFE_MS, 0, 2000));
    expect(moodAt(third, 2 * HALF_LIFE_MS).shares["anger"]).toBeCloseTo(0.25);
  });

  test("doesn't depend on the order in which readings arrive", () => {
    const readings = [heard(0, 1), heard(40_000, 0.3), heard(90_000, 0)];
    const inOrder = readings.reduce(withReading, noMood(HALF_LIFE_MS));
    const backwards = readings.toReversed().reduce(withReading, noMood(HALF_LIFE_MS));
    expect(moodAt(backwards, 90_000).shares["anger"]).toBeCloseTo(moodAt(inOrder, 90_000).shares["anger"] ?? -1, 10);
  });

  test("fades away", () => {
    const mood = withReading(noMood(HALF_LIFE_MS), heard(0, 1));
    expect(moodAt(mood, 3 * HALF_LIFE_MS).label).toBe("anger");
    expect(moodAt(mood, 3 * HALF_LIFE_MS + 1)).toMatchObject({ label: null, weightMs: 0 });
  });

  test.each([
    [0.39, { neutral: 0.31, fear: 0.3 }, null],
    [0.4, { neutral: 0.3, fear: 0.3 }, "anger"],
  ])("with %d has the label of what stands out", (anger, others, label) => {
    const mood = withReading(noMood(HALF_LIFE_MS), { atMs: 0, durationMs: 2000, scores: { anger, ...others } });
    expect(moodAt(mood, 0)).toMatchObject({ label, confidence: anger });
  });
});

describe("a speaker's trend", () => {
  const speaker = (...angers: number[]) =>
    angers.map((anger, index) => heard(index * 30_000, anger)).reduce(withSpoken, unheardSpeaker(HALF_LIFE_MS));
  const last = 30_000;

  test.each([
    ["rising", speaker(0, 0, 0, 0, 1, 1, 1), 6 * last],
    ["falling", speaker(1, 1, 1, 1, 1, 0.3, 0.3, 0.3), 7 * last],
    ["steady", speaker(0.8, 0.8, 0.8, 0.8), 3 * last],
    ["steady", unheardSpeaker(HALF_LIFE_MS), 0],
  ])("is %s", (trend, mood, nowMs) => {
    expect(speakerMoodAt(mood, nowMs).trend).toBe(trend);
  });

  test("belongs to the speaker's mood", () => {
    expect(speakerMoodAt(speaker(1), 0).mood).toMatchObject({ label: "anger", confidence: 1 });
  });
});

describe("a session's timeline", () => {
  test("has a step for every five seconds, and gaps where nobody spoke", () => {
    const timeline = [heard(1000, 1), heard(4000, 0), heard(12_000, 1), heard(-5, 0)].reduce(
      withTimed,
      emptyTimeline(0),
    );
    expect(stepsOf(timeline).map(({ startMs, endMs, mood }) => [startMs, endMs, mood.shares["anger"]])).toEqual([
      [0, 5000, expect.closeTo(1 / 3)],
      [5000, 10_000, undefined],
      [10_000, 15_000, 1],
    ]);
    expect(overall(timeline)).toMatchObject({ label: "anger", confidence: 0.5 });
  });

  test("has no more steps the longer it lasts, and loses nothing", () => {
    const hours = Array.from({ length: 3 * 720 }, (_, index) => heard(index * 5000, index < 1080 ? 1 : 0));
    const timeline = hours.reduce(withTimed, emptyTimeline(0));
    const steps = stepsOf(timeline);
    expect(steps.length).toBeLessThanOrEqual(60);
    expect(steps.at(-1)?.endMs).toBeGreaterThanOrEqual(3 * 3_600_000);
    expect(overall(timeline)).toMatchObject({ weightMs: hours.length * 2000, shares: { anger: 0.5, neutral: 0.5 } });
  });
});
