/** How MLS writes things down (RFC 9420, section 2.1; QUIC's lengths in front of vectors). */

/** A number of `bytes` bytes, big endian. */
export function uint(bytes: 1 | 2 | 4 | 8, value: number | bigint): Buffer {
  const whole = Buffer.alloc(8);
  whole.writeBigUInt64BE(BigInt(value));
  return whole.subarray(8 - bytes);
}

/** `opaque data<V>`: the bytes with their length in front. */
export function vector(...parts: readonly Uint8Array[]): Buffer {
  const data = Buffer.concat(parts);
  const { length } = data;
  const prefix =
    length < 0x40 ? uint(1, length) : length < 0x4000 ? uint(2, length | 0x4000) : uint(4, length + 0x8000_0000);
  return Buffer.concat([prefix, data]);
}

/** Reads a structure from front to back. Every method throws an Error where the bytes end too early. */
export class MlsReader {
  readonly #bytes: Buffer;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Where the next byte comes from. */
  get offset(): number {
    return this.#offset;
  }

  /** Whether everything is read. */
  get isDone(): boolean {
    return this.#offset >= this.#bytes.length;
  }

  /** The next `count` bytes. */
  take(count: number): Buffer {
    const end = this.#offset + count;
    if (end > this.#bytes.length) throw new Error("This MLS structure is too short.");
    const taken = this.#bytes.subarray(this.#offset, end);
    this.#offset = end;
    return taken;
  }

  /** The next number of `bytes` bytes. */
  uint(bytes: 1 | 2 | 4 | 8): number {
    return Number(this.take(bytes).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n));
  }

  /** The next vector, without its length. */
  vector(): Buffer {
    const [first = 0] = this.take(1);
    const more = [0, 1, 3][first >> 6];
    if (more === undefined) throw new Error("An MLS vector has an impossible length.");
    return this.take(this.take(more).reduce((length, byte) => length * 256 + byte, first & 0x3f));
  }

  /** Skips a number that can only be `value`. @throws Error naming `what` when it is another. */
  expect(bytes: 1 | 2 | 4, value: number, what: string): void {
    const found = this.uint(bytes);
    if (found !== value) throw new Error(`MLS ${what} is ${found}, not ${value}.`);
  }
}
