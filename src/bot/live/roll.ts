/** Who is in a voice channel, and who of them takes part. */

import type { Attendance } from "./departure.ts";

/** One session's people. */
export class Roll {
  readonly #startedMs: number;
  readonly #present = new Set<string>();
  readonly #included = new Set<string>();
  /** Those who just left the session: an older word that they take part counts nothing until their leaving is heard. */
  readonly #leaving = new Set<string>();
  #emptySinceMs: number | undefined;
  #nobodySinceMs: number | undefined;

  /** A roll with nobody on it, begun now (ms since 1970). */
  constructor(nowMs: number) {
    this.#startedMs = nowMs;
    this.#look(nowMs);
  }

  /** People in the channel. */
  get present(): readonly string[] {
    return [...this.#present];
  }

  /** People who take part, in the channel or not. */
  get included(): readonly string[] {
    return [...this.#included];
  }

  /** Whether somebody is there and takes part: only then they may be heard. */
  isHeard(userId: string): boolean {
    return this.#present.has(userId) && this.#included.has(userId);
  }

  /** Somebody is in the channel, or isn't; says whether that is new. */
  place(userId: string, isHere: boolean, nowMs: number): boolean {
    const isNew = this.#present.has(userId) !== isHere;
    if (isHere) this.#present.add(userId);
    else this.#present.delete(userId);
    this.#look(nowMs);
    return isNew;
  }

  /** Somebody doesn't take part any more, from this moment on. */
  leave(userId: string, nowMs: number): void {
    this.#leaving.add(userId);
    this.#included.delete(userId);
    this.#look(nowMs);
  }

  /** Somebody who left takes part again. */
  comeBack(userId: string): void {
    this.#leaving.delete(userId);
  }

  /** Takes over who takes part, as the store tells it; says who does no longer. */
  update(speakers: readonly string[], nowMs: number): readonly string[] {
    for (const userId of this.#leaving) if (!speakers.includes(userId)) this.#leaving.delete(userId);
    const gone = this.included.filter((userId) => !speakers.includes(userId));
    for (const userId of gone) this.#included.delete(userId);
    for (const userId of speakers) if (!this.#leaving.has(userId)) this.#included.add(userId);
    this.#look(nowMs);
    return gone;
  }

  /** What the departure depends on. */
  attendance(): Attendance {
    return { startedMs: this.#startedMs, emptySinceMs: this.#emptySinceMs, nobodySinceMs: this.#nobodySinceMs };
  }

  #look(nowMs: number): void {
    this.#emptySinceMs = this.#present.size === 0 ? (this.#emptySinceMs ?? nowMs) : undefined;
    const isAnybodyHeard = this.present.some((userId) => this.isHeard(userId));
    this.#nobodySinceMs = isAnybodyHeard ? undefined : (this.#nobodySinceMs ?? nowMs);
  }
}
