/** The settings that name channels: those that are listened to, and that of alerts. */

import { ApplicationCommandOptionType, ChannelType } from "discord.js";
import { UserError } from "../../../errors.ts";
import type { GuildSettings } from "../../../store/index.ts";
import { localisedFields, localisedName } from "../localised.ts";
import { requireAccess } from "./access.ts";
import type { Setting } from "./setting.ts";

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

/** `/settings automatic`. */
export const automatic: Setting = {
  definition: {
    type: ApplicationCommandOptionType.Subcommand,
    ...localisedFields("command.settings.automatic.name", "command.settings.automatic.description"),
    options: [
      {
        type: ApplicationCommandOptionType.Channel,
        ...localisedFields("command.settings.channel.name", "command.settings.automatic.channel.description"),
        channel_types: [...WRITTEN_IN],
        required: true,
      },
      {
        type: ApplicationCommandOptionType.String,
        ...localisedFields("command.settings.automatic.answer.name", "command.settings.automatic.answer.description"),
        choices: [
          { ...localisedName("settings.automatic-reaction"), value: "reaction" },
          { ...localisedName("settings.automatic-reply"), value: "reply" },
          { ...localisedName("settings.automatic-off"), value: "off" },
        ],
        required: true,
      },
    ],
  },
  read(interaction) {
    const { id: channelId } = interaction.options.getChannel("channel", true);
    const answer = interaction.options.getString("answer", true);
    const others = (before: GuildSettings) => before.automatic.filter((each) => each.channelId !== channelId);
    if (answer !== "reaction" && answer !== "reply") return (before) => ({ automatic: others(before) });
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
  definition: {
    type: ApplicationCommandOptionType.Subcommand,
    ...localisedFields("command.settings.alerts.name", "command.settings.alerts.description"),
    options: [
      {
        type: ApplicationCommandOptionType.Channel,
        ...localisedFields("command.settings.channel.name", "command.settings.alerts.channel.description"),
        channel_types: [...WRITTEN_IN],
      },
    ],
  },
  read(interaction) {
    const channel = interaction.options.getChannel("channel");
    if (channel) requireAccess(interaction, channel.id, ["ViewChannel", "SendMessages"]);
    return () => ({ alertChannelId: channel?.id ?? null });
  },
};
