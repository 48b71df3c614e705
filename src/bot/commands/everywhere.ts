import { ApplicationIntegrationType, InteractionContextType } from "discord.js";

/** The part of a command's definition that offers it wherever Discord has commands, to servers and to people. */
export const EVERYWHERE = {
  integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM, InteractionContextType.PrivateChannel],
};
