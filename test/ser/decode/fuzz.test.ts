import { expect, test } from "vitest";
import { UserError } from "../../../src/errors.ts";
import { decode } from "../../../src/ser/decode/index.ts";
import { randomFrom } from "../../support/random.ts";
import { fixture, VOICES } from "./fixtures.ts";

const LIMITS = { maxDurationMs: 20_000, maxBytes: 1_000_000 };
const ROUNDS = 12;
const NAMES = [...VOICES, "speech-video.mp4", "speech-video.webm", "vorbis.webm", "alac.m4a", "flac-in-ogg.ogg"];

type Random = () => number;

function below(random: Random, limit: number): number {
  return Math.floor(random() * limit);
}

/** Flips bits, half of them among the first bytes, where the headers are. */
function flip(bytes: Uint8Array, random: Random): Uint8Array {
  const damaged = Uint8Array.from(bytes);
  for (let i = 1 + below(random, 40); i > 0; i--) {
    const at = below(random, random() < 0.5 ? Math.min(600, bytes.length) : bytes.length);
    damaged[at] = (damaged[at] ?? 0) ^ (1 << below(random, 8));
  }
  return damaged;
}

function truncate(bytes: Uint8Array, random: Random): Uint8Array {
  return bytes.subarray(0, 1 + below(random, bytes.length - 1));
}

/** The beginning of one file and the end of another. */
function splice(bytes: Uint8Array, random: Random): Uint8Array {
  const other = fixture(NAMES[below(random, NAMES.length)] ?? "voice.ogg");
  return Buffer.concat([truncate(bytes, random), other.subarray(below(random, other.length))]);
}

async function outcome(bytes: Uint8Array): Promise<string> {
  try {
    const { samples, durationMs } = await decode(bytes, LIMITS);
    if (!samples.every(Number.isFinite)) return "samples that aren't numbers";
    return durationMs > LIMITS.maxDurationMs + 250 ? "too much" : "fine";
  } catch (error) {
    return error instanceof UserError ? "fine" : String(error);
  }
}

test.each(NAMES)("damage of any kind to %s is either read or refused", async (name) => {
  const random = randomFrom(name.length * 1000 + name.charCodeAt(6));
  const original = fixture(name);
  for (const harm of [flip, truncate, splice]) {
    for (let round = 0; round < ROUNDS; round++) {
      expect(await outcome(harm(original, random)), `${harm.name} ${round}`).toBe("fine");
    }
  }
});
