/** A way through the internet: loses, doubles, swaps and damages packets as it is told, the same way each time. */

import { randomFrom } from "../../support/random.ts";
import type { Clock } from "../clock.ts";

/** What goes wrong, as shares from 0 to 1. Default: nothing. */
export interface LinkQuality {
  readonly loss?: number;
  readonly duplicate?: number;
  /** Packets that come after the one that follows them. */
  readonly reorder?: number;
  /** Packets that are damaged on the way: the transport's authentication fails. */
  readonly corrupt?: number;
  /** Media that was damaged before it was sealed: only the end-to-end encryption notices. */
  readonly garble?: number;
  /** Where the dice begin. Default 1. */
  readonly seed?: number;
}

/** A packet that waits for its successor goes alone after so long (ms). */
const REORDER_PATIENCE_MS = 60;

/** One direction of one client's way. */
export class Link {
  readonly #clock: Clock;
  readonly #deliver: (datagram: Buffer) => void;
  #quality: LinkQuality = {};
  #dice = randomFrom(1);
  #held: Buffer | undefined;
  #jammed: Buffer[] | undefined;

  constructor(clock: Clock, deliver: (datagram: Buffer) => void) {
    this.#clock = clock;
    this.#deliver = (datagram) => {
      if (this.#jammed) this.#jammed.push(datagram);
      else deliver(datagram);
    };
  }

  /** Nothing arrives until the answer is called; then everything does, at once. */
  jam(): () => void {
    const jammed: Buffer[] = [];
    this.#jammed = jammed;
    return () => {
      this.#jammed = undefined;
      for (const datagram of jammed) this.#deliver(datagram);
    };
  }

  /** Sets how good the way is from now on. */
  set quality(quality: LinkQuality) {
    this.#quality = quality;
    this.#dice = randomFrom(quality.seed ?? 1);
  }

  /** The media as it goes into the next packet. */
  media(frame: Buffer): Buffer {
    return this.#hits(this.#quality.garble) ? damaged(frame, 0) : frame;
  }

  /** Sends a datagram on its way. */
  send(datagram: Buffer): void {
    if (this.#hits(this.#quality.loss)) return;
    const arriving = this.#hits(this.#quality.corrupt) ? damaged(datagram, Math.floor(datagram.length / 2)) : datagram;
    if (this.#held === undefined && this.#hits(this.#quality.reorder)) {
      this.#held = arriving;
      this.#clock.after(REORDER_PATIENCE_MS, () => this.#release(arriving));
      return;
    }
    this.#deliver(arriving);
    if (this.#hits(this.#quality.duplicate)) this.#deliver(arriving);
    if (this.#held) this.#release(this.#held);
  }

  #release(datagram: Buffer): void {
    if (this.#held !== datagram) return;
    this.#held = undefined;
    this.#deliver(datagram);
  }

  #hits(share = 0): boolean {
    return share > 0 && this.#dice() < share;
  }
}

function damaged(bytes: Buffer, index: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[index] = (copy[index] ?? 0) ^ 0x55;
  return copy;
}
