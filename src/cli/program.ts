/** What can be asked of the `timbre` command. */

import { Command, InvalidArgumentError } from "commander";
import { DiscordError } from "../bot/discord-error.ts";
import { ConfigError, readConfig } from "../config.ts";
import { ModelError } from "../ser/index.ts";
import { DatabaseError } from "../store/index.ts";
import { readEnvFile } from "./env-file.ts";
import { ManifestError } from "./manifest.ts";
import { TransferError } from "./transfer-file.ts";

function kilobits(value: string): number {
  const number = Number(value);
  if (!(number >= 6 && number <= 256)) throw new InvalidArgumentError("Opus speech goes from 6 to 256 kbit/s.");
  return number;
}

function count(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError("A whole number above 0 is needed.");
  return number;
}

/** Each command loads its own parts only: Discord's library alone takes longer than a short clip. */
function program(): Command {
  const timbre = new Command("timbre").description("Hears how something is said.");
  timbre
    .command("analyze")
    .description("reads the emotion in audio files; exit code 2 when one of them can't be read")
    .argument("<files...>", "audio files: OGG, WebM, MP3, M4A, WAV or FLAC")
    .option("--json", "one JSON object per file")
    .action(async (files: string[], options: { json?: boolean }) => {
      const { analyzeFiles } = await import("./analyze.ts");
      process.exitCode = await analyzeFiles(files, { json: options.json ?? false, config: readConfig(process.env) });
    });
  timbre
    .command("eval")
    .description("measures a model on labelled clips: accuracy, UAR, recall and confusion per corpus")
    .requiredOption("--manifest <csv>", "table with columns path, corpus, emotion")
    .option("--root <dir>", "folder that the paths start from (default: the manifest's)")
    .option("--model <dir>", "model folder (default: TIMBRE_MODEL or the shipped one)")
    .option("--opus <kbit/s>", "encode each clip with Opus first", kilobits)
    .option("--threads <n>", "clips analysed at the same time (default: TIMBRE_THREADS)", count)
    .option("--json", "one line of JSON")
    .action(async (options) => {
      const { evaluate } = await import("./evaluate.ts");
      process.exitCode = await evaluate({ ...options, config: readConfig(process.env) });
    });
  timbre
    .command("setup")
    .description("makes Timbre a Discord bot: token, intents, commands, invite link")
    .action(async () => {
      const { setup } = await import("./setup.ts");
      process.exitCode = await setup(readConfig(process.env));
    });
  timbre
    .command("doctor")
    .description("checks Node, model, database, queue, Discord and disk; exit code 1 when something is broken")
    .option("--json", "one JSON object")
    .action(async (options: { json?: boolean }) => {
      const { doctor } = await import("./doctor.ts");
      process.exitCode = await doctor(readConfig(process.env), { json: options.json ?? false });
    });
  timbre
    .command("export")
    .description("writes everything that is kept into a new file, to back it up or move it; stop Timbre first")
    .argument("<file>", "such as timbre.jsonl.gz")
    .action(async (file: string) => {
      const { exportTo } = await import("./transfer.ts");
      await exportTo(file, readConfig(process.env));
    });
  timbre
    .command("import")
    .description("puts an export into an installation that was never used")
    .argument("<file>", "a file that timbre export wrote")
    .action(async (file: string) => {
      const { importFrom } = await import("./transfer.ts");
      await importFrom(file, readConfig(process.env));
    });
  timbre
    .command("purge")
    .description("deletes all that is kept about one server")
    .argument("<server>", "the server's id at Discord")
    .action(async (server: string) => {
      const { purge } = await import("./transfer.ts");
      await purge(server, readConfig(process.env));
    });
  for (const [role, description] of [
    ["all", "everything in one process: page, worker, and the bot if DISCORD_TOKEN is set"],
    ["bot", "only the Discord bot"],
    ["worker", "only a worker"],
    ["dashboard", "only the page and its API"],
  ] as const) {
    timbre
      .command(role)
      .description(description)
      .action(async () => {
        const { serve } = await import("./serve.ts");
        await serve(role, readConfig(process.env));
      });
  }
  return timbre;
}

/** Does what the arguments say; `argv` as of a process. What goes wrong is said on standard error, and sets the exit code. */
export async function runProgram(argv: readonly string[]): Promise<void> {
  try {
    readEnvFile();
    await program().parseAsync(argv);
  } catch (error) {
    // What a person can mend is said in a sentence; what is our fault comes with its stack.
    const isForPeople = [ConfigError, DatabaseError, DiscordError, ManifestError, ModelError, TransferError].some(
      (kind) => error instanceof kind,
    );
    console.error(isForPeople && error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
