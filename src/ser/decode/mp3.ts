/** MP3 (MPEG audio layers 1 to 3), with or without tags. */

import { feed } from "./feed.ts";
import { id3Length, mp3FrameLength } from "./mp3-frame.ts";
import type { PcmSink } from "./pcm-sink.ts";
import type { Reader } from "./reader.ts";

/** Frames are fed some at a time: less than 2 s of the longest. */
const PIECE_FRAMES = 32;

/** The longest frames have about 2900 bytes. */
const PIECE_BYTES = 4096;

/** Reads an MP3 file. */
export const decodeMp3: Reader = async (bytes, sink) => {
  const frames = new FrameScan(bytes);
  const isContent = await feed("mp3", frames.pieces(id3Length(bytes)), sink);
  return { format: "MP3", intact: isContent && frames.intact };
};

/** Decodes frames out of a container, of whatever size it says that they are. @returns as `feed` */
export async function decodeMp3Frames(frames: Iterable<Uint8Array>, sink: PcmSink): Promise<boolean> {
  return await feed("mp3", cut(frames), sink);
}

function* cut(frames: Iterable<Uint8Array>): Generator<Uint8Array> {
  for (const frame of frames) {
    for (let at = 0; at < frame.length; at += PIECE_BYTES) yield frame.subarray(at, at + PIECE_BYTES);
  }
}

/** Finds the frames of a file and leaves out what lies between them: tags, pictures, damage. */
class FrameScan {
  /** False when the last frame is cut off. */
  intact = true;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Frames that follow each other, as one piece. */
  *pieces(start: number): Generator<Uint8Array> {
    let offset = start;
    while (offset < this.#bytes.length) {
      const end = this.#runFrom(offset);
      if (end > offset) yield this.#bytes.subarray(offset, end);
      offset = Math.max(end, offset + 1);
    }
  }

  /** Where the run of frames from `offset` ends. A single frame amid other things is a coincidence. */
  #runFrom(offset: number): number {
    let end = offset;
    for (let count = 0; count < PIECE_FRAMES; count++) {
      const length = mp3FrameLength(this.#bytes, end);
      if (length === 0) break;
      if (end + length > this.#bytes.length) {
        this.intact = false;
        break;
      }
      end += length;
    }
    const isAlone = end < this.#bytes.length && end === offset + mp3FrameLength(this.#bytes, offset);
    return isAlone && mp3FrameLength(this.#bytes, end) === 0 ? offset : end;
  }
}
