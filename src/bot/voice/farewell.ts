import type { Translate } from "../../i18n/index.ts";
import type { LeaveReason } from "./recovery.ts";

/** What the bot says when it left a voice channel by itself. */
export function farewell(reason: LeaveReason, t: Translate): string {
  return t(`live.left-${reason}`);
}
