import { describe, expect, it } from "vitest";
import {
  DROP_REASONS,
  type DropPlace,
  type DropReason,
  type PacketFate,
  Watchdog,
} from "../../../src/bot/voice/watchdog.ts";

/** So many packets of 20 ms, each as the next of `fates` says, from `startMs` on. */
function speak(watchdog: Watchdog, userId: string, count: number, fates: readonly PacketFate[], startMs = 0): void {
  for (let i = 0; i < count; i++) {
    watchdog.packet(userId, fates[i % fates.length] ?? "audio", headerOf(i), startMs + i * 20);
  }
}

/** The header of a stream's packet `index`; its numbers begin anew at the third. */
const headerOf = (index: number) => ({ ssrc: 1, sequence: (65_534 + index) % 65_536, timestamp: index * 960 });
const CLIP = { clip: "one" };

describe("the watchdog", () => {
  it("compares what was said with what arrived, once it is said", () => {
    const watchdog = new Watchdog(() => {});
    expect(watchdog.report().ratio).toBeUndefined();
    speak(watchdog, "ada", 100, ["audio", "audio", "audio", "undecryptable"]);
    expect(watchdog.report().speakingMs).toBe(0);
    expect(watchdog.deadlineMs).toBe(99 * 20 + 600);
    watchdog.tick(99 * 20 + 600);
    expect(watchdog.report()).toMatchObject({ speakingMs: 2000, audioMs: 1500, ratio: 0.75 });
    expect(watchdog.deadlineMs).toBeUndefined();
  });

  it("notices packets that never came", () => {
    const watchdog = new Watchdog(() => {});
    for (let i = 0; i < 100; i += 2) watchdog.packet("ada", "audio", headerOf(i), i * 20);
    watchdog.end("ada");
    expect(watchdog.report().ratio).toBeCloseTo(0.5, 1);
  });

  it.each<[readonly PacketFate[], number, object]>([
    [["undecryptable"], 40, { undecryptable: 1 }],
    [["undecodable", "undecodable", "undecryptable"], 40, { undecodable: 1 }],
    [["no-consent"], 40, { "no-consent": 1 }],
    [["undecryptable"], 20, {}],
    // The segmenter knows what became of the rest.
    [["audio", "undecryptable"], 40, {}],
  ])("counts a stretch of %o by its name, and tells where it was", (fates, count, dropped) => {
    const told: [DropReason, DropPlace][] = [];
    const watchdog = new Watchdog((...drop) => told.push(drop));
    speak(watchdog, "ada", count, fates);
    watchdog.tick(10_000);
    const none = Object.fromEntries(DROP_REASONS.map((reason) => [reason, 0]));
    expect(watchdog.report().dropped).toEqual({ ...none, ...dropped });
    expect(told).toEqual(Object.keys(dropped).map((reason) => [reason, { ssrc: 1, first: 65_534, last: 37 }]));
  });

  it("keeps people apart, and who isn't heard out of the ratio", () => {
    const watchdog = new Watchdog(() => {});
    speak(watchdog, "ada", 50, ["audio"]);
    speak(watchdog, "eve", 50, ["no-consent"]);
    speak(watchdog, "ada", 50, ["audio"], 5000);
    watchdog.tick(20_000);
    expect(watchdog.report()).toMatchObject({ speakingMs: 2000, audioMs: 2000, ratio: 1 });
  });

  it("adds up what happens behind it", () => {
    const watchdog = new Watchdog(() => {});
    for (const reason of DROP_REASONS) watchdog.drop(reason, CLIP);
    watchdog.drop("stale", CLIP);
    watchdog.utterance();
    expect(watchdog.report()).toMatchObject({ utterances: 1, dropped: { stale: 2, "queue-full": 1 } });
  });
});
