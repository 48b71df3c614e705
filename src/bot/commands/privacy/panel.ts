/** What `/privacy` shows: what is kept about a person, in plain words, and the buttons to decide about it. */

import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  ButtonStyle,
  ComponentType,
  TimestampStyles,
  time,
} from "discord.js";
import { type TextKey, type Translate, translator } from "../../../i18n/index.ts";
import { DEFAULT_RETENTION_DAYS, type Store } from "../../../store/index.ts";
import { formatsOf } from "../../../views/index.ts";

/** Begins the custom ids of the buttons. */
export const PRIVACY = "privacy";
/** What the buttons are for. */
export type PrivacyAction = "live" | "asked" | "nothing" | "export" | "delete" | "delete-yes" | "delete-no";

/** The part of the store that holds what is kept about people. */
export type PersonalStore = Pick<Store, "consents" | "histories" | "corrections" | "audit" | "live">;

/** A message with buttons. */
export interface Panel {
  readonly content: string;
  readonly components: readonly APIActionRowComponent<APIButtonComponentWithCustomId>[];
}

/** What is kept about a person, and their choices; `heading` goes before it. */
export async function privacyPanel(
  { consents, histories }: PersonalStore,
  userId: string,
  locale: string,
  heading = "",
): Promise<Panel> {
  const t = translator(locale);
  const [consent, summary] = await Promise.all([consents.of(userId), histories.summary(userId)]);
  const { clips, readings, since, asked, corrections, sessions } = summary;
  const choice = consent.optedOut ? "nothing" : consent.live ? "live" : "asked";
  const lines = [
    t("privacy.audio"),
    since === null
      ? t("privacy.readings-none")
      : t("privacy.readings", { count: readings, since: time(since, TimestampStyles.LongDate) }),
    ...(clips > readings ? [t("privacy.unread", { count: clips - readings })] : []),
    ...(asked > 0 ? [t("privacy.asked", { count: asked })] : []),
    ...(corrections > 0 ? [t("privacy.corrections", { count: corrections })] : []),
    ...(sessions > 0 ? [t("privacy.sessions", { count: sessions })] : []),
    t("privacy.kept", { time: formatsOf(t).days(DEFAULT_RETENTION_DAYS) }),
  ];
  const choices = consent.optedOut
    ? [button("asked", "privacy.opt-in", t, ButtonStyle.Primary)]
    : [
        consent.live
          ? button("asked", "privacy.live-off", t)
          : button("live", "privacy.live-on", t, ButtonStyle.Primary),
        button("nothing", "privacy.opt-out", t),
      ];
  const isEmpty = clips === 0 && asked === 0 && sessions === 0;
  return {
    content: [
      ...(heading ? [heading, ""] : []),
      `**${t("privacy.title")}**`,
      ...lines.map((line) => `- ${line}`),
      "",
      t(`privacy.choice-${choice}`),
    ].join("\n"),
    components: [
      row(choices),
      row([
        button("export", "privacy.export", t),
        { ...button("delete", "privacy.delete", t, ButtonStyle.Danger), disabled: isEmpty },
      ]),
    ],
  };
}

/** Asks whether everything shall really be deleted. */
export function deletionPanel(locale: string): Panel {
  const t = translator(locale);
  return {
    content: t("privacy.delete-confirm"),
    components: [
      row([
        button("delete-yes", "privacy.delete-yes", t, ButtonStyle.Danger),
        button("delete-no", "privacy.delete-no", t),
      ]),
    ],
  };
}

function row(components: APIButtonComponentWithCustomId[]): APIActionRowComponent<APIButtonComponentWithCustomId> {
  return { type: ComponentType.ActionRow, components };
}

function button(
  action: PrivacyAction,
  label: TextKey,
  t: Translate,
  style: APIButtonComponentWithCustomId["style"] = ButtonStyle.Secondary,
): APIButtonComponentWithCustomId {
  return { type: ComponentType.Button, custom_id: `${PRIVACY}:${action}`, label: t(label), style };
}
