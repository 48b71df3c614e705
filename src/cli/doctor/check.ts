/** What a check of `timbre doctor` says. */

/** How one thing is. `skipped`: there is nothing to check. `warning`: Timbre runs, but not all of it works. */
export interface Finding {
  readonly check: string;
  readonly status: "ok" | "warning" | "failed" | "skipped";
  /** What is the case, for whoever runs Timbre. */
  readonly message: string;
  /** What to do about it; there for warnings and failures. */
  readonly fix?: string;
}

/** Looks at one thing, or at several that belong together. Never throws for what is only wrong with the installation. */
export type Check = () => Promise<readonly Finding[]>;

/** Makes findings about `check`. */
export function findings(check: string) {
  return {
    ok: (message: string): Finding => ({ check, status: "ok", message }),
    skipped: (message: string): Finding => ({ check, status: "skipped", message }),
    warning: (message: string, fix: string): Finding => ({ check, status: "warning", message, fix }),
    failed: (error: unknown, fix: string): Finding => {
      const message = error instanceof Error ? error.message : String(error);
      return { check, status: "failed", message, fix };
    },
  };
}
