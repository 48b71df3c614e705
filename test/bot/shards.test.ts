import { chmod, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readConfig } from "../../src/config.ts";
import { run } from "../../src/main.ts";
import { startLocalDiscord } from "../discord/index.ts";
import { temporaryFolder } from "../support/temporary.ts";

test("shards share the servers, log in as fast as Discord allows, and answer", async () => {
  await using opened = new AsyncDisposableStack();
  const folder = temporaryFolder();
  opened.defer(() => folder.remove());
  await chmod(folder.path, 0o711);
  const discord = await startLocalDiscord({ sharding: { recommended: 2, maxConcurrency: 2 } });
  opened.defer(() => discord.close());
  const config = readConfig({
    TIMBRE_DATA: join(folder.path, "data"),
    TIMBRE_SHARDS: "auto",
    TIMBRE_FETCH_HOSTS: discord.cdnHost,
    DISCORD_TOKEN: discord.token,
    DISCORD_API: discord.api,
    LOG_LEVEL: "silent",
  });
  // A shard reads its own environment.
  for (const [name, value] of Object.entries({ DISCORD_API: discord.api, LOG_LEVEL: "warn" }))
    process.env[name] = value;
  const timbre = await run(config, new Set(["bot", "worker"]));
  opened.defer(() => timbre.close());
  expect(discord.gatewayActions.entries).toEqual(["identified", "identified"]);

  const bytes = await readFile(join(import.meta.dirname, "..", "fixtures", "voice.ogg"));
  for (const dm of [false, true]) {
    const asked = discord.user("Ada").slash("emotion", { clip: { name: "voice.ogg", bytes } }, { dm });
    await asked.acknowledged();
    expect((await asked.edited()).embeds).toHaveLength(1);
    expect(asked.history.filter(({ kind }) => kind === "acknowledged")).toHaveLength(1);
  }
});
