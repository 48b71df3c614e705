/** Opus packets -> samples at 16 kHz, by libopus (WebAssembly). */

import { UserError } from "../../errors.ts";
import { uint16le } from "./bytes.ts";
import { OpusDecoders, type OpusLayout, type StreamDecoder } from "./opus-decoders.ts";
import { isOpusPacket } from "./opus-packet.ts";
import type { PcmSink } from "./pcm-sink.ts";
import { release } from "./release.ts";
import { SAMPLE_RATE_HZ } from "./sample-rate.ts";

/** This thread's: which of them a stream gets makes no difference to what is heard. */
const DECODERS = new OpusDecoders();

const OPUS_RATE_HZ = 48_000;
const MAX_CHANNELS = 8;
/** opus-decoder's input buffer: 120 ms at 256 kbit/s for each channel. */
const MAX_PACKET_BYTES_PER_CHANNEL = 3840;

/** Packets that are decoded at once: 12 s at most. */
const BATCH = 100;

/**
 * Decodes a container's Opus packets.
 * @param head the stream's OpusHead
 * @returns whether all of them could be Opus
 * @throws UserError `damaged`, `unsupported-codec` as `OpusTrack`, and as `PcmSink.write`
 */
export async function decodeOpus(head: Uint8Array, packets: Iterable<Uint8Array>, sink: PcmSink): Promise<boolean> {
  const track = new OpusTrack(head);
  let batch: Uint8Array[] = [];
  try {
    for (const packet of packets) {
      batch.push(packet);
      if (batch.length < BATCH) continue;
      await track.decode(batch, sink);
      batch = [];
    }
    await track.decode(batch, sink);
    return track.intact;
  } finally {
    track.free();
  }
}

/** One Opus stream. The decoder is made at the first packet and must be freed. */
export class OpusTrack {
  readonly #head: OpusHead;
  #decoder: StreamDecoder | undefined;
  /** Samples at 16 kHz that the encoder's delay put at the start. */
  #skip: number;
  #intact = true;

  /** @param head the stream's OpusHead. @throws UserError `damaged`, `unsupported-codec` for ambisonics and the like */
  constructor(head: Uint8Array) {
    this.#head = parseHead(head);
    this.#skip = to16k(this.#head.preSkip);
  }

  /** Whether every packet so far could be Opus. */
  get intact(): boolean {
    return this.#intact;
  }

  /**
   * Decodes packets (a few seconds of them at most) into a sink; those that can't be Opus are left out.
   * @param surplus samples at 48 kHz that are dropped at the end
   */
  async decode(packets: readonly Uint8Array[], sink: PcmSink, surplus = 0): Promise<void> {
    const usable = packets.filter((packet) => this.#isUsable(packet));
    if (usable.length < packets.length) this.#intact = false;
    if (usable.length === 0) return;
    this.#decoder ??= await DECODERS.take(this.#head);
    const { channelData, samplesDecoded } = this.#decoder.decode(usable);
    const start = Math.min(this.#skip, samplesDecoded);
    const end = Math.max(start, samplesDecoded - to16k(surplus));
    this.#skip -= start;
    sink.write(
      channelData.map((channel) => channel.subarray(start, end)),
      SAMPLE_RATE_HZ,
    );
    release(channelData);
  }

  /** Gives the decoder back. */
  free(): void {
    if (this.#decoder) DECODERS.giveBack(this.#decoder);
    this.#decoder = undefined;
  }

  #isUsable(packet: Uint8Array): boolean {
    if (packet.length === 0 || packet.length > MAX_PACKET_BYTES_PER_CHANNEL * this.#head.channels) return false;
    // Packets of several streams have a framing of their own, which libopus checks.
    return this.#head.streamCount > 1 || isOpusPacket(packet);
  }
}

interface OpusHead extends OpusLayout {
  readonly preSkip: number;
}

/** RFC 7845, section 5.1. */
function parseHead(head: Uint8Array): OpusHead {
  const channels = head[9] ?? 0;
  const preSkip = uint16le(head, 10);
  const family = head[18] ?? 0;
  if (head.length < 19 || channels === 0) throw new UserError("damaged");
  if (family > 1 || channels > MAX_CHANNELS) throw new UserError("unsupported-codec", { codec: "Opus ambisonics" });
  if (family === 0) {
    if (channels > 2) throw new UserError("damaged");
    const channelMappingTable = channels === 2 ? [0, 1] : [0];
    return { channels, preSkip, streamCount: 1, coupledStreamCount: channels - 1, channelMappingTable };
  }
  const [streamCount = 0, coupledStreamCount = 0] = head.subarray(19, 21);
  const channelMappingTable = [...head.subarray(21, 21 + channels)];
  const coded = streamCount + coupledStreamCount;
  const isMapped = channelMappingTable.every((index) => index < coded || index === 255);
  if (streamCount === 0 || coupledStreamCount > streamCount || coded > 255) throw new UserError("damaged");
  if (channelMappingTable.length !== channels || !isMapped) throw new UserError("damaged");
  return { channels, preSkip, streamCount, coupledStreamCount, channelMappingTable };
}

function to16k(samples: number): number {
  return Math.round((samples * SAMPLE_RATE_HZ) / OPUS_RATE_HZ);
}
