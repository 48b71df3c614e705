/** What bad input is thrown at: whatever reads bytes that a stranger made. */

import { readRtpHeader } from "../../src/bot/voice/rtp-header.ts";
import { UserError } from "../../src/errors.ts";
import { readClipJob } from "../../src/jobs/clip-job.ts";
import { decode } from "../../src/ser/decode/index.ts";
import { isOpusPacket, opusPacketSamples } from "../../src/ser/decode/opus-packet.ts";
import { DEFAULT_LIMITS } from "../../src/ser/limits.ts";
import { concealment } from "../../src/ser/opus-gap.ts";

/** A clip may be a little longer than the limit: it ends with a whole packet. */
const TOLERANCE_MS = 250;

/** Reads bytes in every way there is. @throws Error when one of them does something that it mustn't. */
export async function readEverything(bytes: Uint8Array): Promise<void> {
  await readAsClip(bytes);
  readAsPacket(bytes.subarray(0, 1300));
  readRtpHeader(Buffer.from(bytes.subarray(0, 1500)));
  readClipJob(jsonOf(bytes.subarray(0, 2000)));
}

async function readAsClip(bytes: Uint8Array): Promise<void> {
  try {
    const { samples, durationMs } = await decode(bytes, DEFAULT_LIMITS);
    if (!samples.every(Number.isFinite)) throw new Error("decoded samples that aren't numbers");
    if (durationMs > DEFAULT_LIMITS.maxDurationMs + TOLERANCE_MS) throw new Error(`decoded ${durationMs} ms`);
  } catch (error) {
    // A refusal in words for people is what bad input should come to.
    if (!(error instanceof UserError)) throw error;
  }
}

function readAsPacket(packet: Uint8Array): void {
  const samples = opusPacketSamples(packet);
  if (!(samples >= 0 && samples <= 5760)) throw new Error(`an Opus packet of ${samples} samples`);
  if (isOpusPacket(packet)) concealment(packet, 5760);
}

function jsonOf(bytes: Uint8Array): unknown {
  const text = Buffer.from(bytes).toString("latin1");
  try {
    return JSON.parse(text);
  } catch {
    return { version: 1, source: { kind: "url", url: text }, reply: { kind: text }, filename: text };
  }
}
