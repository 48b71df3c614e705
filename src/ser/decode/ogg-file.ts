/** Ogg files: finds the first stream of sound in one and reads it. */

import { UserError } from "../../errors.ts";
import { ascii } from "./bytes.ts";
import { feed } from "./feed.ts";
import { type OggPage, oggPages } from "./ogg.ts";
import { decodeOggOpus } from "./ogg-opus.ts";
import type { Reader } from "./reader.ts";

/** How the first packet of a stream begins, by codec. */
const OTHER_AUDIO = [
  ["Speex   ", "Speex"],
  ["\x7fFLAC", "FLAC in Ogg"],
  ["PCM     ", "PCM in Ogg"],
  ["CELT    ", "CELT"],
] as const;
const OPUS = "OpusHead";
const VORBIS = "\x01vorbis";
const VORBIS_CHANNELS_OFFSET = 11;
/** The specification gives up to 8 channels a place; 255 of them would decode to a gigabyte a page. */
const MAX_VORBIS_CHANNELS = 8;

/** Reads an Ogg file with Opus or Vorbis in it. @throws UserError `unsupported-codec`, `no-audio-track`, `damaged` */
export const decodeOgg: Reader = async (bytes, sink) => {
  let hasStreams = false;
  for (const page of oggPages(bytes)) {
    if (!page.isFirst) continue;
    hasStreams = true;
    if (startsWith(page, OPUS)) return { format: "Ogg/Opus", intact: await decodeOggOpus(bytes, sink) };
    if (startsWith(page, VORBIS)) {
      const channels = page.body[VORBIS_CHANNELS_OFFSET] ?? 0;
      if (channels === 0 || channels > MAX_VORBIS_CHANNELS) throw new UserError("damaged");
      return { format: "Ogg/Vorbis", intact: await feed("oga", pagesOf(bytes, page.serial), sink) };
    }
    const other = OTHER_AUDIO.find(([beginning]) => startsWith(page, beginning));
    if (other !== undefined) throw new UserError("unsupported-codec", { codec: other[1] });
  }
  throw new UserError(hasStreams ? "no-audio-track" : "damaged");
};

function startsWith(page: OggPage, beginning: string): boolean {
  return ascii(page.body, 0, beginning.length) === beginning;
}

/** A page has at most 255 packets, so even silence in it decodes to less than a minute. */
function* pagesOf(bytes: Uint8Array, serial: number): Generator<Uint8Array> {
  for (const page of oggPages(bytes)) if (page.serial === serial && !page.isCut) yield page.bytes;
}
