/** The MLS messages that a delivery service looks into (RFC 9420, ciphersuite 2), as DAVE sends them. */

import { hash } from "node:crypto";
import { MlsReader, uint, vector } from "./mls-codec.ts";

const MLS_10 = 1;
/** MLS_128_DHKEMP256_AES128GCM_SHA256_P256, the one that DAVE uses. */
const CIPHERSUITE = 2;
const PUBLIC_MESSAGE = 1;
const MEMBER = 1;
const COMMIT = 3;
const BY_REFERENCE = 2;
const BASIC_CREDENTIAL = 1;
/** Fields of a leaf's capabilities: versions, ciphersuites, extensions, proposals, credentials. */
const CAPABILITIES = 5;
const FROM_KEY_PACKAGE = 1;
const FROM_COMMIT = 3;
/** `not_before` and `not_after`. */
const LIFETIME_BYTES = 16;

/** What a client needs to be added to a group: op 26's payload, a bare KeyPackage. */
export interface KeyPackage {
  readonly bytes: Buffer;
  readonly userId: string;
  /** By which a Welcome names its receiver. */
  readonly ref: Buffer;
}

/** Op 28's payload taken apart: a commit, and behind it, with no length between, a Welcome or nothing. */
export interface CommitWelcome {
  readonly groupId: string;
  readonly epoch: number;
  /** Leaf of the member who commits. */
  readonly leaf: number;
  /** References to the proposals taken in, in hexadecimal. */
  readonly proposals: readonly string[];
  readonly commit: Buffer;
  readonly welcome: Buffer;
}

/** RefHash of section 5.2. */
export function refHash(label: string, value: Uint8Array): Buffer {
  return hash("sha256", Buffer.concat([vector(Buffer.from(`MLS 1.0 ${label}`)), vector(value)]), "buffer");
}

/** Reads a KeyPackage (section 10); signatures are left to the members. @throws Error when it isn't one. */
export function readKeyPackage(bytes: Buffer): KeyPackage {
  const reader = new MlsReader(bytes);
  reader.expect(2, MLS_10, "version");
  reader.expect(2, CIPHERSUITE, "ciphersuite");
  reader.vector(); // init_key
  const identity = readLeaf(reader);
  skipVectors(reader, 2); // extensions, signature
  if (!reader.isDone) throw new Error("There is something behind the key package.");
  return { bytes, userId: String(identity.readBigUInt64BE()), ref: refHash("KeyPackage Reference", bytes) };
}

/** Reads op 28's payload (sections 6 and 12.4). @throws Error when it isn't a member's commit. */
export function readCommitWelcome(bytes: Buffer): CommitWelcome {
  const reader = new MlsReader(bytes);
  reader.expect(2, MLS_10, "version");
  reader.expect(2, PUBLIC_MESSAGE, "wire format");
  const groupId = String(reader.vector().readBigUInt64BE());
  const epoch = reader.uint(8);
  reader.expect(1, MEMBER, "sender type");
  const leaf = reader.uint(4);
  reader.vector(); // authenticated_data
  reader.expect(1, COMMIT, "content type");
  const list = new MlsReader(reader.vector());
  const proposals: string[] = [];
  while (!list.isDone) {
    list.expect(1, BY_REFERENCE, "kind of proposal");
    proposals.push(list.vector().toString("hex"));
  }
  const hasPath = reader.uint(1) === 1;
  if (hasPath) {
    readLeaf(reader);
    reader.vector(); // nodes
  }
  skipVectors(reader, 3); // signature, confirmation_tag, membership_tag
  const end = reader.offset;
  return { groupId, epoch, leaf, proposals, commit: bytes.subarray(0, end), welcome: bytes.subarray(end) };
}

/** A Welcome (section 12.4.3.1) with the secrets of one receiver only. @throws Error when it has none for them. */
export function welcomeFor(welcome: Buffer, { ref }: KeyPackage): Buffer {
  const reader = new MlsReader(welcome);
  const suite = reader.take(2);
  const all = reader.vector();
  const groupInfo = reader.vector();
  const secrets = new MlsReader(all);
  while (!secrets.isDone) {
    const start = secrets.offset;
    const receiver = secrets.vector();
    skipVectors(secrets, 2); // kem_output, ciphertext
    if (receiver.equals(ref))
      return Buffer.concat([suite, vector(all.subarray(start, secrets.offset)), vector(groupInfo)]);
  }
  throw new Error("The welcome isn't for this key package.");
}

/** A proposal to add somebody (section 12.1.1). */
export function addProposal({ bytes }: KeyPackage): Buffer {
  return Buffer.concat([uint(2, 1), bytes]);
}

/** A proposal to remove the member at a leaf (section 12.1.3). */
export function removeProposal(leaf: number): Buffer {
  return Buffer.concat([uint(2, 3), uint(4, leaf)]);
}

/** Reads a LeafNode (section 7.2) and gives its identity. */
function readLeaf(reader: MlsReader): Buffer {
  skipVectors(reader, 2); // encryption_key, signature_key
  reader.expect(2, BASIC_CREDENTIAL, "credential type");
  const identity = reader.vector();
  skipVectors(reader, CAPABILITIES);
  const source = reader.uint(1);
  if (source === FROM_KEY_PACKAGE) reader.take(LIFETIME_BYTES);
  if (source === FROM_COMMIT) reader.vector();
  skipVectors(reader, 2); // extensions, signature
  return identity;
}

function skipVectors(reader: MlsReader, count: number): void {
  for (let i = 0; i < count; i++) reader.vector();
}
