/** What stands behind an answer: all scores, the voice, the model and its limits. */

import type { APIEmbed } from "discord.js";
import type { Translate } from "../../../i18n/index.ts";
import type { Reading } from "../../../ser/index.ts";
import { describeReading, styleOf } from "../../../views/index.ts";

/** The details of a reading. */
export function detailsEmbed(reading: Reading, t: Translate): APIEmbed {
  const { headline, scores, profile, footnote } = describeReading(reading, t);
  const listed = scores.map(({ label, name, percent }) => `${styleOf(label).emoji} ${name}: ${percent}`);
  return {
    title: headline,
    fields: [
      ...(listed.length > 0 ? [{ name: t("page.scores"), value: listed.join("\n") }] : []),
      ...profile.map(({ name, value }) => ({ name, value, inline: true })),
      { name: t("page.model"), value: footnote },
      { name: t("answer.limits"), value: t("page.fallible") },
    ],
  };
}
