/** Samples -> Ogg/Opus, as a Discord client would send them: for evaluation and benchmarks. */

import OpusScript from "opusscript";
import { SAMPLE_RATE_HZ } from "./decode/sample-rate.ts";
import { muxOggOpus } from "./ogg-mux.ts";

const PACKET_MS = 20;
const PACKET_SAMPLES = (PACKET_MS / 1000) * SAMPLE_RATE_HZ;
/** OPUS_SET_BITRATE of libopus's opus_defines.h. */
const SET_BITRATE = 4002;
/** libopus's look-ahead of 6.5 ms, in samples at 48 kHz. */
const PRE_SKIP = 312;

/** Encodes mono samples at 16 kHz at `kbits` kbit/s. */
export function encodeOggOpus(samples: Float32Array, kbits: number): Uint8Array {
  const encoder = new OpusScript(SAMPLE_RATE_HZ, 1, OpusScript.Application.AUDIO);
  try {
    encoder.encoderCTL(SET_BITRATE, kbits * 1000);
    const packets: Uint8Array[] = [];
    // One packet more than the samples fill: the encoder's delay pushes the end into it.
    for (let start = 0; start < samples.length + PACKET_SAMPLES; start += PACKET_SAMPLES) {
      const pcm = Buffer.alloc(PACKET_SAMPLES * 2);
      samples.subarray(start, start + PACKET_SAMPLES).forEach((sample, i) => {
        pcm.writeInt16LE(Math.round(Math.max(-1, Math.min(1, sample)) * 32_767), i * 2);
      });
      packets.push(encoder.encode(pcm, PACKET_SAMPLES));
    }
    const durationMs = (samples.length / SAMPLE_RATE_HZ) * 1000;
    return muxOggOpus(packets, { channels: 1, packetMs: PACKET_MS, preSkip: PRE_SKIP, durationMs });
  } finally {
    encoder.delete();
  }
}
