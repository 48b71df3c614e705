import { describe, expect, test } from "vitest";
import type { LiveEvent, LiveResource } from "../../../src/dashboard/api/live.ts";
import { streamOf } from "../../../src/dashboard/web/live/stream.ts";
import { withEvent } from "../../../src/dashboard/web/live/with-event.ts";

const START_MS = Date.UTC(2026, 10, 3, 20);
const at = (seconds: number) => new Date(START_MS + seconds * 1000).toISOString();
const health = { speakingMs: 0, audioMs: 0, ratio: null, utterances: 0, dropped: {} };

type ReadingEvent = LiveResource["readings"][number];
const reading = (id: number, seconds: number, subjectId = "ada", label = "anger"): ReadingEvent => ({
  ...{ id, at: at(seconds), subjectId, label, kind: "reading", channelId: "1", clipId: String(id), source: "live" },
  ...{ sessionId: "s", confidence: 0.8, scores: { [label]: 0.8, neutral: 0.2 }, durationMs: 2000 },
});
const LIVE: LiveResource = {
  lastEventId: 10,
  sessions: [
    {
      ...{ sessionId: "s", channelId: "1", startedAt: at(0), health },
      speakers: [
        { id: "ada", name: "Ada" },
        { id: "bert", name: "Bert" },
      ],
    },
  ],
  readings: [reading(9, 10), reading(10, 20, "bert")],
};
const session = (id: number, part: Partial<Extract<LiveEvent, { kind: "session" }>>): LiveEvent => ({
  ...{ id, at: at(30), kind: "session", channelId: "1", sessionId: "s", startedAt: at(0), endedAt: null },
  ...{ endReason: null, speakers: ["ada", "bert"], health },
  ...part,
});

describe("live channels after an event", () => {
  test("have a new reading, once, and lose those older than the stream", () => {
    const next = withEvent(LIVE, reading(11, 615));
    expect(next?.readings.map(({ id }) => id)).toEqual([10, 11]);
    expect(next && withEvent(next, reading(11, 615))).toBe(next);
  });

  test("leave out readings of no session", () => {
    expect(withEvent(LIVE, { ...reading(11, 30), sessionId: null })?.readings).toEqual(LIVE.readings);
  });

  test("keep nothing of somebody who left", () => {
    const next = withEvent(LIVE, session(11, { speakers: ["ada"] }));
    expect(next?.sessions[0]?.speakers).toEqual([{ id: "ada", name: "Ada" }]);
    expect(next?.readings.map(({ subjectId }) => subjectId)).toEqual(["ada"]);
  });

  test("must be asked for anew when somebody comes whose name isn't known, and when a session begins", () => {
    expect(withEvent(LIVE, session(11, { speakers: ["ada", "bert", "cleo"] }))).toBeUndefined();
    expect(withEvent(LIVE, session(11, { sessionId: "other" }))).toBeUndefined();
  });

  test("lose a session that ended", () => {
    expect(withEvent(LIVE, session(11, { endedAt: at(30) }))?.sessions).toEqual([]);
  });
});

describe("the stream", () => {
  test("is as long as the session's minutes, ten at most", () => {
    expect(streamOf([], START_MS, START_MS + 90_000).durationMs).toBe(120_000);
    expect(streamOf([], START_MS, START_MS + 3_600_000).durationMs).toBe(600_000);
  });

  test("is empty until somebody speaks, then follows, and fades", () => {
    const { timeline, scores } = streamOf(
      [reading(1, 30), reading(2, 60, "ada", "sadness")],
      START_MS,
      START_MS + 120_000,
    );
    expect(Object.keys(scores)).toEqual(["anger", "sadness", "neutral"]);
    const since = (seconds: number) => timeline.find(({ endMs }) => endMs >= seconds * 1000);
    expect(since(25)?.speech).toBe(false);
    expect(since(35)?.scores["anger"]).toBeCloseTo(0.8);
    expect(since(65)?.scores["sadness"]).toBeGreaterThan(since(65)?.scores["anger"] ?? 1);
  });
});
