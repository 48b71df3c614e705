import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { GUILD_ID } from "../discord/index.ts";
import { query } from "../support/postgres.ts";
import { postgresForFile } from "../support/postgres-for-file.ts";
import { MANAGE, MODERATE, type Rig, startRig } from "./rig.ts";

const postgres = postgresForFile();

describe("through Discord", () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig(postgres);
  });
  afterAll(() => rig.close());

  test("a person sees the servers that they moderate, and their token is given back", async () => {
    const headers = await rig.signIn("Ada", MODERATE, MANAGE);
    const me = await rig.app.inject({ url: "/api/v1/me", headers });
    expect(me.json()).toEqual({
      kind: "person",
      id: rig.discord.user("Ada").id,
      name: "Ada",
      guilds: [{ id: GUILD_ID, name: "Choir", mayManage: false }],
    });
    expect(rig.discord.oauth.tokens).toBe(0);
    expect((await rig.app.inject("/api/v1/sign-in")).json()).toEqual({ way: "discord" });
  });

  test("the session's cookie is hidden from scripts and other sites, and the database knows only its hash", async () => {
    rig.discord.user("Ada").useBrowser();
    const leaving = await rig.app.inject("/auth/sign-in");
    expect(String(leaving.headers["set-cookie"])).toMatch(/HttpOnly.*SameSite=Lax/);
    const { cookie } = await rig.signIn("Ada");
    const secret = decodeURIComponent(cookie?.split("=")[1] ?? "").split(".")[0];
    const rows = await query(rig.address, "select * from sessions");
    expect(JSON.stringify(rows)).not.toContain(secret);
  });

  test("signing out ends the session everywhere", async () => {
    const headers = await rig.signIn("Ada");
    const out = await rig.app.inject({ method: "DELETE", url: "/api/v1/session", headers });
    expect(out.statusCode).toBe(204);
    expect((await rig.app.inject({ url: "/api/v1/me", headers })).statusCode).toBe(401);
  });

  test("a session ends after a week", async () => {
    const headers = await rig.signIn("Ada");
    rig.now = new Date(rig.now.getTime() + 7 * 86_400_000);
    expect((await rig.app.inject({ url: "/api/v1/me", headers })).statusCode).toBe(401);
  });

  test.each(["state", "code"])("a wrong %s signs nobody in", async (part) => {
    rig.discord.user("Ada").useBrowser();
    const leaving = await rig.app.inject("/auth/sign-in");
    const cookie = String(leaving.headers["set-cookie"]).split(";")[0] ?? "";
    const there = await fetch(String(leaving.headers.location), { redirect: "manual" });
    const back = new URL(there.headers.get("location") ?? "");
    const wrong = new URL(back);
    wrong.searchParams.set(part, "wrong");
    const answer = await rig.app.inject({ url: wrong.pathname + wrong.search, headers: { cookie } });
    expect(answer.headers.location).toBe("/?sign-in=failed");
    expect(String(answer.headers["set-cookie"])).not.toContain("timbre-session");
    // Nor does the right one in another browser, which began nothing.
    const elsewhere = await rig.app.inject({ url: back.pathname + back.search });
    expect(elsewhere.headers.location).toBe("/?sign-in=failed");
  });

  test("the owner's link leads nowhere where people sign in through Discord", async () => {
    const key = await rig.store.signIns.makeLink();
    expect((await rig.app.inject(`/auth/link?key=${key}`)).statusCode).toBe(404);
  });
});

describe("by the printed link", () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig(postgres, { discord: undefined });
  });
  afterAll(() => rig.close());

  test("the owner is in once, and sees every server with Timbre once the bot is known there", async () => {
    const key = await rig.store.signIns.makeLink();
    const opened = await rig.app.inject(`/auth/link?key=${key}`);
    expect(opened.headers.location).toBe("/");
    const cookie = String(opened.headers["set-cookie"]).split(";")[0] ?? "";
    const me = await rig.app.inject({ url: "/api/v1/me", headers: { cookie } });
    expect(me.json()).toMatchObject({ kind: "owner", name: null, guilds: [{ id: GUILD_ID, mayManage: true }] });
    const again = await rig.app.inject(`/auth/link?key=${key}`);
    expect(again.headers.location).toBe("/?sign-in=failed");
    expect(again.headers["set-cookie"]).toBeUndefined();
  });

  test.each(["", "?key=", "?key=made-up"])("no other link does: %s", async (asked) => {
    expect((await rig.app.inject(`/auth/link${asked}`)).headers.location).toBe("/?sign-in=failed");
  });

  test("a link is too old after a day", async () => {
    const key = await rig.store.signIns.makeLink();
    rig.now = new Date(rig.now.getTime() + 86_400_000);
    expect((await rig.app.inject(`/auth/link?key=${key}`)).headers.location).toBe("/?sign-in=failed");
  });
});

describe("a personal access token", () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig(postgres);
  });
  afterAll(() => rig.close());

  test("acts as its person, within its scopes and until it ends; only its hash is kept", async () => {
    const headers = await rig.signIn("Ada", MODERATE);
    const payload = { name: "reports", scopes: ["moods:read"], expiresInDays: 1 };
    const made = (await rig.app.inject({ method: "POST", url: "/api/v1/tokens", headers, payload })).json();
    expect(made.token).toMatch(/^timbre_[\w-]{43}$/);
    const authorization = `Bearer ${made.token}`;
    const use = (path: string) =>
      rig.app.inject({ url: `/api/v1/guilds/${GUILD_ID}${path}`, headers: { authorization } });
    expect((await use("/overview")).statusCode).toBe(200);
    expect((await use("/settings")).json().error.message).toContain("settings:read");
    const [listed] = (await rig.app.inject({ url: "/api/v1/tokens", headers })).json();
    expect(listed).toMatchObject({ id: made.id, name: "reports", lastUsedAt: rig.now.toISOString() });
    expect(listed).not.toHaveProperty("token");
    expect(JSON.stringify(await query(rig.address, "select * from access_tokens"))).not.toContain(made.token);
    rig.discord.user("Ada").may(0n);
    rig.now = new Date(rig.now.getTime() + 5 * 60_000);
    expect((await use("/overview")).statusCode).toBe(404);
    rig.now = new Date(rig.now.getTime() + 86_400_000);
    expect((await use("/overview")).statusCode).toBe(401);
  });

  test("is ended by whoever made it, and by nobody else", async () => {
    const [ada, bea] = [await rig.signIn("Ada"), await rig.signIn("Bea")];
    const payload = { name: "t", scopes: ["clips"], expiresInDays: null };
    const made = (await rig.app.inject({ method: "POST", url: "/api/v1/tokens", headers: ada, payload })).json();
    const end = (headers: typeof ada) =>
      rig.app.inject({ method: "DELETE", url: `/api/v1/tokens/${made.id}`, headers });
    expect((await end(bea)).statusCode).toBe(404);
    expect((await end(ada)).statusCode).toBe(204);
    const headers = { authorization: `Bearer ${made.token}` };
    expect((await rig.app.inject({ url: "/api/v1/model", headers })).statusCode).toBe(401);
  });
});
