/**
 * libopus decoders that are used again. Each has 28 MB of address space for its WebAssembly, and a new one for every clip keeps V8
 * busy collecting them: a third of what a short clip costs.
 */

import { OpusDecoder } from "opus-decoder";
import { SAMPLE_RATE_HZ } from "./sample-rate.ts";

/** Which streams a decoder takes: what an OpusHead says (RFC 7845, section 5.1). */
export interface OpusLayout {
  readonly channels: number;
  readonly streamCount: number;
  readonly coupledStreamCount: number;
  readonly channelMappingTable: number[];
}

/**
 * Streams after which a decoder is given up. The library loses a stream's state (some 15 KB of its 16 MB) whenever another
 * begins; without memory it goes on, and what it gives then is noise.
 */
const MOST_STREAMS = 100;

/** What decoding gives. */
export type OpusPcm = ReturnType<OpusDecoder<typeof SAMPLE_RATE_HZ>["decodeFrames"]>;

declare module "opus-decoder" {
  /** The library can't begin a new stream with the same memory; what it is made of can. */
  interface OpusDecoder<SampleRate extends OpusDecoderSampleRate | undefined = undefined> {
    /** libopus's state, in the WebAssembly's memory. */
    _decoder: number;
    readonly _common: {
      readonly wasm: {
        opus_frame_decoder_create(
          sampleRate: number,
          channels: number,
          streamCount: number,
          coupledStreamCount: number,
          mappingAt: number,
          preSkip: number,
          forceStereo: number,
          forceStereoToo: number,
        ): number;
        opus_frame_decoder_destroy(decoder: number): void;
      };
      allocateTypedArray(length: number, type: typeof Uint8Array): { readonly ptr: number; readonly buf: Uint8Array };
    };
  }
}

/** One stream's decoder at 16 kHz. */
export class StreamDecoder {
  readonly layout: OpusLayout;
  readonly #library: OpusDecoder<typeof SAMPLE_RATE_HZ>;
  readonly #mappingAt: number;
  #isSound = true;
  #streams = 1;

  private constructor(layout: OpusLayout, library: OpusDecoder<typeof SAMPLE_RATE_HZ>) {
    this.layout = layout;
    this.#library = library;
    const mapping = library._common.allocateTypedArray(layout.channels, Uint8Array);
    mapping.buf.set(layout.channelMappingTable);
    this.#mappingAt = mapping.ptr;
  }

  /** Makes a new one. */
  static async open(layout: OpusLayout): Promise<StreamDecoder> {
    const library = new OpusDecoder({ ...layout, preSkip: 0, sampleRate: SAMPLE_RATE_HZ });
    await library.ready;
    return new StreamDecoder(layout, library);
  }

  /** Decodes packets, one after the other. */
  decode(packets: readonly Uint8Array[]): OpusPcm {
    const wasSound = this.#isSound;
    // If libopus fails in the middle, nobody knows what its memory is like.
    this.#isSound = false;
    const pcm = this.#library.decodeFrames([...packets]);
    this.#isSound = wasSound && pcm.errors.length === 0;
    return pcm;
  }

  /** Whether another stream may begin: libopus took all packets so far, and there is memory left. */
  get isFitForAnother(): boolean {
    return this.#isSound && this.#streams < MOST_STREAMS;
  }

  /** Forgets the stream: what is decoded next is the beginning of another. */
  beginAnew(): void {
    this.#streams++;
    const { channels, streamCount, coupledStreamCount } = this.layout;
    const { wasm } = this.#library._common;
    wasm.opus_frame_decoder_destroy(this.#library._decoder);
    const stream = [channels, streamCount, coupledStreamCount] as const;
    this.#library._decoder = wasm.opus_frame_decoder_create(SAMPLE_RATE_HZ, ...stream, this.#mappingAt, 0, 0, 0);
  }

  /** Gives its memory back. */
  free(): void {
    this.#library.free();
  }
}

/** Lends decoders. Keeps one for mono and one for stereo at most, which is what nearly all files and all of Discord are. */
export class OpusDecoders {
  readonly #idle = new Map<number, StreamDecoder>();

  /** A decoder at the beginning of a stream. */
  async take(layout: OpusLayout): Promise<StreamDecoder> {
    const idle = isOrdinary(layout) ? this.#idle.get(layout.channels) : undefined;
    if (idle === undefined) return StreamDecoder.open(layout);
    this.#idle.delete(layout.channels);
    idle.beginAnew();
    return idle;
  }

  /** Takes a decoder back. One that met packets which libopus refuses, or is worn out, lends its memory to nobody else. */
  giveBack(decoder: StreamDecoder): void {
    const { layout, isFitForAnother } = decoder;
    const isWanted = isFitForAnother && isOrdinary(layout) && !this.#idle.has(layout.channels);
    if (isWanted) this.#idle.set(layout.channels, decoder);
    else decoder.free();
  }
}

/** One stream with its channels in order: all that channel mapping family 0 has. Of these, channels tell the rest. */
function isOrdinary({ channels, streamCount, coupledStreamCount, channelMappingTable }: OpusLayout): boolean {
  const isInOrder = channelMappingTable.every((index, channel) => index === channel);
  return streamCount === 1 && coupledStreamCount === channels - 1 && isInOrder;
}
