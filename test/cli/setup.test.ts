import { readFile, stat, writeFile } from "node:fs/promises";
import { constants } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { APPLICATION_ID, type LocalDiscord, startLocalDiscord } from "../discord/index.ts";
import { type TemporaryFolder, temporaryFolder } from "../support/temporary.ts";
import { runInTerminal, type TestTerminal } from "../support/terminal.ts";

const TIMBRE = join(import.meta.dirname, "..", "..", "src", "cli", "timbre.ts");
const PRELOAD = join(import.meta.dirname, "raw-mode-preload.ts");
const ENTER = "\r";
const NO = "n";
const CTRL_C = "\u0003";

let folder: TemporaryFolder;
let discord: LocalDiscord;

beforeEach(async () => {
  folder = temporaryFolder();
  discord = await startLocalDiscord();
});

afterEach(async () => {
  await discord.close();
  await folder.remove();
});

function setup(env: Readonly<Record<string, string>> = {}): TestTerminal {
  const basic = { PATH: process.env["PATH"] ?? "", HOME: folder.path, DISCORD_API: discord.api };
  return runInTerminal([process.execPath, TIMBRE, "setup"], { cwd: folder.path, env: { ...basic, ...env } });
}

/** Discord's next answer about the application waits for the release. */
function holdDiscord(): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  discord.fail({ route: /^GET \/applications\/@me$/, kind: "late", until: promise });
  return resolve;
}

const envFile = () => join(folder.path, ".env");

describe.skipIf(process.platform !== "linux")("timbre setup", () => {
  test("leads from a token to an invite link, and never shows the token", async () => {
    await writeFile(envFile(), "# mine\nLOG_LEVEL=warn\n", { mode: 0o644 });
    const terminal = setup();
    await terminal.sees("Paste the token");
    expect(terminal.text()).toContain("discord.com/developers/applications");
    terminal.type(`${discord.token}${ENTER}`);
    await terminal.sees("this is Timbre");
    await terminal.sees("Switch it on?");
    terminal.type(ENTER);
    await terminal.sees('The intent "message content" is on');
    await terminal.sees("Let servers install Timbre");
    terminal.type(ENTER);
    await terminal.sees("The commands are registered");
    await terminal.sees("Write the token into .env");
    terminal.type(ENTER);
    expect(await terminal.ended()).toBe(0);

    expect(discord.commands.map(({ name }) => name)).toContain("emotion");
    const text = terminal.text();
    expect(text).toContain(`https://discord.com/oauth2/authorize?client_id=${APPLICATION_ID}&integration_type=0`);
    // View, send (also in threads), embed, attach, history, react, connect, change one's own name: nothing else.
    expect(text).toContain(
      `permissions=${[10n, 11n, 38n, 14n, 15n, 16n, 6n, 20n, 26n].reduce((sum, bit) => sum | (1n << bit), 0n)}`,
    );
    expect(text).toContain(`client_id=${APPLICATION_ID}&integration_type=1&scope=applications.commands`);
    expect(await readFile(envFile(), "utf8")).toBe(`# mine\nLOG_LEVEL=warn\nDISCORD_TOKEN=${discord.token}\n`);
    expect((await stat(envFile())).mode & 0o777).toBe(0o600);
    expect(terminal.raw()).not.toContain(discord.token);
  });

  test("asks again for a token that is none, or that Discord doesn't know", async () => {
    const terminal = setup();
    await terminal.sees("Paste the token");
    terminal.type(`hello${ENTER}`);
    await terminal.sees("three parts");
    // Ctrl+U empties the line.
    terminal.type(`\u0015wrong.to.ken${ENTER}`);
    await terminal.sees("Discord doesn't know this token");
    terminal.type(`${discord.token}${ENTER}`);
    await terminal.sees("this is Timbre");
    terminal.type(CTRL_C);
    expect(await terminal.ended()).toBe(1);
    expect(discord.commands).toEqual([]);
  });

  test("takes what is typed before it asks, and shows nothing of it", async () => {
    const release = holdDiscord();
    const terminal = setup();
    await terminal.sees("Paste the token");
    // Two answers at once, and a third while Discord is asked about the first.
    terminal.type(`wrong.to.ken${ENTER}an.other.one${ENTER}`);
    await terminal.sees("Asking Discord");
    terminal.type(`${discord.token}${ENTER}`);
    release();
    await terminal.sees("this is Timbre");
    terminal.type(CTRL_C);
    expect(await terminal.ended()).toBe(1);
    for (const secret of ["wrong.to.ken", "an.other.one", discord.token]) expect(terminal.raw()).not.toContain(secret);
    expect(terminal.text().match(/Discord doesn't know this token/g)).toHaveLength(2);
  });

  test("keeps the terminal raw between two questions: otherwise it would show what is typed there", async () => {
    const record = join(folder.path, "record");
    const terminal = setup({ NODE_OPTIONS: `--import=${PRELOAD}`, RAW_MODE_RECORD: record });
    await terminal.sees("Paste the token");
    terminal.type(`wrong.to.ken${ENTER}`);
    await terminal.sees("Discord doesn't know this token");
    terminal.type(`${discord.token}${ENTER}`);
    await terminal.sees("Switch it on?");
    expect(await readFile(record, "utf8")).toBe("raw\n");
    terminal.type(CTRL_C);
    await terminal.ended();
    expect(await readFile(record, "utf8")).toBe("raw\ncooked\n");
  });

  test("ends at Ctrl+C while Discord is asked, too", async () => {
    const release = holdDiscord();
    const terminal = setup({ DISCORD_TOKEN: discord.token });
    await terminal.sees("Use that token?");
    terminal.type(ENTER);
    await terminal.sees("Asking Discord");
    terminal.type(CTRL_C);
    expect(await terminal.ended()).toBe(128 + constants.signals.SIGINT);
    release();
  });

  test("takes the token that is set, changes nothing that isn't wanted, and goes on where Discord says no", async () => {
    discord.fail({ route: /^PATCH \/applications/, kind: 403 });
    const terminal = setup({ DISCORD_TOKEN: discord.token });
    await terminal.sees("Use that token?");
    terminal.type(ENTER);
    await terminal.sees("Switch it on?");
    terminal.type(ENTER);
    await terminal.sees(`Switch it on by hand: https://discord.com/developers/applications/${APPLICATION_ID}/bot`);
    await terminal.sees("Let servers install Timbre");
    terminal.type(NO);
    await terminal.sees("The commands are registered");
    expect(await terminal.ended()).toBe(0);
    await expect(stat(envFile())).rejects.toThrow("ENOENT");
    expect(terminal.text()).not.toContain("integration_type=1");
  });

  test("ends with what to do when Discord can't be reached", async () => {
    const terminal = setup({ DISCORD_TOKEN: discord.token, DISCORD_API: "http://127.0.0.1:9/api" });
    await terminal.sees("Use that token?");
    terminal.type(ENTER);
    expect(await terminal.ended()).toBe(1);
    expect(terminal.text()).toContain("Discord can't be reached");
  });
});
