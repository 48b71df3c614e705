/** What this browser remembers of a reader's choices. Where it may not remember, nothing is lost but comfort. */

type Choice = "language" | "theme" | "guild";

/** What was chosen before; undefined when nothing was. */
export function recall(choice: Choice): string | undefined {
  try {
    return localStorage.getItem(`timbre-${choice}`) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Notes a choice for the next visit. */
export function remember(choice: Choice, value: string): void {
  try {
    localStorage.setItem(`timbre-${choice}`, value);
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}
