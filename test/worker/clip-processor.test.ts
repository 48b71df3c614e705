/** A clip on its way through a worker: heard, stored, answered; and what becomes of it when something fails. */

import { expect, test } from "vitest";
import { UserError } from "../../src/errors.ts";
import type { NewClipJob } from "../../src/jobs/clip-job.ts";
import { FinalError, PostponeError } from "../../src/jobs/consumer.ts";
import { ThreadDeathError } from "../../src/ser/index.ts";
import { SAMPLE_READING } from "../support/sample-reading.ts";
import { clip, TOKEN, task, useProcessor, VOICE } from "./processor-house.ts";

const use = useProcessor();
const upload: NewClipJob = { ...clip, source: { kind: "upload", uploadId: "u" }, reply: { kind: "stored" } };

test("a clip is heard, stored and answered with a picture in the person's language", async () => {
  const house = use();
  await house.handlers.process(task(clip));
  expect(await house.store.clips.find("7")).toMatchObject({ status: "done", reading: SAMPLE_READING });
  expect((await house.store.clips.find("7"))?.answeredAt).toBeInstanceOf(Date);
  const [edit] = house.edge.edits;
  expect(edit).toMatchObject({ path: `/api/v10/webhooks/1/${TOKEN}/messages/@original`, hasPicture: true });
  expect(JSON.stringify(edit?.message.embeds)).toContain("Freude");
  // The token in the path is enough, so the bot's own isn't needed.
  expect(edit?.authorization).toBeUndefined();
});

test("a repeated job changes nothing and answers once", async () => {
  const house = use();
  for (let i = 0; i < 3; i++) await house.handlers.process(task(clip));
  expect(house.heard).toBe(1);
  expect(house.edge.edits).toHaveLength(1);
});

test("a worker that died after hearing only answers", async () => {
  const house = use();
  await house.store.clips.accept("7");
  await house.store.clips.saveReading("7", { ...SAMPLE_READING, label: "anger" });
  await house.handlers.process(task(clip));
  expect(house.heard).toBe(0);
  expect(JSON.stringify(house.edge.edits[0]?.message.embeds)).toContain("Ärger");
});

test("what is wrong with the clip is said in a sentence, and not tried again", async () => {
  const house = use();
  house.hear = () => Promise.reject(new UserError("not-audio"));
  await house.handlers.process(task(clip));
  expect((await house.store.clips.find("7"))?.error?.code).toBe("not-audio");
  expect(house.edge.edits[0]?.message).toMatchObject({ content: expect.stringContaining("Audiodatei"), embeds: [] });
});

test("what may pass leaves everything as it was for the next try", async () => {
  const house = use();
  await house.store.uploads.keep("u", VOICE);
  house.hear = () => Promise.reject(new Error("out of memory"));
  await expect(house.handlers.process(task(upload))).rejects.toThrow("out of memory");
  expect(await house.store.clips.find("7")).toMatchObject({ status: "waiting", answeredAt: null });
  expect(await house.store.uploads.fetch("u")).toEqual(VOICE);
  house.hear = async () => SAMPLE_READING;
  await house.handlers.process(task(upload));
  expect(await house.store.clips.find("7")).toMatchObject({ status: "done" });
});

test("after the last try the person is told", async () => {
  const house = use();
  house.hear = () => Promise.reject(new Error("out of memory"));
  await expect(house.handlers.process(task(clip, { tryNumber: 3 }))).rejects.toThrow("out of memory");
  await house.handlers.abandoned(task(clip, { tryNumber: 3 }));
  expect((await house.store.clips.find("7"))?.error?.code).toBe("gave-up");
  expect(house.edge.edits.map(({ message }) => message.content)).toEqual([
    expect.stringContaining("trotz mehrerer Versuche"),
  ]);
});

test("a clip whose workers all died is answered by the queue's last word", async () => {
  const house = use();
  await house.handlers.abandoned(task(clip));
  expect(house.edge.edits).toHaveLength(1);
  expect((await house.store.clips.find("7"))?.error?.code).toBe("gave-up");
});

