/** Live sessions as they are kept: who takes part, what is known of voices, utterances that wait, and how all of it ends. */

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { UNHEARD } from "../../src/ser/index.ts";
import { openStore, type Store, UNTRIED } from "../../src/store/index.ts";
import { MOST_WAITING, STALE_MS } from "../../src/store/utterances.ts";
import { query } from "../support/postgres.ts";
import { postgresForFile } from "../support/postgres-for-file.ts";
import { SAMPLE_READING } from "../support/sample-reading.ts";
import { voiceOf } from "../support/voice-of.ts";

const SESSION = { id: "s", guildId: "choir", channelId: "voice", textChannelId: "voice", startedBy: "ada" };
const ONE = { utterances: 1, mean: [0.5], squares: [0] };
const TWO = { utterances: 2, mean: [0.6], squares: [0.1] };

const postgres = postgresForFile();
let address: string;
let store: Store;
let now: Date;

const later = (ms: number) => {
  now = new Date(now.getTime() + ms);
};
const utterance = (clipId: string, subjectId = "ada", sessionId = "s") => ({
  ...{ clipId, sessionId, subjectId, startedAt: new Date(now.getTime() - 2000), endedAt: now },
  bytes: Buffer.from(`said ${clipId}`),
});
const drops = async () =>
  (await store.changes.since(0, {}, 10_000)).flatMap((each) =>
    each.kind === "dropped" ? [[each.clipId, each.reason]] : [],
  );
const sessions = async () => (await store.changes.since(0)).flatMap((each) => (each.kind === "session" ? [each] : []));

beforeEach(async () => {
  address = await postgres.createDatabase();
  now = new Date("2026-01-01T12:00:00Z");
  store = await openStore(address, { now: () => now });
});

afterEach(() => store.close());

describe("a session", () => {
  test("is the only one of its server, and leaves room for the next when it ends", async () => {
    expect(await store.live.start(SESSION)).toBe(true);
    expect(await store.live.start({ ...SESSION, id: "t" })).toBe(false);
    expect(await store.live.start({ ...SESSION, id: "u", guildId: "band" })).toBe(true);
    await store.live.setMessage("s", "m");
    await store.live.end("s", "stopped");
    await store.live.end("s", "time");
    const over = { ...SESSION, messageId: "m", startedAt: now, endedAt: now, endReason: "stopped", health: UNTRIED };
    expect(await store.live.find("s")).toEqual(over);
    expect(await store.live.start({ ...SESSION, id: "t" })).toBe(true);
    expect((await store.live.running()).map(({ id }) => id).toSorted()).toEqual(["t", "u"]);
    expect((await store.live.running("choir")).map(({ id }) => id)).toEqual(["t"]);
  });

  test("tells of each change what it is since", async () => {
    await store.live.start(SESSION);
    await store.live.choose("s", "ada", true);
    await store.live.choose("s", "ada", true);
    await store.live.choose("s", "bert", true);
    await store.live.choose("s", "eve", false);
    const health = { ...UNTRIED, speakingMs: 2000, audioMs: 1500, ratio: 0.75, utterances: 1, dropped: { stale: 1 } };
    await store.live.report("s", health);
    await store.live.report("s", health);
    await store.live.choose("s", "ada", false);
    await store.live.end("s", "empty");
    expect(await store.live.choose("s", "ada", true)).toBe(false);
    await store.live.report("s", UNTRIED);
    const common = { kind: "session", sessionId: "s", guildId: "choir", channelId: "voice", startedAt: now };
    expect(await sessions()).toMatchObject([
      { ...common, speakers: [], health: UNTRIED, endedAt: null, endReason: null },
      { speakers: ["ada"] },
      { speakers: ["ada", "bert"] },
      { speakers: ["ada", "bert"], health },
      { speakers: ["bert"] },
      { speakers: [], health, endedAt: now, endReason: "empty" },
    ]);
  });

  test("knows who takes part and who doesn't want to, as long as it runs", async () => {
    await store.live.start(SESSION);
    await store.live.choose("s", "ada", true);
    await store.live.choose("s", "eve", false);
    expect([await store.live.speakers("s"), await store.live.leftOut("s")]).toEqual([["ada"], ["eve"]]);
    await store.live.end("s", "stopped");
    expect([await store.live.speakers("s"), await store.live.leftOut("s")]).toEqual([[], []]);
  });

  test("whose bot is silent is found", async () => {
    await store.live.start(SESSION);
    later(60_000);
    await store.live.start({ ...SESSION, id: "t", guildId: "band" });
    expect((await store.live.silentSince(new Date(now.getTime() - 30_000))).map(({ id }) => id)).toEqual(["s"]);
    await store.live.report("s", UNTRIED);
    expect(await store.live.silentSince(new Date(now.getTime() - 30_000))).toEqual([]);
  });

  test("goes when its server doesn't want it kept any longer, and forgets who started it when they say so", async () => {
    await store.live.start(SESSION);
    await store.live.end("s", "stopped");
    expect((await store.live.startedBy("ada")).map(({ id }) => id)).toEqual(["s"]);
    expect(await store.histories.summary("ada")).toMatchObject({ sessions: 1 });
    await store.histories.forget("ada");
    expect(await store.live.startedBy("ada")).toEqual([]);
    expect(await store.live.find("s")).toMatchObject({ startedBy: null });
    expect(await store.live.deleteExpired()).toBe(0);
    later(31 * 86_400_000);
    await store.live.start({ ...SESSION, id: "t" });
    expect(await store.live.deleteExpired()).toBe(1);
    expect((await store.live.of("choir", 5)).map(({ id }) => id)).toEqual(["t"]);
  });
});

