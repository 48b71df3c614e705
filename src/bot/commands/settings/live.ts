/** `/settings live`: who may start and end the live mode. */

import { ApplicationCommandOptionType } from "discord.js";
import { UserError } from "../../../errors.ts";
import { localisedFields, localisedName } from "../localised.ts";
import type { Setting } from "./setting.ts";

/** The options for roles, in English. */
const ROLES = ["role", "role-2", "role-3"] as const;

/** `/settings live`. */
export const live: Setting = {
  definition: {
    type: ApplicationCommandOptionType.Subcommand,
    ...localisedFields("command.settings.live.name", "command.settings.live.description"),
    options: [
      {
        type: ApplicationCommandOptionType.String,
        ...localisedFields("command.settings.live.who.name", "command.settings.live.who.description"),
        choices: [
          { ...localisedName("settings.live-moderators"), value: "moderators" },
          { ...localisedName("settings.live-everyone"), value: "everyone" },
          { ...localisedName("settings.live-roles"), value: "roles" },
        ],
        required: true,
      },
      {
        type: ApplicationCommandOptionType.Role,
        ...localisedFields("command.settings.live.role.name", "command.settings.live.role.description"),
      },
      {
        type: ApplicationCommandOptionType.Role,
        ...localisedFields("command.settings.live.role-2.name", "command.settings.live.role-more.description"),
      },
      {
        type: ApplicationCommandOptionType.Role,
        ...localisedFields("command.settings.live.role-3.name", "command.settings.live.role-more.description"),
      },
    ],
  },
  read({ options }) {
    const kind = options.getString("who", true);
    const roleIds = [...new Set(ROLES.flatMap((option) => options.getRole(option)?.id ?? []))];
    if ((kind === "roles") !== roleIds.length > 0) throw new UserError("name-roles");
    if (kind === "roles") return () => ({ live: { kind, roleIds } });
    return () => ({ live: { kind: kind === "everyone" ? kind : "moderators" } });
  },
};
