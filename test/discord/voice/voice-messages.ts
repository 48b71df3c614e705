/** What clients say to a voice gateway, version 8. */

import { VoiceOpcodes } from "discord-api-types/voice/v8";
import type { RawData } from "ws";
import { z } from "zod";

const incoming = z.discriminatedUnion("op", [
  z.object({
    op: z.literal(VoiceOpcodes.Identify),
    d: z.object({
      server_id: z.string(),
      user_id: z.string(),
      session_id: z.string(),
      token: z.string(),
      max_dave_protocol_version: z.int().default(0),
    }),
  }),
  z.object({
    op: z.literal(VoiceOpcodes.SelectProtocol),
    d: z.object({
      protocol: z.string(),
      data: z.object({ address: z.string(), port: z.int(), mode: z.string() }),
    }),
  }),
  z.object({ op: z.literal(VoiceOpcodes.Heartbeat), d: z.object({ t: z.number(), seq_ack: z.int() }) }),
  z.object({
    op: z.literal(VoiceOpcodes.Speaking),
    d: z.object({ speaking: z.int(), delay: z.int().default(0), ssrc: z.int() }),
  }),
  z.object({
    op: z.literal(VoiceOpcodes.Resume),
    d: z.object({ server_id: z.string(), session_id: z.string(), token: z.string(), seq_ack: z.int() }),
  }),
  z.object({ op: z.literal(VoiceOpcodes.DaveTransitionReady), d: z.object({ transition_id: z.int() }) }),
  z.object({ op: z.literal(VoiceOpcodes.DaveMlsInvalidCommitWelcome), d: z.object({ transition_id: z.int() }) }),
]);

/** A message in JSON. */
export type ClientMessage = z.infer<typeof incoming>;
/** A binary message. */
export interface BinaryMessage {
  readonly op: number;
  readonly payload: Buffer;
}

const anyOpcode = z.looseObject({ op: z.int() });
const KNOWN: ReadonlySet<number> = new Set(incoming.options.map(({ shape }) => shape.op.value));

/** Reads a message in JSON; says otherwise what is wrong with it. */
export function readClientMessage(data: RawData): ClientMessage | "unknown opcode" | "not decodable" {
  try {
    const json: unknown = JSON.parse(String(data));
    const parsed = incoming.safeParse(json);
    if (parsed.success) return parsed.data;
    const opcode = anyOpcode.safeParse(json).data?.op;
    return opcode !== undefined && !KNOWN.has(opcode) ? "unknown opcode" : "not decodable";
  } catch {
    return "not decodable";
  }
}

/** Reads a binary message: `uint8 op | payload`. */
export function readBinaryMessage(data: RawData): BinaryMessage {
  const bytes = Array.isArray(data)
    ? Buffer.concat(data)
    : Buffer.from(data instanceof ArrayBuffer ? new Uint8Array(data) : data);
  return { op: bytes[0] ?? -1, payload: bytes.subarray(1) };
}