describe("what is known of a voice", () => {
  beforeEach(async () => {
    await store.live.start(SESSION);
    await store.live.choose("s", "ada", true);
  });

  test("begins with nothing, grows with utterances, and a slower worker doesn't set it back", async () => {
    expect(await voiceOf(store, "s", "ada")).toEqual(UNHEARD);
    await store.live.keepStatistics("s", "ada", UNHEARD, ONE);
    await store.live.keepStatistics("s", "ada", ONE, TWO);
    await store.live.keepStatistics("s", "ada", UNHEARD, ONE);
    expect(await voiceOf(store, "s", "ada")).toEqual(TWO);
    await store.live.choose("s", "ada", true);
    expect(await voiceOf(store, "s", "ada")).toEqual(TWO);
    expect(await store.live.knownOf("ada")).toEqual([{ sessionId: "s", included: true, statistics: TWO }]);
    expect(await voiceOf(store, "s", "bert")).toBeUndefined();
  });

  test.each<[string, () => Promise<unknown>]>([
    ["leaves the session", () => store.live.choose("s", "ada", false)],
    ["ends live analysis in /privacy", () => store.consents.choose("ada", "asked")],
    ["opts out of everything", () => store.consents.choose("ada", "nothing")],
  ])("is forgotten when its person %s, and what they said is dropped", async (_, decide) => {
    await store.live.choose("s", "bert", true);
    await store.live.keepStatistics("s", "ada", UNHEARD, ONE);
    await store.utterances.keep(utterance("1"));
    await store.utterances.keep(utterance("2", "bert"));
    await decide();
    expect(await voiceOf(store, "s", "ada")).toBeUndefined();
    await store.live.keepStatistics("s", "ada", ONE, TWO);
    expect(await query(address, "select * from live_speakers where statistics is not null")).toEqual([]);
    expect((await sessions()).at(-1)?.speakers).toEqual(["bert"]);
    expect(await drops()).toEqual([["1", "no-consent"]]);
    expect((await query(address, "select clip_id from utterances")).map(({ clip_id }) => clip_id)).toEqual(["2"]);
    await store.live.choose("s", "ada", true);
    expect(await voiceOf(store, "s", "ada")).toEqual(UNHEARD);
  });

  test("is forgotten when the session ends, with whatever waits", async () => {
    await store.live.keepStatistics("s", "ada", UNHEARD, ONE);
    await store.utterances.keep(utterance("1"));
    await store.live.end("s", "time");
    expect(await query(address, "select * from live_speakers")).toEqual([]);
    expect(await query(address, "select * from utterances")).toEqual([]);
    expect(await drops()).toEqual([["1", "stale"]]);
  });

  test("is forgotten when its person deletes everything, who still takes part", async () => {
    await store.live.keepStatistics("s", "ada", UNHEARD, ONE);
    await store.histories.forget("ada");
    expect(await voiceOf(store, "s", "ada")).toEqual(UNHEARD);
  });
});

