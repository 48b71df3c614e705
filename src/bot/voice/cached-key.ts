/** Spares Node the making of a key for every packet. */

import { createSecretKey } from "node:crypto";
import { VoiceEncryptionMode } from "discord-api-types/voice/v8";

/** What the library decrypts packets with. */
export interface PacketKey {
  readonly encryptionMode?: string;
  readonly secretKey?: Uint8Array;
}

/**
 * Puts one of Node's keys in the place of the bytes, once they are there: out of bytes, Node makes a key for every packet, and
 * that takes several times as long as decrypting it. XChaCha20 isn't Node's cipher, and keeps its bytes.
 */
export function cacheKey(packetKey: PacketKey): void {
  const { encryptionMode, secretKey } = packetKey;
  if (encryptionMode !== VoiceEncryptionMode.AeadAes256GcmRtpSize || !(secretKey instanceof Uint8Array)) return;
  Object.assign(packetKey, { secretKey: createSecretKey(secretKey) });
}
