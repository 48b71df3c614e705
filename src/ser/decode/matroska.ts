/** Matroska and WebM: finds the first sound track and reads it. */

import { UserError } from "../../errors.ts";
import { decodeAac } from "./aac.ts";
import { ascii } from "./bytes.ts";
import { ebmlElements, unsigned } from "./ebml.ts";
import { decodeFlacStream } from "./flac.ts";
import { matroskaFrames } from "./matroska-frames.ts";
import { decodeMp3Frames } from "./mp3.ts";
import { decodeOpus } from "./opus.ts";
import type { PcmSink } from "./pcm-sink.ts";
import type { Reader } from "./reader.ts";

const ID = {
  segment: 0x18_53_80_67,
  tracks: 0x16_54_ae_6b,
  track: 0xae,
  number: 0xd7,
  type: 0x83,
  codec: 0x86,
  codecPrivate: 0x63_a2,
  encodings: 0x6d_80,
  docType: 0x42_82,
  ebml: 0x1a_45_df_a3,
} as const;
const AUDIO_TYPE = 2;

const CODEC_NAMES: Readonly<Record<string, string>> = {
  A_VORBIS: "Vorbis in WebM",
  A_AC3: "AC-3",
  A_EAC3: "E-AC-3",
  A_DTS: "DTS",
  A_ALAC: "ALAC",
  "A_PCM/INT/LIT": "PCM in Matroska",
};

interface Track {
  number: number;
  type: number;
  codec: string;
  codecPrivate: Uint8Array;
  hasEncodings: boolean;
}

/** Reads a Matroska or WebM file with Opus, AAC, MP3 or FLAC. @throws UserError `no-audio-track`, `unsupported-codec` */
export const decodeMatroska: Reader = async (bytes, sink) => {
  const { tracks, container } = overview(bytes);
  const track = tracks.find(({ type }) => type === AUDIO_TYPE);
  if (tracks.length === 0) throw new UserError("damaged");
  if (track === undefined) throw new UserError("no-audio-track");
  if (track.hasEncodings) throw new UserError("unsupported-codec", { codec: "a compressed Matroska track" });
  const { format, intact } = await decodeTrack(bytes, track, sink);
  return { format: `${container}/${format}`, intact };
};

function overview(bytes: Uint8Array): { tracks: Track[]; container: string } {
  const tracks: Track[] = [];
  let container = "Matroska";
  const isOpen = (id: number): boolean => id === ID.ebml || id === ID.segment;
  for (const { id, start, end } of ebmlElements(bytes, 0, bytes.length, isOpen)) {
    if (id === ID.docType && ascii(bytes, start, end - start) === "webm") container = "WebM";
    if (id !== ID.tracks) continue;
    for (const entry of ebmlElements(bytes, start, end)) {
      if (entry.id === ID.track) tracks.push(readTrack(bytes, entry.start, entry.end));
    }
    break;
  }
  return { tracks, container };
}

function readTrack(bytes: Uint8Array, from: number, to: number): Track {
  const track: Track = { number: 0, type: 0, codec: "", codecPrivate: new Uint8Array(), hasEncodings: false };
  for (const { id, start, end } of ebmlElements(bytes, from, to)) {
    const data = bytes.subarray(start, end);
    if (id === ID.number) track.number = unsigned(data);
    if (id === ID.type) track.type = unsigned(data);
    if (id === ID.codec) track.codec = Buffer.from(data.subarray(0, 64)).toString("latin1").replace(/\0+$/, "");
    if (id === ID.codecPrivate) track.codecPrivate = data;
    if (id === ID.encodings) track.hasEncodings = true;
  }
  return track;
}

async function decodeTrack(
  bytes: Uint8Array,
  { number, codec, codecPrivate }: Track,
  sink: PcmSink,
): Promise<{ format: string; intact: boolean }> {
  const frames = matroskaFrames(bytes, number);
  if (codec === "A_OPUS") return { format: "Opus", intact: await decodeOpus(codecPrivate, frames, sink) };
  if (codec.startsWith("A_AAC")) return { format: "AAC", intact: await decodeAac(codecPrivate, frames, sink) };
  if (codec.startsWith("A_MPEG/L")) return { format: "MP3", intact: await decodeMp3Frames(frames, sink) };
  if (codec === "A_FLAC") {
    return { format: "FLAC", intact: await decodeFlacStream(joined(codecPrivate, frames, bytes.length), sink) };
  }
  throw new UserError("unsupported-codec", { codec: CODEC_NAMES[codec] ?? codec.replace(/[^\w/ -]/g, "?") });
}

/** The frames as one stream; there is never more of them than the file has bytes. */
function joined(head: Uint8Array, frames: Iterable<Uint8Array>, maxLength: number): Uint8Array {
  const stream = new Uint8Array(maxLength);
  stream.set(head);
  let length = head.length;
  for (const frame of frames) {
    stream.set(frame, length);
    length += frame.length;
  }
  return stream.subarray(0, length);
}
