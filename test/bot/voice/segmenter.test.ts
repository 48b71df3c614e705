import { describe, expect, it } from "vitest";
import { LONGEST_MS, type Segment, Segmenter, SHORTEST_MS, SILENCE_MS } from "../../../src/bot/voice/segmenter.ts";

const SILENCE = Buffer.from([0xf8, 0xff, 0xfe]);
const SAMPLES = 960;

/** A packet of 20 ms whose content tells its number. */
const speech = (index: number) => Buffer.from([0x78, index >> 8, index & 0xff]);

const START = { sequence: 65_530, timestamp: 2 ** 32 - 3000 };

/** Where these packets are in the stream. */
const spanOf = (first: number, last: number) => ({
  ssrc: 1,
  first: (START.sequence + first) % 2 ** 16,
  last: (START.sequence + last) % 2 ** 16,
});

/** A stream that begins anywhere, also just before both counters begin anew. */
function stream(segmenter: Segmenter, start = START) {
  let nowMs = 0;
  const ended: Segment[] = [];
  return {
    ended,
    /** Packet `index` of the stream arrives `atMs`, or 20 ms after the one before. */
    hear(index: number, { atMs = nowMs + 20, opus = speech(index), ssrc = 1, driftMs = 0 } = {}) {
      nowMs = atMs;
      const packet = {
        opus,
        ssrc,
        sequence: (start.sequence + index) % 2 ** 16,
        timestamp: (start.timestamp + index * SAMPLES + driftMs * 48) % 2 ** 32,
      };
      ended.push(...segmenter.push(packet, nowMs));
    },
    wait(ms: number) {
      nowMs += ms;
      ended.push(...segmenter.tick(nowMs));
    },
  };
}

const upTo = (count: number, from = 0) => Array.from({ length: count }, (_, i) => from + i);
const utterances = (segments: readonly Segment[]) =>
  segments.flatMap((segment) => (segment.kind === "utterance" ? [segment.utterance] : []));

