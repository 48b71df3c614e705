/** An alert in words, for a server's alert channel. */

import type { APIEmbed } from "discord-api-types/v10";
import { labelName, type Translate } from "../../i18n/index.ts";
import type { Alert } from "../../store/index.ts";
import { formatsOf } from "../../views/index.ts";

/** Discord's own red, as in its warnings. */
const COLOUR = 0xed4245;
/** With it, a message that is sent twice within minutes appears once. */
const NONCE_LENGTH = 25;

/** The message; `deliveryId` makes it appear once, however often it is sent. */
export function alertMessage(alert: Alert, deliveryId: string, t: Translate) {
  const { ruleName, channelId, evidence, at } = alert;
  const { percent, duration } = formatsOf(t);
  const either = new Intl.ListFormat(t("language.tag"), { type: "disjunction" });
  const labels = either.format(evidence.labels.map((label) => labelName(label, t)));
  const embed: APIEmbed = {
    title: t("alert.title", { rule: ruleName }),
    description: t("alert.rests-on", {
      ...{ labels, share: percent(evidence.share), threshold: percent(evidence.threshold) },
      ...{ matching: evidence.matching, utterances: evidence.utterances },
      time: duration(evidence.to - evidence.from),
    }),
    fields: [
      ...(channelId ? [{ name: t("alert.channel"), value: `<#${channelId}>`, inline: true }] : []),
      { name: t("alert.confidence"), value: percent(evidence.confidence), inline: true },
      { name: t("alert.when"), value: `<t:${Math.floor(at / 1000)}:R>`, inline: true },
    ],
    footer: { text: t("alert.fallible") },
    color: COLOUR,
  };
  return {
    embeds: [embed],
    allowed_mentions: { parse: [] },
    nonce: deliveryId.replaceAll("-", "").slice(-NONCE_LENGTH),
    enforce_nonce: true,
  };
}
