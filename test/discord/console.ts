/** `npm run discord:local [PORT]`: a local Discord to play with. Start Timbre against it, then type commands here. */

import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
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
commands                 what the bot has registered
help                     this
quit                     the end
`;

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

async function emotion(discord: LocalDiscord, how: "slash" | "menu", file: string, locale = "en-US"): Promise<void> {
  const clip = { name: basename(file), bytes: await readFile(file) };
  await discord.registered(how === "slash" ? "emotion" : READ, START_PATIENCE_MS);
  const you = discord.user(NAME);
  const asked =
    how === "slash"
      ? you.slash("emotion", { clip }, { locale })
      : you.readMessage(READ, you.post({ files: [clip] }), { locale });
  const { deferred } = await asked.acknowledged();
  if (deferred) console.log("Timbre is thinking…");
  await show(await asked.answered());
}

/** A command line's words; quotes hold a word with spaces together. */
function words(line: string): readonly string[] {
  return Array.from(line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g), (match) => match[1] ?? match[2] ?? match[3] ?? "");
}

/** Does what a line says; false ends the console. */
async function obey(discord: LocalDiscord, line: string): Promise<boolean> {
  const [command, file, locale] = words(line);
  if (command === undefined) return true;
  if (command === "quit") return false;
  if (command === "commands") {
    for (const { name, description } of discord.commands)
      console.log(description ? `/${name}  ${description}` : `${name}  (in the menu of messages)`);
  } else if ((command === "/emotion" || command === "read") && file !== undefined) {
    await emotion(discord, command === "read" ? "menu" : "slash", file, locale);
  } else {
    console.log(HELP);
  }
  return true;
}

const discord = await startLocalDiscord({ port: Number(process.argv[2] ?? DEFAULT_PORT), token: TOKEN });
console.log(`A local Discord is there. Start Timbre in another terminal:

  DISCORD_API=${discord.api} DISCORD_TOKEN=${discord.token} TIMBRE_FETCH_HOSTS=${discord.cdnHost} npm start
`);
const isTyped = process.stdin.isTTY === true;
const lines = createInterface({ input: process.stdin, output: process.stdout, terminal: isTyped });
const prompt = () => isTyped && process.stdout.write("> ");
if (isTyped) console.log(HELP);
prompt();
for await (const line of lines) {
  const goesOn = await obey(discord, line).catch((error: unknown) => {
    console.log(error instanceof Error ? error.message : error);
    if (!isTyped) process.exitCode = 1;
    return true;
  });
  if (!goesOn) break;
  prompt();
}
lines.close();
await discord.close();
