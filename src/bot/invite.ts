/** The links by which Timbre comes to a server or to a person, with the permissions that it needs and no others. */

import { ApplicationIntegrationType, OAuth2Scopes, PermissionsBitField } from "discord.js";

/** Each permission, and what would not work without it. */
export const NEEDED_PERMISSIONS = {
  ViewChannel: "sees the channels where it shall listen",
  SendMessages: "answers automatic channels, and where an answer took too long for Discord",
  SendMessagesInThreads: "does the same in threads",
  EmbedLinks: "shows the answer",
  AttachFiles: "shows the picture of the answer",
  ReadMessageHistory: "finds the latest recording, and a recording whose address has expired",
  AddReactions: "marks recordings in automatic channels",
  Connect: "listens in voice channels where somebody starts the live mode",
  ChangeNickname: "shows beside its name that it listens",
} as const;

/** The permissions as Discord counts them. */
export const INVITE_PERMISSIONS = PermissionsBitField.resolve(permissionNames());
/** What a server agrees to. */
export const INVITE_SCOPES = [OAuth2Scopes.Bot, OAuth2Scopes.ApplicationsCommands] as const;

/** Where Discord asks people to agree. */
const AUTHORIZE = "https://discord.com/oauth2/authorize";

/** The link that installs the application to a server. */
export function serverInvite(applicationId: string): string {
  return link(applicationId, ApplicationIntegrationType.GuildInstall, {
    scope: INVITE_SCOPES.join(" "),
    permissions: String(INVITE_PERMISSIONS),
  });
}

/** The link by which a person installs the application for themselves, wherever they are. */
export function personInvite(applicationId: string): string {
  return link(applicationId, ApplicationIntegrationType.UserInstall, { scope: OAuth2Scopes.ApplicationsCommands });
}

function link(applicationId: string, kind: ApplicationIntegrationType, more: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams({ client_id: applicationId, integration_type: String(kind), ...more });
  return `${AUTHORIZE}?${query}`;
}

function permissionNames(): (keyof typeof NEEDED_PERMISSIONS)[] {
  const isNeeded = (name: string): name is keyof typeof NEEDED_PERMISSIONS => Object.hasOwn(NEEDED_PERMISSIONS, name);
  return Object.keys(NEEDED_PERMISSIONS).filter(isNeeded);
}
