/** `timbre setup`: from nothing to a bot that can be invited, as a conversation at the terminal. */

import * as clack from "@clack/prompts";
import type { REST } from "discord.js";
import {
  type Application,
  allowInstalls,
  allowMessageContent,
  asked,
  looksLikeToken,
  readApplication,
  restFor,
} from "../bot/application.ts";
import { COMMAND_DEFINITIONS } from "../bot/commands/definitions.ts";
import { DiscordError } from "../bot/discord-error.ts";
import { personInvite, serverInvite } from "../bot/invite.ts";
import { registerCommands } from "../bot/registrar.ts";
import type { Config } from "../config.ts";
import { Cancelled, Conversation } from "./conversation.ts";
import { ENV_FILE, writeEnvFile } from "./env-file.ts";
import { holdKeyboard } from "./keyboard.ts";

const PORTAL = "https://discord.com/developers/applications";

const STEPS = `1. Open ${PORTAL}
   and make an application (New Application). Its name is the bot's.
2. Choose Bot on the left, then Reset Token, and copy the token.`;

const WHY_CONTENT = `Discord shows a bot what is attached to messages in servers only with the intent
"message content". Without it Timbre answers /emotion with a file, and Read emotion
in the menu of a message; it can't find the latest recording, nor listen to a channel.`;

interface LogIn {
  readonly token: string;
  readonly rest: REST;
  readonly application: Application;
}

/** Walks through it all. Returns the exit code: 0, or 1 when the person ended it or Discord said no. */
export async function setup({
  discordApi,
  discordToken,
  discordClientSecret,
  publicUrl,
  host,
  port,
}: Config): Promise<number> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    console.error(
      "timbre setup is a conversation: run it in a terminal. Without one, set DISCORD_TOKEN and run timbre doctor.",
    );
    return 1;
  }
  using keyboard = holdKeyboard(process.stdin);
  const talk = new Conversation(keyboard);
  clack.intro("Timbre on Discord");
  try {
    const { token, rest, application } = await logIn(talk, discordApi, discordToken);
    const allowed = await offerInstalls(talk, rest, await offerMessageContent(talk, rest, application));
    await talk.working("Registering the commands", "The commands are registered", () =>
      asked(() => registerCommands(rest, allowed.id, COMMAND_DEFINITIONS)),
    );
    await offerEnvFile(talk, token);
    showLinks(allowed);
    if (discordClientSecret === undefined) showSignIn(allowed.id, publicUrl ?? `http://${host}:${port}`);
    clack.outro("Now run: npm start");
    return 0;
  } catch (error) {
    if (!(error instanceof Cancelled) && !(error instanceof DiscordError)) throw error;
    clack.cancel(
      error instanceof DiscordError ? error.message : "Not finished. Run timbre setup again whenever you like.",
    );
    return 1;
  }
}

async function logIn(talk: Conversation, api: string, given: string | undefined): Promise<LogIn> {
  if (given !== undefined && (await talk.yes("DISCORD_TOKEN is set already. Use that token?")))
    return check(talk, api, given);
  clack.note(STEPS, "First, in your browser");
  for (;;) {
    const token = await talk.secret("Paste the token here (it isn't shown)", (text) =>
      looksLikeToken(text.trim()) ? undefined : "A token has three parts with dots in between. Copy it whole.",
    );
    try {
      return await check(talk, api, token.trim());
    } catch (error) {
      if (!(error instanceof DiscordError)) throw error;
      clack.log.error(error.message);
    }
  }
}

async function check(talk: Conversation, api: string, token: string): Promise<LogIn> {
  const rest = restFor(api, token);
  const application = await talk.working(
    "Asking Discord",
    (found) => `The token is right: this is ${found.name}`,
    () => readApplication(rest),
  );
  return { token, rest, application };
}

async function offerMessageContent(talk: Conversation, rest: REST, application: Application): Promise<Application> {
  if (application.messageContent) {
    clack.log.success('The intent "message content" is on');
    return application;
  }
  clack.log.info(WHY_CONTENT);
  if (!(await talk.yes("Switch it on?"))) return application;
  return orGoOn(application, `Switch it on by hand: ${PORTAL}/${application.id}/bot`, () =>
    talk.working("Switching it on", 'The intent "message content" is on', () => allowMessageContent(rest)),
  );
}

async function offerInstalls(talk: Conversation, rest: REST, application: Application): Promise<Application> {
  if (application.installs.server && application.installs.person) return application;
  if (!(await talk.yes("Let servers install Timbre, and people for themselves (direct messages, any server)?")))
    return application;
  return orGoOn(application, `Choose both by hand: ${PORTAL}/${application.id}/installation`, () =>
    talk.working("Allowing it", "Servers and people can install Timbre", () => allowInstalls(rest)),
  );
}

async function offerEnvFile(talk: Conversation, token: string): Promise<void> {
  if (process.env["DISCORD_TOKEN"] === token) return;
  if (!(await talk.yes(`Write the token into ${ENV_FILE}, so that npm start finds it? Only you can read that file.`))) {
    clack.log.info("Then start Timbre with DISCORD_TOKEN set to the token.");
    return;
  }
  await writeEnvFile("DISCORD_TOKEN", token);
  clack.log.success(`${ENV_FILE} is written`);
}

/** What else has to be set, once, before moderators can sign in to the page. */
function showSignIn(id: string, page: string): void {
  clack.log.step("Let moderators sign in to Timbre's page:");
  console.log(`${PORTAL}/${id}/oauth2`);
  console.log(`There, add the redirect ${page}/auth/callback and copy the client secret.`);
  console.log(`Put it into ${ENV_FILE} as DISCORD_CLIENT_SECRET.`);
  console.log("Until then, npm start prints a link that signs you in.");
}

/** Long links must stay whole to be clicked, so they stand outside of any frame. */
function showLinks({ id, installs }: Application): void {
  clack.log.step("Invite Timbre to a server:");
  console.log(`${serverInvite(id)}`);
  if (!installs.person) return;
  clack.log.step("Or install it for yourself, to use it everywhere:");
  console.log(`${personInvite(id)}`);
}

/** Does what may fail without stopping the rest; then `before` stays as it is, and the person is told what to do. */
async function orGoOn(before: Application, otherwise: string, work: () => Promise<Application>): Promise<Application> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DiscordError)) throw error;
    clack.log.warn(`${error.message}\n${otherwise}`);
    return before;
  }
}
