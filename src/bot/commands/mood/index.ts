/** `/mood`: begins and ends listening in a voice channel, and says how it is doing. */

import {
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  type ChatInputCommandInteraction,
  InteractionContextType,
  MessageFlags,
} from "discord.js";
import { UserError } from "../../../errors.ts";
import { translator } from "../../../i18n/index.ts";
import type { Store } from "../../../store/index.ts";
import type { LiveSessions } from "../../live/sessions.ts";
import { describeStatus } from "../../live/status-text.ts";
import { farewell } from "../../voice/farewell.ts";
import type { SlashCommand, SlashDefinition } from "../command.ts";
import { localisedFields } from "../localised.ts";
import { subcommand } from "../settings/setting.ts";
import { requireLiveAccess } from "./access.ts";
import { channelToHear } from "./channel.ts";

/** Half-life in seconds, unless somebody sets it: two minutes later a quarter of what was heard counts. */
const HALF_LIFE_S = 60;

/** How the command is registered. */
export const MOOD_DEFINITION: SlashDefinition = {
  ...localisedFields("command.mood.name", "command.mood.description"),
  integration_types: [ApplicationIntegrationType.GuildInstall],
  contexts: [InteractionContextType.Guild],
  options: [
    subcommand(
      "command.mood.start.name",
      "command.mood.start.description",
      {
        type: ApplicationCommandOptionType.Integer,
        ...localisedFields("command.mood.start.minutes.name", "command.mood.start.minutes.description"),
        ...{ min_value: 1, max_value: 720 },
      },
      {
        type: ApplicationCommandOptionType.Integer,
        ...localisedFields("command.mood.start.half-life.name", "command.mood.start.half-life.description"),
        ...{ min_value: 5, max_value: 3600 },
      },
    ),
    subcommand("command.mood.stop.name", "command.mood.stop.description"),
    subcommand("command.mood.status.name", "command.mood.status.description"),
  ],
};

/** What the command needs. */
interface MoodParts {
  readonly store: Pick<Store, "guilds">;
  readonly live: LiveSessions;
}

/** Makes the command. Its answers are for the asker's eyes alone; what everybody has to know is said in the channel. */
export function moodCommand({ store, live }: MoodParts): SlashCommand {
  async function answer(interaction: ChatInputCommandInteraction<"cached">): Promise<string> {
    const { options, guildId, user } = interaction;
    const t = translator(interaction.locale);
    const name = options.getSubcommand();
    const session = live.of(guildId);
    if (name === "status") {
      if (!session) throw new UserError("live-not-running");
      return describeStatus(session.status(), t);
    }
    const { live: access } = await store.guilds.settings(guildId);
    if (session?.startedBy !== user.id) requireLiveAccess(interaction, access);
    if (name === "stop") {
      if (!session) throw new UserError("live-not-running");
      await session.end("stopped");
      return farewell("stopped", t);
    }
    const minutes = options.getInteger("minutes");
    const { channelId } = await live.start(channelToHear(interaction), {
      startedBy: user.id,
      halfLifeMs: (options.getInteger("half-life") ?? HALF_LIFE_S) * 1000,
      longestMs: minutes === null ? undefined : minutes * 60_000,
    });
    return t("live.started", { channel: `<#${channelId}>` });
  }

  return {
    definition: MOOD_DEFINITION,
    async execute(interaction) {
      if (!interaction.inCachedGuild()) throw new UserError("needs-bot");
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      await interaction.editReply({ content: await answer(interaction), allowedMentions: { parse: [] } });
    },
  };
}
