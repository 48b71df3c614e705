/** A subscription that one bad packet doesn't end. */

import { AudioReceiveStream, EndBehaviorType } from "@discordjs/voice";

/** What the library does with a packet of the speaker. */
export interface SpeakerStreamEvents {
  /** It was decrypted. */
  onAudio(opus: Buffer): void;
  /** It couldn't be. */
  onError(error: Error): void;
  /** The subscription is over, and we didn't end it. */
  onEnded(): void;
}

/**
 * Takes a speaker's packets from the library at the moment when it decrypts them, and keeps none. An error, with
 * which the library would destroy the stream, is only told; the library's end is told, too.
 */
export class SpeakerStream extends AudioReceiveStream {
  readonly #events: SpeakerStreamEvents;
  #isClosed = false;

  constructor(events: SpeakerStreamEvents) {
    super({ end: { behavior: EndBehaviorType.Manual } });
    this.#events = events;
  }

  /** Ends the subscription without a word. */
  close(): void {
    this.#isClosed = true;
    super.destroy();
  }

  override push(opus: Buffer | null): boolean {
    if (opus !== null) {
      this.#events.onAudio(opus);
      return true;
    }
    this.destroy();
    return false;
  }

  override destroy(error?: Error): this {
    if (error !== undefined) {
      this.#events.onError(error);
      return this;
    }
    if (this.destroyed) return this;
    super.destroy();
    if (!this.#isClosed) this.#events.onEnded();
    return this;
  }
}
