/** What a live session says about itself, and the buttons by which everybody decides for themselves. */

import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  ButtonStyle,
  ComponentType,
} from "discord.js";
import type { Translate } from "../../i18n/index.ts";
import { formatsOf } from "../../views/index.ts";

/** Begins the custom ids of the buttons. */
export const LIVE = "live";

/** A message to the channel; only `users` are told that they are mentioned. */
export interface ChannelMessage {
  readonly content: string;
  readonly components: readonly APIActionRowComponent<APIButtonComponentWithCustomId>[];
  readonly allowedMentions: { readonly users: readonly string[] };
}

/** Discord's limit for people who are told that they are mentioned. */
const MOST_MENTIONS = 100;
/** Longer lists of people are cut: a message has room for 2000 characters. */
const MOST_NAMED = 40;

/** *Include me* and *Leave me out*, of one session. */
export function consentButtons(sessionId: string, t: Translate): APIActionRowComponent<APIButtonComponentWithCustomId> {
  const button = (action: string, label: string, style: APIButtonComponentWithCustomId["style"]) =>
    ({ type: ComponentType.Button, custom_id: `${LIVE}:${action}:${sessionId}`, label, style }) as const;
  return {
    type: ComponentType.ActionRow,
    components: [
      button("in", t("live.include"), ButtonStyle.Success),
      button("out", t("live.leave-out"), ButtonStyle.Secondary),
    ],
  };
}

/** Who started a session, where, and who is told. */
export interface NoticeParts {
  readonly sessionId: string;
  readonly channelId: string;
  readonly startedBy: string;
  readonly longestMs: number;
  /** People who are asked. */
  readonly asked: readonly string[];
  /** People who allowed live analysis in `/privacy`, and so take part at once. */
  readonly willing: readonly string[];
}

/** The word to those in the channel, and later to those who join: before it nobody of them is heard. */
export function liveNotice(parts: NoticeParts, t: Translate): ChannelMessage {
  const { sessionId, channelId, startedBy, longestMs, asked, willing } = parts;
  const command = `\`/${t("command.privacy.name")}\``;
  const lines = [
    t("live.notice", { channel: `<#${channelId}>`, person: `<@${startedBy}>` }),
    t("live.notice-rules", { time: formatsOf(t).minutes(Math.round(longestMs / 60_000)) }),
    ...(asked.length > 0 ? [t("live.notice-asked", { people: named(asked) })] : []),
    ...(willing.length > 0 ? [t("live.notice-willing", { people: named(willing), command })] : []),
  ];
  return {
    content: lines.join("\n"),
    components: [consentButtons(sessionId, t)],
    allowedMentions: { users: [...asked, ...willing].slice(0, MOST_MENTIONS) },
  };
}

/** Mentions of people, as many as fit. */
export function named(userIds: readonly string[]): string {
  const mentions = userIds.slice(0, MOST_NAMED).map((userId) => `<@${userId}>`);
  return [...mentions, ...(userIds.length > MOST_NAMED ? ["…"] : [])].join(", ");
}
