/** What a session leaves in the channel: why it is over, and what the mood was. */

import type { APIEmbed } from "discord.js";
import type { Translate } from "../../i18n/index.ts";
import { overall } from "../../mood/index.ts";
import type { VoiceHealth } from "../../store/index.ts";
import { drawMood, formatsOf, moodText } from "../../views/index.ts";
import { type EndReason, farewell } from "../voice/farewell.ts";
import type { MoodBoard } from "./mood-board.ts";
import { colourOf } from "./readout-message.ts";

/** A session that is over. */
export interface Past {
  readonly reason: EndReason;
  readonly channelName: string;
  readonly durationMs: number;
  readonly board: MoodBoard;
  readonly health: VoiceHealth;
}

/** A message with a picture. */
export interface SummaryMessage {
  readonly content: string;
  readonly embeds: APIEmbed[];
  readonly files: { readonly name: string; readonly attachment: Buffer; readonly description?: string }[];
  readonly allowedMentions: { readonly parse: [] };
}

const PICTURE = "mood.png";
/** People who are listed at most. */
const MOST_ROWS = 20;

/** The last word, with the timeline where anybody was heard. */
export async function summary({ reason, channelName, durationMs, board, health }: Past, t: Translate) {
  const content = farewell(reason, t);
  const mood = overall(board.timeline);
  const message: SummaryMessage = { content, embeds: [], files: [], allowedMentions: { parse: [] } };
  if (mood.weightMs === 0) return message;
  const { headline, shares, colour } = moodText(mood, t);
  const { minutes, number, percent } = formatsOf(t);
  const title = t("live.summary", { channel: channelName });
  const rows = board
    .totals()
    .slice(0, MOST_ROWS)
    .map((row) => `<@${row.userId}> ${moodText(row.mood, t).headline}`);
  const embed: APIEmbed = {
    title,
    description: [`**${headline}**`, shares, "", ...rows].join("\n"),
    image: { url: `attachment://${PICTURE}` },
    footer: {
      text: t("live.summary-footer", {
        time: minutes(Math.max(1, Math.round(durationMs / 60_000))),
        count: number(health.utterances),
        share: health.ratio === null ? "–" : percent(health.ratio),
      }),
    },
    ...colourOf(colour),
  };
  const picture = Buffer.from(await drawMood(board.timeline, t));
  const description = t("reading.alt", { title: headline, scores: shares });
  return { ...message, embeds: [embed], files: [{ name: PICTURE, attachment: picture, description }] };
}
