import type { PcmSink } from "./pcm-sink.ts";

/** What a reader found. */
export interface ReadResult {
  /** Container and codec as people call them, such as "Ogg/Opus". */
  readonly format: string;
  /** False when bytes were missing or unreadable; what could be read is in the sink. */
  readonly intact: boolean;
}

/**
 * Reads one kind of file into a sink, piece by piece, so that the sink can stop it.
 * @throws UserError as `decode` does; anything else it throws means `damaged`.
 */
export type Reader = (bytes: Uint8Array, sink: PcmSink) => Promise<ReadResult>;
