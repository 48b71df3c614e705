/** `npm run discord:local [PORT]`: a local Discord to play with. Start Timbre against it, then type commands here. */

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import { obeyInVoice, VOICE_HELP } from "./console-voice.ts";
import type { Conversation } from "./conversation.ts";
import { type LocalDiscord, type SeenMessage, startLocalDiscord } from "./index.ts";
import { messageText } from "./message-text.ts";

/** Where it listens when no other port is given. */
const DEFAULT_PORT = 4750;
/** Fixed, so that a bot in another terminal finds its way back after this console was restarted. */
const TOKEN = "MTAwMDAwMDAwMDAwMDAwMDAx.local.discord";
/** A first `npm start` builds the page and makes a database before the bot logs in. */
const START_PATIENCE_MS = 5 * 60 * 1000;
/** The person who types here. */
const NAME = "you";
/** The bot's command in the menu of messages. */
const READ = "Read emotion";

const HELP = `
/emotion FILE [LOCALE]   send a recording, as somebody who speaks en-US, de, ...
read FILE [LOCALE]       send it as a message, and choose "${READ}" in its menu
/COMMAND [SUBCOMMAND] [OPTION:VALUE ...]
                         send any other command, e.g. /settings retention days:7
press BUTTON             press a button of the last answer, or of a message in a channel, by what it says
as NAME press BUTTON     somebody else presses it
look                     show the bot's latest message as it is now
${VOICE_HELP}speak LOCALE             speak another language from now on: en-US, de, ...
commands                 what the bot has registered
help                     this
quit                     the end
`;

/** What is on the screen of the person who types. */
interface Screen {
  readonly discord: LocalDiscord;
  locale: string;
  lastAnswer: SeenMessage | undefined;
  /** How many of the bot's messages to channels were shown. */
  shown: number;
}

/** Shows what the bot wrote into channels meanwhile. */
async function showNews(screen: Screen): Promise<void> {
  const { entries } = screen.discord.sent;
  for (const message of entries.slice(screen.shown)) await show(message);
  screen.shown = entries.length;
}

/** Writes a message's files where they can be opened, and prints the message. */
async function show(message: SeenMessage): Promise<void> {
  console.log(messageText(message));
  if (message.attachments.length === 0) return;
  const folder = await mkdtemp(join(tmpdir(), "timbre-answer-"));
  for (const { filename, bytes } of message.attachments) {
    const path = join(folder, basename(filename));
    await writeFile(path, bytes);
    console.log(`file: ${path}`);
  }
}

/** Waits for the answer and shows it. */
async function follow(screen: Screen, asked: Conversation): Promise<void> {
  const { deferred } = await asked.acknowledged();
  if (deferred) console.log("Timbre is thinking…");
  screen.lastAnswer = await asked.answered();
  await show(screen.lastAnswer);
}

async function emotion(screen: Screen, how: "slash" | "menu", file: string, locale = screen.locale): Promise<void> {
  const { discord } = screen;
  const clip = { name: basename(file), bytes: await readFile(file) };
  await discord.registered(how === "slash" ? "emotion" : READ, START_PATIENCE_MS);
  const you = discord.user(NAME);
  const asked =
    how === "slash"
      ? you.slash("emotion", { clip }, { locale })
      : you.readMessage(READ, you.post({ files: [clip] }), { locale });
  await follow(screen, asked);
}

/** Sends any command: its words without a colon lead to a subcommand, those with one are options. */
async function send(screen: Screen, [command = "", ...rest]: readonly string[]): Promise<void> {
  const { discord, locale } = screen;
  await discord.registered(command, START_PATIENCE_MS);
  const path = rest.filter((word) => !word.includes(":"));
  const values = rest.flatMap((word): [string, string | number][] => {
    const [, option = "", value = ""] = /^([^:]+):(.*)$/s.exec(word) ?? [];
    if (option === "") return [];
    // Longer numbers are ids.
    return [[option, /^-?\d{1,6}$/.test(value) ? Number(value) : value]];
  });
  await follow(screen, discord.user(NAME).slash([command, ...path].join(" "), Object.fromEntries(values), { locale }));
}

async function press(screen: Screen, name: string, button: string): Promise<void> {
  const { discord, locale, lastAnswer } = screen;
  const messages = [...discord.sent.entries, ...(lastAnswer ? [lastAnswer] : [])];
  const message = messages.findLast(({ components }) => JSON.stringify(components).includes(JSON.stringify(button)));
  if (message === undefined) throw new Error(`No message has a button ${button}.`);
  await follow(screen, discord.user(name).press(message, button, { locale }));
}

/** A command line's words; quotes hold a word with spaces together. */
function words(line: string): readonly string[] {
  return Array.from(line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g), (match) => match[1] ?? match[2] ?? match[3] ?? "");
}

/** Does what a line says; false ends the console. */
async function obey(screen: Screen, line: string): Promise<boolean> {
  const [command, ...rest] = words(line);
  const [file, locale] = rest;
  if (command === undefined) return true;
  if (command === "quit") return false;
  if (command === "commands") {
    for (const { name, description } of screen.discord.commands)
      console.log(description ? `/${name}  ${description}` : `${name}  (in the menu of messages)`);
  } else if ((command === "/emotion" || command === "read") && file !== undefined) {
    await emotion(screen, command === "read" ? "menu" : "slash", file, locale);
  } else if (command.startsWith("/")) {
    await send(screen, [command.slice(1), ...rest]);
  } else if (command === "press" && rest.length > 0) {
    await press(screen, NAME, rest.join(" "));
  } else if (command === "as" && file !== undefined && locale === "press") {
    await press(screen, file, rest.slice(2).join(" "));
  } else if (command === "look") {
    const latest = [...screen.discord.sent.entries, ...screen.discord.edits.entries].at(-1);
    if (latest) await show(latest);
  } else if (await obeyInVoice(screen.discord, command, rest)) {
    // It said what there is to say.
  } else if (command === "speak" && file !== undefined) {
    screen.locale = file;
  } else {
    console.log(HELP);
  }
  return true;
}

const discord = await startLocalDiscord({ port: Number(process.argv[2] ?? DEFAULT_PORT), token: TOKEN });
const folder = await mkdtemp(join(tmpdir(), "timbre-discord-"));
const certificate = join(folder, "voice.pem");
await writeFile(certificate, discord.voice.certificate);
console.log(`A local Discord is there. Start Timbre in another terminal:

  DISCORD_API=${discord.api} DISCORD_TOKEN=${discord.token} TIMBRE_FETCH_HOSTS=${discord.cdnHost} \\
  NODE_EXTRA_CA_CERTS=${certificate} npm start

The last of these is the voice servers' certificate, which is a new one each time.
`);
const screen: Screen = { discord, locale: "en-US", lastAnswer: undefined, shown: 0 };
const isTyped = process.stdin.isTTY === true;
const lines = createInterface({ input: process.stdin, output: process.stdout, terminal: isTyped });
const prompt = () => isTyped && process.stdout.write("> ");
if (isTyped) console.log(HELP);
prompt();
for await (const line of lines) {
  const goesOn = await obey(screen, line).catch((error: unknown) => {
    console.log(error instanceof Error ? error.message : error);
    if (!isTyped) process.exitCode = 1;
    return true;
  });
  await showNews(screen);
  if (!goesOn) break;
  prompt();
}
lines.close();
await discord.close();
await rm(folder, { recursive: true });
