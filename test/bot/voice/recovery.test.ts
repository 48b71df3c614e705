import { expect, test } from "vitest";
import { type Remedy, remedyFor, type Trouble } from "../../../src/bot/voice/recovery.ts";

const NOW_MS = 10_000_000;
const MINUTE_MS = 60_000;
const bad = (inARow: number, forMs: number, othersHeard = false, isSettingUp = false): Trouble => ({
  kind: "bad-packet",
  inARow,
  forMs,
  othersHeard,
  isSettingUp,
});
const closed = (code: number | undefined): Trouble => ({ kind: "closed", code });
const noAudio = (othersHeard: boolean): Trouble => ({ kind: "no-audio", othersHeard });
const rejoin = (afterMs: number): Remedy => ({ kind: "rejoin", afterMs });
const leave = (reason: Extract<Remedy, { kind: "leave" }>["reason"]): Remedy => ({ kind: "leave", reason });
const skip: Remedy = { kind: "skip" };
/** Ages of rejoins, in ms. */
const ONE = [MINUTE_MS];
const TWO = [2 * MINUTE_MS, MINUTE_MS];
const THREE = [3 * MINUTE_MS, ...TWO];
const OLD = [10 * MINUTE_MS, 9 * MINUTE_MS, 5 * MINUTE_MS];

test.each<[string, Trouble, readonly number[], Remedy]>([
  ["one bad packet", bad(1, 0), [], skip],
  ["many in no time: keys may be changing", bad(500, 2999), [], skip],
  ["a few over a long time", bad(36, 60_000), [], skip],
  ["many for long", bad(37, 3000), [], rejoin(0)],
  ["many while the group is being set up", bad(500, 9999, false, true), [], skip],
  ["many, and the group never comes", bad(500, 10_000, false, true), [], rejoin(0)],
  ["still, after a rejoin", bad(37, 3000), ONE, rejoin(2000)],
  ["still, after two", bad(37, 3000), TWO, rejoin(8000)],
  ["still, after three", bad(37, 3000), THREE, leave("undecryptable")],
  ["again, after a good while", bad(37, 3000), OLD, rejoin(0)],
  ["only one speaker", bad(37, 3000, true), [], rejoin(0)],
  ["still only one speaker, after a rejoin", bad(37, 3000, true), ONE, skip],
  ["a subscription that ended", { kind: "stream-ended" }, THREE, { kind: "resubscribe" }],
  ["nothing comes", noAudio(false), [], rejoin(0)],
  ["nothing comes of one of several", noAudio(true), [], skip],
  ["nothing comes after three rejoins", noAudio(false), THREE, leave("silent")],
  ["no connection", { kind: "not-ready" }, ONE, rejoin(2000)],
  ["no connection after three rejoins", { kind: "not-ready" }, THREE, leave("unreachable")],
  ["moved elsewhere", { kind: "moved" }, [], leave("moved")],
  ["an invalid session", closed(4006), [], rejoin(0)],
  ["a session that timed out", closed(4009), ONE, rejoin(2000)],
  ["a server that crashed", closed(4015), TWO, rejoin(8000)],
  ["the main gateway is away", closed(undefined), [], rejoin(0)],
  ["a lost connection after three rejoins", closed(1006), THREE, leave("unreachable")],
  ["thrown out", closed(4014), [], leave("disconnected")],
  ["encryption that we don't have", closed(4017), [], leave("encryption")],
  ["rate limited", closed(4021), [], leave("unreachable")],
  ["the call was ended", closed(4022), [], leave("disconnected")],
])("%s", (_, trouble, agesMs, remedy) => {
  const rejoinsMs = agesMs.map((ageMs) => NOW_MS - ageMs);
  expect(remedyFor(trouble, rejoinsMs, NOW_MS)).toEqual(remedy);
});
