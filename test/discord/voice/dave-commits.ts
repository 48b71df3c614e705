/** What can be done to commits on their way to a group, for tests. */

/** Holds commits back, or spoils one. */
export class CommitMischief {
  #spoiltFor: string | undefined;
  #held: (() => void)[] | undefined;

  /** Makes the next commit that this user gets invalid. */
  spoilNext(userId: string): void {
    this.#spoiltFor = userId;
  }

  /** Leaves commits where they are until the answer is called. */
  hold(): () => void {
    const held: (() => void)[] = [];
    this.#held = held;
    return () => {
      if (this.#held !== held) return;
      this.#held = undefined;
      for (const take of held) take();
    };
  }

  /** Keeps what takes a commit for later, where commits are held back. @returns whether they are */
  keep(take: () => void): boolean {
    this.#held?.push(take);
    return this.#held !== undefined;
  }

  /** The commit as this user gets it: with one bit of its signature wrong, where that was asked for. */
  asSentTo(userId: string, commit: Buffer): Buffer {
    if (this.#spoiltFor !== userId) return commit;
    this.#spoiltFor = undefined;
    const spoilt = Buffer.from(commit);
    const index = spoilt.length - 40;
    spoilt[index] = (spoilt[index] ?? 0) ^ 1;
    return spoilt;
  }
}
