/** MP4, M4A and QuickTime files, also videos: finds the first sound track and reads it. */

import { UserError } from "../../errors.ts";
import { decodeAac } from "./aac.ts";
import { ascii, uint32be } from "./bytes.ts";
import { decodeMp3Frames } from "./mp3.ts";
import { findBox, type Mp4Box, mp4Boxes } from "./mp4-boxes.ts";
import { type Mp4Codec, mp4Codec } from "./mp4-codec.ts";
import { asFarAsPlausible, fragmentSamples, tableSamples } from "./mp4-samples.ts";
import { decodeOpus } from "./opus.ts";
import type { PcmSink } from "./pcm-sink.ts";
import type { Reader } from "./reader.ts";

/** Reads an MP4 file with AAC, MP3 or Opus. @throws UserError `no-audio-track`, `unsupported-codec`, `damaged` */
export const decodeMp4: Reader = async (bytes, sink) => {
  const moov = findBox(bytes, 0, bytes.length, "moov");
  // The index is often at the end: without it, nothing can be found.
  if (moov === undefined || !moov.isWhole) throw new UserError("damaged");
  const track = soundTrack(bytes, moov);
  const stbl = track && findBox(bytes, track.start, track.end, "mdia", "minf", "stbl");
  const stsd = stbl && findBox(bytes, stbl.start, stbl.end, "stsd");
  if (track === undefined || stbl === undefined || stsd === undefined) throw new UserError("damaged");
  const codec = mp4Codec(bytes, stsd);
  const isFragmented = findBox(bytes, moov.start, moov.end, "mvex") !== undefined;
  const claimed = isFragmented ? fragmentSamples(bytes, trackId(bytes, track)) : tableSamples(bytes, stbl);
  const frames = asFarAsPlausible(claimed, bytes.length);
  const areGood = await decodeFrames(codec, frames, sink);
  return { format: `MP4/${codec.name}`, intact: areGood && [...mp4Boxes(bytes, 0, bytes.length)].every(isWhole) };
};

async function decodeFrames(codec: Mp4Codec, frames: Iterable<Uint8Array>, sink: PcmSink): Promise<boolean> {
  if (codec.name === "AAC") return await decodeAac(codec.config, frames, sink);
  return codec.name === "Opus" ? await decodeOpus(codec.config, frames, sink) : await decodeMp3Frames(frames, sink);
}

function isWhole(box: Mp4Box): boolean {
  return box.isWhole;
}

function soundTrack(bytes: Uint8Array, moov: Mp4Box): Mp4Box {
  let hasTracks = false;
  for (const track of mp4Boxes(bytes, moov.start, moov.end)) {
    if (track.type !== "trak") continue;
    hasTracks = true;
    const handler = findBox(bytes, track.start, track.end, "mdia", "hdlr");
    if (handler !== undefined && ascii(bytes, handler.start + 8, 4) === "soun") return track;
  }
  throw new UserError(hasTracks ? "no-audio-track" : "damaged");
}

/** Version 1 of the track header has longer times before the number. */
function trackId(bytes: Uint8Array, track: Mp4Box): number {
  const header = findBox(bytes, track.start, track.end, "tkhd");
  if (header === undefined) return 0;
  return uint32be(bytes, header.start + (bytes[header.start] === 1 ? 20 : 12));
}
