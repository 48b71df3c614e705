/** What to do when voice goes wrong: trouble, its history and the time in, a remedy out. */

/** What went wrong. */
export type Trouble =
  | {
      /** A packet that no key opens. */
      readonly kind: "bad-packet";
      /** How many of this speaker came in a row, this one included. */
      readonly inARow: number;
      /** How long that goes on, in ms. */
      readonly forMs: number;
      /** Whether somebody else is heard meanwhile. */
      readonly othersHeard: boolean;
      /** Whether the encryption is still being set up. */
      readonly isSettingUp: boolean;
    }
  /** The library ended a subscription. */
  | { readonly kind: "stream-ended" }
  /** Somebody is said to speak, and nothing comes; `othersHeard` as above. */
  | { readonly kind: "no-audio"; readonly othersHeard: boolean }
  /** The voice server closed the connection; without a code, the main gateway is away. */
  | { readonly kind: "closed"; readonly code: number | undefined }
  /** The connection didn't come about in time. */
  | { readonly kind: "not-ready" }
  /** A moderator moved the bot to another channel, where nobody was asked. */
  | { readonly kind: "moved" };

/** Why the bot leaves. */
export type LeaveReason = "disconnected" | "moved" | "undecryptable" | "silent" | "unreachable" | "encryption";

/** What to do. */
export type Remedy =
  /** Nothing: one packet is missing. */
  | { readonly kind: "skip" }
  | { readonly kind: "resubscribe" }
  | { readonly kind: "rejoin"; readonly afterMs: number }
  | { readonly kind: "leave"; readonly reason: LeaveReason };

/** So many bad packets in a row may have been under way while keys changed. */
const TOLERATED_FAILURES = 36;
/** A key change is over after so long (ms), and so is the library's own repair after a bad commit. */
const KEY_CHANGE_MS = 3000;
/** And so long to set up a group anew: many people join it one after the other. */
const SETUP_PATIENCE_MS = 10_000;
/** Waits before the first rejoin, the second, ... in ms. After as many as these, the bot leaves. */
const REJOIN_AFTER_MS = [0, 2000, 8000] as const;
/** A rejoin longer ago is forgotten. */
const MEMORY_MS = 5 * 60_000;

/** The voice server's close codes after which coming back is wrong or useless. */
const FINAL_CODES: ReadonlyMap<number, LeaveReason> = new Map([
  // Thrown out, or the channel is gone.
  [4014, "disconnected"],
  // Encryption is demanded, and we have none that the server knows.
  [4017, "encryption"],
  [4021, "unreachable"],
  // The call was ended.
  [4022, "disconnected"],
]);

/**
 * Decides.
 * @param rejoinsMs when the bot rejoined before, in ms since 1970
 */
export function remedyFor(trouble: Trouble, rejoinsMs: readonly number[], nowMs: number): Remedy {
  const recent = rejoinsMs.filter((ms) => nowMs - ms < MEMORY_MS).length;
  switch (trouble.kind) {
    case "bad-packet":
      if (trouble.inARow <= TOLERATED_FAILURES || trouble.forMs < patienceMs(trouble)) return { kind: "skip" };
      // One rejoin is worth trying for one speaker; if it didn't help, the fault is theirs.
      return trouble.othersHeard && recent > 0 ? { kind: "skip" } : rejoinOr("undecryptable", recent);
    case "stream-ended":
      return { kind: "resubscribe" };
    case "no-audio":
      return trouble.othersHeard ? { kind: "skip" } : rejoinOr("silent", recent);
    case "moved":
      return { kind: "leave", reason: "moved" };
    case "not-ready":
      return rejoinOr("unreachable", recent);
    case "closed": {
      const reason = trouble.code === undefined ? undefined : FINAL_CODES.get(trouble.code);
      return reason === undefined ? rejoinOr("unreachable", recent) : { kind: "leave", reason };
    }
  }
}

function patienceMs({ isSettingUp }: Extract<Trouble, { kind: "bad-packet" }>): number {
  return isSettingUp ? SETUP_PATIENCE_MS : KEY_CHANGE_MS;
}

function rejoinOr(reason: LeaveReason, recent: number): Remedy {
  const afterMs = REJOIN_AFTER_MS[recent];
  return afterMs === undefined ? { kind: "leave", reason } : { kind: "rejoin", afterMs };
}
