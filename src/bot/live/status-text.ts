/** How a session is doing, in words. */

import { TimestampStyles, time } from "discord.js";
import type { Translate } from "../../i18n/index.ts";
import type { VoiceHealth } from "../../store/index.ts";
import { formatsOf } from "../../views/index.ts";
import { DROP_REASONS } from "../voice/watchdog.ts";
import { named } from "./panel.ts";

/** What there is to say. */
export interface LiveStatus {
  readonly channelId: string;
  readonly startedBy: string;
  readonly startedAt: Date;
  /** When it ends at the latest. */
  readonly endsAt: Date;
  readonly speakers: readonly string[];
  readonly health: VoiceHealth;
}

/** The status, a fact a line. */
export function describeStatus(
  { channelId, startedBy, startedAt, endsAt, speakers, health }: LiveStatus,
  t: Translate,
) {
  const { percent, duration, number } = formatsOf(t);
  const { ratio, speakingMs, audioMs, utterances, dropped } = health;
  const drops = DROP_REASONS.flatMap((reason) => {
    const count = dropped[reason] ?? 0;
    return count > 0 ? [`${t(`live.drop-${reason}`)} (${number(count)})`] : [];
  });
  return [
    t("live.status", { channel: `<#${channelId}>`, person: `<@${startedBy}>` }),
    t("live.status-time", {
      since: time(startedAt, TimestampStyles.RelativeTime),
      until: time(endsAt, TimestampStyles.RelativeTime),
    }),
    speakers.length > 0 ? t("live.status-speakers", { people: named(speakers) }) : t("live.speakers-none"),
    ratio === null
      ? t("live.status-unheard")
      : t("live.status-heard", { share: percent(ratio), audio: duration(audioMs), spoken: duration(speakingMs) }),
    t("live.status-utterances", { count: number(utterances) }),
    drops.length > 0 ? t("live.status-dropped", { reasons: drops.join(", ") }) : t("live.status-dropped-none"),
  ].join("\n");
}