describe("an utterance", () => {
  beforeEach(async () => {
    await store.live.start(SESSION);
    await store.live.choose("s", "ada", true);
  });

  test("waits with its audio until it is read, becomes a clip of its speaker, and is told", async () => {
    expect(await store.utterances.keep(utterance("1"))).toBe(true);
    const waiting = await store.utterances.find("1");
    expect(waiting).toMatchObject({
      guildId: "choir",
      channelId: "voice",
      subjectId: "ada",
      sessionId: "s",
      voice: UNHEARD,
    });
    expect(Buffer.from(waiting?.bytes ?? []).toString()).toBe("said 1");
    expect(await store.utterances.finish("1", SAMPLE_READING)).toBe("kept");
    expect(await store.utterances.finish("1", SAMPLE_READING)).toBeUndefined();
    await store.utterances.drop("1", "stale");
    expect(await store.utterances.find("1")).toBeUndefined();
    expect(await store.clips.find("1")).toMatchObject({
      status: "done",
      reading: SAMPLE_READING,
      createdAt: utterance("1").startedAt,
      attribution: { source: "live", subjectId: "ada", guildId: "choir", channelId: "voice" },
    });
    const told = (await store.changes.since(0)).filter(({ kind }) => kind !== "session");
    expect(told).toMatchObject([{ kind: "reading", clipId: "1", sessionId: "s", subjectId: "ada", source: "live" }]);
  });

  test("is told and not kept where nothing may be", async () => {
    const heard: unknown[] = [];
    const passed = Promise.withResolvers<void>();
    const stop = await store.changes.listen((each) => {
      heard.push(each);
      if (each.kind === "reading") passed.resolve();
    });
    await store.guilds.change("choir", "mod", () => ({ retentionDays: 0 }));
    await store.utterances.keep(utterance("1"));
    expect(await store.utterances.finish("1", SAMPLE_READING)).toBe("told");
    await passed.promise;
    expect(heard.at(-1)).toMatchObject({ kind: "reading", clipId: "1", sessionId: "s" });
    expect(await store.clips.find("1")).toBeUndefined();
    expect((await store.changes.since(0)).map(({ kind }) => kind)).not.toContain("reading");
    await stop();
  });

  test.each([
    ["of somebody who doesn't take part", "eve", "s"],
    ["of somebody who left", "bert", "s"],
  ])("%s is never kept", async (_, subjectId, sessionId) => {
    await store.live.choose("s", "bert", true);
    await store.live.choose("s", "bert", false);
    expect(await store.utterances.keep(utterance("1", subjectId, sessionId))).toBe(false);
    expect(await query(address, "select * from utterances")).toEqual([]);
    expect(await drops()).toEqual([["1", "no-consent"]]);
  });

  test("of a session that is over, or unknown, is never kept", async () => {
    await store.live.end("s", "stopped");
    expect(await store.utterances.keep(utterance("1"))).toBe(false);
    expect(await store.utterances.keep(utterance("2", "ada", "unheard of"))).toBe(false);
    expect(await drops()).toEqual([["1", "no-consent"]]);
  });

  test("that waits for too long is dropped with the next, or when somebody looks", async () => {
    await store.utterances.keep(utterance("1"));
    later(STALE_MS + 1);
    await store.utterances.keep(utterance("2"));
    expect(await drops()).toEqual([["1", "stale"]]);
    later(STALE_MS + 1);
    await store.utterances.dropLate();
    expect(await drops()).toEqual([
      ["1", "stale"],
      ["2", "stale"],
    ]);
    expect(await store.utterances.finish("2", SAMPLE_READING)).toBeUndefined();
    expect(await store.clips.find("2")).toBeUndefined();
  });

  test("is dropped when too many wait, the oldest first", async () => {
    for (let index = 0; index < MOST_WAITING + 2; index++) {
      await store.utterances.keep(utterance(String(index)));
      later(1);
    }
    expect(await drops()).toEqual([
      ["0", "queue-full"],
      ["1", "queue-full"],
    ]);
  });
});
