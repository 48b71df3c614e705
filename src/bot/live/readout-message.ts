/** The message that shows a channel's mood while it is listened to. */

import type { APIActionRowComponent, APIButtonComponentWithCustomId, APIEmbed } from "discord.js";
import type { Translate } from "../../i18n/index.ts";
import type { Mood, Trend } from "../../mood/index.ts";
import { formatsOf, moodText } from "../../views/index.ts";
import type { SpeakerRow } from "./mood-board.ts";
import { consentButtons } from "./panel.ts";

/** What the readout shows. */
export interface ReadoutContent {
  readonly sessionId: string;
  readonly channelName: string;
  readonly halfLifeMs: number;
  readonly mood: Mood;
  /** Everybody who takes part. */
  readonly rows: readonly SpeakerRow[];
}

/** A message as Discord takes it. */
export interface ReadoutBody {
  readonly embeds: APIEmbed[];
  readonly components: APIActionRowComponent<APIButtonComponentWithCustomId>[];
}

/** People who are listed at most: an embed has room for more, a glance hasn't. */
const MOST_ROWS = 20;
const ARROWS: Readonly<Record<Trend, string>> = { rising: "↗", steady: "→", falling: "↘" };

/** The mood now, and a row for everybody who takes part. */
export function readoutBody(content: ReadoutContent, t: Translate): ReadoutBody {
  const { sessionId, channelName, halfLifeMs, mood, rows } = content;
  const { headline, shares, colour } = moodText(mood, t);
  const listed = rows.slice(0, MOST_ROWS).map((row) => speakerLine(row, t));
  const more = rows.length > MOST_ROWS ? [`… +${rows.length - MOST_ROWS}`] : [];
  const description = [
    `**${headline}**`,
    ...(shares === "" ? [] : [shares]),
    "",
    ...(rows.length === 0 ? [t("live.speakers-none")] : [...listed, ...more]),
  ].join("\n");
  const embed: APIEmbed = {
    title: t("live.title", { channel: channelName }),
    description,
    footer: { text: t("live.footer", { time: formatsOf(t).seconds(Math.round(halfLifeMs / 1000)) }) },
    ...colourOf(colour),
  };
  return { embeds: [embed], components: [consentButtons(sessionId, t)] };
}

/** What the readout says when it is over. */
export function readoutOver(channelName: string, t: Translate): ReadoutBody {
  return { embeds: [{ title: t("live.title-over", { channel: channelName }) }], components: [] };
}

/** A colour as embeds want it. */
export function colourOf(colour: string | undefined): { readonly color?: number } {
  return colour === undefined ? {} : { color: Number.parseInt(colour.slice(1), 16) };
}

function speakerLine({ userId, mood, trend }: SpeakerRow, t: Translate): string {
  const { headline } = moodText(mood, t);
  return `<@${userId}> ${headline}${mood.weightMs > 0 ? ` ${ARROWS[trend]}` : ""}`;
}
