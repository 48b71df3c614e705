/** The way from one state of a call's encryption to the next: announced, made ready for, executed by all at once. */

import type { Clock } from "../clock.ts";
import type { DavePeer } from "./dave-peer.ts";

/** A transition is executed after so long (ms) though somebody isn't ready for it. */
const PATIENCE_MS = 2000;
/** Transition ids have 16 bits; 0 is in force at once. */
const LAST_ID = 0xffff;

/** One call's transitions, one at a time. */
export class DaveTransitions {
  readonly #clock: Clock;
  readonly #execute: (id: number, told: readonly DavePeer[]) => void;
  #current: { readonly id: number; readonly waitsFor: Set<DavePeer>; readonly told: readonly DavePeer[] } | undefined;
  #lastId = 0;
  #stopPatience = () => {};
  #isNextZero = false;

  /** @param execute told when everybody is ready, or patience is at an end */
  constructor(clock: Clock, execute: (id: number, told: readonly DavePeer[]) => void) {
    this.#clock = clock;
    this.#execute = execute;
  }

  /** Whether one is under way. */
  get isUnderWay(): boolean {
    return this.#current !== undefined;
  }

  /** Gives the next one id 0. */
  startNextAtZero(): void {
    this.#isNextZero = true;
  }

  /** The id for the next one. */
  nextId(): number {
    if (this.#isNextZero) {
      this.#isNextZero = false;
      return 0;
    }
    this.#lastId = (this.#lastId % LAST_ID) + 1;
    return this.#lastId;
  }

  /** Begins one that was announced to `told`; `executeIfDue` follows. */
  begin(id: number, told: readonly DavePeer[]): void {
    this.#stopPatience();
    this.#current = { id, told, waitsFor: new Set(told) };
    this.#stopPatience = this.#clock.after(PATIENCE_MS, () => this.#finish());
  }

  /** Executes the one with id 0, which waits for nobody. */
  executeIfDue(): void {
    if (this.#current?.id === 0) this.#finish();
  }

  /** Somebody is ready for the one with this id; without an id, is gone or no longer asked. */
  ready(peer: DavePeer, id: number | undefined = this.#current?.id): void {
    if (id !== this.#current?.id || !this.#current?.waitsFor.delete(peer)) return;
    if (this.#current.waitsFor.size === 0) this.#finish();
  }

  /** Forgets the one under way. */
  forget(): void {
    this.#stopPatience();
    this.#current = undefined;
  }

  #finish(): void {
    if (this.#current === undefined) return;
    const { id, told } = this.#current;
    this.forget();
    this.#execute(id, told);
  }
}