test.each(["done", "failed", "given up"])("no audio stays when the job is %s", async (end) => {
  const house = use();
  await house.store.uploads.keep("u", VOICE);
  if (end === "failed") house.hear = () => Promise.reject(new UserError("empty"));
  if (end === "given up") house.hear = () => Promise.reject(new Error("out of memory"));
  await house.handlers.process(task(upload, { tryNumber: 3 })).catch(() => undefined);
  expect((await house.store.clips.find("7"))?.status).not.toBe("waiting");
  expect(await house.store.uploads.fetch("u")).toBeUndefined();
});

test("an upload that is gone is said so", async () => {
  const house = use();
  await house.handlers.process(task(upload));
  expect((await house.store.clips.find("7"))?.error?.code).toBe("upload-gone");
});

test("a bot that is one version ahead is served, and what it says beyond that is ignored", async () => {
  const house = use();
  await house.handlers.process(
    task({ ...clip, version: 2, attribution: { source: "command", mood: "new" }, priority: 3 }),
  );
  expect(await house.store.clips.find("7")).toMatchObject({ status: "done", attribution: { source: "command" } });
  expect(house.edge.edits).toHaveLength(1);
});

test("a job for a newer worker is left to it for a while; then its person is told", async () => {
  const house = use();
  const newer = { ...clip, version: 3 };
  await expect(house.handlers.process(task(newer))).rejects.toThrow(PostponeError);
  expect(house.edge.edits).toEqual([]);
  const old = task(newer, { askedAtMs: Date.now() - 14 * 60_000 });
  await expect(house.handlers.process(old)).rejects.toThrow(FinalError);
  await house.handlers.abandoned(old);
  expect(house.edge.edits[0]?.message.content).toContain("Kennzeichen");
});

test("what no version ever wrote is given up without a word to anybody, and said in the log", async () => {
  const house = use();
  for (const data of [null, "clip", { ...clip, version: 0 }, { version: 1 }]) {
    await expect(house.handlers.process(task(data))).rejects.toThrow(FinalError);
  }
  await house.handlers.abandoned(task({ version: 1 }));
  expect(house.edge.edits).toEqual([]);
  expect(house.logged).toContain("nobody can be told");
});

test("a clip that kills its thread twice is quarantined, and its person is told", async () => {
  const house = use();
  house.hear = () => Promise.reject(new ThreadDeathError("An analysis thread died: out of memory"));
  await expect(house.handlers.process(task(clip))).rejects.toThrow(ThreadDeathError);
  expect(house.edge.edits).toEqual([]);
  await expect(house.handlers.process(task(clip, { tryNumber: 2 }))).rejects.toThrow(FinalError);
  expect(house.heard).toBe(2);
  expect(house.edge.edits).toHaveLength(1);
  expect(house.edge.edits[0]?.message.content).toContain("Kennzeichen");
  expect(house.logged).toContain("quarantined");
});

test("a clip that must go back into the queue leaves no answer, whichever part it was in", async () => {
  const house = use();
  const stop = new AbortController();
  const stopped = task(clip, { signal: stop.signal });
  house.hear = () => {
    stop.abort(new Error("stopping"));
    return new Promise(() => undefined);
  };
  await expect(house.handlers.process(stopped)).rejects.toThrow("stopping");
  house.hear = async () => SAMPLE_READING;
  await expect(house.handlers.process(stopped)).rejects.toThrow("stopping");
  expect(house.edge.edits).toEqual([]);
  await house.handlers.process(task(clip));
  expect(house.edge.edits).toHaveLength(1);
});

test("the reference that the person is given stands in the log", async () => {
  const house = use();
  house.hear = () => Promise.reject(new Error("out of memory"));
  await house.handlers.process(task(clip, { tryNumber: 3 })).catch(() => undefined);
  const reference = (await house.store.clips.find("7"))?.error?.parameters["reference"];
  expect(house.edge.edits[0]?.message.content).toContain(`Kennzeichen: ${reference}.`);
  expect(house.logged).toContain(`"clip":"7","reference":"${reference}"`);
});
