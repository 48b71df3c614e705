/** Checks of the bot: its token, what Discord allows it, and its commands. */

import type { REST } from "discord.js";
import { type Application, asked, looksLikeToken, readApplication, restFor } from "../../bot/application.ts";
import { COMMAND_DEFINITIONS } from "../../bot/commands/definitions.ts";
import { compareCommands } from "../../bot/registrar.ts";
import type { Config } from "../../config.ts";
import { type Finding, findings } from "./check.ts";

/** Asks Discord about the bot. */
export async function checkDiscord({ discordToken, discordApi }: Config): Promise<readonly Finding[]> {
  const { ok, failed, skipped } = findings("Discord");
  if (!discordToken) return [skipped("DISCORD_TOKEN isn't set, so no bot runs; npx timbre setup makes one")];
  const fix = "Run npx timbre setup, or correct DISCORD_TOKEN.";
  if (!looksLikeToken(discordToken)) return [failed("DISCORD_TOKEN isn't a bot's token", fix)];
  const rest = restFor(discordApi, discordToken);
  try {
    const application = await readApplication(rest);
    const known = ok(`the token is right: ${application.name} (${application.id})`);
    return [known, intentsOf(application), installsOf(application), await commandsOf(rest, application)];
  } catch (error) {
    return [failed(error, fix)];
  }
}

function intentsOf({ messageContent }: Application): Finding {
  const { ok, warning } = findings("Intents");
  if (messageContent) return ok("message content is on");
  return warning(
    "message content is off: in servers, /emotion alone and automatic channels find nothing",
    "Run npx timbre setup, or switch it on in the developer portal (Bot, Privileged Gateway Intents).",
  );
}

function installsOf({ installs }: Application): Finding {
  const { ok, warning } = findings("Installation");
  if (installs.server && installs.person) return ok("servers and people can install it");
  return warning(
    installs.server ? "people can't install it for themselves" : "servers can't install it",
    "Run npx timbre setup, or choose both in the developer portal (Installation).",
  );
}

async function commandsOf(rest: REST, { id }: Application): Promise<Finding> {
  const { ok, warning, failed } = findings("Commands");
  try {
    const { added, changed, removed } = await asked(() => compareCommands(rest, id, COMMAND_DEFINITIONS));
    const differing = [...added, ...changed, ...removed];
    if (differing.length === 0) return ok(`${COMMAND_DEFINITIONS.length} registered, all up to date`);
    return warning(`not up to date: ${differing.join(", ")}`, "Start the bot, or run npx timbre setup.");
  } catch (error) {
    return failed(error, "Try again later.");
  }
}
