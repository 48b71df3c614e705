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
import { ENV_FILE, writeEnvFile } from "./env-file.ts";

const PORTAL = "https://discord.com/developers/applications";

const STEPS = `1. Open ${PORTAL}
   and make an application (New Application). Its name is the bot's.
2. Choose Bot on the left, then Reset Token, and copy the token.`;

const WHY_CONTENT = `Discord shows a bot what is attached to messages in servers only with the intent
"message content". Without it Timbre answers /emotion with a file, and Read emotion
in the menu of a message; it can't find the latest recording, nor listen to a channel.`;

/** The person pressed Ctrl+C. */
class Cancelled extends Error {}

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
  clack.intro("Timbre on Discord");
  try {
    const { token, rest, application } = await logIn(discordApi, discordToken);
    const allowed = await offerInstalls(rest, await offerMessageContent(rest, application));
    await working("Registering the commands", "The commands are registered", () =>
      asked(() => registerCommands(rest, allowed.id, COMMAND_DEFINITIONS)),
    );
    await offerEnvFile(token);
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

async function logIn(api: string, given: string | undefined) {
  if (given !== undefined && (await yes("DISCORD_TOKEN is set already. Use that token?"))) return check(api, given);
  clack.note(STEPS, "First, in your browser");
  for (;;) {
    const token = await answerTo(
      clack.password({
        message: "Paste the token here (it isn't shown)",
        validate: (text) =>
          looksLikeToken(text?.trim() ?? "")
            ? undefined
            : "A token has three parts with dots in between. Copy it whole.",
      }),
    );
    try {
      return await check(api, token.trim());
    } catch (error) {
      if (!(error instanceof DiscordError)) throw error;
      clack.log.error(error.message);
    }
  }
}

async function check(api: string, token: string): Promise<{ token: string; rest: REST; application: Application }> {
  const rest = restFor(api, token);
  const application = await working(
    "Asking Discord",
    (found) => `The token is right: this is ${found.name}`,
    () => readApplication(rest),
  );
  return { token, rest, application };
}

async function offerMessageContent(rest: REST, application: Application): Promise<Application> {
  if (application.messageContent) {
    clack.log.success('The intent "message content" is on');
    return application;
  }
  clack.log.info(WHY_CONTENT);
  if (!(await yes("Switch it on?"))) return application;
  return orGoOn(application, `Switch it on by hand: ${PORTAL}/${application.id}/bot`, () =>
    working("Switching it on", 'The intent "message content" is on', () => allowMessageContent(rest)),
  );
}

async function offerInstalls(rest: REST, application: Application): Promise<Application> {
  if (application.installs.server && application.installs.person) return application;
  if (!(await yes("Let servers install Timbre, and people for themselves (direct messages, any server)?")))
    return application;
  return orGoOn(application, `Choose both by hand: ${PORTAL}/${application.id}/installation`, () =>
    working("Allowing it", "Servers and people can install Timbre", () => allowInstalls(rest)),
  );
}

async function offerEnvFile(token: string): Promise<void> {
  if (process.env["DISCORD_TOKEN"] === token) return;
  if (!(await yes(`Write the token into ${ENV_FILE}, so that npm start finds it? Only you can read that file.`))) {
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
  console.log(
    `Put it into ${ENV_FILE} as DISCORD_CLIENT_SECRET. Until then, npm start prints a link that signs you in.`,
  );
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

async function working<T>(doing: string, done: string | ((result: T) => string), work: () => Promise<T>): Promise<T> {
  const spinner = clack.spinner();
  spinner.start(doing);
  try {
    const result = await work();
    spinner.stop(typeof done === "string" ? done : done(result));
    return result;
  } catch (error) {
    spinner.error("That didn't work");
    throw error;
  }
}

function yes(message: string): Promise<boolean> {
  return answerTo(clack.confirm({ message }));
}

async function answerTo<T extends string | boolean>(prompt: Promise<T | typeof clack.CANCEL_SYMBOL>): Promise<T> {
  const answer = await prompt;
  if (answer === clack.CANCEL_SYMBOL) throw new Cancelled();
  return answer;
}
