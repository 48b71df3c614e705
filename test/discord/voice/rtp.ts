/** RTP as Discord's voice has it: headers (RFC 3550) and the two encryption modes that are current. */

import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from "node:crypto";
import { xchacha20poly1305 } from "@noble/ciphers/chacha.js";
import { VoiceEncryptionMode } from "discord-api-types/voice/v8";

const OPUS_PAYLOAD_TYPE = 0x78;
const VERSION_2 = 0x80;
const HAS_EXTENSION = 0x10;
const FIXED_HEADER_BYTES = 12;
/** Profile of one-byte header extensions (RFC 8285), and a length of one 32-bit word. */
const EXTENSION_HEADER = Buffer.from([0xbe, 0xde, 0, 1]);
/** Audio level (RFC 6464) as element 1, then padding. The "rtpsize" modes encrypt the extension's body. */
const EXTENSION_BODY = Buffer.from([0x10, 0xff, 0, 0]);
const TAG_BYTES = 16;
/** The nonce's counter, at the packet's end. */
const COUNTER_BYTES = 4;
const NONCE_BYTES = { aes: 12, chacha: 24 } as const;

/** The modes in the order in which Discord prefers them. */
export const ENCRYPTION_MODES = [
  VoiceEncryptionMode.AeadAes256GcmRtpSize,
  VoiceEncryptionMode.AeadXChaCha20Poly1305RtpSize,
] as const;
/** A current encryption mode. */
export type EncryptionMode = (typeof ENCRYPTION_MODES)[number];

/** Where a packet is in its stream. */
export interface RtpPosition {
  readonly sequence: number;
  /** In samples at 48 kHz. */
  readonly timestamp: number;
  readonly ssrc: number;
}

/** A header with an extension, as Discord's own clients send it. */
export function rtpHeader({ sequence, timestamp, ssrc }: RtpPosition): Buffer {
  const header = Buffer.alloc(FIXED_HEADER_BYTES);
  header.writeUInt8(VERSION_2 | HAS_EXTENSION, 0);
  header.writeUInt8(OPUS_PAYLOAD_TYPE, 1);
  header.writeUInt16BE(sequence % 2 ** 16, 2);
  header.writeUInt32BE(timestamp % 2 ** 32, 4);
  header.writeUInt32BE(ssrc, 8);
  return Buffer.concat([header, EXTENSION_HEADER]);
}

/** A media frame with the extension's body in front, as it goes into a packet with `rtpHeader`. */
export function withExtension(frame: Uint8Array): Buffer {
  return Buffer.concat([EXTENSION_BODY, frame]);
}

/** The media frame of a packet's decrypted content. */
export function frameOf(header: Uint8Array, content: Buffer): Buffer {
  return header.length > FIXED_HEADER_BYTES ? content.subarray(4 * Buffer.from(header).readUInt16BE(14)) : content;
}

/** Whether a datagram is an RTP packet that may hold something. */
export function isRtp(datagram: Buffer): boolean {
  const [first = 0] = datagram;
  return first >> 6 === 2 && datagram.length > headerBytes(datagram) + TAG_BYTES + COUNTER_BYTES;
}

/** The SSRC of an RTP packet. */
export function ssrcOf(packet: Buffer): number {
  return packet.readUInt32BE(8);
}

/** Seals and opens packets between one client and the server. */
export class TransportCipher {
  readonly #mode: EncryptionMode;
  readonly #key: Uint8Array;
  /** The same for Node, which would make it out of the bytes for each packet: that takes longer than the cipher. */
  readonly #aesKey: KeyObject;
  #counter = 0;

  constructor(mode: EncryptionMode, key: Uint8Array) {
    this.#mode = mode;
    this.#key = key;
    this.#aesKey = createSecretKey(key);
  }

  /** Makes a packet. */
  seal(header: Buffer, content: Buffer): Buffer {
    const counter = Buffer.alloc(COUNTER_BYTES);
    counter.writeUInt32BE(this.#counter++ % 2 ** 32);
    if (this.#mode === VoiceEncryptionMode.AeadXChaCha20Poly1305RtpSize) {
      const cipher = xchacha20poly1305(this.#key, padded(counter, NONCE_BYTES.chacha), header);
      return Buffer.concat([header, cipher.encrypt(content), counter]);
    }
    const cipher = createCipheriv("aes-256-gcm", this.#aesKey, padded(counter, NONCE_BYTES.aes)).setAAD(header);
    return Buffer.concat([header, cipher.update(content), cipher.final(), cipher.getAuthTag(), counter]);
  }

  /** Takes a packet apart. @throws Error when somebody else made it. */
  open(packet: Buffer): { readonly header: Buffer; readonly content: Buffer } {
    const header = packet.subarray(0, headerBytes(packet));
    const counter = packet.subarray(-COUNTER_BYTES);
    const sealed = packet.subarray(header.length, -COUNTER_BYTES);
    if (this.#mode === VoiceEncryptionMode.AeadXChaCha20Poly1305RtpSize) {
      const cipher = xchacha20poly1305(this.#key, padded(counter, NONCE_BYTES.chacha), header);
      return { header, content: Buffer.from(cipher.decrypt(sealed)) };
    }
    const decipher = createDecipheriv("aes-256-gcm", this.#aesKey, padded(counter, NONCE_BYTES.aes));
    decipher.setAAD(header).setAuthTag(sealed.subarray(-TAG_BYTES));
    return { header, content: Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]) };
  }
}

/** The "rtpsize" modes leave the extension's own header in the clear. */
function headerBytes(packet: Buffer): number {
  return FIXED_HEADER_BYTES + ((packet[0] ?? 0) & HAS_EXTENSION ? EXTENSION_HEADER.length : 0);
}

function padded(counter: Uint8Array, bytes: number): Uint8Array {
  const nonce = new Uint8Array(bytes);
  nonce.set(counter);
  return nonce;
}
