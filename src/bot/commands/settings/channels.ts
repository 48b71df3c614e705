/** The settings that name channels: those that are listened to, and that of alerts. */

import {
  type APIApplicationCommandChannelOption,
  ApplicationCommandOptionType,
  ChannelType,
  GatewayIntentBits,
} from "discord.js";
import { UserError } from "../../../errors.ts";
import type { TextKey } from "../../../i18n/index.ts";
import type { GuildSettings } from "../../../store/index.ts";
import { localisedFields, localisedName } from "../localised.ts";
import { requireAccess } from "./access.ts";
import { oneOf, type Setting, subcommand } from "./setting.ts";

/** Where people write; also the text beside a voice channel. */
const WRITTEN_IN = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildVoice,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
] as const;

/** Channels of one server that are listened to at most; each costs the machine something. */
const MAX_AUTOMATIC = 25;

function channelOption(descriptionKey: TextKey): APIApplicationCommandChannelOption {
  const fields = localisedFields("command.settings.channel.name", descriptionKey);
  return { type: ApplicationCommandOptionType.Channel, ...fields, channel_types: [...WRITTEN_IN] };
}

/** `/settings automatic`. */
export const automatic: Setting = {
  definition: subcommand(
    "command.settings.automatic.name",
    "command.settings.automatic.description",
    { ...channelOption("command.settings.automatic.channel.description"), required: true },
    oneOf(
      "command.settings.automatic.answer.name",
      "command.settings.automatic.answer.description",
      { ...localisedName("settings.automatic-reaction"), value: "reaction" },
      { ...localisedName("settings.automatic-reply"), value: "reply" },
      { ...localisedName("settings.automatic-off"), value: "off" },
    ),
  ),
  read(interaction) {
    const { id: channelId } = interaction.options.getChannel("channel", true);
    const answer = interaction.options.getString("answer", true);
    const others = (before: GuildSettings) => before.automatic.filter((each) => each.channelId !== channelId);
    if (answer !== "reaction" && answer !== "reply") return (before) => ({ automatic: others(before) });
    if (!interaction.client.options.intents.has(GatewayIntentBits.MessageContent))
      throw new UserError("no-message-content");
    requireAccess(interaction, channelId, [
      "ViewChannel",
      "ReadMessageHistory",
      answer === "reply" ? "SendMessages" : "AddReactions",
    ]);
    return (before) => {
      const changed: GuildSettings["automatic"] = [...others(before), { channelId, answer }];
      if (changed.length > MAX_AUTOMATIC) throw new UserError("too-many-channels", { limit: MAX_AUTOMATIC });
      return { automatic: changed };
    };
  },
};

/** `/settings alerts`. */
export const alerts: Setting = {
  definition: subcommand(
    "command.settings.alerts.name",
    "command.settings.alerts.description",
    channelOption("command.settings.alerts.channel.description"),
  ),
  read(interaction) {
    const channel = interaction.options.getChannel("channel");
    if (channel) requireAccess(interaction, channel.id, ["ViewChannel", "SendMessages"]);
    return () => ({ alertChannelId: channel?.id ?? null });
  },
};
