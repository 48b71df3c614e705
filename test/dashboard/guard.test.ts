import { describe, expect, test } from "vitest";
import { postgresForFile } from "../support/postgres-for-file.ts";
import { formWith } from "./parts.ts";
import { startRig } from "./rig.ts";

const postgres = postgresForFile();

async function statusOf(
  host: string,
  method: "GET" | "POST",
  headers: Record<string, string>,
  by: "session" | "token" = "token",
  publicUrl?: string,
) {
  const rig = await startRig(postgres, { host, publicUrl });
  const form = method === "POST" ? await formWith("file", new Uint8Array([1])) : { payload: "", headers: {} };
  const url = method === "POST" ? "/api/v1/clips" : "/livez";
  const who = { userId: null, name: null, guildIds: [] };
  const wanted = { name: "t", scopes: ["clips"], expiresAt: null };
  const { cookie = "" } = await rig.owner();
  const { secret } = await rig.store.accessTokens.make(who, wanted);
  const identity = by === "session" ? { cookie } : { authorization: `Bearer ${secret}` };
  const answer = await rig.app.inject({
    ...{ method, url, payload: form.payload },
    headers: { ...identity, ...form.headers, ...headers },
  });
  await rig.close();
  return { status: answer.statusCode, kept: rig.jobs.size };
}

describe("posts", () => {
  test.each([
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site", origin: "http://127.0.0.1:4747" },
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: "http://127.0.0.1:9999" },
  ])("from another site are refused: %o", async (headers) => {
    expect(await statusOf("127.0.0.1", "POST", { host: "127.0.0.1:4747", ...headers })).toEqual({
      status: 403,
      kept: 0,
    });
  });

  test.each([{ "sec-fetch-site": "same-origin" }, { origin: "http://127.0.0.1:4747" }])(
    "of who is signed in are taken from our own page alone: %o",
    async (headers) => {
      const host = { host: "127.0.0.1:4747" };
      expect((await statusOf("127.0.0.1", "POST", { ...host, ...headers }, "session")).status).toBe(202);
      expect((await statusOf("127.0.0.1", "POST", host, "session")).status).toBe(403);
    },
  );

  test.each([
    {},
    { "sec-fetch-site": "same-origin" },
    { "sec-fetch-site": "none" },
    { origin: "http://127.0.0.1:4747" },
  ])("from our own page and from programs are taken: %o", async (headers) => {
    expect(await statusOf("127.0.0.1", "POST", { host: "127.0.0.1:4747", ...headers })).toEqual({
      status: 202,
      kept: 1,
    });
  });
});

describe("names that this machine goes by", () => {
  test.each(["127.0.0.1:4747", "localhost:4747", "[::1]:4747", "127.8.8.8"])(
    "%s is answered on loopback",
    async (host) => {
      expect((await statusOf("127.0.0.1", "GET", { host })).status).toBe(200);
    },
  );

  test.each(["evil.example:4747", "127.0.0.1.evil.example", "10.0.0.7:4747", "localhost.evil.example"])(
    "%s is refused on loopback",
    async (host) => {
      expect((await statusOf("127.0.0.1", "GET", { host })).status).toBe(403);
    },
  );

  test("a proxy's public name is answered", async () => {
    const asked = { host: "timbre.example" };
    expect((await statusOf("127.0.0.1", "GET", asked, "token", "https://timbre.example")).status).toBe(200);
    expect((await statusOf("127.0.0.1", "GET", asked, "token", "https://other.example")).status).toBe(403);
  });

  test("any name is answered when listening to the network", async () => {
    expect((await statusOf("0.0.0.0", "GET", { host: "timbre.example" })).status).toBe(200);
  });
});
