import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { API } from "../../src/dashboard/api/index.ts";
import { UserError } from "../../src/errors.ts";
import { query } from "../support/postgres.ts";
import { postgresForFile } from "../support/postgres-for-file.ts";
import { HAPPY } from "../views/sample-readings.ts";
import { formWith } from "./parts.ts";
import { type Rig, type SignedInHeaders, startRig } from "./rig.ts";

const BYTES = new Uint8Array([79, 103, 103, 83]);
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const MAX_BYTES = 1024 * 1024;

const postgres = postgresForFile();
let rig: Rig;
let owner: SignedInHeaders;

beforeEach(async () => {
  rig = await startRig(postgres);
  owner = await rig.owner();
});
afterEach(() => rig.close());

const get = (url: string, headers: Record<string, string> = {}) =>
  rig.app.inject({ url, headers: { ...owner, ...headers } });

/** The bytes of all uploads that jobs were handed. */
async function uploads(): Promise<(Uint8Array | undefined)[]> {
  const sources = [...rig.jobs.values()].map(({ source }) => source);
  const found = await Promise.all(
    sources.map((source) => (source.kind === "upload" ? rig.store.uploads.fetch(source.uploadId) : undefined)),
  );
  return found.map((bytes) => bytes && new Uint8Array(bytes));
}

async function post(field = "file", headers: Record<string, string> = {}) {
  const form = await formWith(field, BYTES);
  return rig.app.inject({
    method: "POST",
    url: "/api/v1/clips",
    payload: form.payload,
    headers: { ...owner, ...form.headers, ...headers },
  });
}

describe("POST /api/v1/clips", () => {
  test("keeps a form's file and hands the queue a reference to it", async () => {
    const answer = await post();
    expect(answer.statusCode).toBe(202);
    const { id, status, url } = answer.json();
    expect(id).toMatch(UUID);
    expect(status).toBe("waiting");
    expect(url).toBe(`/api/v1/clips/${id}`);
    expect(answer.headers.location).toBe(url);
    expect(await uploads()).toEqual([BYTES]);
    expect(rig.jobs.get(id)).toEqual({
      version: 1,
      source: { kind: "upload", uploadId: expect.not.stringContaining(id) },
      reply: { kind: "stored" },
      filename: "voice.ogg",
      attribution: { source: "upload" },
    });
  });

  test.each(["audio/ogg", "audio/mpeg; codecs=mp3", "video/webm", "application/octet-stream"])(
    "takes the body itself as %s",
    async (type) => {
      const request = { payload: Buffer.from(BYTES), headers: { ...owner, "content-type": type } };
      const answer = await rig.app.inject({ method: "POST", url: "/api/v1/clips", ...request });
      expect(answer.statusCode).toBe(202);
      expect(await uploads()).toEqual([BYTES]);
    },
  );

  test.each([
    ["nothing", {}],
    ["JSON", { payload: { file: "x" } }],
    ["an unknown type", { payload: "x", headers: { "content-type": "text/plain" } }],
    ["a broken form", { payload: "--x\r\n", headers: { "content-type": "multipart/form-data; boundary=x" } }],
    ["a form without boundary", { payload: "x", headers: { "content-type": "multipart/form-data" } }],
  ])("says that no file came with %s", async (_, request: { payload?: string | object; headers?: object }) => {
    const headers = { ...owner, ...request.headers };
    const answer = await rig.app.inject({ method: "POST", url: "/api/v1/clips", ...request, headers });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().error).toMatchObject({ code: "no-file", message: expect.stringContaining("No file") });
    expect(rig.jobs.size).toBe(0);
  });

  test("says so in German, and when the file is in another field", async () => {
    const answer = await post("attachment", { "accept-language": "de-AT,en;q=0.5" });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().error.message).toContain("kam keine Datei");
  });

  test.each(["form", "body"])("refuses a larger %s with its sentence", async (way) => {
    const bytes = new Uint8Array(MAX_BYTES + 1);
    const request =
      way === "form"
        ? await formWith("file", bytes)
        : { payload: Buffer.from(bytes), headers: { "content-type": "audio/wav" } };
    const headers = { ...owner, ...request.headers };
    const answer = await rig.app.inject({ method: "POST", url: "/api/v1/clips", ...request, headers });
    expect(answer.statusCode).toBe(413);
    expect(answer.json().error).toEqual({
      code: "too-large",
      message: "This file is larger than 1 MiB. Send a smaller one.",
    });
    expect(rig.jobs.size).toBe(0);
  });

  test("throws the upload away when the queue doesn't take the job", async () => {
    rig.trouble.queue = true;
    const answer = await post();
    expect(answer.statusCode).toBe(503);
    expect(answer.json().error.code).toBe("busy");
    expect(await query(rig.address, "select * from uploads")).toEqual([]);
  });

  test("slows down who sends too many", async () => {
    const answers = await Promise.all(Array.from({ length: 61 }, () => post()));
    const refused = answers.filter((answer) => answer.statusCode === 429);
    expect(refused).toHaveLength(1);
    expect(refused[0]?.json().error.code).toBe("too-often");
  });
});

