/** Why a live session ended, and what the bot says about it. */

import type { Translate } from "../../i18n/index.ts";
import type { LeaveReason } from "./recovery.ts";

/** Why a session ended: trouble with voice, or its own rules, or a person. */
export type EndReason =
  | LeaveReason
  /** Somebody ended it. */
  | "stopped"
  /** Everybody left the channel. */
  | "empty"
  /** Nobody who is there takes part. */
  | "nobody"
  /** Its time is over. */
  | "time"
  /** This Timbre is stopped. */
  | "shutdown"
  /** Its bot died. */
  | "lost";

/** What the bot says when it left a voice channel. */
export function farewell(reason: EndReason, t: Translate): string {
  return t(`live.left-${reason}`);
}
