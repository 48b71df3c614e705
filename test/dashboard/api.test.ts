import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { buildApp } from "../../src/dashboard/server/app.ts";
import { HAPPY } from "../views/sample-readings.ts";
import { formWith, memoryParts } from "./parts.ts";

const BYTES = new Uint8Array([79, 103, 103, 83]);
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

let parts: ReturnType<typeof memoryParts>;
let app: Awaited<ReturnType<typeof buildApp>>;

beforeEach(async () => {
  parts = memoryParts();
  app = await buildApp(parts.options);
});
afterEach(() => app.close());

async function post(field = "file", headers: Record<string, string> = {}) {
  const form = await formWith(field, BYTES);
  return app.inject({
    method: "POST",
    url: "/api/clips",
    payload: form.payload,
    headers: { ...form.headers, ...headers },
  });
}

describe("POST /api/clips", () => {
  test("keeps a form's file and hands the queue a reference to it", async () => {
    const answer = await post();
    expect(answer.statusCode).toBe(202);
    const { id, status, url } = answer.json();
    expect(id).toMatch(UUID);
    expect(status).toBe("waiting");
    expect(url).toBe(`/api/clips/${id}`);
    expect(answer.headers.location).toBe(url);
    const [[uploadId, bytes] = []] = parts.uploads;
    expect(bytes && new Uint8Array(bytes)).toEqual(BYTES);
    expect(uploadId).not.toBe(id);
    expect(parts.jobs.get(id)).toEqual({
      version: 1,
      source: { kind: "upload", uploadId },
      reply: { kind: "stored" },
      filename: "voice.ogg",
      attribution: { source: "upload" },
    });
  });

  test.each(["audio/ogg", "audio/mpeg; codecs=mp3", "video/webm", "application/octet-stream"])(
    "takes the body itself as %s",
    async (type) => {
      const request = { payload: Buffer.from(BYTES), headers: { "content-type": type } };
      const answer = await app.inject({ method: "POST", url: "/api/clips", ...request });
      expect(answer.statusCode).toBe(202);
      expect([...parts.uploads.values()].map((bytes) => new Uint8Array(bytes))).toEqual([BYTES]);
    },
  );

  test.each([
    ["nothing", {}],
    ["JSON", { payload: { file: "x" } }],
    ["an unknown type", { payload: "x", headers: { "content-type": "text/plain" } }],
    ["a broken form", { payload: "--x\r\n", headers: { "content-type": "multipart/form-data; boundary=x" } }],
    ["a form without boundary", { payload: "x", headers: { "content-type": "multipart/form-data" } }],
  ])("says that no file came with %s", async (_, request) => {
    const answer = await app.inject({ method: "POST", url: "/api/clips", ...request });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().error).toMatchObject({ code: "no-file", message: expect.stringContaining("No file") });
    expect(parts.jobs.size).toBe(0);
  });

  test("says so in German, and when the file is in another field", async () => {
    const answer = await post("attachment", { "accept-language": "de-AT,en;q=0.5" });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().error.message).toContain("kam keine Datei");
  });

  test.each(["form", "body"])("refuses a larger %s with its sentence", async (way) => {
    const bytes = new Uint8Array(parts.options.maxBytes + 1);
    const request =
      way === "form"
        ? await formWith("file", bytes)
        : { payload: Buffer.from(bytes), headers: { "content-type": "audio/wav" } };
    const answer = await app.inject({ method: "POST", url: "/api/clips", ...request });
    expect(answer.statusCode).toBe(413);
    expect(answer.json().error).toEqual({
      code: "too-large",
      message: "This file is larger than 1 MiB. Send a smaller one.",
    });
    expect(parts.uploads.size).toBe(0);
  });

  test("throws the upload away when the queue doesn't take the job", async () => {
    parts.trouble.queue = true;
    const answer = await post();
    expect(answer.statusCode).toBe(503);
    expect(answer.json().error.code).toBe("busy");
    expect(parts.uploads.size).toBe(0);
  });

  test("slows down who sends too many", async () => {
    const answers = await Promise.all(Array.from({ length: 61 }, () => post()));
    const refused = answers.filter((answer) => answer.statusCode === 429);
    expect(refused).toHaveLength(1);
    expect(refused[0]?.json().error.code).toBe("too-often");
  });
});

describe("GET /api/clips/:id", () => {
  test("follows a clip from waiting to its reading", async () => {
    const { id, url } = (await post()).json();
    expect((await app.inject(url)).json()).toEqual({ id, status: "active" });
    parts.clips.set(id, { reading: HAPPY });
    const answer = await app.inject(url);
    expect(answer.json()).toEqual({ id, status: "done", reading: HAPPY });
    expect(answer.headers["cache-control"]).toBe("no-store");
  });

  test.each(["waiting", "delayed", "prioritized"])("calls a job that is %s waiting", async (state) => {
    const { id, url } = (await post()).json();
    parts.states.set(id, state);
    expect((await app.inject(url)).json()).toEqual({ id, status: "waiting" });
  });

  test.each(["failed", "unknown"])("gives up on a job that is %s and left nothing behind", async (state) => {
    const { id, url } = (await post()).json();
    parts.states.set(id, state);
    expect((await app.inject(url)).json()).toMatchObject({ status: "failed", error: { code: "gave-up" } });
  });

  test("says why a clip failed, in the reader's language", async () => {
    const { id, url } = (await post()).json();
    parts.clips.set(id, { error: { code: "not-audio" } });
    const answer = await app.inject({ url, headers: { "accept-language": "de" } });
    expect(answer.json()).toMatchObject({ id, status: "failed", error: { code: "not-audio" } });
    expect(answer.json().error.message).toContain("keine Audiodatei");
  });

  test.each(["b9f2ff1d-1b2a-4c66-8a1c-6a1f5c1f7a11", "1", "..%2f..%2fetc"])("knows no clip %s", async (id) => {
    const answer = await app.inject(`/api/clips/${id}`);
    expect(answer.statusCode).toBe(404);
    expect(answer.json().error.code).toBe("no-clip");
  });
});

describe("everything else", () => {
  test("names the model, lives, and describes itself", async () => {
    expect((await app.inject("/api/model")).json()).toEqual({ name: "timbre-1", version: "1.0.0" });
    expect((await app.inject("/livez")).json()).toEqual({ status: "ok" });
    const { openapi, paths } = (await app.inject("/api/openapi.json")).json();
    expect(openapi).toBe("3.1.0");
    expect(Object.keys(paths).sort()).toEqual(["/api/clips", "/api/clips/{id}", "/api/model", "/livez"]);
    const done = paths["/api/clips/{id}"].get.responses["200"].content["application/json"].schema;
    expect(done.properties.reading.required).toContain("profile");
  });

  test("has nothing at other addresses, and says so as the API does", async () => {
    const answer = await app.inject("/nowhere");
    expect(answer.statusCode).toBe(404);
    expect(answer.json().error.code).toBe("no-page");
  });

  test("sends a strict policy and no permission for other sites", async () => {
    const { headers } = await app.inject("/livez");
    expect(headers["content-security-policy"]).toContain("default-src 'none'");
    expect(headers["content-security-policy"]).not.toContain("unsafe");
    expect(headers["access-control-allow-origin"]).toBeUndefined();
    expect(headers["x-content-type-options"]).toBe("nosniff");
  });
});
