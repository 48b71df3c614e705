/** Opus in Ogg (RFC 7845). */

import { ascii } from "./bytes.ts";
import { type OggPage, oggPages, PacketAssembler } from "./ogg.ts";
import { OpusTrack } from "./opus.ts";
import { opusPacketSamples } from "./opus-packet.ts";
import type { PcmSink } from "./pcm-sink.ts";

/** A file may be several recordings one after the other; each needs a decoder of its own. */
const MAX_LINKS = 64;

/** Decodes the first Opus stream of a file, and those that follow it. @returns whether the end was there */
export async function decodeOggOpus(bytes: Uint8Array, sink: PcmSink): Promise<boolean> {
  let link: Link | undefined;
  let links = 0;
  try {
    for (const page of oggPages(bytes)) {
      const begins = page.isFirst && ascii(page.body, 0, 8) === "OpusHead";
      if (begins && (link === undefined || link.isOver) && links < MAX_LINKS) {
        link?.free();
        link = new Link(page);
        links += 1;
      } else if (page.serial === link?.serial) {
        await link.read(page, sink);
      }
    }
    return link?.isIntact ?? false;
  } finally {
    link?.free();
  }
}

/** One logical stream. */
class Link {
  readonly serial: number;
  isOver = false;
  readonly #track: OpusTrack;
  readonly #assembler = new PacketAssembler();
  /** Where the page before ended, in samples at 48 kHz. */
  #granule = 0;
  #hasTags = false;

  constructor(first: OggPage) {
    this.serial = first.serial;
    this.#track = new OpusTrack(first.body);
  }

  async read(page: OggPage, sink: PcmSink): Promise<void> {
    const packets = this.#assembler.packets(page);
    if (!this.#hasTags && packets.length > 0) {
      this.#hasTags = true;
      if (ascii(packets[0] ?? new Uint8Array(), 0, 8) === "OpusTags") packets.shift();
    }
    const length = packets.reduce((sum, packet) => sum + opusPacketSamples(packet), 0);
    // The last page says where the recording ends within it: encoders fill the last packet up.
    const surplus = page.isLast && page.granule >= this.#granule ? length - (page.granule - this.#granule) : 0;
    await this.#track.decode(packets, sink, Math.max(0, surplus));
    if (page.granule >= 0) this.#granule = page.granule;
    this.isOver = page.isLast;
  }

  /** Whether the stream was there up to its end. */
  get isIntact(): boolean {
    return this.isOver && this.#track.intact;
  }

  free(): void {
    this.#track.free();
  }
}