describe("GET /api/v1/clips/:id", () => {
  test("follows a clip from waiting to its reading", async () => {
    const { id, url } = (await post()).json();
    expect((await get(url)).json()).toEqual({ id, status: "active" });
    await rig.store.clips.saveReading(id, HAPPY);
    const answer = await get(url);
    expect(answer.json()).toEqual({ id, status: "done", reading: HAPPY });
    expect(answer.headers["cache-control"]).toBe("no-store");
  });

  test.each(["waiting", "delayed", "prioritized"])("calls a job that is %s waiting", async (state) => {
    const { id, url } = (await post()).json();
    rig.states.set(id, state);
    expect((await get(url)).json()).toEqual({ id, status: "waiting" });
  });

  test.each(["failed", "unknown"])("gives up on a job that is %s and left nothing behind", async (state) => {
    const { id, url } = (await post()).json();
    rig.states.set(id, state);
    expect((await get(url)).json()).toMatchObject({ status: "failed", error: { code: "gave-up" } });
  });

  test("says why a clip failed, in the reader's language", async () => {
    const { id, url } = (await post()).json();
    await rig.store.clips.saveError(id, new UserError("not-audio"));
    const answer = await get(url, { "accept-language": "de" });
    expect(answer.json()).toMatchObject({ id, status: "failed", error: { code: "not-audio" } });
    expect(answer.json().error.message).toContain("keine Audiodatei");
  });

  test("is nothing to whoever didn't send it", async () => {
    const { url } = (await post()).json();
    const ada = await rig.signIn("Ada");
    expect((await get(url)).statusCode).toBe(200);
    expect((await rig.app.inject({ url, headers: ada })).statusCode).toBe(404);
    const theirs = (await post("file", ada)).json();
    expect((await rig.app.inject({ url: theirs.url, headers: ada })).statusCode).toBe(200);
    expect((await get(theirs.url)).statusCode).toBe(404);
    const live = "b9f2ff1d-1b2a-4c66-8a1c-6a1f5c1f7a12";
    await rig.store.clips.accept(live, { source: "live", askerId: rig.discord.user("Ada").id });
    expect((await rig.app.inject({ url: `/api/v1/clips/${live}`, headers: ada })).statusCode).toBe(404);
  });

  test.each(["b9f2ff1d-1b2a-4c66-8a1c-6a1f5c1f7a11", "1", "..%2f..%2fetc"])("knows no clip %s", async (id) => {
    const answer = await get(`/api/v1/clips/${id}`);
    expect(answer.statusCode).toBe(404);
    expect(answer.json().error.code).toBe("no-clip");
  });
});

describe("everything else", () => {
  test("names the model, lives, and describes itself", async () => {
    expect((await get("/api/v1/model")).json()).toEqual({ name: "timbre-1", version: "1.0.0" });
    expect((await rig.app.inject("/livez")).json()).toEqual({ status: "ok" });
    const { openapi, paths } = (await get("/api/v1/openapi.json")).json();
    expect(openapi).toBe("3.1.0");
    const done = paths["/api/v1/clips/{clipId}"].get.responses["200"].content["application/json"].schema;
    expect(done.properties.reading.required).toContain("profile");
  });

  test("says how it is doing", async () => {
    await rig.store.clips.accept("1", { source: "command" });
    await rig.store.clips.saveError("1", new UserError("not-audio"));
    const { url } = (await post()).json();
    await rig.store.clips.saveReading(url.split("/").at(-1), HAPPY);
    const system = API.system.answer.parse((await get("/api/v1/system")).json());
    expect(system).toEqual({
      queues: [{ name: "clips", waiting: 2, active: 1, delayed: 0 }],
      heard: { lastMinute: 1, lastHour: 1, lastDay: 1 },
      failures: [
        { code: "not-audio", count: 1, lastAt: rig.now.toISOString(), message: new UserError("not-audio").message },
      ],
      model: { name: "timbre-1", version: "1.0.0", card: "# A card" },
    });
  });

  test("has nothing at other addresses, and says so as the API does", async () => {
    const answer = await rig.app.inject("/nowhere");
    expect(answer.statusCode).toBe(404);
    expect(answer.json().error.code).toBe("no-page");
  });

  test("sends a strict policy and no permission for other sites", async () => {
    const { headers } = await rig.app.inject("/livez");
    expect(headers["content-security-policy"]).toContain("default-src 'none'");
    expect(headers["content-security-policy"]).not.toContain("unsafe");
    expect(headers["access-control-allow-origin"]).toBeUndefined();
    expect(headers["x-content-type-options"]).toBe("nosniff");
  });
});
