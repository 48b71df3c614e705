/** What a voice server says as JSON, as far as a client listens. */

import { VoiceOpcodes } from "discord-api-types/voice/v8";
import { z } from "zod";
import { ENCRYPTION_MODES } from "./rtp.ts";

/** Its shape. */
export const serverMessage = z.discriminatedUnion("op", [
  z.object({ op: z.literal(VoiceOpcodes.Hello), d: z.object({ heartbeat_interval: z.number() }) }),
  z.object({
    op: z.literal(VoiceOpcodes.Ready),
    d: z.object({ ssrc: z.int(), ip: z.string(), port: z.int(), modes: z.array(z.enum(ENCRYPTION_MODES)).min(1) }),
  }),
  z.object({
    op: z.literal(VoiceOpcodes.SessionDescription),
    d: z.object({ mode: z.enum(ENCRYPTION_MODES), secret_key: z.array(z.int()), dave_protocol_version: z.int() }),
  }),
  z.object({ op: z.literal(VoiceOpcodes.Speaking), d: z.object({ user_id: z.string(), ssrc: z.int() }) }),
  z.object({ op: z.literal(VoiceOpcodes.ClientsConnect), d: z.object({ user_ids: z.array(z.string()) }) }),
  z.object({ op: z.literal(VoiceOpcodes.ClientDisconnect), d: z.object({ user_id: z.string() }) }),
  z.object({
    op: z.literal(VoiceOpcodes.DavePrepareTransition),
    d: z.object({ protocol_version: z.int(), transition_id: z.int() }),
  }),
  z.object({ op: z.literal(VoiceOpcodes.DaveExecuteTransition), d: z.object({ transition_id: z.int() }) }),
  z.object({
    op: z.literal(VoiceOpcodes.DavePrepareEpoch),
    d: z.object({ protocol_version: z.int(), epoch: z.int() }),
  }),
]);
/** One of them. */
export type ServerMessage = z.infer<typeof serverMessage>;
