/** The setting of who may start and end the live mode. */

import { type APIApplicationCommandRoleOption, ApplicationCommandOptionType } from "discord.js";
import { UserError } from "../../../errors.ts";
import type { TextKey } from "../../../i18n/index.ts";
import { localisedFields, localisedName } from "../localised.ts";
import { oneOf, type Setting, subcommand } from "./setting.ts";

/** The options for roles, in English. */
const ROLES = ["role", "role-2", "role-3"] as const;

function role(nameKey: TextKey, descriptionKey: TextKey): APIApplicationCommandRoleOption {
  return { type: ApplicationCommandOptionType.Role, ...localisedFields(nameKey, descriptionKey) };
}

/** `/settings live`. */
export const live: Setting = {
  definition: subcommand(
    "command.settings.live.name",
    "command.settings.live.description",
    oneOf(
      "command.settings.live.who.name",
      "command.settings.live.who.description",
      { ...localisedName("settings.live-moderators"), value: "moderators" },
      { ...localisedName("settings.live-everyone"), value: "everyone" },
      { ...localisedName("settings.live-roles"), value: "roles" },
    ),
    role("command.settings.live.role.name", "command.settings.live.role.description"),
    role("command.settings.live.role-2.name", "command.settings.live.role-more.description"),
    role("command.settings.live.role-3.name", "command.settings.live.role-more.description"),
  ),
  read({ options }) {
    const kind = options.getString("who", true);
    const roleIds = [...new Set(ROLES.flatMap((option) => options.getRole(option)?.id ?? []))];
    if ((kind === "roles") !== roleIds.length > 0) throw new UserError("name-roles");
    if (kind === "roles") return () => ({ live: { kind, roleIds } });
    return () => ({ live: { kind: kind === "everyone" ? kind : "moderators" } });
  },
};
