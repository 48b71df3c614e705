/** What a test WAV says about itself; `data` are the bytes of its samples. */
export interface WavClaims {
  readonly tag?: number;
  readonly channels?: number;
  readonly rateHz?: number;
  readonly bits?: number;
  readonly claimedBytes?: number;
  readonly data: Uint8Array;
}

/** Builds a WAV file that claims what it is told to. */
export function wavFile({ tag = 1, channels = 1, rateHz = 16_000, bits = 16, claimedBytes, data }: WavClaims): Buffer {
  const head = Buffer.alloc(44);
  head.write("RIFF", 0, "latin1");
  head.writeUInt32LE(0xff_ff_ff_ff, 4);
  head.write("WAVEfmt ", 8, "latin1");
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(tag, 20);
  head.writeUInt16LE(channels, 22);
  head.writeUInt32LE(rateHz, 24);
  head.writeUInt16LE(bits, 34);
  head.write("data", 36, "latin1");
  head.writeUInt32LE(claimedBytes ?? data.length, 40);
  return Buffer.concat([head, data]);
}
