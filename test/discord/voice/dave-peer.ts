/** A client in an encrypted call, and what the voice server knows of it. */

import { VoiceOpcodes } from "discord-api-types/voice/v8";
import type { SignedProposal } from "./external-sender.ts";
import { uint, vector } from "./mls-codec.ts";
import type { KeyPackage } from "./mls-messages.ts";

/** Op 27's first byte: these proposals come on top of those before. */
const APPEND = 0;

/** A client in the call, as far as the group talks to it. */
export interface DaveClient {
  readonly userId: string;
  send(op: VoiceOpcodes, d: unknown): void;
  sendBinary(op: VoiceOpcodes, payload: Uint8Array): void;
}

/** A client and what the group knows of it. */
export interface DavePeer {
  readonly client: DaveClient;
  /** The next key package to use; used up by a Welcome. */
  keyPackage: KeyPackage | undefined;
  /** Key packages still to come: op 4, op 24 and op 31 each bring one, and only the last is of use. */
  owed: number;
  /** Lost the group, and waits to be added again. */
  isStale: boolean;
  hasSender: boolean;
}

/** Sends op 27. */
export function sendProposals({ client }: DavePeer, proposals: readonly SignedProposal[]): void {
  const payload = Buffer.concat([uint(1, APPEND), vector(...proposals.map(({ message }) => message))]);
  client.sendBinary(VoiceOpcodes.DaveMlsProposals, payload);
}
