/** Who gets in where: every endpoint, asked by everybody who shouldn't be answered. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Endpoint } from "../../src/dashboard/api/endpoint.ts";
import { API } from "../../src/dashboard/api/index.ts";
import { GUILD_ID } from "../discord/index.ts";
import { postgresForFile } from "../support/postgres-for-file.ts";
import { FROM_PAGE, MANAGE, MODERATE, type Rig, type SignedInHeaders, startRig } from "./rig.ts";

const ENDPOINTS: readonly (readonly [string, Endpoint])[] = Object.entries(API);
const CLOSED = ENDPOINTS.filter(([, { access }]) => access !== "anybody");
const OF_GUILDS = CLOSED.filter(([, { access }]) => access === "moderator" || access === "manager");
const UUID = "b9f2ff1d-1b2a-4c66-8a1c-6a1f5c1f7a11";

const postgres = postgresForFile();
let rig: Rig;
let moderator: SignedInHeaders;
let stranger: SignedInHeaders;

beforeAll(async () => {
  rig = await startRig(postgres);
  moderator = await rig.signIn("Mo", MODERATE);
  stranger = await rig.signIn("Stella", undefined, MANAGE);
});
afterAll(() => rig.close());

function ask({ method, path, body }: Endpoint, headers: SignedInHeaders = {}, guildId = GUILD_ID) {
  const url = path.replace(":guildId", guildId).replace(/:\w+/, UUID);
  return rig.app.inject({ method, url, headers, ...(body ? { payload: {} } : {}) });
}

describe("nobody gets in without signing in", () => {
  test.each(CLOSED)("%s", async (_name, endpoint) => {
    for (const headers of [{}, FROM_PAGE, { ...FROM_PAGE, cookie: "timbre-session=made-up.signature" }]) {
      const answer = await ask(endpoint, headers);
      expect(answer.statusCode).toBe(401);
      expect(answer.json().error.code).toBe("not-signed-in");
    }
    expect((await ask(endpoint, { authorization: "Bearer timbre_made-up" })).statusCode).toBe(401);
  });
});

describe("a moderator of another server gets in nowhere else", () => {
  test.each(OF_GUILDS)("%s", async (_name, endpoint) => {
    const answer = await ask(endpoint, stranger);
    expect(answer.statusCode).toBe(404);
    expect(answer.json().error.code).toBe("no-guild");
    // Where they moderate, there is no Timbre.
    expect((await ask(endpoint, stranger, "200000000000000023")).statusCode).toBe(404);
    expect((await ask(endpoint, stranger, "1%2F..%2F2")).statusCode).toBe(404);
  });
});

test.each(OF_GUILDS.filter(([, { access }]) => access === "manager"))(
  "who only moderates can't use %s",
  async (_name, endpoint) => {
    const answer = await ask(endpoint, moderator);
    expect(answer.statusCode).toBe(403);
    expect(answer.json().error.code).toBe("manage-server");
  },
);

test.each(CLOSED.filter(([, { method }]) => method !== "GET"))(
  "another site's page can't make a browser use %s",
  async (_name, endpoint) => {
    for (const site of [
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { origin: "https://evil.example" },
      {},
    ]) {
      const { cookie = "" } = moderator;
      expect((await ask(endpoint, { cookie, ...site })).statusCode).toBe(403);
    }
  },
);

test.each(CLOSED)("a token without its scope isn't good enough for %s", async (_name, endpoint) => {
  const payload = { name: "t", scopes: endpoint.scope === "clips" ? ["system:read"] : ["clips"] };
  const made = await rig.app.inject({ method: "POST", url: "/api/v1/tokens", headers: moderator, payload });
  const answer = await ask(endpoint, { authorization: `Bearer ${made.json().token}` });
  expect(answer.statusCode).toBe(403);
  expect(answer.json().error.code).toBe("token-scope");
});

test("there is no other door: every route of the API is in the table", async () => {
  const { paths } = (await rig.app.inject({ url: "/api/v1/openapi.json", headers: moderator })).json();
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(Object(methods)).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const known = ENDPOINTS.map(([, { method, path }]) => `${method} ${path.replace(/:(\w+)/g, "{$1}")}`);
  expect(described.sort()).toEqual(known.sort());
  expect(
    paths["/api/v1/clips/{clipId}"].get.responses["200"].content["application/json"].schema.properties,
  ).toHaveProperty("reading");
});

test("who loses a permission, or the server, loses its pages within minutes", async () => {
  const ada = await rig.signIn("Ada", MODERATE);
  // The server's roles are some minutes old.
  rig.now = new Date(rig.now.getTime() + 5 * 60_000);
  const url = `/api/v1/guilds/${GUILD_ID}/settings`;
  expect((await rig.app.inject({ url, headers: ada })).statusCode).toBe(200);
  rig.discord.user("Ada").may(0n);
  rig.now = new Date(rig.now.getTime() + 5 * 60_000);
  expect((await rig.app.inject({ url, headers: ada })).statusCode).toBe(404);
  rig.discord.user("Ada").may(MANAGE);
  rig.now = new Date(rig.now.getTime() + 5 * 60_000);
  expect((await rig.app.inject({ url, headers: ada })).statusCode).toBe(200);
  rig.discord.user("Ada").may(undefined);
  rig.now = new Date(rig.now.getTime() + 5 * 60_000);
  expect((await rig.app.inject({ url, headers: ada })).statusCode).toBe(404);
});

test("while Discord is away, what was known holds for an hour", async () => {
  const bea = await rig.signIn("Bea", MODERATE);
  rig.now = new Date(rig.now.getTime() + 5 * 60_000);
  const url = `/api/v1/guilds/${GUILD_ID}/settings`;
  expect((await rig.app.inject({ url, headers: bea })).statusCode).toBe(200);
  rig.now = new Date(rig.now.getTime() + 10 * 60_000);
  rig.discord.fail({ route: /^GET \/guilds\//, kind: 500, times: 50 });
  expect((await rig.app.inject({ url, headers: bea })).statusCode).toBe(200);
  rig.now = new Date(rig.now.getTime() + 60 * 60_000);
  expect((await rig.app.inject({ url, headers: bea })).statusCode).toBe(503);
});