describe("an utterance", () => {
  it("ends when nothing was heard for long enough, and not before", () => {
    const segmenter = new Segmenter();
    const { hear, wait, ended } = stream(segmenter);
    expect(segmenter.deadlineMs).toBeUndefined();
    for (const index of upTo(50)) hear(index, { atMs: index * 20 });
    expect(segmenter.deadlineMs).toBe(49 * 20 + SILENCE_MS);
    wait(SILENCE_MS - 1);
    expect(ended).toEqual([]);
    wait(1);
    expect(utterances(ended)).toEqual([
      { span: spanOf(0, 49), startedMs: 0, durationMs: 1000, lostMs: 0, packets: upTo(50).map(speech) },
    ]);
    expect(segmenter.deadlineMs).toBeUndefined();
  });

  it.each([
    [SHORTEST_MS / 20 - 1, "too-short"],
    [SHORTEST_MS / 20, "utterance"],
  ])("of %i packets is %s", (count, kind) => {
    const { hear, wait, ended } = stream(new Segmenter());
    for (const index of upTo(count)) hear(index);
    hear(count, { opus: SILENCE });
    wait(SILENCE_MS);
    expect(ended).toEqual([expect.objectContaining({ kind })]);
  });

  it("waits for what the network holds back, as long as it is too short and its speaker didn't fall silent", () => {
    const { hear, wait, ended } = stream(new Segmenter());
    for (const index of upTo(20)) hear(index);
    wait(2000);
    expect(ended).toEqual([]);
    for (const index of upTo(20, 20)) hear(index);
    wait(SILENCE_MS);
    expect(utterances(ended)).toEqual([expect.objectContaining({ durationMs: 800, packets: upTo(40).map(speech) })]);
  });

  it("is too short when nothing more of it comes, or its speaker paused", () => {
    const short = (first: number, last: number) => ({ kind: "too-short", durationMs: 400, span: spanOf(first, last) });
    const { hear, wait, ended } = stream(new Segmenter());
    for (const index of upTo(20)) hear(index);
    for (const index of upTo(20, 20)) hear(index, { driftMs: SILENCE_MS });
    expect(ended).toEqual([short(0, 19)]);
    wait(3000);
    expect(ended).toEqual([short(0, 19), short(20, 39)]);
  });

  it("is cut where it becomes too long, and goes on as another", () => {
    const { hear, wait, ended } = stream(new Segmenter());
    for (const index of upTo(LONGEST_MS / 20 + 60)) hear(index);
    expect(utterances(ended).map(({ durationMs }) => durationMs)).toEqual([LONGEST_MS]);
    wait(SILENCE_MS);
    expect(utterances(ended)[1]).toMatchObject({ durationMs: 1200, packets: upTo(60, LONGEST_MS / 20).map(speech) });
  });

  it("ends with the last sound: silence is neither its beginning nor its end, but may be its middle", () => {
    const { hear, wait, ended } = stream(new Segmenter());
    const silent = new Set([0, 1, 30, 31, 60, 61, 62]);
    for (const index of upTo(63)) hear(index, silent.has(index) ? { opus: SILENCE } : {});
    wait(SILENCE_MS);
    expect(utterances(ended)[0]?.packets).toEqual(
      upTo(58, 2).map((index) => (silent.has(index) ? SILENCE : speech(index))),
    );
  });

  it("keeps its time though packets are lost, late or doubled", () => {
    const { hear, wait, ended } = stream(new Segmenter());
    // The first packet comes after the second.
    for (const index of [1, 0, ...upTo(18, 2), 22, 21, 21, 22, 25, ...upTo(30, 26)]) hear(index);
    wait(SILENCE_MS);
    const gap = Buffer.from([0x78]);
    expect(utterances(ended)).toEqual([
      expect.objectContaining({
        span: spanOf(0, 55),
        durationMs: 56 * 20,
        lostMs: 60,
        packets: upTo(56).map((index) => ([20, 23, 24].includes(index) ? new Uint8Array(gap) : speech(index))),
      }),
    ]);
  });

  it("keeps pauses in which the speaker's client sent nothing", () => {
    const { hear, wait, ended } = stream(new Segmenter());
    for (const index of upTo(30)) hear(index);
    for (const index of upTo(30, 30)) hear(index, { driftMs: 400 });
    wait(SILENCE_MS);
    expect(utterances(ended)[0]).toMatchObject({ durationMs: 1600, lostMs: 0 });
  });

  it("ends at a pause of the speaker that the network hid", () => {
    const { hear, ended } = stream(new Segmenter());
    for (const index of upTo(40)) hear(index);
    for (const index of upTo(40, 40)) hear(index, { driftMs: SILENCE_MS });
    expect(utterances(ended)).toHaveLength(1);
  });

  it("doesn't take in what comes after its end but belongs before it", () => {
    const { hear, wait, ended } = stream(new Segmenter());
    for (const index of upTo(40).filter((each) => each !== 38)) hear(index);
    wait(SILENCE_MS);
    hear(38);
    for (const index of upTo(40, 40)) hear(index);
    wait(SILENCE_MS);
    expect(utterances(ended)[1]?.packets).toEqual(upTo(40, 40).map(speech));
  });

  it("ends where another stream begins", () => {
    const { hear, wait, ended } = stream(new Segmenter());
    for (const index of upTo(40)) hear(index);
    for (const index of upTo(40)) hear(index, { ssrc: 2 });
    wait(SILENCE_MS);
    expect(utterances(ended)).toHaveLength(2);
  });

  it.each([
    ["back, further than packets overtake each other", 1000, 800],
    ["far ahead", 1000, 5000],
  ])("ends where the stream leaps %s", (_, before, after) => {
    const { hear, wait, ended } = stream(new Segmenter());
    for (const index of upTo(40, before)) hear(index);
    for (const index of upTo(40, after)) hear(index);
    wait(SILENCE_MS);
    expect(utterances(ended).map(({ packets }) => packets)).toEqual([
      upTo(40, before).map(speech),
      upTo(40, after).map(speech),
    ]);
  });

  it("ends with its stream, and what has its numbers in the next one isn't late", () => {
    const segmenter = new Segmenter();
    const { hear, ended } = stream(segmenter);
    for (const index of upTo(40, 50)) hear(index);
    ended.push(...segmenter.endStream());
    for (const index of upTo(40)) hear(index);
    ended.push(...segmenter.endStream());
    expect(utterances(ended).map(({ packets }) => packets)).toEqual([upTo(40, 50).map(speech), upTo(40).map(speech)]);
  });

  it("can be forgotten, and its late packets with it", () => {
    const segmenter = new Segmenter();
    const { hear, wait, ended } = stream(segmenter);
    for (const index of upTo(40)) hear(index);
    expect(segmenter.discard()).toEqual(spanOf(0, 39));
    expect(segmenter.discard()).toBeUndefined();
    hear(39);
    wait(SILENCE_MS);
    expect(ended).toEqual([]);
  });
});
