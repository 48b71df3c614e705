/** The application behind the bot, as Discord's developer portal shows it: who it is, and what it is allowed. */

import { DiscordAPIError, type REST } from "@discordjs/rest";
import { ApplicationFlags, ApplicationIntegrationType, OAuth2Scopes, Routes } from "discord.js";
import { z } from "zod";
import { discordRest } from "../discord-rest.ts";
import { DiscordError } from "./discord-error.ts";
import { INVITE_PERMISSIONS, INVITE_SCOPES } from "./invite.ts";

/** What Timbre needs to know of its application. */
export interface Application {
  readonly id: string;
  readonly name: string;
  /** Whether the bot may see what people write and attach in servers (the privileged intent "message content"). */
  readonly messageContent: boolean;
  /** Whether it can be installed to servers, and by people for themselves. */
  readonly installs: { readonly server: boolean; readonly person: boolean };
}

/** How long Discord may take for one answer while somebody waits at a terminal, in ms. */
const PATIENCE_MS = 10_000;
/** Three parts of base64url: the bot's id, a time, a signature. */
const TOKEN_FORM = /^[\w-]+\.[\w-]+\.[\w-]+$/;

const installConfig = z.object({ oauth2_install_params: z.unknown().optional() });
const application = z.object({
  id: z.string(),
  name: z.string(),
  flags: z.number().default(0),
  integration_types_config: z.record(z.string(), installConfig.nullish()).nullish(),
});

/** Either flag will do: the first belongs to bots that Discord has verified, the second to all others. */
const MAY_READ = ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited;

/** Whether this can be a token at all; anything else would only be a broken header. */
export function looksLikeToken(token: string): boolean {
  return TOKEN_FORM.test(token);
}

/** Talks to Discord's REST `api` as the bot of `token`, and gives up soon. */
export function restFor(api: string, token: string): REST {
  return discordRest(api, token, { timeout: PATIENCE_MS, retries: 1 });
}

/** Asks Discord about the token's application. @throws DiscordError */
export async function readApplication(rest: REST): Promise<Application> {
  return asked(async () => toApplication(await rest.get(Routes.currentApplication())));
}

/** Switches on the intent "message content". @throws DiscordError, also where Discord wants the bot verified first. */
export async function allowMessageContent(rest: REST): Promise<Application> {
  return asked(async () => {
    const { flags } = application.parse(await rest.get(Routes.currentApplication()));
    const body = { flags: flags | ApplicationFlags.GatewayMessageContentLimited };
    return toApplication(await rest.patch(Routes.currentApplication(), { body }));
  });
}

/** Lets servers and people install the application, each with what Timbre needs there. @throws DiscordError */
export async function allowInstalls(rest: REST): Promise<Application> {
  const install = (scopes: readonly string[], permissions: bigint) => ({
    oauth2_install_params: { scopes, permissions: String(permissions) },
  });
  const body = {
    integration_types_config: {
      [ApplicationIntegrationType.GuildInstall]: install(INVITE_SCOPES, INVITE_PERMISSIONS),
      [ApplicationIntegrationType.UserInstall]: install([OAuth2Scopes.ApplicationsCommands], 0n),
    },
  };
  return asked(async () => toApplication(await rest.patch(Routes.currentApplication(), { body })));
}

function toApplication(answer: unknown): Application {
  const { id, name, flags, integration_types_config: installs } = application.parse(answer);
  return {
    id,
    name,
    messageContent: (flags & MAY_READ) !== 0,
    installs: {
      server: installs?.[ApplicationIntegrationType.GuildInstall] !== undefined,
      person: installs?.[ApplicationIntegrationType.UserInstall] !== undefined,
    },
  };
}

/** Runs a request. @throws DiscordError in words instead of what went wrong inside. */
export async function asked<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (cause) {
    throw new DiscordError(inWords(cause), { cause });
  }
}

function inWords(error: unknown): string {
  if (error instanceof DiscordAPIError) {
    if (error.status !== 401) return `Discord refused it: ${error.message}.`;
    return "Discord doesn't know this token. Reset it in the developer portal (Bot, Reset Token), and copy the new one whole.";
  }
  const words = error instanceof Error ? error.message : String(error);
  return `Discord can't be reached (${words}). Check this machine's network, and DISCORD_API if you set it.`;
}
