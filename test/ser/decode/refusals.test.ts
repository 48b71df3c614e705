import { expect, test } from "vitest";
import { decode } from "../../../src/ser/decode/index.ts";
import { fixture, LIMITS, userErrorOf } from "./fixtures.ts";

const text = (words: string): Uint8Array => new TextEncoder().encode(words);

const UNSUPPORTED = [
  ["alac.m4a", "ALAC"],
  ["speex.ogg", "Speex"],
  ["flac-in-ogg.ogg", "FLAC in Ogg"],
  ["vorbis.webm", "Vorbis in WebM"],
  ["adpcm.wav", "ADPCM"],
] as const;

test.each(UNSUPPORTED)("%s is named as %s", async (name, codec) => {
  const error = await userErrorOf(decode(fixture(name), LIMITS));
  expect(error.code).toBe("unsupported-codec");
  expect(error.parameters).toEqual({ codec });
});

test.each(["video-only.webm", "video-only.mp4"])("%s has no sound", async (name) => {
  expect((await userErrorOf(decode(fixture(name), LIMITS))).code).toBe("no-audio-track");
});

test.each([
  ["a picture", fixture("picture.ogg")],
  ["text", text("Dear Sir or Madam, this is a letter. ".repeat(100))],
  ["a page", text("<!doctype html><title>404</title>")],
  ["an archive", text(`PK\x03\x04${"x".repeat(1000)}`)],
  ["one byte", Uint8Array.of(0xff)],
  ["zeros", new Uint8Array(10_000)],
  ["an AVI file", text(`RIFF\x00\x00\x00\x00AVI LIST${"x".repeat(1000)}`)],
])("%s is not audio", async (_name, bytes) => {
  expect((await userErrorOf(decode(bytes, LIMITS))).code).toBe("not-audio");
});

test("no bytes are empty", async () => {
  expect((await userErrorOf(decode(fixture("empty.ogg"), LIMITS))).code).toBe("empty");
});

test.each([
  ["headers alone", fixture("headers-only.ogg")],
  ["an MP4 without its index", fixture("truncated.m4a")],
  ["a WebM's first bytes", fixture("voice.webm").subarray(0, 100)],
  ["a FLAC's first bytes", fixture("voice.flac").subarray(0, 30)],
  ["too little of a recording", fixture("voice.ogg").subarray(0, 900)],
  ["a FLAC's headers before rubbish", Buffer.concat([fixture("voice.flac").subarray(0, 200), new Uint8Array(9000)])],
  ["a FLAC's first frame", fixture("voice.flac").subarray(0, 10_000)],
  ["an MP4's index with few frames", fixture("voice-stereo44.m4a").subarray(0, 3000)],
  ["a RIFF header alone", fixture("voice.wav").subarray(0, 20)],
])("%s are damaged", async (_name, bytes) => {
  expect((await userErrorOf(decode(bytes, LIMITS))).code).toBe("damaged");
});

test("a file with more bytes than allowed is too large", async () => {
  const error = await userErrorOf(decode(new Uint8Array(2 ** 20 + 1), { ...LIMITS, maxBytes: 2 ** 20 }));
  expect(error.code).toBe("too-large");
  expect(error.parameters).toEqual({ limit: "1 MiB" });
});
