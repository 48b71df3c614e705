/** The voice server's own voice in an MLS group: proposals by an external sender (RFC 9420, section 12.1.8). */

import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { z } from "zod";
import { uint, vector } from "./mls-codec.ts";
import { refHash } from "./mls-messages.ts";

const PUBLIC_MESSAGE = Buffer.from([0, 1, 0, 1]);
const WIRE_FORMAT = PUBLIC_MESSAGE.subarray(2);
const EXTERNAL_SENDER = 2;
const PROPOSAL = 2;
const BASIC_CREDENTIAL = 1;

const point = z.object({ x: z.string(), y: z.string() });

/** A signed proposal. */
export interface SignedProposal {
  /** An MLSMessage, as op 27 carries it. */
  readonly message: Buffer;
  /** How a commit refers to it, in hexadecimal. */
  readonly ref: string;
}

/** Signs proposals for one group. */
export class ExternalSender {
  /** Op 25's payload: public key and credential. */
  readonly serialized: Buffer;
  readonly #groupId: string;
  readonly #key: KeyObject;

  /** @param groupId the voice channel's id, which is the group's */
  constructor(groupId: string) {
    const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const { x, y } = point.parse(publicKey.export({ format: "jwk" }));
    const uncompressed = [uint(1, 4), Buffer.from(x, "base64url"), Buffer.from(y, "base64url")];
    // Discord's credential is one zero byte.
    this.serialized = Buffer.concat([vector(...uncompressed), uint(2, BASIC_CREDENTIAL), vector(uint(1, 0))]);
    this.#groupId = groupId;
    this.#key = privateKey;
  }

  /** Signs a proposal for an epoch; an external sender signs without the group's context (section 6.1). */
  propose(epoch: number, proposal: Uint8Array): SignedProposal {
    const framed = Buffer.concat([
      WIRE_FORMAT,
      vector(uint(8, BigInt(this.#groupId))),
      uint(8, epoch),
      uint(1, EXTERNAL_SENDER),
      uint(4, 0),
      vector(),
      uint(1, PROPOSAL),
      proposal,
    ]);
    const toSign = Buffer.concat([PUBLIC_MESSAGE.subarray(0, 2), framed]);
    const labelled = Buffer.concat([vector(Buffer.from("MLS 1.0 FramedContentTBS")), vector(toSign)]);
    const content = Buffer.concat([framed, vector(sign("sha256", labelled, this.#key))]);
    return {
      message: Buffer.concat([PUBLIC_MESSAGE.subarray(0, 2), content]),
      ref: refHash("Proposal Reference", content).toString("hex"),
    };
  }
}
