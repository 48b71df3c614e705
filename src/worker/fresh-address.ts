/** Gets a new signed address for an attachment whose old one has expired, from the message that it hangs on. */

import { DiscordAPIError, type REST } from "@discordjs/rest";
import { RESTJSONErrorCodes, Routes } from "discord-api-types/v10";
import { z } from "zod";
import { discordRest, type RestSettings } from "../discord-rest.ts";
import { UserError } from "../errors.ts";
import type { Attribution } from "../jobs/clip-job.ts";

/**
 * Looks up the address.
 * @throws UserError `fetch-gone`, `message-gone` or `missing-access`; any other error may pass.
 */
export type FreshAddress = (attribution: Attribution | undefined) => Promise<string>;

const message = z.object({ attachments: z.array(z.object({ id: z.string(), url: z.url() })) });

/**
 * Asks Discord's REST `api`, e.g. `https://discord.com/api`, as the bot of `token`. Without a token, or for a file
 * that never hung on a message (an option of a command), nothing can be asked.
 */
export function freshAddresses(api: string, token: string | undefined, settings: RestSettings = {}): FreshAddress {
  const rest = discordRest(api, token, settings);
  return async (attribution) => {
    const { channelId, messageId, attachmentId } = attribution ?? {};
    if (!token || !channelId || !messageId) throw new UserError("fetch-gone");
    const attachments = await attachmentsOf(rest, channelId, messageId);
    const found = attachments.find(({ id }) => id === attachmentId);
    if (!found) throw new UserError("fetch-gone");
    return found.url;
  };
}

async function attachmentsOf(rest: REST, channelId: string, messageId: string) {
  try {
    return message.parse(await rest.get(Routes.channelMessage(channelId, messageId))).attachments;
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error;
    if (error.code === RESTJSONErrorCodes.UnknownMessage) throw new UserError("message-gone");
    if (error.status === 403 || error.status === 404) throw new UserError("missing-access");
    throw error;
  }
}
